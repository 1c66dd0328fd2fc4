import type { Fault, Faults } from './messenger.ts'

/** The stand-in's side of `Faults`: asks for a trouble before each call, and sends every update through a lane. */
export interface FaultDesk extends Faults {
  /**
   * The fault that hits this call, used up by one; undefined when the call goes through unharmed.
   * @param method API method as called; compared without regard to case
   * @param chatId chat / peer the call is about, if any
   */
  take(method: string, chatId?: number): Fault | undefined
  /**
   * Opens the way of one bot's updates. The returned function takes each new update and calls `deliver` for it
   * at once, several times, or later in another order, as `duplicate` and `reorder` ask. Copies and released
   * updates are delivered synchronously one after another.
   */
  lane<T>(deliver: (update: T) => void): (update: T) => void
}

interface Rule {
  fault: Fault
  method: string | undefined
  left: number
}

interface Lane {
  arm(): void
  flush(order?: (indices: number[]) => number[]): void
}

/**
 * Keeps the troubles that a test asked for.
 *
 * `reorder` holds the next `count` updates of every lane (= of every bot), delivers them in the wished order,
 * and is over for that lane. `clear` drops all rules and delivers what is held in the order it came.
 *
 * @param pollingMethods methods that a rule without a `method` leaves alone, because a poll is always on its way
 */
export function createFaults({ pollingMethods = [] }: { pollingMethods?: string[] } = {}): FaultDesk {
  const polling = new Set(pollingMethods.map((name) => name.toLowerCase()))
  const lanes: Lane[] = []
  let rules: Rule[] = []
  let copies = 1
  let reordering: { count: number; order: (indices: number[]) => number[] } | undefined

  return {
    add(fault) {
      rules.push({ fault, method: fault.method?.toLowerCase(), left: fault.times ?? Infinity })
    },
    duplicate(count) {
      if (!Number.isInteger(count) || count < 1) throw new Error(`copies must be 1 or more, got ${count}`)
      copies = count
    },
    reorder(count, order) {
      if (!Number.isInteger(count) || count < 1) throw new Error(`count must be 1 or more, got ${count}`)
      for (const lane of lanes) lane.flush()
      reordering = { count, order }
      for (const lane of lanes) lane.arm()
    },
    clear() {
      rules = []
      copies = 1
      reordering = undefined
      for (const lane of lanes) lane.flush()
    },
    take(method, chatId) {
      if (rules.length === 0) return undefined
      const name = method.toLowerCase()
      const rule = rules.find((candidate) => fits(candidate, name, chatId))
      if (!rule) return undefined
      rule.left -= 1
      if (rule.left <= 0) rules = rules.filter((other) => other !== rule)
      return rule.fault
    },
    lane(deliver) {
      let held: Parameters<typeof deliver>[0][] | undefined = reordering ? [] : undefined
      const send = (update: Parameters<typeof deliver>[0]) => {
        for (let copy = 0; copy < copies; copy += 1) deliver(update)
      }
      const lane: Lane = {
        arm: () => (held = []),
        flush(order) {
          const updates = held ?? []
          held = undefined
          for (const update of order ? reordered(updates, order) : updates) send(update)
        },
      }
      lanes.push(lane)
      return (update) => {
        if (!held || !reordering) return send(update)
        held.push(update)
        if (held.length >= reordering.count) lane.flush(reordering.order)
      }
    },
  }

  function fits(rule: Rule, method: string, chatId: number | undefined): boolean {
    if (rule.left <= 0) return false
    if (rule.method === undefined ? polling.has(method) : rule.method !== method) return false
    return rule.fault.chatId === undefined || rule.fault.chatId === chatId
  }
}

/** A bad order must not lose updates silently, so it is refused. */
function reordered<T>(updates: T[], order: (indices: number[]) => number[]): T[] {
  const indices = updates.map((_, index) => index)
  const wished = order([...indices])
  if (wished.toSorted((a, b) => a - b).join() !== indices.join()) {
    throw new Error(
      `reorder: the order must name each of 0..${updates.length - 1} once, got [${wished.join()}]`,
    )
  }
  return wished.flatMap((index) => updates.slice(index, index + 1))
}
