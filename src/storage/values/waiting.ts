import type pg from 'pg'

/**
 * What waits for a recompute: the number of the last note of whose visits have changed, absent where there is none, and the day of
 * the last recompute, absent where there was none.
 */
export async function waitingForValues(
  pool: Pick<pg.Pool, 'query'>,
): Promise<{ note?: string; day?: number }> {
  const { rows } = await pool.query<{ note: string | null; day: number | null }>(
    `SELECT (SELECT max(id) FROM "StaleVisitor") AS note,
            (SELECT (value::jsonb ->> 'day')::int FROM "Setting" WHERE name = 'valueMark') AS day`,
  )
  const { note = null, day = null } = rows[0] ?? {}
  return { ...(note !== null && { note }), ...(day !== null && { day }) }
}
