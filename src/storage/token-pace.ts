import type pg from 'pg'
import { idleMs, silenced, takePlace, takeSlots } from '../domain/even-pace.ts'
import type { PaceState } from '../domain/even-pace.ts'

/** Slots as the asking process counts them: from the moment of the answer. */
export interface SlotsFromNow {
  /** Below 0: already due. */
  firstInMs: number
  stepMs: number
  count: number
}

export interface TokenPace {
  /** Takes the token's next slots for this process; no other one gets them. */
  take(token: string, wish: { perSecond: number; count: number; noticeMs?: number }): Promise<SlotsFromNow>
  /** Finds a place for a dialogue's call (even-pace.ts). @returns in how many milliseconds it may go */
  place(token: string, wish: { perSecond: number; beside: number }): Promise<number>
  /** The platform told this token to wait: no process gets a slot before that. */
  silence(token: string, delayMs: number): Promise<void>
  /** Tokens with which a broadcast goes out now, or that are paused, in whichever process, and whether this process is the only one. */
  look(): Promise<{ busy: string[]; alone: boolean }>
}

/** The pace of each token, kept in the database: all processes send by its clock and share one timetable. */
export function createTokenPace({ pool }: { pool: pg.Pool }): TokenPace {
  const change = async <T>(
    token: string,
    step: (state: PaceState, now: number) => { state: PaceState; told: T },
  ): Promise<T> => {
    const client = await pool.connect()
    try {
      // Nobody needs to wait for the disk: a timetable that is forgotten in a crash begins anew.
      await client.query('BEGIN; SET LOCAL synchronous_commit = off')
      const { state, now } = await locked(client, token)
      const { state: after, told } = step(state, now)
      await client.query(write, [
        token,
        after.nextSlotAt,
        after.pausedUntil ?? null,
        after.share,
        after.beside ?? [],
        after.askedAt ?? null,
      ])
      await client.query('COMMIT')
      return told
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {})
      throw error
    } finally {
      client.release()
    }
  }
  return {
    take: (token, wish) =>
      change(token, (before, now) => {
        const { state, slots } = takeSlots(before, { now, ...wish })
        return { state, told: { firstInMs: slots.firstAt - now, stepMs: slots.stepMs, count: wish.count } }
      }),
    place: (token, wish) =>
      change(token, (before, now) => {
        const { state, at } = takePlace(before, { now, ...wish })
        return { state, told: at - now }
      }),
    silence: (token, delayMs) =>
      change(token, (before, now) => ({ state: silenced(before, { now, delayMs }), told: undefined })),
    async look() {
      const { rows } = await pool.query<{ busy: string[]; alone: boolean }>(look)
      return rows[0] ?? { busy: [], alone: false }
    },
  }
}

/** A process that died without a word is counted until the next one starts. */
const look = `
SELECT (SELECT count(*) FROM "Run" WHERE "stoppedAt" IS NULL) < 2 AS "alone",
  array(
    SELECT "token" FROM "TokenPace"
    WHERE "askedAt" > clock_timestamp() - interval '${idleMs} ms' OR "pausedUntil" > clock_timestamp()
  ) AS "busy"`

/** An update that changes nothing waits for whoever has the row, and tells the time after that. */
const lock = `
UPDATE "TokenPace" SET "token" = "token" WHERE "token" = $1
RETURNING extract(epoch FROM clock_timestamp())::float8 * 1000 AS "now", "share", "beside",
  extract(epoch FROM "nextSlotAt")::float8 * 1000 AS "nextSlotAt",
  extract(epoch FROM "pausedUntil")::float8 * 1000 AS "pausedUntil", extract(epoch FROM "askedAt")::float8 * 1000 AS "askedAt"`

const write = `
UPDATE "TokenPace" SET "nextSlotAt" = to_timestamp($2::float8 / 1000), "pausedUntil" = to_timestamp($3::float8 / 1000), "share" = $4,
  "beside" = $5, "askedAt" = to_timestamp($6::float8 / 1000)
WHERE "token" = $1`

const make = `
INSERT INTO "TokenPace" ("token", "nextSlotAt") VALUES ($1, clock_timestamp()) ON CONFLICT DO NOTHING`

interface PaceRow {
  now: number
  share: number
  nextSlotAt: number
  pausedUntil: number | null
  beside: number[]
  askedAt: number | null
}

async function locked(client: pg.PoolClient, token: string): Promise<{ state: PaceState; now: number }> {
  for (;;) {
    const { rows } = await client.query<PaceRow>(lock, [token])
    const [row] = rows
    if (!row) {
      await client.query(make, [token])
      continue
    }
    const { now, share, nextSlotAt, beside } = row
    const [pausedUntil, askedAt] = [row.pausedUntil ?? undefined, row.askedAt ?? undefined]
    const state = {
      nextSlotAt,
      share,
      beside,
      ...(pausedUntil !== undefined && { pausedUntil }),
      ...(askedAt !== undefined && { askedAt }),
    }
    return { now, state }
  }
}
