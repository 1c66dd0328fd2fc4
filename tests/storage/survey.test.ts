/** The survey on a real database: what is kept of it, once, whoever else is at work. */
import { afterAll, describe, expect, test } from 'vitest'
import type { Answers } from '../../src/domain/answer.ts'
import { surveyQuestions } from '../../src/domain/survey-changes.ts'
import type { Survey } from '../../src/domain/survey.ts'
import { giving, met, valuesOf } from '../flows/survey-chat.ts'
import { builtInSurvey } from '../flows/transcript.ts'
import { openProcess, words } from './talk.ts'
import type { ProcessOptions } from './talk.ts'

const opened: { close(): Promise<void> }[] = []
/** A process with a clock of its own that can be put forward. */
const open = async (options: ProcessOptions & { clock?: { at: number } } = {}) => {
  const clock = options.clock ?? { at: Date.UTC(2026, 10, 21, 12) }
  const process = await openProcess({ salon: giving, now: () => (clock.at += 5_000), ...options })
  opened.push(process)
  return { ...process, clock }
}
afterAll(async () => void (await Promise.all(opened.map((one) => one.close()))))

const dayMs = 24 * 3600_000
const acquainted = [...met.ru]
const passing = (count: number): string[] => Array.from({ length: count }, () => 'дальше')

/** Only what these tests are about. */
const short: Survey = {
  version: 1,
  questions: builtInSurvey.questions.filter((one) =>
    ['recommend', 'suggestions', 'sex', 'travel'].includes(one.id),
  ),
}
type Process = Awaited<ReturnType<typeof open>>
const surveyRows = async ({ prisma }: Process) => {
  const rows = await prisma.dialogue.findMany({ where: { name: 'survey' }, orderBy: { run: 'asc' } })
  return rows.map((row) => ({ ...row, answers: row.answers as Answers }))
}

describe('answers', () => {
  test('are what was given, with when and on which scale', async () => {
    const process = await open()
    await process
      .chat('telegram', 1)
      .says(
        ...acquainted,
        'давайте',
        'да',
        'нет',
        '1–2 года',
        'каждый месяц',
        'никогда',
        'раз в год и реже',
        '7',
        'не могу оценить',
        '9',
        '10',
        '7',
        '6',
        '5',
        '4',
        '3',
        '2',
        '1',
        'пропустить',
        '7',
        'трудно сказать',
        'Больше света! 💡',
        '  И чая\n\nс мёдом ',
        'готово',
        'женский',
        '32',
        'в браке',
        'высшее',
        'учусь',
        '4',
        '80 тысяч',
        'на транспорте',
      )
    const [row] = await surveyRows(process)
    expect(row).toMatchObject({ run: 1, version: 1, status: 'finished' })
    expect(valuesOf({ answers: row?.answers ?? {} })).toEqual({
      regular: true,
      card: false,
      tenure: '1to2y',
      frequency: { nails: 'monthly', hair: 'never', face: 'upTo1y' },
      satisfaction: { nails: 7, face: null },
      recommend: { nails: 9, face: 10 },
      importance: { master: 7, reputation: 6, location: 5, price: 4, quality: 3, habit: 2, other: 1 },
      retention: 'skipped',
      intention: { nails: 7, face: null },
      suggestions: 'Больше света! 💡\n  И чая\n\nс мёдом ',
      sex: 'female',
      age: '26to35',
      marital: 'married',
      education: 'higher',
      employment: 'studying',
      income: 4,
      incomeAmount: '80 тысяч',
      travel: 'transport',
    })
    expect(row?.answers['recommend']).toMatchObject({ scale: { from: 1, to: 10 } })
    const times = Object.values(row?.answers ?? {}).map((answer) => answer.at ?? 0)
    for (const at of times) expect(at).toBeGreaterThan(row?.startedAt.getTime() ?? Infinity)
    expect(await process.prisma.client.findFirst()).toMatchObject({ sex: 'female' })
  })

  test('are there at once, in another process and in the other messenger', async () => {
    const one = await open()
    const telegram = one.chat('telegram', 1)
    await telegram.says(...met.ru.slice(0, 4))
    await telegram.act({ kind: 'contact', phone: '79123456789', own: true })
    await telegram.says('дальше', 'ногти', 'выходные', 'от знакомых', 'да', 'давайте', 'да', 'нет')
    const two = await open({ connectionString: one.url, clock: one.clock })
    const vk = two.chat('vk', 2)
    expect(words(await vk.says('/start', 'да', 'нет', 'Анюта', '89123456789', '123456'))).toContain('3 из 17')
    await vk.says('1–2 года')
    expect(words(await telegram.says('каждый месяц'))).toContain('▸ Волосы')
    expect(await surveyRows(one)).toMatchObject([
      {
        answers: {
          regular: { value: true },
          tenure: { value: '1to2y' },
          frequency: { value: { nails: 'monthly' } },
        },
      },
    ])
    expect(await one.prisma.client.count()).toBe(1)
  })

  test('are taken once when the same update comes again, to two processes at the same moment', async () => {
    const one = await open()
    const two = await open({ connectionString: one.url, clock: one.clock })
    await one.chat('telegram', 1).says(...acquainted, 'давайте', ...passing(3))
    for (const [index, row] of ['nails', 'hair', 'face'].entries()) {
      const press = (process: Process) =>
        process
          .chat('telegram', 1)
          .act(
            { kind: 'press', value: `survey.frequency.${row}=monthly` },
            { key: `both-${index}`, messageId: 7 },
          )
      await Promise.all([press(one), press(two), press(one)])
    }
    const [walk] = await surveyRows(one)
    expect(walk?.answers['frequency']).toMatchObject({
      value: { nails: 'monthly', hair: 'monthly', face: 'monthly' },
    })
    expect(await one.prisma.event.count({ where: { about: 'survey.frequency' } })).toBe(3)
  })

  test('of two processes that take different updates of one person at once both stay', async () => {
    const one = await open()
    const two = await open({ connectionString: one.url, clock: one.clock })
    await one.chat('telegram', 1).says(...acquainted, 'давайте')
    const press = (process: Process, value: string) =>
      process.chat('telegram', 1).act({ kind: 'press', value }, { messageId: 7 })
    await Promise.all([press(one, 'survey.regular=yes'), press(two, 'survey.card=no')])
    await press(two, 'survey.card=no')
    expect(await surveyRows(one)).toMatchObject([
      { answers: { regular: { value: true }, card: { value: false } } },
    ])
  })

  test('know tenure by the visits that are written down', async () => {
    const process = await open()
    const anna = process.chat('telegram', 1)
    await anna.says(...acquainted, 'нет')
    const { id } = await process.prisma.client.findFirstOrThrow()
    await process.prisma.visit.createMany({
      data: [
        { clientId: id, line: 'nails', at: new Date(process.clock.at - 800 * dayMs) },
        { clientId: id, line: 'hair', at: new Date(process.clock.at - 3 * dayMs) },
      ],
    })
    // A visit that is recorded raises the client's version: what this process remembers is outdated.
    await process.prisma.client.update({ where: { id }, data: { version: { increment: 1 } } })
    await anna.says('опрос')
    expect(await surveyRows(process)).toMatchObject([
      { answers: { tenure: { value: '2to5y', known: true } } },
    ])
  })
})

describe('an unhappy client', () => {
  const unhappy = [...acquainted, 'давайте', '3']

  test('is a follow-up with one notice, and one more when they want a call', async () => {
    const process = await open({ survey: short })
    const anna = process.chat('telegram', 1)
    await anna.says(...unhappy, '2', '9')
    expect(await process.prisma.followUp.findMany()).toMatchObject([
      { dialogue: 'survey', run: 1, callWanted: null, handledAt: null },
    ])
    const kinds = async () =>
      (await process.prisma.notice.findMany({ orderBy: { id: 'asc' } })).map((notice) => notice.kind)
    expect(await kinds()).toEqual(['newClient', 'unhappy'])
    await anna.says('да', 'назад', 'нет', 'назад', 'да')
    expect(await kinds()).toEqual(['newClient', 'unhappy', 'callWanted'])
    expect(await process.prisma.followUp.findMany()).toMatchObject([{ callWanted: true }])
    expect(process.notices).toHaveLength(3)
  })

  test('who thinks better of it and then worse again is one follow-up, one notice', async () => {
    const process = await open({ survey: short })
    await process.chat('telegram', 1).says(...unhappy, 'назад', '9', 'назад', '4')
    expect(await process.prisma.followUp.count()).toBe(1)
    expect(await process.prisma.notice.count({ where: { kind: 'unhappy' } })).toBe(1)
  })

  test('is told of once by two processes that take the same update', async () => {
    const one = await open({ survey: short })
    const two = await open({ survey: short, connectionString: one.url, clock: one.clock })
    await one.chat('telegram', 1).says(...acquainted, 'давайте')
    const low = (process: Process) =>
      process
        .chat('telegram', 1)
        .act({ kind: 'press', value: 'survey.recommend.nails=1' }, { key: 'low', messageId: 7 })
    await Promise.all([low(one), low(two)])
    expect(await one.prisma.notice.count({ where: { kind: 'unhappy' } })).toBe(1)
    expect(one.notices.length + two.notices.length).toBe(2)
  })
})

describe('the gift', () => {
  const all = [...acquainted, 'давайте', '9', '9', '9', 'дальше', 'дальше']

  test('is a coupon, and its code is what the client is told', async () => {
    const process = await open({ survey: short })
    const reply = await process.chat('telegram', 1).says(...all, 'на транспорте')
    const [coupon, ...others] = await process.prisma.coupon.findMany()
    expect(others).toEqual([])
    expect(coupon?.code).toMatch(/^[2-9A-HJKMNP-Z]{10}$/)
    expect(words(reply)).toContain(`${coupon?.code.slice(0, 5)}-${coupon?.code.slice(5)}`)
    const lastDay = (at: number) =>
      Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO('Europe/Moscow').toPlainDate()
    const { issuedAt, expiresAt } = coupon ?? { issuedAt: new Date(0), expiresAt: new Date(0) }
    // Good to the end of the day that the client is told.
    expect(lastDay(expiresAt.getTime())).toEqual(lastDay(issuedAt.getTime() + 60 * dayMs))
    expect(lastDay(expiresAt.getTime() + 1)).toEqual(lastDay(expiresAt.getTime()).add({ days: 1 }))
    expect(reply.say.at(-1)?.picture).toMatchObject({ kind: 'coupon', code: coupon?.code })
    expect(words(await process.chat('telegram', 1).says('опрос'))).toContain(coupon?.code.slice(0, 5))
  })

  test('is one, whoever delivers the last answer how often', async () => {
    const one = await open({ survey: short })
    const two = await open({ survey: short, connectionString: one.url, clock: one.clock })
    await one.chat('telegram', 1).says(...all)
    const last = (process: Process, key: string) =>
      process
        .chat('telegram', 1)
        .act({ kind: 'press', value: 'survey.travel=transport' }, { key, messageId: 7 })
    await Promise.all([last(one, 'a'), last(two, 'a'), last(two, 'b'), last(one, 'b')])
    expect(await one.prisma.coupon.count()).toBe(1)
    expect(await surveyRows(one)).toMatchObject([
      { status: 'finished', answers: { travel: { value: 'transport' } } },
    ])
  })

  test('is the same one after another survey, and no second one is promised', async () => {
    const process = await open({ survey: short })
    const anna = process.chat('telegram', 1)
    await anna.says(...all, 'на транспорте')
    const [{ code } = { code: '' }] = await process.prisma.coupon.findMany()
    process.clock.at += 90 * dayMs
    const again = await open({ survey: short, connectionString: process.url, clock: process.clock })
    expect(words(await again.chat('telegram', 1).says('опрос'))).not.toContain('🎁')
    expect(
      words(await again.chat('telegram', 1).says('9', '9', '9', 'дальше', 'дальше', 'на транспорте')),
    ).not.toContain('🎁')
    expect(await process.prisma.coupon.findMany()).toMatchObject([{ code }])
    expect(await surveyRows(process)).toMatchObject([
      { run: 1, status: 'finished' },
      { run: 2, status: 'finished' },
    ])
  })

  test('that still holds is shown again at the end of the next survey', async () => {
    const rewards = { survey: { title: { ru: 'парафиновый массаж рук' }, validDays: 365 } }
    const process = await open({ survey: short, salon: { rewards } })
    const anna = process.chat('telegram', 1)
    await anna.says(...all, 'на транспорте')
    process.clock.at += 90 * dayMs
    const [{ code } = { code: '' }] = await process.prisma.coupon.findMany()
    const reply = await anna.says('опрос', '9', '9', '9', 'дальше', 'дальше', 'на транспорте')
    expect(words(reply)).toContain(code.slice(0, 5))
  })
})

describe('what is planned on our side', () => {
  const prompts = ({ prisma }: Process) => prisma.prompt.findMany({ orderBy: { id: 'asc' } })

  test('a reminder is written once, and called off when the survey ends', async () => {
    const process = await open({ survey: short })
    const anna = process.chat('telegram', 1)
    await anna.says(...acquainted, 'давайте', '9', '/menu', 'опрос')
    const [row, ...others] = await prompts(process)
    expect(others).toEqual([])
    expect(row).toMatchObject({ kind: 'remind', about: 1n, number: 1, source: 'walk', state: 'waiting' })
    expect(process.prompts).toEqual([{ id: String(row?.id), dueAt: row?.dueAt.getTime() }])
    await anna.says('9', '9', 'дальше', 'дальше', 'дальше')
    expect(await prompts(process)).toMatchObject([{ state: 'cancelled' }])
    expect(process.calledOff).toEqual([String(row?.id)])
  })

  test('"enough for today" calls it off; whoever comes back and stops again is reminded', async () => {
    const process = await open({ survey: short })
    const anna = process.chat('telegram', 1)
    await anna.says(...acquainted, 'давайте', '9', 'хватит')
    expect(await prompts(process)).toMatchObject([{ number: 1, state: 'cancelled' }])
    process.clock.at += 5 * dayMs
    await anna.says('опрос')
    const [row] = await prompts(process)
    expect(row).toMatchObject({ number: 1, state: 'waiting' })
    expect(row?.dueAt.getTime()).toBeGreaterThan(process.clock.at)
    expect(process.prompts.at(-1)).toEqual({ id: String(row?.id), dueAt: row?.dueAt.getTime() })
  })

  test('a reminder that was said is not planned again', async () => {
    const process = await open({ survey: short })
    const anna = process.chat('telegram', 1)
    await anna.says(...acquainted, 'давайте', '9', 'хватит')
    await process.prisma.prompt.updateMany({ data: { state: 'sent' } })
    await anna.says('опрос')
    expect(await prompts(process)).toMatchObject([{ state: 'sent' }])
    expect(process.prompts).toHaveLength(1)
  })

  test('the evening that was promised, and a no that calls it off', async () => {
    const process = await open()
    const anna = process.chat('telegram', 1)
    await anna.says(...acquainted, 'вечером')
    expect(await prompts(process)).toMatchObject([
      { kind: 'invite', about: 1n, number: 2, source: 'onboarding', dueAt: new Date('2026-11-21T16:00:00Z') },
    ])
    await anna.says('опрос', 'хватит')
    expect(await prompts(process)).toMatchObject([
      { kind: 'invite', state: 'cancelled' },
      { kind: 'remind', state: 'cancelled' },
    ])
  })

  test('forgetting takes all of it along', async () => {
    const process = await open({ survey: short })
    const anna = process.chat('telegram', 1)
    await anna.says(...acquainted, 'давайте', '3', '9', '9', 'да', 'дальше', 'дальше', 'на транспорте')
    await anna.act({ kind: 'command', name: 'forget' })
    await anna.says('да')
    const { prisma } = process
    expect([await prisma.prompt.count(), await prisma.coupon.count(), await prisma.followUp.count()]).toEqual(
      [0, 0, 0],
    )
    expect(await prisma.dialogue.count()).toBe(0)
  })
})

describe('a message on our side', () => {
  const remind = { kind: 'remind', about: 1, number: 1 } as const

  test('is committed before it is said, and once', async () => {
    const process = await open({ survey: short })
    const anna = process.chat('telegram', 1)
    await anna.says(...acquainted, 'давайте', '9')
    process.clock.at += dayMs
    const first = await anna.prompted('1', remind)
    expect(first).toMatchObject({ what: 'say' })
    process.clock.at += dayMs
    expect(await anna.prompted('1', remind)).toEqual({ what: 'moot' })
    expect(
      await process.prisma.dialogue.findMany({ where: { name: 'invite' }, orderBy: { run: 'asc' } }),
    ).toMatchObject([
      { run: 1, status: 'finished' },
      { run: 2, status: 'open', answers: { origin: { value: 'reminder' } } },
    ])
    expect(await process.prisma.prompt.findMany({ orderBy: { number: 'asc' } })).toMatchObject([
      { number: 1 },
      { number: 2, state: 'waiting' },
    ])
  })

  test('that is not said leaves nothing', async () => {
    const process = await open({ survey: short })
    const anna = process.chat('telegram', 1)
    await anna.says(...acquainted, 'давайте', '9', 'хватит')
    process.clock.at += dayMs
    const before = await process.prisma.client.findFirst({
      include: { dialogues: true, events: true, chats: true },
    })
    expect(await anna.prompted('1', remind)).toEqual({ what: 'moot' })
    expect(
      await process.prisma.client.findFirst({ include: { dialogues: true, events: true, chats: true } }),
    ).toEqual(before)
    expect(await process.prisma.seenUpdate.count({ where: { key: 'prompt:1' } })).toBe(0)
  })

  test('knows what another process was told meanwhile', async () => {
    const one = await open({ survey: short })
    const two = await open({ survey: short, connectionString: one.url, clock: one.clock })
    await one.chat('telegram', 1).says(...acquainted, 'давайте', '9', 'хватит')
    one.clock.at += dayMs
    // The second process remembers that it was enough for today; the first one is told otherwise.
    expect(await two.chat('telegram', 1).prompted('1', remind)).toEqual({ what: 'moot' })
    await one.chat('telegram', 1).says('опрос')
    one.clock.at += dayMs
    expect(await two.chat('telegram', 1).prompted('2', remind)).toMatchObject({ what: 'say' })
  })

  test('to somebody who is forgotten makes nobody', async () => {
    const process = await open()
    expect(await process.chat('vk', 99).prompted('1', { kind: 'invite', about: 1, number: 1 })).toEqual({
      what: 'moot',
    })
    expect(await process.prisma.chat.count()).toBe(0)
  })

  test('does not count as seen: the person did nothing', async () => {
    const process = await open()
    const anna = process.chat('telegram', 1)
    await anna.says(...acquainted, 'нет')
    const { lastSeenAt } = await process.prisma.chat.findFirstOrThrow()
    process.clock.at += dayMs
    expect(await anna.prompted('1', { kind: 'invite', about: 1, number: 1 })).toMatchObject({ what: 'say' })
    expect(await process.prisma.chat.findFirst()).toMatchObject({ lastSeenAt })
  })
})

test('the next version of the survey goes on where the former one stood', async () => {
  const one = await open({ survey: short })
  await one.chat('telegram', 1).says(...acquainted, 'давайте', '9', '8')
  const off = surveyQuestions()
    .map((question) => question.id)
    .filter((id) => !['recommend', 'sex', 'card'].includes(id))
  const next: Survey = {
    version: 2,
    questions: surveyQuestions({ off, recommendScale: { from: 0, to: 10 } }),
  }
  const two = await open({ survey: next, connectionString: one.url, clock: one.clock })
  await two.chat('telegram', 1).says('да', '0', '1', '2', 'не нужно', 'женский')
  expect(await surveyRows(one)).toMatchObject([
    {
      version: 1,
      status: 'finished',
      answers: {
        card: { value: true, version: 2 },
        recommend: { value: { nails: 0, hair: 1, face: 2 }, scale: { from: 0, to: 10 }, version: 2 },
        sex: { value: 'female', version: 2 },
      },
    },
  ])
})

test('"my data" has the survey and the gift, in words and in the file', async () => {
  const process = await open({ survey: short })
  const anna = process.chat('telegram', 1)
  await anna.says(
    ...acquainted,
    'давайте',
    '3',
    '9',
    '9',
    'да',
    'Больше света!',
    'готово',
    'дальше',
    'на транспорте',
  )
  const reply = await anna.says('мои данные')
  const [{ code } = { code: '' }] = await process.prisma.coupon.findMany()
  expect(words(reply)).toContain('Посоветует друзьям: Ногти — 3, Волосы — 9, Косметология — 9')
  expect(words(reply)).toContain('Пожелания: Больше света!')
  expect(words(reply)).toContain(`${code.slice(0, 5)}-${code.slice(5)}`)
  const file = reply.say.find((message) => message.file)?.file?.content ?? '{}'
  expect(JSON.parse(String(file))).toMatchObject({
    coupons: [{ code, reward: 'survey' }],
    followUps: [{ dialogue: 'survey', run: 1, callWanted: true }],
    prompts: [{ kind: 'remind', state: 'cancelled' }],
  })
})
