import type { Prisma } from './generated/client.ts'

/** Dialogues of which every walk counts, because its answers are results or tell whether to ask again. */
export const countedDialogues = ['survey', 'visit', 'invite'] as const

export interface WalkRow {
  clientId: bigint
  name: string
  run: number
  status: string
  startedAt: Date
  changedAt: Date
}

/** A walk with its place among those of both clients. */
export interface JoinedWalk {
  walk: WalkRow
  run: number
  status: string
}

/**
 * Puts the walks of two clients through one dialogue in one row, by when they began; none is left out. The one that was changed
 * last of all stands last whenever it began: the last walk is where the person is. Only that one may go on; whatever else had
 * not ended is stopped, its answers count.
 */
export function joinWalks(walks: readonly WalkRow[]): JoinedWalk[] {
  const latest = [...walks].sort(
    (a, b) => +b.changedAt - +a.changedAt || +b.startedAt - +a.startedAt || b.run - a.run,
  )[0]
  const others = walks.filter((walk) => walk !== latest)
  const inOrder = others.sort((a, b) => +a.startedAt - +b.startedAt || a.run - b.run)
  return [...inOrder, ...(latest ? [latest] : [])].map((walk, index) => ({
    walk,
    run: index + 1,
    status: isGoing(walk) && walk !== latest ? 'stopped' : walk.status,
  }))
}

export const isGoing = ({ status }: { status: string }): boolean => status === 'open' || status === 'paused'

/**
 * Moves the counted walks of `from` to `into`, and the follow-ups with them.
 * @returns the walks of the survey as they stand now
 */
export async function mergeWalks(
  tx: Prisma.TransactionClient,
  from: bigint,
  into: bigint,
): Promise<JoinedWalk[]> {
  const where = { clientId: { in: [from, into] }, name: { in: [...countedDialogues] } }
  const rows = await tx.dialogue.findMany({ where, omit: { answers: true } })
  const joined = countedDialogues.flatMap((name) => joinWalks(rows.filter((row) => row.name === name)))
  const followUps = await tx.followUp.findMany({ where: { clientId: { in: [from, into] } } })
  // Below zero first: on its way to a new number a walk must not meet another one that has not left it yet.
  for (const { walk, run, status } of joined) {
    const { clientId, name } = walk
    const data = { clientId: into, run: -run, status }
    await tx.dialogue.update({
      where: { clientId_name_run: { clientId, name, run: walk.run } },
      data,
    })
    const followUp = followUps.find(
      (one) => one.clientId === clientId && one.dialogue === name && one.run === walk.run,
    )
    if (followUp)
      await tx.followUp.update({ where: { id: followUp.id }, data: { clientId: into, run: -run } })
  }
  await tx.$executeRaw`UPDATE "Dialogue" SET run = -run WHERE "clientId" = ${into} AND run < 0`
  await tx.$executeRaw`UPDATE "FollowUp" SET run = -run WHERE "clientId" = ${into} AND run < 0`
  return joined.filter(({ walk }) => walk.name === 'survey')
}
