import { getCompileCacheDir } from 'node:module'
import path from 'node:path'
import { Worker } from 'node:worker_threads'

let earlier: Promise<unknown> = Promise.resolve()

/**
 * Has something drawn in a thread of its own that ends with it, one at a time. Loading Vega takes a third of a second and 60
 * MB; the renderer keeps every picture until the garbage is collected, 6 MB each, and does not tell that they are large. This
 * way people who are being answered feel nothing of either, and all of it is given back.
 * @param thread the module that takes `workerData` and posts one message
 * @throws Error when it does not come to that
 */
export function drawnAside<Drawn>(thread: URL, data: unknown): Promise<Drawn> {
  const drawn = earlier.then(() => inThread<Drawn>(thread, data))
  earlier = drawn.catch(() => undefined)
  return drawn
}

/**
 * Has something done in a thread of its own that ends with it, whatever else is being done.
 * @param thread the module that takes `workerData` and posts one message
 * @throws Error when it does not come to that
 */
export function inThread<Result>(thread: URL, workerData: unknown): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>()
  const worker = new Worker(thread, { workerData, env: withCompileCache(process.env) })
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.once('exit', (code) => reject(new Error(`A thread ended with ${code} and without a result`)))
  return promise
}

/** A thread takes no part in its program's compile cache unless it is told of it; with it, a chart takes a third less. */
function withCompileCache(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const folder = getCompileCacheDir()
  // Node itself adds the last part, which names its version.
  return folder === undefined ? env : { ...env, NODE_COMPILE_CACHE: path.dirname(folder) }
}
