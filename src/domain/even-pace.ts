/**
 * How evenly spaced sending is reckoned: the slots of one token, one after another, whoever asks for them. Pure; all times are
 * milliseconds of one clock.
 */

export interface PaceState {
  /** The next slot that is free. */
  nextSlotAt: number
  /** The platform asked for silence until then. */
  pausedUntil?: number
  /** What was left of the configured rate when it did; 1 is all of it. */
  share: number
  /** When slots were last asked for a broadcast. */
  askedAt?: number
  /** When dialogues were let go beside the slots, within the last second. */
  beside?: readonly number[]
}

/** Slots at `firstAt`, `firstAt + stepMs`... */
export interface Slots {
  firstAt: number
  stepMs: number
  count: number
}

/** A rate that was halved is whole again after half a minute without "too many requests". */
const growBackMs = 60_000
const leastShare = 1 / 8

/**
 * How late a slot may be used, in milliseconds. Messages leave within this time after their slot and slots are a step apart, so
 * that any second sees at most the rate and a tenth of it; a slot that is missed by more is let go. A quarter of the allowance is
 * kept for what happens on the way.
 */
export function lateMs(perSecond: number): number {
  const spare = Math.floor(perSecond / 10)
  return spare === 0 ? 15 : ((perSecond + spare) * stepOf(perSecond) - 1000) * 0.75
}

/**
 * The distance of slots, in milliseconds: a hundredth less than the rate has it, because about so many go by unused. A rate so low that a
 * tenth of it is no message is kept a little below itself.
 */
const stepOf = (perSecond: number): number => (perSecond < 10 ? 1015 : 990) / perSecond

/** Nobody has asked for so long: whoever asks now, begins a broadcast. */
export const idleMs = 1_000
/** A bit over a second: what left evenly may arrive bunched. */
const windowMs = 1_020

/**
 * Hands out the next slots: on an absolute timetable, so that a moment's delay is made up for, but never by a burst.
 * @param state absent: nobody has asked before
 * @param noticeMs a broadcast begins so much later, for others to hear of it
 */
export function takeSlots(
  state: PaceState | undefined,
  {
    now,
    perSecond,
    count,
    noticeMs = 0,
  }: { now: number; perSecond: number; count: number; noticeMs?: number },
): { state: PaceState; slots: Slots } {
  const { askedAt = -Infinity } = state ?? {}
  const from = askedAt < now - idleMs ? now + noticeMs : now
  const taken = nextSlots(state, { now, from, perSecond, count })
  return { ...taken, state: { ...taken.state, askedAt: now } }
}

function nextSlots(
  state: PaceState | undefined,
  { now, from, perSecond, count }: { now: number; from: number; perSecond: number; count: number },
): { state: PaceState; slots: Slots } {
  const { pausedUntil = -Infinity, nextSlotAt = -Infinity } = state ?? {}
  const share = state ? shareAt(state, now) : 1
  const stepMs = stepOf(perSecond) / share
  const onTime = nextSlotAt >= now - lateMs(perSecond) / 2
  const firstAt = Math.max(onTime ? nextSlotAt : from, pausedUntil)
  const after = firstAt + count * stepMs
  return {
    // A share is of the moment of the pause, from which on it grows.
    state: { ...state, share: state?.share ?? 1, nextSlotAt: after },
    slots: { firstAt, stepMs, count },
  }
}

/** A dialogue waits so long for room beside the slots, rather than take the broadcast one of them. */
const patienceMs = 100

/**
 * Finds a place for a dialogue's call while a broadcast goes out, maybe in another process: beside the slots where there is room, now
 * or in a moment, else in the broadcast's next slot.
 * @param beside so many calls a second have room beside the slots
 * @returns when it may go
 */
export function takePlace(
  state: PaceState,
  { now, perSecond, beside }: { now: number; perSecond: number; beside: number },
): { state: PaceState; at: number } {
  const recent = (state.beside ?? []).filter((at) => at > now - windowMs)
  const blocking = beside === 0 ? Infinity : (recent.at(-beside) ?? -Infinity)
  const roomAt = Math.max(now, state.pausedUntil ?? now, blocking + windowMs)
  const mayWait = Math.max(now, state.pausedUntil ?? now) + patienceMs
  if (roomAt <= mayWait) return { state: { ...state, beside: [...recent, roomAt] }, at: roomAt }
  const { state: after, slots } = nextSlots(
    { ...state, beside: recent },
    { now, from: now, perSecond, count: 1 },
  )
  return { state: after, at: slots.firstAt }
}

/** So many calls a second have room beside a broadcast: one is kept for slots that were used late. */
export const roomBeside = (limitPerSecond: number, broadcastPerSecond: number): number =>
  Math.max(0, Math.floor(limitPerSecond - broadcastPerSecond - Math.max(1, broadcastPerSecond * 0.04)))

/** "Too many requests": nobody sends for `delayMs`, then half as fast. What comes while it is quiet already only prolongs it. */
export function silenced(
  state: PaceState | undefined,
  { now, delayMs }: { now: number; delayMs: number },
): PaceState {
  const { pausedUntil = -Infinity, share = 1, nextSlotAt = now } = state ?? {}
  const until = Math.max(pausedUntil, now + delayMs)
  return {
    ...state,
    nextSlotAt: Math.max(nextSlotAt, until),
    pausedUntil: until,
    share: now < pausedUntil ? share : Math.max(leastShare, (state ? shareAt(state, now) : 1) / 2),
  }
}

function shareAt({ share, pausedUntil }: PaceState, now: number): number {
  if (pausedUntil === undefined) return share
  return Math.min(1, share + Math.max(0, now - pausedUntil) / growBackMs)
}
