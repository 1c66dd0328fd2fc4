/** The onboarding end to end: the whole program over HTTP, through grammY and vk-io, in both languages, by polling and by webhook. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase } from '../storage/fresh-database.ts'
import {
  clientBot,
  group,
  openMessengers,
  phoneOf,
  startProgram,
  startWithWebhooks,
  temporaryFolder,
} from './product.ts'
import type { Messengers } from './product.ts'

type Platform = 'telegram' | 'vk'
const said = {
  ru: {
    consent: 'Да, согласие даю',
    offers: 'Нет, не нужно',
    name: 'Анна',
    birthday: '17 апреля',
    line: 'Ногтевой сервис',
    done: 'Готово',
    master: 'Ольга Белова',
    time: 'Выходные',
    heard: 'От знакомых',
    check: 'Проверьте, пожалуйста',
    right: 'Всё верно',
    thanks: 'Приятно познакомиться',
  },
  en: {
    consent: 'Yes, I give consent',
    offers: 'No, thank you',
    name: 'Anna',
    birthday: 'April 17',
    line: 'Nails',
    done: 'Done',
    master: 'Olga Belova',
    time: 'Weekends',
    heard: 'From friends',
    check: 'Please check',
    right: 'All correct',
    thanks: 'Nice to meet you',
  },
} as const

let messengers: Messengers
let folder: Awaited<ReturnType<typeof temporaryFolder>>

beforeAll(async () => {
  messengers = await openMessengers()
  folder = await temporaryFolder()
  for (const [id, language] of [
    [1, 'ru'],
    [2, 'en'],
    [21, 'ru'],
    [22, 'en'],
  ] as const) {
    const person = {
      id,
      firstName: language === 'ru' ? 'Анна' : 'Anna',
      language,
      phone: `+79123456${700 + id}`,
    }
    messengers.telegram.addPerson(person)
    messengers.vk.addPerson(person)
  }
})
afterAll(async () => {
  await messengers.close()
  await folder.remove()
})

/** Ways in which updates come; each starts the program on a database of its own and returns the way to stop it. */
const ways = {
  'long polling': async (connectionString: string) => {
    const program = await startProgram({
      messengers,
      dataDir: folder.folder,
      env: { DATABASE_URL: connectionString },
    })
    return async () => expect(await program.stop()).toBe(0)
  },
  webhooks: async (connectionString: string) => {
    const program = await startWithWebhooks({ messengers, dataDir: folder.folder, connectionString })
    return () => program.stop()
  },
}

describe.each(['long polling', 'webhooks'] as const)('by %s', (way) => {
  let stop: () => Promise<void>
  const people = way === 'webhooks' ? 20 : 0
  beforeAll(async () => {
    const { connectionString } = await freshDatabase()
    stop = await ways[way](connectionString)
  })
  afterAll(() => stop())

  test.each([
    ['telegram', 'ru', people + 1],
    ['telegram', 'en', people + 2],
    ['vk', 'ru', people + 1],
    ['vk', 'en', people + 2],
  ] as const)('a client on %s in %s gets to know the salon', async (platform, language, personId) => {
    const phone = phoneOf(messengers[platform], botOn(platform), personId)
    const words = said[language]
    phone.start()
    await phone.press(words.consent)
    await phone.press(words.offers)
    await phone.press(words.name)
    await (platform === 'telegram' ? shareContact(phone) : typePhone(phone, `+7 999 000 00 ${10 + personId}`))
    await phone.sees('17.04')
    phone.says(words.birthday)
    await phone.press(words.line)
    await phone.press(words.done)
    await phone.press(words.master)
    await phone.press(words.time)
    await phone.press(words.done)
    await phone.press(words.heard)
    await phone.sees(words.check)
    await phone.press(words.right)
    await phone.sees(words.thanks)
  })

  test('a finished question shows its answer and has lost its buttons', () => {
    const messages = phoneOf(messengers.telegram, clientBot, people + 1).messages()
    const withButtons = messages.filter((one) => one.from === 'bot' && one.buttons.length > 0)
    expect(withButtons).toHaveLength(1)
    expect(messages.map((one) => one.text).join('\n')).toContain('✓ День рождения: 17 апреля')
  })
})

const botOn = (platform: Platform) => (platform === 'telegram' ? clientBot : group)

type Phone = ReturnType<typeof phoneOf>

async function shareContact(phone: Phone): Promise<void> {
  await phone.until((): true | undefined => phone.keyboardShown() || undefined, 'the contact button')
  phone.contact()
}

async function typePhone(phone: Phone, number: string): Promise<void> {
  await phone.sees('+7 912 345-67-89')
  phone.says(number)
}
