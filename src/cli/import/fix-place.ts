import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'

import { AdviceError } from '../../domain/advice-error.ts'
import type { BookRow, Layout } from '../../domain/visit-file/layout.ts'
import { createFixFile, type FixFile } from '../../files/fix-file.ts'

/** "visits.xlsx" -> "visits-to-fix.csv", and that one -> "visits-to-fix-2.csv": a file never replaces what it was made from. */
export function fixPlace(file: string, suffix: string): string {
  const { dir, name } = path.parse(file)
  const [, stem = name, number] = new RegExp(`^(.*)-${suffix}(?:-(\\d+))?$`, 'u').exec(name) ?? []
  const next = stem === name ? '' : `-${Number(number ?? 1) + 1}`
  return path.join(dir, `${stem}-${suffix}${next}.csv`)
}

export interface FixPlace {
  add(row: BookRow, wrong: string): Promise<void>
  /** Puts the file into its place. @returns its name, or undefined: there was nothing to mend */
  keep(): Promise<string | undefined>
  /** Leaves nothing behind. */
  drop(): Promise<void>
}

/**
 * Writes rows that are to be mended beside their file: made with the first of them, under its own name when it is whole.
 * @throws AdviceError `import.fixNotWritten`
 */
export function createFixPlace(file: string, layout: Layout, header: string): FixPlace {
  const unfinished = `${file}.part`
  let fix: FixFile | undefined
  const orSay = async <Result>(work: Promise<Result>): Promise<Result> => {
    try {
      return await work
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException
      throw new AdviceError('import.fixNotWritten', { file, code }, { cause: error })
    }
  }
  return {
    add(row, wrong) {
      fix ??= createFixFile(createWriteStream(unfinished), layout, header)
      return orSay(fix.add(row, wrong))
    },
    async keep() {
      if (fix === undefined) return undefined
      await orSay(fix.end().then(() => rename(unfinished, file)))
      return file
    },
    drop: () => rm(unfinished, { force: true }),
  }
}
