/** What 100,000 dialogues that nobody finishes cost: their bytes, and the others' speed. */
import type pg from 'pg'
import { openContestant } from './contestant.ts'
import { contestants } from './contestants.ts'
import { medianOf } from './table.ts'
import type { Table } from './table.ts'

export interface AtRestOptions {
  rounds: number
  measureMs: number
  say: (line: string) => void
}

const dialogues = 100_000
const walkers = 50
const times = { warmUpMs: 1_000 }
const tables = ['Dialogue', 'Client', 'Chat'] as const

/**
 * Two products side by side, one with an empty database. The dialogues at rest are copies of real ones, which stand at the
 * onboarding's last card: all questions answered, nothing confirmed yet.
 */
export async function measureAtRest({ rounds, measureMs, say }: AtRestOptions): Promise<Table> {
  const open = () => openContestant(contestants.telegram)
  const [empty, full] = await Promise.all([open(), open()])
  try {
    for (const one of [empty, full]) await one.round(walkers, { warmUpMs: 4_000, measureMs: 1_000 })
    const pool = full.database?.pool
    if (!pool) throw new Error('The product stores nothing: there is nothing to be at rest')
    say(`making ${dialogues} dialogues`)
    const bytes = await copyDialogues(pool)
    const ratios: number[] = []
    for (let round = 1; round <= rounds; round += 1) {
      say(`at rest, round ${round} of ${rounds}`)
      const before = await empty.round(walkers, { ...times, measureMs })
      const after = await full.round(walkers, { ...times, measureMs })
      ratios.push(after.updatesPerSecond / before.updatesPerSecond)
    }
    return {
      title: `${dialogues.toLocaleString('en')} dialogues at rest`,
      head: ['what', 'value'],
      rows: [
        ['bytes a dialogue with its answers', bytes.Dialogue.toFixed(0)],
        ['bytes with the person and the chat', (bytes.Dialogue + bytes.Client + bytes.Chat).toFixed(0)],
        ['speed at 50 people, x of empty', medianOf(ratios).toFixed(2)],
      ],
    }
  } finally {
    await empty.close()
    await full.close()
  }
}

/** @returns bytes a copy, indexes and all, by table */
async function copyDialogues(pool: pg.Pool): Promise<Record<(typeof tables)[number], number>> {
  const before = await sizes(pool)
  const copies = Math.ceil(dialogues / walkers)
  // Ids far from those that the sequences will give.
  const moved: Record<string, string> = {
    id: 't."id" + g::bigint * 1000000',
    clientId: 't."clientId" + g::bigint * 1000000',
    'Chat.externalId': 't."externalId" + g::bigint * 100000000',
    phone: `'+7' || (9000000000 + t."id" * 10000 + g)`,
    confirmedPhone: `'+7' || (9000000000 + t."id" * 10000 + g)`,
  }
  for (const table of ['Client', 'Chat', 'Dialogue']) {
    const { rows } = await pool.query<{ name: string }>(
      'SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1',
      [table],
    )
    const names = rows.map(({ name }) => `"${name}"`).join(', ')
    const values = rows
      .map(({ name }) => moved[name] ?? moved[`${table}.${name}`] ?? `t."${name}"`)
      .join(', ')
    await pool.query(
      `INSERT INTO "${table}" (${names}) SELECT ${values} FROM "${table}" t, generate_series(1, ${copies}) g`,
    )
  }
  await pool.query('VACUUM (ANALYZE)')
  const after = await sizes(pool)
  return Object.fromEntries(
    tables.map((table) => [table, ((after[table] ?? 0) - (before[table] ?? 0)) / (copies * walkers)]),
  ) as Record<(typeof tables)[number], number>
}

async function sizes(pool: pg.Pool): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ name: string; bytes: string }>(
    `SELECT relname AS name, pg_total_relation_size(oid) AS bytes FROM pg_class WHERE relname = ANY ($1) AND relkind = 'r'`,
    [tables],
  )
  return Object.fromEntries(rows.map(({ name, bytes }) => [name, Number(bytes)]))
}
