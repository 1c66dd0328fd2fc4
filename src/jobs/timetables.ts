import type { EventLog } from '../domain/event-log.ts'
import { describeFailure } from './job-failure.ts'

/** The timetables that were set in this process, by their ids. */
export interface Timetables {
  keep(id: string, set: () => Promise<unknown>): void
  drop(id: string): void
  /** Sets all of them once more. Never rejects: what can't be set now is logged, and set when the store is back the next time. */
  setAgain(): Promise<void>
}

/** A Redis that keeps nothing on disk forgets its timetables when it ends, and the sweeps that find lost jobs with them. */
export function createTimetables(log: EventLog): Timetables {
  const kept = new Map<string, () => Promise<unknown>>()
  return {
    keep: (id, set) => void kept.set(id, set),
    drop: (id) => void kept.delete(id),
    async setAgain() {
      for (const [id, set] of kept)
        await set().catch((error: unknown) =>
          log.warn({ event: 'queue.notScheduled', timetable: id, ...describeFailure(error) }),
        )
    },
  }
}
