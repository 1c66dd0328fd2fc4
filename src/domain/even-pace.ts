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
}

/** Slots at `firstAt`, `firstAt + stepMs`... */
export interface Slots {
  firstAt: number
  stepMs: number
  count: number
}

/** A rate that was halved is whole again after a minute without "too many requests". */
const growBackMs = 120_000
const leastShare = 1 / 8

/**
 * How late a slot may be used, in milliseconds. Messages leave within this time after their slot and slots are a step apart, so
 * that any second sees at most the rate and a tenth of it; a slot that is missed by more is let go. A fifth of the allowance is
 * kept for what happens on the way.
 */
export function lateMs(perSecond: number): number {
  const spare = Math.floor(perSecond / 10)
  return spare === 0 ? 15 : (spare * 0.8 * 1000) / perSecond
}

/** The distance of slots. A rate so low that a tenth of it is no message is kept a little below itself. */
const stepOf = (perSecond: number): number => (perSecond < 10 ? 1015 : 1000) / perSecond

/**
 * Hands out the next slots: on an absolute timetable, so that a moment's delay is made up for, but never by a burst.
 * @param state absent: nobody has asked before
 */
export function takeSlots(
  state: PaceState | undefined,
  { now, perSecond, count }: { now: number; perSecond: number; count: number },
): { state: PaceState; slots: Slots } {
  const { pausedUntil = -Infinity, nextSlotAt = -Infinity } = state ?? {}
  const share = state ? shareAt(state, now) : 1
  const stepMs = stepOf(perSecond) / share
  const onTime = nextSlotAt >= now - lateMs(perSecond) / 2
  const firstAt = Math.max(onTime ? nextSlotAt : now, pausedUntil)
  const after = firstAt + count * stepMs
  return {
    // A share is of the moment of the pause, from which on it grows.
    state: { ...state, share: state?.share ?? 1, nextSlotAt: after },
    slots: { firstAt, stepMs, count },
  }
}

/** "Too many requests": nobody sends for `delayMs`, then half as fast. What comes while it is quiet already only prolongs it. */
export function silenced(
  state: PaceState | undefined,
  { now, delayMs }: { now: number; delayMs: number },
): PaceState {
  const { pausedUntil = -Infinity, share = 1, nextSlotAt = now } = state ?? {}
  const until = Math.max(pausedUntil, now + delayMs)
  return {
    nextSlotAt: Math.max(nextSlotAt, until),
    pausedUntil: until,
    share: now < pausedUntil ? share : Math.max(leastShare, (state ? shareAt(state, now) : 1) / 2),
  }
}

function shareAt({ share, pausedUntil }: PaceState, now: number): number {
  if (pausedUntil === undefined) return share
  return Math.min(1, share + Math.max(0, now - pausedUntil) / growBackMs)
}
