/** What the report's pictures have in common. They are 520 pixels wide, so that their words can be read on a phone. */
import { fontFamily } from '../fonts.ts'
import { palette } from '../palette.ts'

const width = 520
export const size = { label: 17, figure: 17 } as const

export const frame = {
  width,
  autosize: { type: 'fit-x', contains: 'padding' },
  padding: { left: 4, right: 12, top: 4, bottom: 4 },
  config: {
    font: fontFamily,
    background: 'transparent',
    view: { stroke: null },
    axis: {
      labelFontSize: size.label,
      labelColor: palette.ink,
      labelLimit: 0,
      titleFontSize: size.label,
      titleColor: palette.muted,
      titleFontWeight: 400,
      domain: false,
      ticks: false,
      grid: false,
    },
    text: { fontSize: size.figure, color: palette.ink },
  },
} as const

export const legend = {
  title: null,
  orient: 'top',
  labelFontSize: size.label,
  labelLimit: 0,
  labelColor: palette.ink,
  symbolType: 'square',
} as const
