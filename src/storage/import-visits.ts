import pg from 'pg'
import type { VisitRecord } from '../domain/visit-file/visit-record.ts'
import { linkCouponUses } from './coupon-visits.ts'
import { matchClients } from './import-visits/match-clients.ts'
import { matchVisits } from './import-visits/match-visits.ts'
import type { Tally } from './import-visits/match-visits.ts'
import { Overtaken } from './import-visits/overtaken.ts'
import { unstorable } from './import-visits/record-problem.ts'
import type { RecordProblem } from './import-visits/record-problem.ts'

/** So many records are well written together: more would hold the clients' rows longer and win nothing. */
export const recordsAtOnce = 2000

/** What became of the records: added + updated + unchanged + repeated + refused.length of them. */
export interface Written extends Tally {
  /** Records that could not be written. */
  refused: RecordProblem[]
  /** About records that were written: something that somebody should look at. */
  notes: RecordProblem[]
}

export interface WriteOptions {
  importId: number
  /** The salon's, IANA name: a visit that was recorded by hand is known by its day. */
  timeZone: string
  /** Epoch milliseconds. */
  now: number
  /** What must be written with them or not at all, on the same connection: how far the import is. */
  alongside?: (client: pg.ClientBase, written: Written) => Promise<void>
}

/**
 * Writes rows of the salon's books, all in one transaction. Written again they change nothing, so whoever was interrupted may
 * simply begin anew; any number of processes may write the same ones at once.
 *
 * **Whose visit**: the client with this external id; else the one who has confirmed this phone, or stands in the books with it
 * (never one who merely typed it: anybody can type any phone); else a new client without a chat. Where external id and phone
 * lead to two clients the external id wins, the phone stays where it was, and a note says so. What the books know of a client
 * fills gaps and replaces nothing.
 *
 * **Which visit**: the one with this external id; else the same client's at the same moment for the same service (or line, where
 * the books tell no service), refunds apart; else one that was recorded by hand on that day in that line, which the row then
 * makes complete. What a row doesn't tell stays as it was. Of two rows about one visit the later one stands. Coupons that were
 * taken on its day and had no visit yet are linked to it (coupon-visits.ts).
 *
 * @param records at most some thousands (`recordsAtOnce`)
 * @throws errors of `pg` and of `alongside`; nothing was written then
 */
export async function writeVisits(
  pool: pg.Pool,
  records: readonly VisitRecord[],
  options: WriteOptions,
): Promise<Written> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inTransaction(pool, (client) => writeIn(client, records, options))
    } catch (error) {
      if (!isOvertaken(error) || attempt === mostAttempts) throw error
    }
  }
}

/** Looked at anew, it fits. */
const mostAttempts = 5

const isOvertaken = (error: unknown): boolean =>
  error instanceof Overtaken || (error instanceof pg.DatabaseError && overtaking.has(error.code ?? ''))

/** Serialization failure, deadlock, a client who is gone, a phone or number that somebody has got meanwhile. */
const overtaking: ReadonlySet<string> = new Set(['40001', '40P01', '23503', '23505'])

async function inTransaction<Result>(
  pool: pg.Pool,
  work: (client: pg.ClientBase) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch((lost: unknown) => (broken = lost as Error))
    throw error
  } finally {
    client.release(broken)
  }
}

async function writeIn(
  client: pg.ClientBase,
  records: readonly VisitRecord[],
  options: WriteOptions,
): Promise<Written> {
  await client.query(byIndex)
  // Two imports at once take turns: each then sees what the other has written.
  await client.query('SELECT pg_advisory_xact_lock($1)', [importLock])
  const refused = records.map(unstorable).filter((problem) => problem !== undefined)
  const sound = refused.length === 0 ? records : records.filter((record) => !unstorable(record))
  const { owners, notes } = await matchClients(client, sound, options.now)
  const tally = await matchVisits(client, sound, owners, options)
  await linkCouponUses((text, values) => client.query(text, values), owners, options.timeZone)
  const written = { ...tally, refused, notes }
  await options.alongside?.(client, written)
  return written
}

/**
 * Some thousand keys are looked up one by one. For tables of a usual size the planner would rather read them whole, and again with
 * the next batch: an import would take the longer, the more there is already.
 */
const byIndex = 'SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off'

/** Any number that nobody else locks. */
const importLock = 7_244_120_418
