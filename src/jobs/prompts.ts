import { quietUntil } from '../domain/quiet-hours.ts'
import type { EventLog } from '../domain/event-log.ts'
import type { Salon } from '../domain/salon.ts'
import type { PromptDue, PromptStorage, WaitingPrompt } from '../storage/prompts.ts'
import { describeFailure } from './job-failure.ts'
import type { JobHandler, JobQueue, WorkerSettings } from './queues.ts'

/** Ids only: what is said is decided when its time has come. `due` stands for all that is. */
export type PromptJob = { promptId: string }

/** What this job needs of the queues; `createQueues` gives it. */
export interface PromptQueues {
  queue(name: 'prompt'): Pick<JobQueue<PromptJob>, 'addMany' | 'remove' | 'schedule'>
  worker(name: 'prompt', handler: JobHandler<PromptJob>, settings: WorkerSettings): Promise<void>
}

/** How a message on our side goes out. */
export interface PromptDoor {
  /** Decides it in the conversation of the person's first chat; committed when it comes back as `say`. */
  decide(prompt: WaitingPrompt): Promise<Decided>
}

export type Decided =
  /** `send` says it, once, in the first chat that takes it; false when none does. */
  { what: 'say'; send: () => Promise<boolean> } | { what: 'moot' } | { what: 'later'; at: number }

export interface Prompts {
  /** Queues what was planned and takes back what is called off. Never rejects: what could not be queued is found by a sweep. */
  change(change: { planned: readonly PromptDue[]; calledOff: readonly string[] }): Promise<void>
  /** The same for prompts that somebody else wrote. */
  enqueue(promptIds: readonly string[]): Promise<void>
  /** Queues everything that is due by now: every minute, at the start, and when the clock was put on. */
  sweep(): Promise<void>
  /** Says what is due in this process, and sweeps. */
  work(door: PromptDoor): Promise<void>
}

const everythingDue: PromptJob = { promptId: 'due' }
const sweepEveryMs = 60_000
const sweepAtOnce = 1_000
/** So many are on their way at once in a process: nobody waits for a messenger that is slow with somebody else. */
const atOnce = 10
/** Nothing takes so long: who has not ended a prompt by now has died on it. */
const stuckAfterMs = 10 * 60_000
/** What waited for the morning is not all said at once. */
const spreadOverMs = 20 * 60_000

/**
 * The job that says what starts on our side: invitations, reminders, the question after a visit. The rows are the truth and their
 * own timetable; a delayed job for each (its id is the row's) only makes them punctual. A row is claimed before it is said and
 * never said twice.
 */
export function createPromptJob({
  queues,
  prompts,
  salon,
  log,
  now = Date.now,
}: {
  queues: PromptQueues
  prompts: PromptStorage
  salon: Pick<Salon, 'quietHours' | 'timeZone'>
  log: EventLog
  now?: () => number
}): Prompts {
  const queue = queues.queue('prompt')

  const add = (due: readonly PromptDue[]): Promise<unknown> =>
    queue.addMany(
      due.map(({ id, dueAt }) => ({
        data: { promptId: id },
        options: { id: jobIdOf(id), delayMs: Math.max(0, dueAt - now()) },
      })),
    )

  const tried = async (work: Promise<unknown>, count: number): Promise<void> => {
    await work.catch((error: unknown) =>
      log.warn({ event: 'prompt.notQueued', prompts: count, ...describeFailure(error) }),
    )
  }

  const sweep = async (): Promise<void> => {
    const stuck = await prompts.closeStuck(now() - stuckAfterMs)
    if (stuck > 0) log.warn({ event: 'prompt.unknown', prompts: stuck })
    const ids = await prompts.overdue(now(), sweepAtOnce)
    // A job that waits for its time, or ended without success, still holds the id; one at work can't be removed, and needn't be.
    for (const id of ids) await queue.remove(jobIdOf(id))
    if (ids.length > 0) await add(ids.map((id) => ({ id, dueAt: now() })))
  }

  const deliver = async (id: string, door: PromptDoor): Promise<void | { putOffMs: number }> => {
    const prompt = await prompts.waiting(id)
    if (!prompt) return undefined
    const later = laterOf(prompt)
    if (later !== undefined) return putOff(id, later, 'waiting')
    if (prompt.chats.length === 0) return prompts.end(id, 'cancelled', 'waiting')
    if (!(await prompts.claim(id))) return undefined
    const decided = await decidedBy(door, prompt)
    switch (decided.what) {
      case 'moot':
        return prompts.end(id, 'cancelled', 'sending')
      case 'later':
        return putOff(id, decided.at, 'sending')
      case 'say':
        return said(prompt, decided.send)
    }
  }

  /** What could not be decided waits again: nothing was said. */
  const decidedBy = async (door: PromptDoor, prompt: WaitingPrompt): Promise<Decided> => {
    try {
      return await door.decide(prompt)
    } catch (error) {
      await prompts.putOff(prompt.id, now(), 'sending')
      throw error
    }
  }

  /** Its time has not come, or it is quiet: then in the morning, not everybody in the same minute. */
  const laterOf = ({ dueAt, id }: WaitingPrompt): number | undefined => {
    if (dueAt > now()) return dueAt
    const morning = quietUntil(now(), salon.quietHours, salon.timeZone)
    return morning === undefined ? undefined : morning + (Number(BigInt(id) % 97n) / 97) * spreadOverMs
  }

  const putOff = async (
    id: string,
    at: number,
    from: 'waiting' | 'sending',
  ): Promise<{ putOffMs: number }> => {
    await prompts.putOff(id, at, from)
    return { putOffMs: Math.max(1_000, at - now()) }
  }

  /** It is committed: from here on it is said or lost, never said twice. */
  const said = async (prompt: WaitingPrompt, send: () => Promise<boolean>): Promise<void> => {
    try {
      const delivered = await send()
      await prompts.end(prompt.id, delivered ? 'sent' : 'refused', 'sending')
      log.info({ event: 'prompt.said', prompt: prompt.id, kind: prompt.kind, delivered })
    } catch (error) {
      await prompts.end(prompt.id, 'unknown', 'sending')
      log.error({ event: 'prompt.failed', prompt: prompt.id, kind: prompt.kind, ...describeFailure(error) })
    }
  }

  return {
    sweep,
    async change({ planned, calledOff }) {
      await tried(
        (async () => {
          for (const id of calledOff) await queue.remove(jobIdOf(id))
          if (planned.length > 0) await add(planned)
        })(),
        planned.length + calledOff.length,
      )
    },
    enqueue: (promptIds) =>
      tried(
        prompts.due(promptIds).then((due) => (due.length > 0 ? add(due) : undefined)),
        promptIds.length,
      ),
    async work(door) {
      await queues.worker(
        'prompt',
        ({ data: { promptId } }) => (promptId === everythingDue.promptId ? sweep() : deliver(promptId, door)),
        { concurrency: atOnce },
      )
      await queue.schedule('prompt-sweep', { everyMs: sweepEveryMs }, everythingDue)
      await sweep()
    },
  }
}

const jobIdOf = (promptId: string): string => `prompt-${promptId}`
