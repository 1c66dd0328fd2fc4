import { afterAll, describe, expect, test } from 'vitest'
import { onboardingWords, openProcess, words } from './talk.ts'

const opened: { close(): Promise<void> }[] = []
const open = async (options: Parameters<typeof openProcess>[0] = {}) => {
  const process = await openProcess(options)
  opened.push(process)
  return process
}
afterAll(async () => void (await Promise.all(opened.map((one) => one.close()))))

describe('before the first consent', () => {
  test('nothing is kept but the chat, its language and the link', async () => {
    const { chat, prisma } = await open()
    await chat('telegram', 1).act(
      { kind: 'start' },
      { link: { source: 'wall-42' }, profile: { firstName: 'Анна', language: 'en' } },
    )
    await chat('telegram', 1).says('no')
    const [row] = await prisma.chat.findMany({
      include: { client: { include: { dialogues: true, events: true, consents: true, notices: true } } },
    })
    expect(row).toMatchObject({ language: 'en', source: 'wall-42', profileName: null, liveFrom: null })
    expect(row?.client).toMatchObject({
      name: null,
      phone: null,
      dialogues: [],
      events: [],
      consents: [],
      notices: [],
    })
  })

  test('whoever came a moment before a crash is asked for it in the next life, as if they came just now', async () => {
    const first = await open()
    const start = { kind: 'start' } as const
    const update = { key: 'tg:1:1', link: { source: 'wall-42' } }
    const asked = words(await first.chat('telegram', 1).act(start, update))
    expect(asked).toContain('Можно сохранить')
    const next = await open({ connectionString: first.url })
    expect(words(await next.chat('telegram', 1).act(start, update))).toBe(asked)
    const last = await open({ connectionString: first.url })
    await last.conversation.remind([{ platform: 'telegram', externalId: 1 }], Date.now())
    expect(last.sent.map(({ reply }) => words(reply))).toEqual([asked])
    expect(
      words(await last.chat('telegram', 1).act({ kind: 'press', value: 'onboarding.personalData=yes' })),
    ).toContain('Присылать вам предложения')
  })

  test('a question goes to the salon', async () => {
    const { chat, prisma, notices } = await open()
    expect(words(await chat('vk', 1).says('Сколько стоит маникюр?'))).toContain('передали салону')
    expect(notices).toHaveLength(1)
    expect(await prisma.notice.findFirst()).toMatchObject({ kind: 'message', text: 'Сколько стоит маникюр?' })
  })
})

describe('an onboarding', () => {
  test('ends with a client, both consents in the ledger, a footprint and one notice', async () => {
    const { chat, prisma, notices } = await open()
    await chat('telegram', 1).says(...onboardingWords('+79123456789'))
    const client = await prisma.client.findFirstOrThrow({
      include: { consents: { orderBy: { id: 'asc' } }, events: true, dialogues: true },
    })
    expect(client).toMatchObject({
      name: 'Анна',
      phone: '+79123456789',
      confirmedPhone: null,
      birthDay: 17,
      birthMonth: 4,
      birthYear: 1990,
      lines: ['nails'],
      convenientTimes: ['evening'],
      heardFrom: 'friends',
    })
    expect(client.onboardedAt).toBeInstanceOf(Date)
    expect(client.consents.map((one) => [one.purpose, one.granted, one.evidence])).toEqual([
      ['personalData', true, 'да'],
      ['advertising', true, 'да'],
    ])
    expect(client.dialogues).toMatchObject([
      { name: 'onboarding', status: 'finished' },
      { name: 'invite', status: 'open' },
    ])
    expect(client.events.length).toBeGreaterThan(8)
    expect(notices).toHaveLength(1)
  })

  test('goes on at the right question in another process', async () => {
    const first = await open()
    await first.chat('telegram', 1).says(...onboardingWords('+79123456789').slice(0, 6))
    const second = await open({ connectionString: first.url })
    expect(words(await second.chat('telegram', 1).says('/start'))).toContain('Что вам интересно')
    await second.chat('telegram', 1).says('волосы')
    const back = await first.chat('telegram', 1).says('назад')
    expect(back.live?.message.groups.flatMap((group) => group.buttons.map((one) => one.label))).toContain(
      '✓ Волосы',
    )
  })

  test('takes a redelivered update once, and shows the current question again', async () => {
    const { chat, prisma } = await open()
    const anna = chat('telegram', 1)
    await anna.says('/start', 'да', 'да')
    const update = { key: 'same', messageId: 5 }
    const first = await anna.act({ kind: 'text', text: 'Анна' }, update)
    const before = await prisma.client.findFirstOrThrow({ include: { events: true } })
    const again = await anna.act({ kind: 'text', text: 'Анна' }, update)
    expect(words(first)).toContain('номер телефона')
    expect(words(again)).toContain('номер телефона')
    expect(await prisma.client.findFirstOrThrow({ include: { events: true } })).toEqual(before)
  })

  test('takes the same update once when two processes get it at the same moment', async () => {
    const one = await open()
    const two = await open({ connectionString: one.url })
    await one.chat('telegram', 1).says('/start', 'да', 'да')
    for (let i = 0; i < 20; i += 1) {
      const before = await one.prisma.client.findFirstOrThrow({ include: { events: true } })
      const deliver = (process: typeof one) =>
        process
          .chat('telegram', 1)
          .act({ kind: 'text', text: i % 2 === 0 ? 'Анна' : 'назад' }, { key: `both-${i}` })
      await Promise.all([deliver(one), deliver(two)])
      const after = await one.prisma.client.findFirstOrThrow({ include: { events: true } })
      expect(after.events.length - before.events.length).toBe(1)
    }
  })

  test('loses nothing when two processes take different updates of one person at once', async () => {
    const one = await open()
    const two = await open({ connectionString: one.url })
    await one.chat('telegram', 1).says(...onboardingWords('пропустить').slice(0, 6))
    const press = (process: typeof one, token: string, key: string) =>
      process
        .chat('telegram', 1)
        .act({ kind: 'press', value: `onboarding.lines=${token}` }, { key, messageId: 9 })
    await Promise.all([press(one, 'nails', 'a'), press(two, 'hair', 'b'), press(one, 'face', 'c')])
    const walk = await one.prisma.dialogue.findFirstOrThrow()
    expect(walk.answers).toMatchObject({ lines: { value: ['nails', 'hair', 'face'], open: true } })
  })
})

describe('the ledger of consents', () => {
  test('refuses to be changed', async () => {
    const { chat, prisma } = await open()
    await chat('telegram', 1).says('/start', 'да')
    await expect(prisma.consent.updateMany({ data: { granted: false } })).rejects.toThrow('append-only')
    await expect(prisma.consent.deleteMany()).rejects.toThrow('append-only')
  })

  test('keeps every text word for word', async () => {
    const { prisma } = await open()
    const texts = await prisma.consentDocument.findMany()
    expect(texts).toHaveLength(4)
    expect(
      texts.every((one) => one.text.includes('ИП Петрова А. А. (ИНН') || one.text.includes('(tax number')),
    ).toBe(true)
  })
})

describe('a consent to an older text', () => {
  test('is renewed with the next message: the card is shown, and agreeing is a row of its own', async () => {
    const { chat, prisma, url } = await open()
    await chat('telegram', 1).says('/start', 'да', 'нет', 'Анна')
    await prisma.consentDocument.updateMany({ data: { offers: false } })
    const later = (await open({ connectionString: url })).chat('telegram', 1)
    expect(words(await later.says('меню'))).toContain('Мы дополнили согласие')
    // What is agreed to is the text of today.
    await prisma.consentDocument.updateMany({ where: { purpose: 'personalData' }, data: { offers: true } })
    await later.says('Хорошо')
    const where = { purpose: 'personalData', granted: true } as const
    expect(await prisma.consent.findMany({ where, select: { evidence: true } })).toEqual([
      { evidence: 'да' },
      { evidence: 'Хорошо' },
    ])
    const again = (await open({ connectionString: url })).chat('telegram', 1)
    expect(words(await again.says('меню'))).not.toContain('Мы дополнили согласие')
  })
})

describe('forgetting', () => {
  test('erases the person and keeps the proof that consent was withdrawn', async () => {
    const { chat, prisma, ledger } = await open()
    const anna = chat('telegram', 77)
    await anna.says(...onboardingWords('+79123456789'), '/menu')
    await anna.act({ kind: 'command', name: 'forget' })
    await anna.act({ kind: 'text', text: 'да' }, { key: 'last' })
    expect(await prisma.client.count()).toBe(0)
    expect(await prisma.event.count()).toBe(0)
    expect(await prisma.notice.count()).toBe(0)
    const proof = await prisma.consent.findMany({ orderBy: { id: 'asc' } })
    expect(proof.map((one) => [one.clientId, one.purpose, one.granted])).toEqual([
      [null, 'personalData', true],
      [null, 'advertising', true],
      [null, 'personalData', false],
    ])
    expect(new Set(proof.map((one) => one.subject))).toEqual(
      new Set([ledger.subjectOf({ platform: 'telegram', externalId: 77 })]),
    )
    expect((await prisma.setting.findUniqueOrThrow({ where: { name: 'forgottenClients' } })).value).toBe('1')
    await anna.act({ kind: 'text', text: 'да' }, { key: 'last' })
    expect(await prisma.client.count()).toBe(0)
  })
})

describe('one person in two messengers', () => {
  const inTelegram = async (process: Awaited<ReturnType<typeof open>>) => {
    const anna = process.chat('telegram', 1)
    await anna.says('/start', 'да', 'да', 'Анна')
    await anna.act({ kind: 'contact', phone: '79123456789', own: true })
    await anna.says('17.04', 'ногти', 'выходные', 'на картах', 'да')
  }

  test('a typed phone opens nothing: the code that went to the confirmed chat does', async () => {
    const process = await open()
    await inTelegram(process)
    const vk = process.chat('vk', 2)
    expect(words(await vk.says('/start', 'да', 'нет', 'Анюта', '8 912 345-67-89'))).toContain(
      'код из шести цифр',
    )
    expect(process.sent).toMatchObject([{ chat: { platform: 'telegram', externalId: 1 } }])
    expect(words(process.sent[0]?.reply ?? { say: [] })).toContain('123456')
    expect(await process.prisma.client.count()).toBe(2)
    expect(words(await vk.says('000000'))).toContain('Код не подошёл')
    expect(words(await vk.says('123 456'))).toContain('Узнали вас')
    const [client, ...others] = await process.prisma.client.findMany({ include: { chats: true } })
    expect(others).toEqual([])
    expect(client).toMatchObject({
      name: 'Анна',
      confirmedPhone: '+79123456789',
      lines: ['nails'],
      advertisingConsentAt: null,
    })
    expect(client?.chats.map((one) => one.platform).toSorted()).toEqual(['telegram', 'vk'])
    expect(words(await vk.says('мои данные'))).toContain('17 апреля')
  })

  test('what is told here and what a profile tells there stay whole: a birthday is not pieced together', async () => {
    const process = await open({ profile: { birthday: { day: 14, month: 3, year: 1992 } } })
    await inTelegram(process)
    const vk = process.chat('vk', 2)
    await vk.says('/start', 'да')
    await expect.poll(() => process.prisma.client.count({ where: { birthYear: 1992 } })).toBe(1)
    await vk.says('нет', 'Анюта', '8 912 345-67-89', '123456')
    expect(await process.prisma.client.findMany()).toMatchObject([
      { birthDay: 17, birthMonth: 4, birthYear: null },
    ])
  })

  test('after five wrong codes the code is gone, and the dialogue goes on without it', async () => {
    const process = await open()
    await inTelegram(process)
    const vk = process.chat('vk', 2)
    await vk.says(
      '/start',
      'да',
      'нет',
      'Анюта',
      '8 912 345-67-89',
      '111111',
      '222222',
      '333333',
      '444444',
      '555555',
    )
    expect(words(await vk.says('123456'))).toContain('больше не действует')
    expect(words(await vk.says('17.04'))).toContain('Что вам интересно')
    expect(await process.prisma.client.count()).toBe(2)
  })

  test('a phone confirmed in Telegram finds the one typed in VK only by the code', async () => {
    const process = await open()
    const vk = process.chat('vk', 2)
    await vk.says(...onboardingWords('8 912 345-67-89'))
    const telegram = process.chat('telegram', 1)
    await telegram.says('/start', 'да', 'нет', 'Анна')
    expect(words(await telegram.act({ kind: 'contact', phone: '79123456789', own: true }))).toContain(
      '123456',
    )
    await expect.poll(() => process.sent.length).toBe(1)
    expect(process.sent[0]).toMatchObject({ chat: { platform: 'vk', externalId: 2 } })
    expect(words(await vk.says('123456'))).toContain('Узнали вас')
    expect(await process.prisma.client.count()).toBe(1)
  })

  test('a number with a new owner on the same platform does not open the former owner’s data', async () => {
    const process = await open()
    await inTelegram(process)
    const other = process.chat('telegram', 3)
    await other.says('/start', 'да', 'нет', 'Вера')
    expect(words(await other.act({ kind: 'contact', phone: '79123456789', own: true }))).not.toContain(
      'Узнали',
    )
    const clients = await process.prisma.client.findMany({ orderBy: { id: 'asc' } })
    expect(clients.map((one) => [one.name, one.confirmedPhone])).toEqual([
      ['Анна', null],
      ['Вера', '+79123456789'],
    ])
  })
})

test('what the platform tells of a person is learnt after consent only', async () => {
  const { chat, prisma } = await open({ profile: { firstName: 'Анна', sex: 'female', city: 'Казань' } })
  await chat('vk', 1).says('/start')
  expect(await prisma.client.findFirst()).toMatchObject({ sex: null, city: null })
  await chat('vk', 1).says('да')
  await expect.poll(() => prisma.client.findFirst()).toMatchObject({ sex: 'female', city: 'Казань' })
  const reply = await chat('vk', 1).says('нет')
  expect(reply.live?.message.groups[0]?.buttons[0]?.label).toBe('Анна')
})

test('a person who cannot be reached is reachable again when they write', async () => {
  const { chat, prisma, conversation } = await open()
  await chat('telegram', 1).says('/start')
  await conversation.unreachable({ platform: 'telegram', externalId: 1 })
  expect(await prisma.chat.findFirst()).toMatchObject({ reachable: false })
  await chat('telegram', 1).says('привет')
  expect(await prisma.chat.findFirst()).toMatchObject({ reachable: true })
})

test('a client is as old as the update they came with', async () => {
  const { chat, prisma } = await open()
  const at = Date.UTC(2030, 0, 7, 6)
  await chat('vk', 1).act({ kind: 'start' }, { at })
  const [row] = await prisma.chat.findMany({ include: { client: true } })
  expect([row?.createdAt, row?.client.createdAt]).toEqual([new Date(at), new Date(at)])
})

test('somebody who comes back after years is answered', async () => {
  const { chat, prisma } = await open()
  await chat('telegram', 1).says(...onboardingWords('+79123456789'))
  const at = Date.now() + 1000 * 24 * 3600_000
  const reply = await chat('telegram', 1).act({ kind: 'text', text: 'меню' }, { at })
  expect(words(reply)).not.toBe('')
  const last = await prisma.event.findFirst({ orderBy: { id: 'desc' } })
  expect(last).toMatchObject({ at: new Date(at), tookMs: 2 ** 31 - 1 })
})
