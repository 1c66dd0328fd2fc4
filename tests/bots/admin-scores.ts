/** Scores for the owner's chats: one new client for each, so that every figure can be worked out by hand. */
import { nowMs, type Stage } from './admin-chat.ts'
import { addClient, addUnhappy, dayMs, visitOf } from './admin-desk.ts'

/** Friday, 13 November 2026: in the middle of the last whole week. */
export const lastWeek = 7

/**
 * Short forms after a visit. The whole week's invitations are these: everybody who was asked has answered.
 * @param days how long ago
 * @param says what the one with that place in `scores` wrote, or the chips they took
 * @returns the clients' ids
 */
export async function addScores(
  stage: Stage,
  line: string,
  scores: readonly number[],
  {
    days = lastWeek,
    says = [],
    from = 1,
  }: { days?: number; says?: readonly (string | string[])[]; from?: number } = {},
): Promise<number[]> {
  const at = new Date(nowMs - days * dayMs)
  const ids = await addPeople(stage, scores.length)
  await stage.database.prisma.dialogue.createMany({
    data: scores.map((score, index) => ({
      clientId: ids[index] ?? 0,
      name: 'visit',
      run: 1,
      version: 1,
      status: 'finished',
      answers: { ...visitOf(line, score, says[index]), recommend: { value: score, scale: { from, to: 10 } } },
      startedAt: at,
      changedAt: at,
    })),
  })
  return ids
}

/** Walks through the survey, each of a new client, begun `days` ago and taking `minutes`. */
export async function addSurveys(
  stage: Stage,
  walks: readonly object[],
  {
    days = lastWeek,
    minutes = 0,
    version = 1,
    status = 'finished',
  }: { days?: number; minutes?: number; version?: number; status?: string } = {},
): Promise<number[]> {
  const startedAt = new Date(nowMs - days * dayMs)
  const changedAt = new Date(startedAt.getTime() + minutes * 60_000)
  const ids = await addPeople(stage, walks.length)
  await stage.database.prisma.dialogue.createMany({
    data: walks.map((answers, index) => ({
      clientId: ids[index] ?? 0,
      name: 'survey',
      run: 1,
      version,
      status,
      answers,
      startedAt,
      changedAt,
    })),
  })
  return ids
}

async function addPeople({ database }: Stage, count: number): Promise<number[]> {
  const createdAt = new Date(nowMs - 100 * dayMs)
  const data = Array.from({ length: count }, (_, index) => ({ name: `Клиент ${index + 1}`, createdAt }))
  const rows = await database.prisma.client.createManyAndReturn({ data, select: { id: true } })
  return rows.map(({ id }) => Number(id))
}

/** So many of each, in this order. */
export const times = (...pairs: [count: number, score: number][]): number[] =>
  pairs.flatMap(([count, score]) => Array.from({ length: count }, () => score))

/**
 * Nails last week: 6 promoters, 2 passives, 5 detractors of 13. NPS = (6 - 5) / 13 = 0.0769.
 * Rocks's interval: (6.75 - 5.75) / 16 = 0.0625; variance 12.5 / 16 - 0.0625^2 = 0.7773; se = sqrt(0.7773 / 16) = 0.2204;
 * 0.0625 -+ 1.96 * 0.2204 = -0.37, +0.49.
 */
export async function addWeek(stage: Stage): Promise<void> {
  await addScores(stage, 'nails', times([6, 10], [2, 8]), { says: ['Мастер золото'] })
  await addScores(stage, 'nails', times([4, 5]), { says: [['price'], 'Долго   ждала,\nа потом спешили'] })
  const vera = await addClient(stage, { name: 'Вера', phone: '+79161234567' })
  await addUnhappy(stage, vera, {
    name: 'visit',
    days: lastWeek,
    answers: visitOf('nails', 3, 'Грубо говорили'),
    callWanted: true,
  })
  await addScores(stage, 'hair', times([3, 9]), { days: 20 })
}
