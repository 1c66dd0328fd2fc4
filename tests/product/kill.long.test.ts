import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/storage/database.ts'
import { startEmbedded } from '../../src/storage/embedded.ts'
import { freshDatabase } from '../storage/fresh-database.ts'
import { silent } from '../storage/talk.ts'
import { clientBot, group, openMessengers, phoneOf, startProgram, temporaryFolder } from './product.ts'
import type { Messengers, Started } from './product.ts'

type Phone = ReturnType<typeof phoneOf>

/** What the person does, step by step, and what they must see before the next one. */
const steps = (platform: 'telegram' | 'vk'): [string, (phone: Phone) => unknown, string][] => [
  // In VK a link by itself sends nothing: what it said comes with the first message.
  [
    'starts',
    (phone) => (phone.start('wall'), platform === 'vk' ? phone.start() : undefined),
    'Можно сохранить',
  ],
  ['gives consent', (phone) => phone.press('Да, согласие даю'), 'Присылать вам предложения'],
  ['agrees to offers', (phone) => phone.press('Да, присылайте'), 'Как к вам обращаться'],
  ['tells her name', (phone) => phone.says('Анна'), 'номер телефона'],
  [
    'tells her phone',
    platform === 'telegram' ? (phone) => phone.contact() : (phone) => phone.says('8 912 345-67-89'),
    'день рождения',
  ],
  ['tells her birthday', (phone) => phone.says('17.04.1990'), 'Что вам интересно'],
  ['chooses nails', (phone) => phone.says('ногтевой сервис'), 'мастер'],
  ['chooses a master', (phone) => phone.press('Ольга Белова'), 'удобнее приходить'],
  ['ticks an evening', (phone) => phone.press('Будни вечером'), '✓ Будни вечером'],
  ['is done with the time', (phone) => phone.press('Готово'), 'Проверьте'],
  // Whoever was killed before saying so tells only what is asked now: the invitation, which comes last either way.
  ['says that all is right', (phone) => phone.press('Всё верно'), 'Расскажете, как вам у нас'],
]

let messengers: Messengers
let folder: Awaited<ReturnType<typeof temporaryFolder>>
beforeAll(async () => {
  messengers = await openMessengers()
  folder = await temporaryFolder()
})
afterAll(async () => {
  await messengers.close()
  await folder.remove()
})

/** Walks the onboarding; after every step, at a moment that differs from step to step, the program is killed and started again. */
async function walkKilling(
  phone: Phone,
  platform: 'telegram' | 'vk',
  start: () => Promise<Started>,
): Promise<Started> {
  let program = await start()
  for (const [index, [, act, sees]] of steps(platform).entries()) {
    await act(phone)
    // From at once (the update may not even have been fetched) to well after the answer.
    await new Promise((resolve) => setTimeout(resolve, [250, 0, 5, 15, 40, 90][index % 6]))
    await program.kill()
    program = await start()
    await phone.sees(sees)
  }
  return program
}

async function expectAnna(connectionString: string, platform: 'telegram' | 'vk') {
  const { prisma, close } = await openDatabase({ connectionString, log: silent })
  const [chat, ...others] = await prisma.chat.findMany({
    where: { platform },
    include: { client: { include: { dialogues: true, consents: true, events: true, notices: true } } },
  })
  expect(others).toEqual([])
  const client = chat?.client
  expect(client).toMatchObject({
    name: 'Анна',
    phone: '+79123456789',
    birthDay: 17,
    birthMonth: 4,
    birthYear: 1990,
    lines: ['nails'],
    master: 'olga',
    convenientTimes: ['evening'],
  })
  expect(chat?.source).toBe('wall')
  expect(client?.consents.map((one) => one.purpose)).toEqual(['personalData', 'advertising'])
  expect(client?.dialogues.filter((one) => one.name === 'onboarding')).toMatchObject([
    { status: 'finished', run: 1 },
  ])
  expect(client?.notices.filter((one) => one.kind === 'newClient')).toHaveLength(1)
  // Every act was taken exactly once: the consent and the ten answers after it (a tick counts, too).
  expect(client?.events.filter((one) => one.kind === 'answer')).toHaveLength(steps(platform).length - 1)
  await close()
}

describe('kill -9 at every step of an onboarding', () => {
  test('in Telegram, on the database in the data folder: every accepted answer is there, once', async () => {
    const phone = phoneOf(messengers.telegram, clientBot)
    const program = await walkKilling(phone, 'telegram', () =>
      startProgram({ messengers, dataDir: folder.folder }),
    )
    expect(await program.stop()).toBe(0)
    const server = await startEmbedded({ dataDir: folder.folder, log: silent })
    await expectAnna(server.connectionString, 'telegram')
    await server.stop()
  }, 120_000)

  test('in VK, on a database server: every accepted answer is there, once', async () => {
    const { connectionString } = await freshDatabase()
    const phone = phoneOf(messengers.vk, group)
    const program = await walkKilling(phone, 'vk', () =>
      startProgram({ messengers, dataDir: folder.folder, env: { DATABASE_URL: connectionString } }),
    )
    expect(await program.stop()).toBe(0)
    await expectAnna(connectionString, 'vk')
  }, 120_000)
})
