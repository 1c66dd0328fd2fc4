import pg from 'pg'
import type { ChatAddress } from '../domain/known.ts'
import { promptKey } from '../domain/prompt.ts'
import type { PrismaClient } from './generated/client.ts'

export interface Run {
  id: number
  /** Chats whose last update was committed by a run that crashed right after: their answer may never have been said. */
  unsaid: ChatAddress[]
  /** They have been told now. Until then whoever comes after this run tells them, should it end. */
  told(): Promise<void>
  /** Marks the run as ended in good order. */
  close(): Promise<void>
}

export interface RunOptions {
  connectionString: string
  prisma: PrismaClient
  role: string
  /** How long before a crash an answer may have been committed and not said yet. */
  unsaidWithinMs?: number
}

/** Advisory locks of runs: one namespace, the run's id. "otkl" in ASCII. */
export const runLockSpace = 0x6f746b6c

/**
 * Counts a life of this process. While it lives it holds an advisory lock on its number; a run without an end whose lock is
 * free has crashed. It is closed here at once, or, when it left people without an answer, once they are told: until then its
 * lock is held too, and is free again should this process crash as well.
 */
export async function openRun({
  connectionString,
  prisma,
  role,
  unsaidWithinMs = 3000,
}: RunOptions): Promise<Run> {
  const client = new pg.Client({ connectionString, application_name: 'otklik run', keepAlive: true })
  // Losing the connection frees the lock; the run goes on, and is at worst counted as crashed once it has ended.
  client.on('error', () => {})
  await client.connect()
  const crashed = await takeCrashed(client, prisma, { tells: role !== 'worker', unsaidWithinMs })
  const { id } = await prisma.run.create({ data: { role }, select: { id: true } })
  await client.query('SELECT pg_advisory_lock($1, $2)', [runLockSpace, id])
  return {
    id,
    unsaid: distinct(crashed.flatMap((one) => one.unsaid)),
    async told() {
      for (const one of crashed.splice(0)) await closeRun(client, prisma, one.id)
    },
    async close() {
      await prisma.run.update({ where: { id }, data: { stoppedAt: new Date() } })
      await client.end()
    },
  }
}

interface Crashed {
  id: number
  unsaid: ChatAddress[]
}

/** Those that left people without an answer, each with its lock. A process that tells nobody leaves them to one that does. */
async function takeCrashed(
  client: pg.Client,
  prisma: PrismaClient,
  { tells, unsaidWithinMs }: { tells: boolean; unsaidWithinMs: number },
): Promise<Crashed[]> {
  const open = await prisma.run.findMany({ where: { stoppedAt: null }, select: { id: true } })
  const crashed: Crashed[] = []
  for (const { id } of open) {
    const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS free', [
      runLockSpace,
      id,
    ])
    if (!rows[0]?.free) continue
    const unsaid = await lastChats(client, id, unsaidWithinMs)
    if (unsaid.length === 0) await closeRun(client, prisma, id)
    else if (tells) crashed.push({ id, unsaid })
    else await unlock(client, id)
  }
  return crashed
}

async function closeRun(client: pg.Client, prisma: PrismaClient, id: number): Promise<void> {
  await prisma.run.update({ where: { id }, data: { stoppedAt: new Date() } })
  await unlock(client, id)
}

const unlock = async (client: pg.Client, id: number) =>
  void (await client.query('SELECT pg_advisory_unlock($1, $2)', [runLockSpace, id]))

const distinct = (chats: readonly ChatAddress[]): ChatAddress[] => [
  ...new Map(chats.map((chat) => [`${chat.platform}:${chat.externalId}`, chat])).values(),
]

/**
 * Who was answered in a later life knows what is asked. What began on our side is at most said once: nobody knows whether it
 * was.
 */
async function lastChats(client: pg.Client, runId: number, withinMs: number): Promise<ChatAddress[]> {
  const { rows } = await client.query<{ platform: ChatAddress['platform']; externalId: string }>(
    `SELECT DISTINCT c."platform", c."externalId" FROM "SeenUpdate" s JOIN "Chat" c ON c."id" = s."chatId"
     WHERE s."runId" = $1 AND c."reachable" AND s."key" NOT LIKE '${promptKey}%'
       AND s."at" > (SELECT max("at") FROM "SeenUpdate" WHERE "runId" = $1) - $2::int * interval '1 millisecond'
       AND NOT EXISTS (SELECT FROM "SeenUpdate" l WHERE l."chatId" = s."chatId" AND l."runId" > $1)`,
    [runId, withinMs],
  )
  return rows.map((row) => ({ platform: row.platform, externalId: Number(row.externalId) }))
}
