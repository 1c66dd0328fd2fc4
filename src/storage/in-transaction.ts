import type pg from 'pg'
import type { Query } from './chat-rows.ts'

/** Runs statements on one connection: all of them or none. */
export async function inTransaction<T>(pool: pg.Pool, work: (query: Query) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken = false
  try {
    await client.query('BEGIN')
    const result = await work(
      async (name, text, values) =>
        (await client.query<Record<string, unknown>>({ name, text, values })).rows,
    )
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => (broken = true))
    throw error
  } finally {
    client.release(broken)
  }
}
