import { AdviceError } from '../domain/advice-error.ts'

/** What may be written down of an error: its kind and the place, never its text, which may quote what people wrote. */
export interface FailureNote {
  readonly error: string
  readonly code?: string
  /** Up to five lines of the stack, "at deliver (…)". */
  readonly at: readonly string[]
}

const FRAMES = 5

export const describeFailure = (error: unknown): FailureNote => {
  if (!(error instanceof Error)) return { error: typeof error, at: [] }
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const code = error instanceof AdviceError ? error.key : 'code' in error ? String(error.code) : undefined
  return {
    error: error.name,
    ...(code === undefined ? {} : { code }),
    at: frames.slice(0, FRAMES).map((line) => line.trim()),
  }
}

/** The same as an error, for BullMQ, which stores the text and the stack of whatever a job throws. */
export const withoutText = (error: unknown): Error => {
  const { error: name, code, at } = describeFailure(error)
  const bare = new Error(code === undefined ? name : `${name} ${code}`)
  bare.stack = [bare.message, ...at.map((frame) => `    ${frame}`)].join('\n')
  return bare
}
