import type { Logger } from 'pino'

import type { Settings } from '../settings.ts'
import type { Translate } from '../locales.ts'
import { exitCodes } from './console.ts'

export const roles = ['web', 'worker', 'all'] as const
export type Role = (typeof roles)[number]

export interface RunningProduct {
  /** Where this process listens; absent when it does not. */
  url?: string
  /** The owner's one-time link while the salon has no owner. */
  ownerLink?: string
  /** Rejects when the product can't go on. */
  failed: Promise<never>
  /** Stops taking updates, finishes what is in hand, closes everything. */
  stop(): Promise<void>
}

/** main.ts: wires everything and starts it. */
export type StartProduct = (options: {
  settings: Settings
  role: Role
  log: Logger
}) => Promise<RunningProduct>

export interface StartOptions {
  settings: Settings
  role: Role
  log: Logger
  startProduct: StartProduct
  say: (line: string) => void
  t: Translate
  /** Ends the process at once: process.exit. */
  exit: (code: number) => void
  /** How long stopping may take, in milliseconds. Default 10 s. */
  stopLimitMs?: number
}

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

// npm passes Ctrl-C on to a process that got it from the terminal already: the same press comes twice.
const samePressMs = 500

/**
 * Runs the product until a signal, a crash, or until it can't go on.
 * @returns the exit code: 0 after a clean stop, 1 after a crash. When stopping takes too long, or at a second Ctrl-C,
 * the process ends through `exit(1)`.
 * @throws what `startProduct` threw, or what `failed` was rejected with, after stopping
 */
export async function start(options: StartOptions): Promise<number> {
  const { settings, role, log } = options
  const ending = awaitEnding(options)
  try {
    const product = await options.startProduct({ settings, role, log })
    if (!ending.begun()) announce(product, options)
    product.failed.catch(ending.fail)
    const outcome = await ending.outcome
    await product.stop()
    log.info({ event: 'process.stopped' })
    if ('error' in outcome) throw outcome.error
    return outcome.code
  } finally {
    ending.forget()
  }
}

function announce({ url, ownerLink }: RunningProduct, { settings, say, t }: StartOptions): void {
  if (url !== undefined) say(t(`cli.start.${settings.mode}`, { url }))
  if (ownerLink !== undefined) say(t('cli.start.owner', { url: ownerLink }))
  say(t('cli.start.ready'))
}

type Outcome = { code: number } | { error: unknown }

/** Listens for what ends the process; from the first of it on the clock runs. */
function awaitEnding({ log, say, t, exit, stopLimitMs = 10_000 }: StartOptions) {
  const { promise: outcome, resolve } = Promise.withResolvers<Outcome>()
  let begunAt: number | undefined
  let timer: NodeJS.Timeout | undefined
  const begin = (how: Outcome): void => {
    begunAt = performance.now()
    say(t('cli.start.stopping'))
    timer = setTimeout(() => {
      log.error({ event: 'process.stopTookTooLong', limitMs: stopLimitMs })
      exit(exitCodes.trouble)
    }, stopLimitMs)
    resolve(how)
  }
  const onSignal = (signal: NodeJS.Signals): void => {
    if (begunAt === undefined) {
      log.info({ event: 'process.stopping', signal })
      begin({ code: exitCodes.ok })
    } else if (performance.now() - begunAt > samePressMs) exit(exitCodes.trouble)
  }
  const onCrash = (error: unknown): void => {
    log.fatal({ event: 'process.crashed', error })
    if (begunAt === undefined) begin({ code: exitCodes.trouble })
    else exit(exitCodes.trouble)
  }
  const fail = (error: unknown): void => {
    log.error({ event: 'product.failed', error })
    if (begunAt === undefined) begin({ error })
  }
  // Listening for signals alone does not keep a process alive.
  const alive = setInterval(() => {}, 2 ** 30)
  for (const signal of endingSignals) process.on(signal, onSignal)
  process.on('uncaughtException', onCrash)
  const forget = (): void => {
    clearTimeout(timer)
    clearInterval(alive)
    for (const signal of endingSignals) process.off(signal, onSignal)
    process.off('uncaughtException', onCrash)
  }
  return { outcome, fail, forget, begun: () => begunAt !== undefined }
}
