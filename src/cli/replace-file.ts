import { rename, rm } from 'node:fs/promises'
import { AdviceError } from '../domain/advice-error.ts'

/**
 * Nobody finds half a file, and one that is there already stays until the new one is whole.
 * @param write is given another name first
 * @throws AdviceError `export.notWritten`
 */
export async function replaced(file: string, write: (file: string) => Promise<void>): Promise<void> {
  const unfinished = `${file}.part`
  try {
    await write(unfinished)
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw asAdvice(file, error)
  }
}

/** Waits for it, and says what a person can do where the file system refused. @throws AdviceError `export.notWritten` */
export async function orSay(file: string, work: Promise<unknown>): Promise<void> {
  await work.catch((error: unknown) => {
    throw asAdvice(file, error)
  })
}

/** What the file system refused, with its own code; anything else as it is. */
const asAdvice = (file: string, error: unknown): unknown =>
  error instanceof Error && 'syscall' in error && 'code' in error
    ? new AdviceError('export.notWritten', { file, code: String(error.code) }, { cause: error })
    : error
