import type { AnalysedFile } from '../../domain/value/analysed-file.ts'
import type { ForecastCheck } from '../../domain/value/forecast-check.ts'
import type { Translate } from '../../locales.ts'
import type { Figures } from './figures.ts'

export interface ValueReport {
  file: AnalysedFile
  /** Absent where the models could not be tried on the past. */
  check?: ForecastCheck | undefined
}

/** What a section is made of. */
export interface Told extends ValueReport {
  t: Translate
  figures: Figures
}
