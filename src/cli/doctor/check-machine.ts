/** The machine itself: room on the disk, the port. */
import { statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'

import { ok, problem, warning, type Finding, type Patient } from './finding.ts'

const megabyte = 2 ** 20
const tooLittleMb = 200
const littleMb = 1024

/** @returns how much room there is for DATA_DIR */
export async function checkDisk({ settings: { dataDir } }: Patient): Promise<Finding[]> {
  const { bavail, bsize } = await statfsOfNearest(dataDir)
  const freeMb = Math.floor((Number(bavail) * Number(bsize)) / megabyte)
  if (freeMb < tooLittleMb) return [problem('disk.full', { dir: dataDir, freeMb })]
  if (freeMb < littleMb) return [warning('disk.little', { dir: dataDir, freeMb })]
  return [ok('disk.fine', { freeGb: Math.floor(freeMb / 1024) })]
}

// The folder may not be there yet: then its disk is the disk of what is.
async function statfsOfNearest(dir: string): ReturnType<typeof statfs> {
  try {
    return await statfs(dir)
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!missing || path.dirname(dir) === dir) throw error
    return statfsOfNearest(path.dirname(dir))
  }
}

/** @returns whether PORT can be opened */
export async function checkPort({ settings: { port } }: Patient): Promise<Finding[]> {
  if (port === 0) return []
  const code = await tryPort(port)
  if (code === undefined) return [ok('port.free', { port })]
  return [code === 'EADDRINUSE' ? warning('port.taken', { port }) : problem('port.forbidden', { port, code })]
}

function tryPort(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(undefined)))
  })
}
