/** kill -9 again and again while clients answer the survey: what they saw taken is there, once, and so is the gift. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Answer, Answers } from '../../src/domain/answer.ts'
import { createChance } from '../../src/domain/demo/chance.ts'
import { openDatabase } from '../../src/storage/database.ts'
import type { Database } from '../../src/storage/database.ts'
import { freshDatabase } from '../storage/fresh-database.ts'
import { silent } from '../storage/talk.ts'
import { clientBot, group, openMessengers, startProgram, temporaryFolder } from './product.ts'
import type { Messengers, Started } from './product.ts'
import { createClient } from './simulated/client.ts'
import type { SimulatedClient } from './simulated/client.ts'
import { listenTo, openDevice } from './simulated/device.ts'
import type { Device } from './simulated/device.ts'
import { wordsOf } from './simulated/shown-card.ts'

const seed = Number(process.env['SURVEY_SEED'] ?? 2016)
const words = wordsOf('ru', [
  { id: 'nails', name: 'Ногтевой сервис' },
  { id: 'hair', name: 'Парикмахерский зал' },
  { id: 'cosmetology', name: 'Косметология' },
])
const thinkMs = 60
/** After so many deaths it may live. */
const mostKills = 6

let messengers: Messengers
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let connectionString: string
let database: Database

beforeAll(async () => {
  messengers = await openMessengers()
  folder = await temporaryFolder()
  ;({ connectionString } = await freshDatabase())
  database = await openDatabase({ connectionString, log: silent })
})
afterAll(async () => {
  await database.close()
  await messengers.close()
  await folder.remove()
})

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const start = (): Promise<Started> =>
  startProgram({ messengers, dataDir: folder.folder, env: { DATABASE_URL: connectionString } })

interface Person {
  client: SimulatedClient
  device: Device
  rowId: bigint
}

/** Three in Telegram and three in VK, whom the salon knows. */
async function gather(): Promise<Person[]> {
  const hearing = { telegram: listenTo(messengers.telegram), vk: listenTo(messengers.vk) }
  const now = new Date()
  const people = ['telegram', 'vk', 'telegram', 'vk', 'telegram', 'vk'] as const
  return Promise.all(
    people.map(async (platform, at) => {
      const externalId = 100 + at
      const onboarding = {
        name: 'onboarding',
        run: 1,
        version: 1,
        status: 'finished',
        startedAt: now,
        changedAt: now,
      }
      const { id } = await database.prisma.client.create({
        data: {
          personalDataConsentAt: now,
          onboardedAt: now,
          chats: { create: { platform, externalId, language: 'ru' } },
          dialogues: {
            create: { ...onboarding, answers: { personalData: { value: true }, summary: { value: true } } },
          },
        },
      })
      messengers[platform].addPerson({ id: externalId, firstName: 'Анна', language: 'ru' })
      const botId = platform === 'telegram' ? clientBot : group
      const device = openDevice({ hearing: hearing[platform], botId, personId: externalId, words })
      const chance = createChance(seed).fork(at)
      return {
        client: createClient({ name: `${platform} ${at}`, device, calm: true, chance, words }),
        device,
        rowId: id,
      }
    }),
  )
}

async function answerAll({ client }: Person): Promise<void> {
  await client.begin()
  while (client.status !== 'finished') {
    await pause(thinkMs)
    await client.act()
  }
}

test(`whatever it dies on (seed ${seed})`, async () => {
  const people = await gather()
  const chance = createChance(seed)
  let program = await start()
  let over = false
  const answering = Promise.all(people.map(answerAll)).finally(() => (over = true))
  let kills = 0
  for (; !over && kills < mostKills; kills += 1) {
    await pause(chance.whole(200, 700))
    await program.kill()
    program = await start()
  }
  await answering
  expect(kills).toBeGreaterThanOrEqual(3)
  for (const person of people) await expectTaken(person)
  expect(await program.stop()).toBe(0)
}, 180_000)

/** What is stored is what the client believes; and the gift is one, which the menu shows. */
async function expectTaken({ client, device, rowId }: Person): Promise<void> {
  const { prisma } = database
  const [walk, ...others] = await prisma.dialogue.findMany({ where: { clientId: rowId, name: 'survey' } })
  expect(others).toEqual([])
  expect([client.name, walk?.status]).toEqual([client.name, 'finished'])
  expect([client.name, plainOf((walk?.answers ?? {}) as unknown as Answers)]).toEqual([
    client.name,
    believedBy(client),
  ])
  const where = { clientId: rowId, kind: 'answer', about: { startsWith: 'survey.' } }
  expect([client.name, await prisma.event.count({ where })]).toEqual([client.name, client.belief.taken])

  const coupons = await prisma.coupon.findMany({ where: { clientId: rowId } })
  const { texts } = await device.after(
    () => device.says('/survey'),
    ({ cards }) => cards.some((card) => card.isMenu),
  )
  expect(coupons.map((one) => one.code)).toEqual(
    texts.map((text) => words.coupon(text)).filter((one) => one !== undefined),
  )
  expect([undefined, ...coupons.map((one) => one.code)]).toContain(client.belief.coupon)
}

const sorted = (all: Iterable<[string, unknown]>) => [...all].toSorted(([a], [b]) => (a < b ? -1 : 1))

const plainOf = (answers: Answers) =>
  sorted(
    Object.entries(answers).map(([id, { value, skipped }]: [string, Answer]) => {
      const rows =
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? sorted(Object.entries(value))
          : value
      return [id, { value: rows, skipped }]
    }),
  )

const believedBy = ({ belief }: SimulatedClient) =>
  sorted(
    [...belief.answers].map(([id, { value, rows, skipped }]) => [
      id,
      { value: rows ? sorted(rows) : value, skipped },
    ]),
  )
