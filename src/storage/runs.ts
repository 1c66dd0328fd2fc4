import pg from 'pg'
import type { ChatAddress } from '../domain/known.ts'
import { promptKey } from '../domain/prompt.ts'
import type { PrismaClient } from './generated/client.ts'

export interface Run {
  id: number
  /** Chats whose last update was committed by a run that crashed right after: their answer may never have been said. */
  unsaid: ChatAddress[]
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
const lockSpace = 0x6f746b6c

/**
 * Counts a life of this process. While it lives it holds an advisory lock on its number; a run without an end whose lock is
 * free has crashed, and is closed here.
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
  const unsaid = await closeCrashed(client, prisma, unsaidWithinMs)
  const { id } = await prisma.run.create({ data: { role }, select: { id: true } })
  await client.query('SELECT pg_advisory_lock($1, $2)', [lockSpace, id])
  return {
    id,
    unsaid,
    async close() {
      await prisma.run.update({ where: { id }, data: { stoppedAt: new Date() } })
      await client.end()
    },
  }
}

async function closeCrashed(
  client: pg.Client,
  prisma: PrismaClient,
  unsaidWithinMs: number,
): Promise<ChatAddress[]> {
  const open = await prisma.run.findMany({ where: { stoppedAt: null }, select: { id: true } })
  const unsaid: ChatAddress[] = []
  for (const { id } of open) {
    const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS free', [
      lockSpace,
      id,
    ])
    if (!rows[0]?.free) continue
    unsaid.push(...(await lastChats(client, id, unsaidWithinMs)))
    await prisma.run.update({ where: { id }, data: { stoppedAt: new Date() } })
    await client.query('SELECT pg_advisory_unlock($1, $2)', [lockSpace, id])
  }
  return unsaid
}

/** What began on our side is at most said once: nobody knows whether it was. */
async function lastChats(client: pg.Client, runId: number, withinMs: number): Promise<ChatAddress[]> {
  const { rows } = await client.query<{ platform: ChatAddress['platform']; externalId: string }>(
    `SELECT DISTINCT c."platform", c."externalId" FROM "SeenUpdate" s JOIN "Chat" c ON c."id" = s."chatId"
     WHERE s."runId" = $1 AND c."reachable" AND s."key" NOT LIKE '${promptKey}%'
       AND s."at" > (SELECT max("at") FROM "SeenUpdate" WHERE "runId" = $1) - $2::int * interval '1 millisecond'`,
    [runId, withinMs],
  )
  return rows.map((row) => ({ platform: row.platform, externalId: Number(row.externalId) }))
}
