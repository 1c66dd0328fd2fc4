/** Measures the product beside others: `npm run bench`, or a part of it. See README.md. */
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { compareWithDuckDb } from './analyse/compare.ts'
import { measureAtRest } from './at-rest.ts'
import { contestants } from './contestants.ts'
import type { ContestantName } from './contestants.ts'
import { measureRecompute } from './recompute.ts'
import { measureRounds } from './rounds.ts'
import { measureStarts } from './start-time.ts'
import { markdown } from './table.ts'
import type { Table } from './table.ts'

const { values: given } = parseArgs({
  options: {
    /** conversations, thinking, rest, start; and only when they are asked for: recompute, analyse */
    only: { type: 'string', default: 'conversations,thinking,rest,start' },
    contestants: { type: 'string' },
    people: { type: 'string', default: '1,50,500' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    /** Of the salon that is recomputed. */
    clients: { type: 'string', default: '1000000' },
    /** Visits of `analyse`; a tenth as many clients. */
    visits: { type: 'string', default: '10000000' },
    /** Folder for the bots' CPU profiles. */
    profile: { type: 'string' },
  },
})
const parts = new Set(given.only.split(','))
const rounds = Number(given.rounds)
const measureMs = Number(given.seconds) * 1_000
const say = (line: string): void =>
  void process.stderr.write(`${new Date().toLocaleTimeString('ru')} ${line}\n`)
const common = {
  rounds,
  measureMs,
  say,
  ...(given.profile === undefined ? {} : { profileDir: given.profile }),
}

const walkForEver: ContestantName[] = [
  'bare',
  'grammy',
  'grammyPolling',
  'telegraf',
  'telegrafPolling',
  'telegram',
  'telegramPolling',
  'vk',
  'vkPolling',
]
const think: ContestantName[] = ['grammy', 'telegraf', 'telegram', 'telegramPolling', 'vk', 'vkPolling']
const chosen = given.contestants?.split(',').map(known)

console.log(
  `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? 'CPU'}, load ${loadNow()}, ${new Date().toISOString().slice(0, 16)}Z\n`,
)
if (parts.has('conversations')) {
  const people = given.people.split(',').map(Number)
  show(await measureRounds({ ...common, names: chosen ?? walkForEver, people }))
  if (!chosen)
    show(await measureRounds({ ...common, names: ['telegramOnboarding', 'vkOnboarding'], people: [50] }))
}
if (parts.has('thinking'))
  show(await measureRounds({ ...common, names: chosen ?? think, people: [100], thinkMs: 1_000 }))
if (parts.has('rest')) show([await measureAtRest(common)])
if (parts.has('start')) show([await measureStarts(rounds, say)])
if (parts.has('recompute')) show([await measureRecompute(Number(given.clients), say)])
if (parts.has('analyse')) {
  const rows = Number(given.visits)
  show([await compareWithDuckDb({ rows, clients: rows / 10, rounds, say })])
}
process.exit(0)

function show(tables: Table[]): void {
  for (const table of tables) console.log(markdown(table))
  console.log(`Load afterwards: ${loadNow()}\n`)
}

function known(name: string): ContestantName {
  if (!(name in contestants))
    throw new Error(`No contestant "${name}": have ${Object.keys(contestants).join(', ')}`)
  return name as ContestantName
}

function loadNow(): string {
  return loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')
}
