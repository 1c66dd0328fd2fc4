/** What starts on the salon's side, end to end: a row in the database becomes one message, and the client answers it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Product } from '../../src/main.ts'
import { openDatabase } from '../../src/storage/database.ts'
import type { Database } from '../../src/storage/database.ts'
import { freshDatabase } from '../storage/fresh-database.ts'
import { silent } from '../storage/talk.ts'
import { clientBot, group, openMessengers, phoneOf, startWithWebhooks, temporaryFolder } from './product.ts'
import type { Messengers } from './product.ts'

const hourMs = 3600_000
const invitations = (phone: ReturnType<typeof phoneOf>) =>
  phone.messages().filter((one) => one.text.includes('без вас тут не обойтись'))

let messengers: Messengers
let folder: Awaited<ReturnType<typeof temporaryFolder>>
let connectionString: string
let database: Database
let product: Product | undefined

beforeAll(async () => {
  messengers = await openMessengers()
  folder = await temporaryFolder()
  ;({ connectionString } = await freshDatabase())
})
afterAll(async () => {
  await database?.close()
  await product?.stop()
  await messengers.close()
  await folder.remove()
})

/** The program in a salon where it is not quiet now, whenever the test runs. */
function start(): Promise<Product> {
  const inHours = (hours: number) =>
    Temporal.Now.zonedDateTimeISO('Europe/Moscow').add({ hours }).toPlainTime().toString().slice(0, 5)
  const salon = { quietHours: { from: inHours(6), to: inHours(8) } }
  return startWithWebhooks({ messengers, dataDir: folder.folder, connectionString, salon })
}

test('an invitation reaches the messenger that the client prefers, once, and the survey begins there', async () => {
  product = await start()
  database = await openDatabase({ connectionString, log: silent })
  const { prisma } = database
  const [telegram, vk] = [phoneOf(messengers.telegram, clientBot), phoneOf(messengers.vk, group)]
  const long = new Date(Date.now() - 48 * hourMs)
  const { id } = await prisma.client.create({
    data: {
      name: 'Анна',
      preferredPlatform: 'vk',
      personalDataConsentAt: long,
      onboardedAt: long,
      chats: {
        create: [
          { platform: 'telegram', externalId: 7, language: 'ru' },
          { platform: 'vk', externalId: 7, language: 'ru' },
        ],
      },
      dialogues: {
        create: {
          name: 'onboarding',
          run: 1,
          version: 1,
          status: 'finished',
          answers: { personalData: { value: true }, summary: { value: true } },
          startedAt: long,
          changedAt: long,
        },
      },
    },
  })
  telegram.start()
  vk.start()
  await telegram.sees('Чем помочь?')
  await vk.sees('Чем помочь?')
  await product.stop()

  // Two days later an admin has invited her while the program stood still.
  await prisma.chat.updateMany({ data: { lastSeenAt: long } })
  await prisma.dialogue.updateMany({ data: { changedAt: long } })
  const prompt = { clientId: id, kind: 'invite', about: 1, number: 1, source: 'admin', dueAt: long }
  await prisma.prompt.createMany({ data: [prompt, { ...prompt, about: 2, number: 1 }] })
  product = await start()
  await vk.sees('без вас тут не обойтись')
  expect(invitations(vk)).toHaveLength(1)
  expect(invitations(telegram)).toEqual([])
  await vk.press('Давайте')
  await vk.sees('постоянным клиентом')
  await vk.press('Да')
  await vk.sees('карта постоянного клиента')

  const states = await prisma.prompt.findMany({ where: { kind: 'invite' }, orderBy: { about: 'asc' } })
  expect(states.map((one) => one.state)).toEqual(['sent', 'cancelled'])
  const [survey, ...others] = await prisma.dialogue.findMany({ where: { name: 'survey' } })
  expect(others).toEqual([])
  expect(survey).toMatchObject({ status: 'open', answers: { regular: { value: true } } })
  expect(await prisma.prompt.findMany({ where: { kind: 'remind' } })).toMatchObject([
    { state: 'waiting', number: 1 },
  ])
}, 60_000)
