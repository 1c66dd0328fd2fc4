/** Rounds in turn: what disturbs the machine meanwhile disturbs everybody, and only ratios within a round are believed. */
import { openContestant } from './contestant.ts'
import type { Contestant, Measurement } from './contestant.ts'
import { contestants } from './contestants.ts'
import type { ContestantName } from './contestants.ts'
import { medianOf } from './table.ts'
import type { Table } from './table.ts'

export interface RoundsOptions {
  names: readonly ContestantName[]
  /** How many people at once; a section of the table each. */
  people: readonly number[]
  rounds: number
  measureMs: number
  thinkMs?: number
  profileDir?: string
  /** Told of what is going on. */
  say: (line: string) => void
}

/** The first round of a program is spent on compiling it; its people walk until then. */
const firstWarmUpMs = 4_000
const warmUpMs = 1_000

/**
 * Measures all contestants by turns.
 * @returns a table for each number of people, medians of the rounds
 * @throws Error when a bot that counts has lost an update or taken one twice
 */
export async function measureRounds(options: RoundsOptions): Promise<Table[]> {
  const { names, people, rounds, measureMs, say } = options
  const running: Contestant[] = []
  try {
    for (const name of names) {
      say(`starting ${name}`)
      running.push(await openContestant({ ...contestants[name], ...options }))
    }
    for (const one of running)
      await one.round(Math.max(...people), { warmUpMs: firstWarmUpMs, measureMs: 1_000 })
    const tables: Table[] = []
    for (const count of people) {
      const all = new Map(running.map((one) => [one.name, [] as Measurement[]]))
      for (let round = 1; round <= rounds; round += 1) {
        say(`${count} people, round ${round} of ${rounds}`)
        for (const one of running) all.get(one.name)?.push(await one.round(count, { warmUpMs, measureMs }))
      }
      tables.push(tableOf(count, all, options))
    }
    for (const one of running) await one.check()
    return tables
  } finally {
    for (const one of running) await one.close()
  }
}

const reference = { grammy: contestants.grammy.name, telegraf: contestants.telegraf.name }

function tableOf(count: number, all: Map<string, Measurement[]>, { thinkMs }: RoundsOptions): Table {
  const rateOf = (name: string) => all.get(name)?.map((one) => one.updatesPerSecond) ?? []
  const rows = [...all].map(([name, measured]) => {
    const rates = rateOf(name)
    const against = (other: string) =>
      medianOf(rates.map((rate, index) => rate / (rateOf(other)[index] ?? Number.NaN)))
    const median = (field: keyof Measurement) => medianOf(measured.map((one) => one[field]))
    const stuck = measured.reduce((sum, one) => sum + one.stuck, 0)
    return [
      stuck > 0 ? `${name} (${stuck} unanswered!)` : name,
      median('updatesPerSecond').toFixed(0),
      ratio(against(reference.grammy)),
      ratio(against(reference.telegraf)),
      median('botMs').toFixed(2),
      median('databaseMs').toFixed(2),
      median('driverMs').toFixed(2),
      median('p50Ms').toFixed(1),
      median('p99Ms').toFixed(1),
      median('memoryMb').toFixed(0),
    ]
  })
  const people = count === 1 ? '1 person' : `${count} people`
  return { title: thinkMs === undefined ? people : `${people} who think for ${thinkMs / 1000} s`, head, rows }
}

const head = [
  'program',
  'updates/s',
  'x (c)',
  'x (d)',
  'bot CPU ms',
  'PostgreSQL CPU ms',
  'driver CPU ms',
  'p50 ms',
  'p99 ms',
  'memory MB',
]

const ratio = (value: number): string => (Number.isNaN(value) ? '–' : value.toFixed(2))
