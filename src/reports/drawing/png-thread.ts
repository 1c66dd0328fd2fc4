/** The thread of `svgToPng`. */
import { parentPort, workerData } from 'node:worker_threads'
import { Resvg } from '@resvg/resvg-js'
import { fontFamily, fontFiles } from '../fonts.ts'

const font = { fontFiles: fontFiles(), loadSystemFonts: false, defaultFontFamily: fontFamily }
const png = new Resvg(workerData as string, { font }).render().asPng()
parentPort?.postMessage(png)
