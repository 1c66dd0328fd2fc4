/** The report of `otklik analyse`: one page with pictures in it, for a phone, a screen or a printer. It needs no network. */
import type { Language } from '../domain/salon.ts'
import type { Translate } from '../locales.ts'
import { figuresIn } from './value-report/figures.ts'
import { html } from './value-report/html.ts'
import {
  forecastSection,
  linesSection,
  segmentsSection,
  tenthsSection,
} from './value-report/picture-sections.ts'
import { adviceSection, footer, head, tiles, warningsSection } from './value-report/word-sections.ts'
import { style } from './value-report/style.ts'
import type { ValueReport } from './value-report/told.ts'

/** The report as an HTML document. Whatever came from the file stands in it as text. */
export async function valueReport(report: ValueReport, t: Translate, language: Language): Promise<string> {
  const told = { ...report, t, figures: figuresIn(language) }
  const [segments, tenths, lines, forecast] = [
    await segmentsSection(told),
    await tenthsSection(told),
    await linesSection(told),
    await forecastSection(told),
  ]
  const body = html`<main>
    ${head(told)} ${tiles(told)}
    <div class="pair">${segments}${tenths}</div>
    ${adviceSection(told)} ${warningsSection(told)}
    <div class="pair">${lines}${forecast}</div>
    ${footer(told)}
  </main>`
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${t('analyse.report.title')}: ${report.file.name}</title>
        <style>
          ${{ html: style }}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html> `
  return page.html
}
