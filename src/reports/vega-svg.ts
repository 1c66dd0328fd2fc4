import type { TopLevelSpec } from 'vega-lite'
import { drawnAside } from './drawing/aside.ts'

/** Draws a Vega-Lite chart as SVG, its words as words. */
export const vegaSvg = (spec: TopLevelSpec): Promise<string> =>
  drawnAside<string>(new URL('drawing/vega-thread.ts', import.meta.url), spec)
