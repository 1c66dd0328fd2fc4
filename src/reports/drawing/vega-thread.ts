/** The thread of `vegaSvg`. Vega needs no window: the SVG comes as text. */
import { parentPort, workerData } from 'node:worker_threads'
import { parse, View } from 'vega'
import { compile } from 'vega-lite'
import type { TopLevelSpec } from 'vega-lite'

const view = new View(parse(compile(workerData as TopLevelSpec).spec), { renderer: 'none' })
parentPort?.postMessage(await view.toSVG())
