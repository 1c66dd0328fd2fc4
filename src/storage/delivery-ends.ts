/** Deliveries that nobody is going to end any more. */
import type pg from 'pg'
import { inTransaction } from './in-transaction.ts'
import { runLockSpace } from './runs.ts'

/** So many rows are changed at once: nobody else waits long for one of them. */
const batch = 5_000

/** What may have reached the platform is unknown; the rest was never said. @returns how many there were */
export async function closeWaiting(
  pool: pg.Pool,
  { offerId, state, at }: { offerId: number; state: 'cancelled' | 'expired'; at: Date },
): Promise<number> {
  let closed = 0
  for (;;) {
    const { rowCount } = await pool.query(waiting, [offerId, state, at, batch])
    closed += rowCount ?? 0
    if ((rowCount ?? 0) < batch) return closed
  }
}

const waiting = `
UPDATE "Delivery" SET "state" = CASE WHEN "triedAt" IS NULL THEN $2 ELSE 'unknown' END, "changedAt" = $3
WHERE "id" IN (SELECT "id" FROM "Delivery" WHERE "offerId" = $1 AND "state" = 'waiting' LIMIT $4 FOR UPDATE)`

/**
 * What a process had under way when it crashed may have been said or not. A run whose advisory lock is free lives no more; one
 * that only lost its connection tells later what it has sent (`end`).
 * @returns how many there were
 */
export async function closeDead(
  pool: pg.Pool,
  { runId, at, stuckAfterMs }: { runId: number; at: number; stuckAfterMs: number },
): Promise<number> {
  const { rows } = await pool.query<{ runId: number }>(runsUnderWay)
  const stuck = await pool.query(closeStuck, [runId, new Date(at - stuckAfterMs), new Date(at)])
  let closed = stuck.rowCount ?? 0
  for (const other of rows.map((row) => row.runId).filter((one) => one !== runId))
    closed += await closeRun(pool, other, new Date(at))
  return closed
}

const closeRun = (pool: pg.Pool, runId: number, at: Date): Promise<number> =>
  inTransaction(pool, async (query) => {
    const [lock] = await query('try-run', 'SELECT pg_try_advisory_xact_lock($1, $2) AS "free"', [
      runLockSpace,
      runId,
    ])
    return lock?.['free'] === true ? (await query('close-run', ofRun, [runId, at])).length : 0
  })

const runsUnderWay = `SELECT DISTINCT "runId" FROM "Delivery" WHERE "state" = 'sending' AND "runId" IS NOT NULL`

const ofRun = `
UPDATE "Delivery" SET "state" = 'unknown', "changedAt" = $2 WHERE "runId" = $1 AND "state" = 'sending' RETURNING "id"`

const closeStuck = `
UPDATE "Delivery" SET "state" = 'unknown', "changedAt" = $3
WHERE "runId" = $1 AND "state" = 'sending' AND "changedAt" < $2`
