import type pg from 'pg'
import type { Salon } from '../domain/salon.ts'
import { regroup, type Regrouped } from '../domain/value/regroup.ts'
import type { RfmCuts, RfmScheme } from '../domain/value/rfm.ts'
import { slippingAway } from '../domain/value/slipping.ts'
import { schemeOf } from '../domain/value/value-settings.ts'
import { createZoneDays, type ZoneDays } from '../domain/value/zone-days.ts'
import { readGroup, type Group } from './values/groups.ts'
import { readMark, schemeMark, writeMark, type ValueMark } from './values/mark.ts'
import { readModels, refitAll, writeModels } from './values/models.ts'
import { takeVisitors, totalsOfVisitors } from './values/visitors.ts'
import { thinHistory, writeCounts, writeGroup, writeMoves } from './values/write-group.ts'
import { writeWarnings } from './values/write-warnings.ts'

export interface RecomputeOptions {
  salon: Pick<Salon, 'value' | 'timeZone'>
  /** Epoch milliseconds. */
  now: number
  /** In the sandbox invented clients count beside those who write to it, until a file of visits has come. */
  sandbox: boolean
  /** Told what was done and how long it took, part by part. */
  onPart?: (part: string) => void
}

/** What a recompute did, for the log; `busy`: another process is at it. */
export type Recomputed = { state: 'busy' } | ({ state: 'done'; nights: number } & Night)

interface Night {
  /** The day that it was for, in days since 1970-01-01. */
  day: number
  /** Clients whose visits were looked at. */
  visitors: number
  /** Clients who have visits. */
  clients: number
  /** Rows of ClientValue that were written. */
  rows: number
  moves: number
  warnings: number
  /** Groups whose models were fitted: overall and lines. */
  fitted: number
}

/** "otkv" in ASCII. */
const lock = 0x6f746b76
/** Of more nights that were missed, the last ones are made up for. */
const mostNights = 31

/**
 * Brings ClientValue and all that follows from it up to date: totals of whose visits have changed, everybody's codes, moves,
 * counts, models where it is time, early warnings. Each night in one transaction: who is killed in the middle has done nothing, and
 * the notes of whose visits have changed are still there. Nights that were missed (the program was off, the sandbox's time was
 * skipped) are made up for one by one, so that moves have their own days. One at a time, whatever the number of processes.
 * @param client a connection of its own: it waits for long, and thinks in between
 * @throws errors of `pg`: a client forgotten at the wrong moment, for instance; the next attempt does it
 */
export async function recomputeValues(client: pg.Client, options: RecomputeOptions): Promise<Recomputed> {
  const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [lock])
  if (rows[0]?.mine !== true) return { state: 'busy' }
  try {
    const days = createZoneDays(options.salon.timeZone)
    const today = days.dayOf(options.now)
    const mark = await readMark(client)
    const first = mark === undefined ? today : Math.max(mark.day + 1, today - mostNights + 1)
    let night = await inTransaction(client, () => oneNight(client, Math.min(first, today), days, options))
    for (let day = first + 1; day <= today; day += 1)
      night = added(night, await inTransaction(client, () => oneNight(client, day, days, options)))
    return { state: 'done', nights: Math.max(1, today - first + 1), ...night }
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [lock])
  }
}

/** What was done in both nights, and how things stand after the later one. */
const added = (earlier: Night, later: Night): Night => ({
  ...later,
  visitors: earlier.visitors + later.visitors,
  rows: earlier.rows + later.rows,
  moves: earlier.moves + later.moves,
  fitted: earlier.fitted + later.fitted,
})

async function inTransaction<Result>(client: pg.Client, work: () => Promise<Result>): Promise<Result> {
  await client.query('BEGIN')
  try {
    // The first time, a million clients take minutes; and there is thinking to do between the statements.
    await client.query(
      `SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL work_mem = '64MB'`,
    )
    const result = await work()
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

async function oneNight(
  client: pg.Client,
  day: number,
  days: ZoneDays,
  { salon, sandbox, onPart = () => {} }: RecomputeOptions,
): Promise<Night> {
  const before = await readMark(client)
  const scheme = schemeOf(salon.value)
  const mark = {
    day,
    timeZone: salon.timeZone,
    scheme: schemeMark(salon.value),
    realOnly: await realOnly(client, sandbox),
  }
  const sameBase = before?.realOnly === mark.realOnly
  const sameScheme = before?.scheme === mark.scheme
  if (before !== undefined && !sameBase) await forgetBase(client)
  const visitors = await takeVisitors(client, {
    everybody: !sameBase || before?.timeZone !== mark.timeZone,
    from: days.startOf((before?.day ?? day) + 1),
    until: days.startOf(day + 1),
  })
  onPart('visitors')
  const fresh = await totalsOfVisitors(client, { asOf: day, days, realOnly: mark.realOnly })
  onPart('totals')
  const groups = await readGroups(client, { lines: linesOf(before, fresh), visitors, fresh, scheme })
  onPart('groups')
  // Should a clock have been put back, nobody has come in the future.
  const asOf = groups.reduce(
    (last, { totals }) => totals.lastDay.reduce((one, other) => Math.max(one, other), last),
    day,
  )
  const regrouped = groups.map((group) => ({
    group,
    scheme,
    day,
    ...regroup(
      { ...group, cuts: sameBase && sameScheme ? before?.cuts[group.line] : undefined },
      asOf,
      scheme,
    ),
  }))
  onPart('codes')
  const modelsBefore = await readModels(client)
  const models = refitAll(groups, modelsBefore, asOf)
  onPart('models')
  const overall = groups.find(({ line }) => line === '')
  const warnings = overall ? slippingAway(overall.totals, models.get('')?.models, asOf) : []
  onPart('warnings')
  let [rows, moves] = [0, 0]
  for (const one of regrouped) {
    rows += await writeGroup(client, { ...one, everyCode: !sameScheme })
    await writeCounts(client, one)
    // Nobody has moved when clients are divided otherwise, or for the first time.
    if (!sameBase || !sameScheme || before?.cuts[''] === undefined) continue
    moves += one.moves.length
    await writeMoves(client, one)
  }
  onPart('write')
  const fitted = await writeModels(client, models, modelsBefore)
  await writeWarnings(client, { warnings, ids: overall?.ids ?? [], day })
  await thinHistory(client, day)
  await writeMark(client, { ...mark, cuts: cutsOf(regrouped) }, salon.value.scheme)
  onPart('rest')
  return {
    day,
    visitors: visitors.ids.length,
    clients: overall?.ids.length ?? 0,
    rows,
    moves,
    warnings: warnings.length,
    fitted: fitted.length,
  }
}

const linesOf = (before: ValueMark | undefined, fresh: ReadonlyMap<string, unknown>): string[] => [
  ...new Set(['', ...Object.keys(before?.cuts ?? {}), ...fresh.keys()]),
]

async function readGroups(
  client: pg.Client,
  {
    lines,
    visitors,
    fresh,
    scheme,
  }: {
    lines: readonly string[]
    visitors: Awaited<ReturnType<typeof takeVisitors>>
    fresh: Awaited<ReturnType<typeof totalsOfVisitors>>
    scheme: RfmScheme
  },
): Promise<Group[]> {
  const groups: Group[] = []
  for (const line of lines)
    groups.push(await readGroup(client, line, { visitors, fresh: fresh.get(line), codes: scheme.codes }))
  return groups
}

const cutsOf = (regrouped: readonly (Regrouped & { group: Group })[]): Record<string, RfmCuts> =>
  Object.fromEntries(
    regrouped.filter(({ group }) => group.ids.length > 0).map(({ group, cuts }) => [group.line, cuts]),
  )

/** Clients are compared with other ones than before: what was told of before says nothing now. */
async function forgetBase(client: pg.ClientBase): Promise<void> {
  await client.query(
    'DELETE FROM "SegmentMove"; DELETE FROM "SegmentCount"; DELETE FROM "ValueModel"; DELETE FROM "EarlyWarning"',
  )
}

/**
 * Real and invented clients are not compared with each other: the invented ones count until somebody real has visits; in the
 * sandbox, where people play the clients, until a file of visits has come.
 */
async function realOnly(client: pg.ClientBase, sandbox: boolean): Promise<boolean> {
  const { rows } = await client.query<{ real: boolean }>(
    `SELECT EXISTS (
       SELECT FROM "Visit" v JOIN "Client" c ON c.id = v."clientId" WHERE NOT c.demo AND (v."importId" IS NOT NULL OR NOT $1)
     ) AS real`,
    [sandbox],
  )
  return rows[0]?.real === true
}
