import type { Prisma, Prompt } from './generated/client.ts'
import { isGoing, type JoinedWalk } from './merge-walks.ts'

/**
 * Moves what was or will be said to `from` on our side to `into`. Invitations and reminders stay about their walk, whatever its
 * number is now; those about a survey that has not begun are about the next one.
 * @param surveys the walks of both through the survey, as they stand now
 */
export async function mergePrompts(
  tx: Prisma.TransactionClient,
  from: bigint,
  into: bigint,
  surveys: readonly JoinedWalk[],
): Promise<void> {
  const prompts = await tx.prompt.findMany({
    where: { clientId: { in: [from, into] } },
    orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
  })
  // Below zero first: on its way to a new number a prompt must not meet another one that has not left it yet.
  for (const { id, ...place } of placesOf(prompts, surveys))
    await tx.prompt.update({ where: { id }, data: { ...place, about: -place.about, clientId: into } })
  await tx.$executeRaw`UPDATE "Prompt" SET about = -about WHERE "clientId" = ${into} AND about < 0`
  await tx.prompt.updateMany({
    where: { id: { in: unwanted(prompts, surveys).map((one) => one.id) }, state: 'waiting' },
    data: { state: 'cancelled' },
  })
}

/** The walk through the survey that an invitation or a reminder is about, once it has begun. */
const walkOf = ({ clientId, about }: Prompt, surveys: readonly JoinedWalk[]): JoinedWalk | undefined =>
  surveys.find(({ walk }) => walk.clientId === clientId && BigInt(walk.run) === about)

/**
 * Both may have been invited to a survey that has not begun: the later one gets the next free number, an odd one for an
 * invitation and an even one for the evening that was promised (`flows/prompted.ts`).
 */
function placesOf(
  prompts: readonly Prompt[],
  surveys: readonly JoinedWalk[],
): { id: bigint; about: bigint; number: number }[] {
  const next = BigInt(surveys.length + 1)
  const taken = new Set<string>()
  return prompts.map((prompt) => {
    const { id, kind } = prompt
    const walk = walkOf(prompt, surveys)
    const about = kind === 'visit' ? prompt.about : walk ? BigInt(walk.run) : next
    let { number } = prompt
    while (taken.has(`${kind} ${about} ${number}`)) number += 2
    taken.add(`${kind} ${about} ${number}`)
    return { id, about, number }
  })
}

/** What waits and is of no use to the one person: a second invitation or question, a reminder of a survey that does not go on. */
function unwanted(prompts: readonly Prompt[], surveys: readonly JoinedWalk[]): Prompt[] {
  const waiting = prompts.filter((one) => one.state === 'waiting')
  return waiting.filter((prompt) => {
    if (prompt.kind !== 'remind') return prompt !== waiting.find((one) => one.kind === prompt.kind)
    const walk = walkOf(prompt, surveys)
    return walk !== undefined && !isGoing(walk)
  })
}
