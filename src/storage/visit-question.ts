/** The question how it was, after a visit that was recorded by hand. */
import type { Salon } from '../domain/salon.ts'
import type { Prisma, Visit } from './generated/client.ts'
import { writePrompt } from './prompts.ts'

type Transaction = Prisma.TransactionClient
type Asked = Pick<Salon, 'survey' | 'timeZone'>

/**
 * Whether the client is asked how it was. `recently`: a survey or a short form was answered, or asked, within the salon's limit.
 * `longAgo`: the visit was. `notInBot`: there is no chat; `unreachable`: there is none to write to.
 */
export type Asking = 'will' | 'recently' | 'longAgo' | 'notInBot' | 'unreachable'

const dayMs = 24 * 60 * 60_000
const hourMs = 60 * 60_000

/** Nobody is asked about a visit of more days ago. */
const mostDaysAgo = 2

/**
 * Plans the question, or calls it off where the visit turned out to be long ago. May be called again whenever the visit changes.
 * @param now epoch milliseconds
 */
export async function planQuestion(tx: Transaction, visit: Visit, salon: Asked, now: number): Promise<void> {
  const { id, clientId, createdAt } = visit
  const about = { clientId, kind: 'visit', about: id }
  if (isLongAgo(visit, salon, now)) {
    const data = { state: 'cancelled', changedAt: new Date(now) }
    await tx.prompt.updateMany({ where: { ...about, state: 'waiting' }, data })
    return
  }
  if ((await tx.prompt.count({ where: { ...about, state: { not: 'cancelled' } } })) > 0) return
  if (!(await mayAsk(tx, clientId, new Date(visit.at.getTime() - salon.survey.everyDays * dayMs)))) return
  const dueAt = createdAt.getTime() + salon.survey.afterVisitHours * hourMs
  const prompt = { kind: 'visit', about: Number(id), number: 1, source: 'visit', dueAt } as const
  await writePrompt(tx, { clientId, at: new Date(now) }, prompt)
}

/** What comes of it, as it stands; with the prompt's number where one waits. */
export async function questionAbout(
  tx: Transaction,
  visit: Visit,
  salon: Asked,
  now: number,
): Promise<{ asked: Asking; promptId?: string }> {
  const { id, clientId } = visit
  const prompt = await tx.prompt.findFirst({
    where: { clientId, kind: 'visit', about: id, state: { not: 'cancelled' } },
  })
  if (prompt) return { asked: 'will', ...(prompt.state === 'waiting' && { promptId: String(prompt.id) }) }
  if (isLongAgo(visit, salon, now)) return { asked: 'longAgo' }
  if ((await tx.chat.count({ where: { clientId } })) === 0) return { asked: 'notInBot' }
  return { asked: (await reachable(tx, clientId)) ? 'recently' : 'unreachable' }
}

function isLongAgo({ at }: Visit, { timeZone }: Asked, now: number): boolean {
  const dayOf = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate()
  return dayOf(at.getTime()).until(dayOf(now), { largestUnit: 'days' }).days > mostDaysAgo
}

async function mayAsk(tx: Transaction, clientId: bigint, since: Date): Promise<boolean> {
  const answered = { clientId, name: { in: ['survey', 'visit'] }, changedAt: { gt: since } }
  const asked: Prisma.PromptWhereInput = {
    clientId,
    kind: 'visit',
    OR: [
      { state: { in: ['waiting', 'sending'] } },
      { state: { in: ['sent', 'unknown'] }, changedAt: { gt: since } },
    ],
  }
  return (
    (await reachable(tx, clientId)) &&
    (await tx.dialogue.count({ where: answered })) === 0 &&
    (await tx.prompt.count({ where: asked })) === 0
  )
}

/** Without a consent to personal data nobody is written to, whatever the salon's books know. */
const reachable = async (tx: Transaction, clientId: bigint): Promise<boolean> =>
  (await tx.chat.count({
    where: { clientId, reachable: true, client: { personalDataConsentAt: { not: null } } },
  })) > 0
