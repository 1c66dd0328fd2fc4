/**
 * A thousand clients at once, through the whole program: grammY and vk-io over HTTP, webhooks, a real PostgreSQL. They stop, come
 * back, go back, write rubbish, tap twice, use two phones; updates come twice and in another order. Each keeps in mind what they
 * were shown; in the end the database and the exported file must say the same, and nothing else.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommandLine } from '../../src/cli/command-line.ts'
import type { Answer, Answers } from '../../src/domain/answer.ts'
import { createChance } from '../../src/domain/demo/chance.ts'
import type { Chance } from '../../src/domain/demo/chance.ts'
import type { Product } from '../../src/main.ts'
import { openDatabase } from '../../src/storage/database.ts'
import type { Database } from '../../src/storage/database.ts'
import { readCsv } from '../reports/read-csv.ts'
import { freshDatabase } from '../storage/fresh-database.ts'
import { silent } from '../storage/talk.ts'
import { clientBot, group, openMessengers, startWithWebhooks, temporaryFolder } from './product.ts'
import type { Messengers } from './product.ts'
import type { Belief, BelievedAnswer } from './simulated/belief.ts'
import { createClient } from './simulated/client.ts'
import type { SimulatedClient } from './simulated/client.ts'
import { listenTo, openDevice } from './simulated/device.ts'
import type { Device } from './simulated/device.ts'
import { linkPhones } from './simulated/link-phones.ts'
import { wordsOf } from './simulated/shown-card.ts'

const seed = Number(process.env['SURVEY_SEED'] ?? 2016)
const people = 1000
/** So many go on to the end; the others stop sooner or later. */
const finishers = 155
/** So many of those open the other messenger in the middle, and say that it is them. */
const linkers = 10
const atOnce = 80
const lines = {
  ru: { nails: 'Ногтевой сервис', hair: 'Парикмахерский зал', cosmetology: 'Косметология' },
  en: { nails: 'Nails', hair: 'Hair', cosmetology: 'Cosmetology' },
}
const namesIn = (language: 'ru' | 'en') => Object.entries(lines[language]).map(([id, name]) => ({ id, name }))
const words = { ru: wordsOf('ru', namesIn('ru')), en: wordsOf('en', namesIn('en')) }

interface Person {
  client: SimulatedClient
  chance: Chance
  devices: Device[]
  /** Goes on to the end. */
  finishes: boolean
  /** Tells the salon in VK that it is them. */
  links?: () => Promise<Device>
  rowId: bigint
}

let messengers: Messengers
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let connectionString: string
let product: Product
let database: Database
let crowd: Person[]

beforeAll(async () => {
  messengers = await openMessengers()
  folder = await temporaryFolder()
  ;({ connectionString } = await freshDatabase())
  // Faster than the messengers allow; and without a gift, because drawing 155 coupons takes longer than all the answers.
  const rates = {
    telegramPerSecond: 100_000,
    vkPerSecond: 100_000,
    broadcastTelegramPerSecond: 25,
    broadcastVkPerSecond: 18,
  }
  const salon = { rates, rewards: {} }
  product = await startWithWebhooks({ messengers, dataDir: folder.folder, connectionString, salon })
  database = await openDatabase({ connectionString, log: silent })
  crowd = await gather()
})
afterAll(async () => {
  await database.close()
  await product.stop()
  await messengers.close()
  await folder.remove()
})

/** Clients who know the salon already, each with one phone or two. */
async function gather(): Promise<Person[]> {
  const { prisma } = database
  const chances = Array.from({ length: people }, (_, at) => createChance(seed).fork(at))
  const hearing = { telegram: listenTo(messengers.telegram), vk: listenTo(messengers.vk) }
  const bots = { telegram: clientBot, vk: group }
  const plans = chances.map((chance, at) => ({
    at,
    chance,
    language: chance.yes(0.7) ? ('ru' as const) : ('en' as const),
    platforms: at < linkers ? (['telegram'] as const) : someOf(chance),
    sex: chance.yes(0.1) ? chance.pick(['female', 'male'] as const) : undefined,
  }))
  const now = new Date()
  const rows = await prisma.client.createManyAndReturn({
    data: plans.map(({ at, sex }) => ({
      name: `Клиент ${at}`,
      sex: sex ?? null,
      confirmedPhone: at < linkers ? phoneOf(at) : null,
      personalDataConsentAt: now,
      onboardedAt: now,
    })),
    select: { id: true },
  })
  const idOf = (at: number) => rows[at]?.id ?? 0n
  await prisma.chat.createMany({
    data: plans.flatMap(({ at, language, platforms }) =>
      platforms.map((platform) => ({ platform, externalId: personId(at), clientId: idOf(at), language })),
    ),
  })
  await prisma.dialogue.createMany({
    data: plans.map(({ at }) => ({
      clientId: idOf(at),
      name: 'onboarding',
      run: 1,
      version: 1,
      status: 'finished',
      answers: { personalData: { value: true }, summary: { value: true } },
      startedAt: now,
      changedAt: now,
    })),
  })
  return plans.map(({ at, chance, language, platforms, sex }) => {
    const open = (platform: 'telegram' | 'vk') => {
      messengers[platform].addPerson({ id: personId(at), firstName: 'Анна', language })
      const phone = { hearing: hearing[platform], botId: bots[platform], personId: personId(at) }
      return openDevice({ ...phone, words: words[language] })
    }
    const devices = platforms.map(open)
    const [device] = devices as [Device]
    const links = async () => {
      const vk = open('vk')
      await linkPhones({ telegram: device, vk }, phoneOf(at), language)
      return vk
    }
    const name = `client ${at} (${platforms.join(' and ')}, ${language})`
    const client = createClient({ name, device, known: sex ? { sex } : {}, chance, words: words[language] })
    return {
      client,
      chance,
      devices,
      finishes: at < finishers,
      rowId: idOf(at),
      ...(at < linkers ? { links } : {}),
    }
  })
}

const personId = (at: number) => 10_000 + at
const phoneOf = (at: number) => `+791234560${String(at).padStart(2, '0')}`
const someOf = (chance: Chance): ('telegram' | 'vk')[] =>
  chance.yes(0.15) ? chance.shuffled(['telegram', 'vk']) : [chance.pick(['telegram', 'vk'])]

/** What one of them does, from the first word to the last. */
async function live({ client, chance, devices, finishes, links }: Person): Promise<void> {
  const patience = finishes ? Infinity : Math.floor(chance.exponential(1.6))
  let phone = 0
  await client.begin()
  for (let acts = 0; client.status !== 'finished'; acts += 1) {
    if (acts >= patience) return stop(client, chance)
    if (chance.yes(0.03)) {
      await (chance.yes(0.5) ? client.leave() : client.goOff())
      await client.comeBack()
    }
    if (devices.length > 1 && chance.yes(0.15)) await client.takeUp(devices[(phone += 1) % 2] as Device)
    if (links && acts === 5) {
      devices.push(await links())
      await client.takeUp(devices[(phone = 1)] as Device)
    }
    await client.act()
  }
}

async function stop(client: SimulatedClient, chance: Chance): Promise<void> {
  const way = chance.weighted({ silently: 5, leaves: 3, menu: 2 })
  if (way === 'leaves') await client.leave()
  if (way === 'menu') await client.goOff()
}

/** Updates come twice for a while, then in another order for a while. */
function makeTrouble(): () => void {
  const chance = createChance(seed + 1)
  const round = () => {
    for (const { faults } of [messengers.telegram, messengers.vk]) {
      faults.clear()
      if (chance.yes(0.4)) faults.duplicate(2)
      else faults.reorder(chance.whole(2, 8), (indices) => chance.shuffled(indices))
    }
  }
  const timer = setInterval(round, 150)
  return () => {
    clearInterval(timer)
    for (const { faults } of [messengers.telegram, messengers.vk]) faults.clear()
  }
}

async function inParallel(all: readonly Person[], work: (one: Person) => Promise<void>): Promise<void> {
  const waiting = [...all]
  const worker = async () => {
    for (let one = waiting.shift(); one; one = waiting.shift()) await work(one)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

test(`everything that was shown as taken is there, once, and nothing else (seed ${seed})`, async () => {
  const calm = makeTrouble()
  try {
    await inParallel(crowd, live)
  } finally {
    calm()
  }
  expect(crowd.filter((one) => one.client.status === 'finished').length).toBeGreaterThanOrEqual(150)
  await expectStored()
  await expectTold()
  await expectExported()
}, 240_000)

const beliefOf = ({ client }: Person): Belief => client.belief

/** The walks in the database are what the clients believe, answer by answer. */
async function expectStored(): Promise<void> {
  const rows = await database.prisma.dialogue.findMany({ where: { name: 'survey' } })
  expect(rows).toHaveLength(people)
  const stored = new Map(rows.map((row) => [row.clientId, row]))
  const wrong = crowd.flatMap((person) => {
    const { answers, status, run } = stored.get(person.rowId) ?? { answers: {}, status: 'none', run: 0 }
    const [is, believed] = [plainOf(answers as unknown as Answers), believedBy(person)]
    const same =
      JSON.stringify(is) === JSON.stringify(believed) && status === person.client.status && run === 1
    return same
      ? []
      : [{ who: person.client.name, is, believed, status, believedStatus: person.client.status }]
  })
  expect(wrong).toEqual([])
  const taken = await database.prisma.event.groupBy({
    by: ['clientId'],
    where: { kind: 'answer', about: { startsWith: 'survey.' } },
    _count: true,
  })
  const counted = new Map(taken.map((one) => [one.clientId, one._count]))
  for (const person of crowd)
    expect([person.client.name, counted.get(person.rowId) ?? 0]).toEqual([
      person.client.name,
      beliefOf(person).taken,
    ])
}

const sorted = (all: Iterable<[string, unknown]>) => [...all].toSorted(([a], [b]) => (a < b ? -1 : 1))

const plainOf = (answers: Answers) =>
  sorted(
    Object.entries(answers).map(([id, { value, skipped, known }]: [string, Answer]) => {
      const rows =
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? sorted(Object.entries(value))
          : value
      return [id, { value: rows, skipped, known }]
    }),
  )

const believedBy = (person: Person) =>
  sorted(
    [...beliefOf(person).answers].map(
      ([id, { value, rows, skipped, known }]: [string, BelievedAnswer]): [string, unknown] => [
        id,
        { value: rows ? sorted(rows) : value, skipped, known },
      ],
    ),
  )

/** The salon has heard of everybody who was unhappy, once, and of nobody else; what was asked in between has reached it. */
async function expectTold(): Promise<void> {
  const notices = await database.prisma.notice.findMany()
  const count = (person: Person, kind: string) =>
    notices.filter((one) => one.clientId === person.rowId && one.kind === kind).length
  for (const person of crowd) {
    const { unhappy, wantedCall } = beliefOf(person)
    const told = {
      unhappy: count(person, 'unhappy'),
      called: count(person, 'callWanted'),
      written: count(person, 'message'),
    }
    const expected = { unhappy: Number(unhappy), called: Number(wantedCall), written: person.client.written }
    expect([person.client.name, told]).toEqual([person.client.name, expected])
  }
  const waiting = await database.prisma.prompt.findMany({ where: { kind: 'remind' } })
  const reminded = new Map(waiting.map((one) => [one.clientId, one.state]))
  for (const { client, rowId } of crowd) {
    const over = client.status === 'finished' || client.status === 'stopped'
    expect([client.name, reminded.get(rowId)]).toEqual([client.name, over ? 'cancelled' : 'waiting'])
  }
}

/** `otklik export` writes what the clients believe, cell by cell. */
async function expectExported(): Promise<void> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'export-'))
  const code = await runCommandLine({
    argv: ['export', '--format', 'csv', '--out', dir],
    env: { LANG: 'en_US.UTF-8', LOG_LEVEL: 'silent', DATABASE_URL: connectionString },
    cwd: dir,
    say: () => {},
    complain: (line) => {
      throw new Error(line)
    },
    loadProduct: () => Promise.reject(new Error('nothing was to be started here')),
    exit: () => {},
  })
  expect(code).toBe(0)
  const file = (await readdir(dir)).find((name) => name.startsWith('otklik-survey-')) ?? ''
  const [header = [], ...rows] = readCsv(await readFile(path.join(dir, file), 'utf8'))
  await rm(dir, { recursive: true })
  expect(rows).toHaveLength(people)
  const about = new Set([
    'clientId',
    'run',
    'version',
    'status',
    'startedAt',
    'lastAnswerAt',
    'finishedAt',
    'minutes',
    'npsScale',
  ])
  const exported = new Map(
    rows.map((cells) => {
      const row = new Map(header.map((name, at) => [name, cells[at] ?? '']))
      const answers = sorted([...row].filter(([name, cell]) => cell !== '' && !about.has(name)))
      return [row.get('clientId'), { status: row.get('status'), answers }]
    }),
  )
  for (const person of crowd) {
    const row = exported.get(String(person.rowId))
    expect([person.client.name, row]).toEqual([
      person.client.name,
      { status: person.client.status, answers: cellsOf(person) },
    ])
  }
}

/** What stands in a person's row: numbers as digits, yes and no as 1 and 0, "can't say" in a column of its own. */
function cellsOf(person: Person): [string, unknown][] {
  const canPass = new Set(['satisfaction', 'recommend', 'intention'])
  const cells = [...beliefOf(person).answers].flatMap(([id, { value, rows }]): [string, unknown][] => {
    if (rows)
      return [...rows].flatMap(([row, one]): [string, unknown][] => [
        ...(one === null ? [] : [[`${id}.${row}`, plainCell(one)] as [string, unknown]]),
        ...(canPass.has(id)
          ? [[`${id}.${row}.noOpinion`, one === null ? '1' : '0'] as [string, unknown]]
          : []),
      ])
    return value === undefined || id === 'check' ? [] : [[id, plainCell(value)]]
  })
  return sorted(cells)
}

/** A text that a spreadsheet would take for a formula has an apostrophe before it. */
function plainCell(value: unknown): string {
  if (typeof value === 'boolean') return value ? '1' : '0'
  const text = String(value)
  return text.startsWith('=') ? `'${text}` : text
}
