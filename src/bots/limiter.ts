import { createLanes } from './lanes.ts'
import { createPace } from './pace.ts'
import { createRiders } from './riders.ts'
import { createSlidingWindow } from './sliding-window.ts'

/** Dialogues go before broadcasts: somebody is waiting for the answer. */
export type Priority = 'dialogue' | 'broadcast'

export interface LimiterOptions {
  /** Calls in any sliding second, at most; those held by a pause alone are not among them. */
  perSecond: number
  /** Calls to one chat that are held by all: so many at once, then so many a second. Absent: no pace of its own. */
  perChat?: { burst: number; perSecond: number }
  /**
   * So many of the calls that share may start in the same moment and take one place: whoever makes them sends them in one request.
   * Absent: 1. They know no pace of a chat.
   */
  perRequest?: number
  /**
   * Asked before each of a dialogue's calls that needs a place: other processes send with the same token. Undefined: it may go; else
   * it waits for that first.
   */
  admit?: () => Promise<void> | undefined
  /** Hears of every pause: other processes send with the same token. */
  onPause?: (delayMs: number) => void
  /** Monotonic milliseconds. */
  now?: () => number
  /** Calls back once after `delayMs`; returns the way to forget it. */
  setTimer?: (callback: () => void, delayMs: number) => () => void
}

/** What holds a call: the token's window and its chat's pace, the window alone (an edit), or nothing but a pause. */
export type Held = 'byAll' | 'byWindow' | 'byPause'

export interface CallOptions {
  /** Absent: 'dialogue'. */
  priority?: Priority
  /** Absent: 'byAll'. */
  held?: Held
  /** It may travel with others. */
  shares?: boolean
  /** Asked when its turn has come after a wait: with an error it gives up, and takes no place in the window. */
  giveUp?: () => Error | undefined
}

export interface LimiterStats {
  started: number
  running: number
  waiting: Record<Priority, number>
  pauses: number
  /** How much longer the pause lasts, in milliseconds. */
  pausedMs: number
}

export interface Limiter {
  /**
   * Runs `call` as soon as the rates allow: at once when they do, without a timer.
   * Calls of one chat and priority start in the order of `run`.
   * @returns what `call` returns; a rejected call counts like a successful one
   */
  run<T>(chatId: number, call: () => Promise<T>, options?: CallOptions): Promise<T>
  /**
   * Takes a place in the window for a call that somebody else makes for us, if there is one at once.
   * @returns false when there is none: then the call must not be made that way
   */
  claim(): boolean
  /** Nothing starts for `delayMs` from now on (the platform said so); a shorter pause never cuts a longer one. */
  pause(delayMs: number): void
  readonly paused: boolean
  /** Resolves true when nothing runs or waits, false after `timeoutMs`. */
  drain(timeoutMs: number): Promise<boolean>
  stats(): LimiterStats
}

type Lane = 'edits' | Priority

/** Nobody's: the place that is looked for is of several. */
const carrierChat = -1

/**
 * The rates of one token: a sliding window for all its calls, a pace for each chat.
 * @throws Error when `perSecond` is not a whole number above 0
 */
export function createLimiter({
  perSecond,
  perChat,
  perRequest = 1,
  admit,
  onPause,
  now = () => performance.now(),
  setTimer = nodeTimer,
}: LimiterOptions): Limiter {
  const window = createSlidingWindow(perSecond)
  const pace = createPace(perChat)
  // Edits stand apart: behind a message that waits for its chat's pace they would wait, too.
  const lanes = { edits: createLanes(), dialogue: createLanes(), broadcast: createLanes() }
  const held: (() => void)[] = []
  const riders = createRiders({ perRequest, now, setTimer, carry })
  let pausedUntil = -Infinity
  let cancelTimer: (() => void) | undefined
  let timerAt = Infinity
  let pumping = false
  // `admitting`: they wait for `admit`, and for nothing here.
  const counts = { started: 0, running: 0, pauses: 0, admitting: 0 }
  const drained = new Set<() => void>()

  return {
    async run(chatId, call, { priority = 'dialogue', held: by = 'byAll', shares = false, giveUp } = {}) {
      const lane = by === 'byWindow' ? 'edits' : priority
      const rides = shares && priority === 'dialogue' && perRequest > 1
      if (by === 'byPause') {
        if (now() < pausedUntil) await new Promise<void>((start) => hold(start))
      } else if (rides && riders.expected) await turnOf(riders.add, giveUp)
      else {
        const admitted = lane === 'broadcast' ? undefined : admit?.()
        if (admitted) {
          counts.admitting += 1
          await admitted.finally(() => (counts.admitting -= 1))
        }
        if (!startsAtOnce(chatId, lane))
          await turnOf(rides ? riders.add : (start) => queue(chatId, lane, start), giveUp)
      }
      if (shares && priority === 'broadcast') riders.join()
      counts.started += 1
      counts.running += 1
      try {
        return await call()
      } finally {
        counts.running -= 1
        tellDrained()
      }
    },
    claim() {
      const time = now()
      if (time < pausedUntil || window.freeAt() > time || nextTurnAt() <= time) return false
      window.took(time)
      counts.started += 1
      return true
    },
    pause(delayMs) {
      counts.pauses += 1
      pausedUntil = Math.max(pausedUntil, now() + delayMs)
      pump()
      onPause?.(delayMs)
    },
    get paused() {
      return now() < pausedUntil
    },
    drain(timeoutMs) {
      if (idle()) return Promise.resolve(true)
      return new Promise((resolve) => {
        const done = (empty: boolean) => {
          drained.delete(tell)
          cancel()
          resolve(empty)
        }
        const tell = () => done(true)
        const cancel = setTimer(() => done(false), timeoutMs)
        drained.add(tell)
      })
    },
    stats: () => ({
      started: counts.started,
      running: counts.running,
      pauses: counts.pauses,
      waiting: {
        dialogue: lanes.edits.size + lanes.dialogue.size + riders.size + held.length + counts.admitting,
        broadcast: lanes.broadcast.size,
      },
      pausedMs: Math.max(0, pausedUntil - now()),
    }),
  }

  /** The free path: takes a place when nobody has an older claim to it. */
  function startsAtOnce(chatId: number, lane: Lane): boolean {
    const time = now()
    if (time < pausedUntil || window.freeAt() > time) return false
    if (lanes[lane].has(chatId) || dialogueReadyAt() <= time) return false
    if (lane === 'broadcast' && lanes.broadcast.readyAt() <= time) return false
    if (readyAt(chatId, lane) > time) return false
    take(chatId, lane, time)
    return true
  }

  function readyAt(chatId: number, lane: Lane): number {
    return lane === 'edits' ? -Infinity : pace.readyAt(chatId)
  }

  function take(chatId: number, lane: Lane, time: number): void {
    window.took(time)
    if (lane !== 'edits') pace.took(chatId, time)
  }

  async function turnOf(
    enqueue: (start: () => boolean) => void,
    giveUp: CallOptions['giveUp'],
  ): Promise<void> {
    const error = await new Promise<Error | undefined>((resolve) =>
      enqueue(() => {
        const late = giveUp?.()
        resolve(late)
        return late === undefined
      }),
    )
    if (error === undefined) return
    tellDrained()
    throw error
  }

  function carry(): void {
    const find = () => queue(carrierChat, 'dialogue', riders.ownPlace)
    const admitted = admit?.()
    if (admitted) void admitted.then(find)
    else find()
  }

  function tellDrained(): void {
    if (drained.size > 0 && idle()) for (const tell of drained) tell()
  }

  function queue(chatId: number, lane: Lane, start: () => boolean): void {
    lanes[lane].add(chatId, start, Math.max(now(), readyAt(chatId, lane)))
    pump()
  }

  function hold(start: () => void): void {
    held.push(start)
    arm(pausedUntil)
  }

  /** Starts all that may start now and arms the timer for the next moment when something may. */
  function pump(): void {
    // Who starts may bring another one, who has their turn in the same loop.
    if (pumping) return
    pumping = true
    for (;;) {
      const time = now()
      if (time >= pausedUntil) for (const start of held.splice(0)) start()
      const wakeAt = held.length > 0 ? pausedUntil : Math.max(pausedUntil, nextTurnAt())
      if (wakeAt > time) {
        pumping = false
        return arm(wakeAt)
      }
      startFirst(firstAt(time), time)
    }
  }

  function nextTurnAt(): number {
    return Math.max(Math.min(dialogueReadyAt(), lanes.broadcast.readyAt()), window.freeAt())
  }

  function dialogueReadyAt(): number {
    return Math.min(lanes.edits.readyAt(), lanes.dialogue.readyAt())
  }

  /** Whose turn it is of those who may start. */
  function firstAt(time: number): Lane {
    if (dialogueReadyAt() > time) return 'broadcast'
    return lanes.edits.readyAt() < lanes.dialogue.readyAt() ? 'edits' : 'dialogue'
  }

  function startFirst(lane: Lane, time: number): void {
    const from = lanes[lane]
    const chatId = from.firstChat()
    const turnAt = readyAt(chatId, lane)
    // The chat's other lane may have used up its pace meanwhile: then this one goes back to wait.
    if (turnAt > time) return from.settle(turnAt)
    if (from.shift()()) take(chatId, lane, time)
    from.settle(Math.max(time, readyAt(chatId, lane)))
  }

  function arm(at: number): void {
    if (at === timerAt) return
    cancelTimer?.()
    cancelTimer = undefined
    timerAt = at
    if (at === Infinity) return
    const wake = () => {
      timerAt = Infinity
      cancelTimer = undefined
      pump()
    }
    cancelTimer = setTimer(wake, Math.max(1, Math.ceil(at - now())))
  }

  function idle(): boolean {
    const { edits, dialogue, broadcast } = lanes
    const waiting = edits.size + dialogue.size + broadcast.size + riders.size + held.length
    return counts.running + counts.admitting + waiting === 0
  }
}

function nodeTimer(callback: () => void, delayMs: number): () => void {
  const timer = setTimeout(callback, delayMs)
  return () => clearTimeout(timer)
}
