import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AdviceError } from '../../domain/advice-error.ts'
import type { Language } from '../../domain/salon.ts'
import type { Translate } from '../../locales.ts'
import { valueReport } from '../../reports/value-report.ts'
import type { ValueReport } from '../../reports/value-report/told.ts'

/**
 * Writes the report into a folder, which is made when it is not there. One that is there already stays until the new one is whole.
 * @returns the file
 * @throws AdviceError `analyse.notWritten`
 */
export async function saveReport(
  dir: string,
  report: ValueReport,
  { t, language }: { t: Translate; language: Language },
): Promise<string> {
  const day = new Date(report.file.asOf * 86_400_000).toISOString().slice(0, 10)
  const file = path.join(dir, `otklik-clients-${day}.html`)
  const page = await valueReport(report, t, language)
  const unfinished = `${file}.part`
  try {
    await mkdir(dir, { recursive: true })
    await writeFile(unfinished, page)
    await rename(unfinished, file)
    return file
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    const { code = '' } = error as NodeJS.ErrnoException
    throw new AdviceError('analyse.notWritten', { file, code }, { cause: error })
  }
}
