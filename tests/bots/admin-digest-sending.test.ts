/** The digest on its way to the owners: real Telegraf, the Telegram stand-in over HTTP, real rows of who has had it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { digestScreen } from '../../src/bots/admin/insights/digest-screen.ts'
import { createDigestJobs, type DigestJobs } from '../../src/jobs/digest.ts'
import type { Person, ShownMessage } from '../../src/sandbox/messenger.ts'
import { createDigests } from '../../src/storage/digests.ts'
import { translate } from '../reports/words.ts'
import { createStage, kate, nowMs, olga, salon, type Stage } from './admin-chat.ts'
import { dayMs } from './admin-desk.ts'
import { addScores, times } from './admin-scores.ts'

/** Monday, 23 November 2026, 9:00 in Moscow. */
const mondayMs = Date.UTC(2026, 10, 23, 6)
const week = Temporal.PlainDate.from('2026-11-23')
/** Wednesday of the week that it tells of. */
const thatWeek = { days: 2 }

/** `run` needs none: it looks for what is due and sends it. */
const noQueues = { queue: () => ({ schedule: async () => {} }), worker: async () => {} }

let stage: Stage
let jobs: DigestJobs
let clockMs = mondayMs

beforeAll(async () => {
  stage = await createStage()
  stage.poll()
  const { prisma } = stage.database
  const log = { debug() {}, info: note, warn: note, error: note }
  const now = () => clockMs
  jobs = createDigestJobs({ queues: noQueues, digests: createDigests({ prisma, now }), salon, log, now })
})
beforeEach(async () => {
  await stage.reset()
  stage.telegram.faults.clear()
  stage.pass(mondayMs - nowMs)
  clockMs = mondayMs
})
afterAll(() => stage.close())

const note = (line: object) => void stage.logged.push({ ...line })

/** An owner since yesterday, with a chat that the bot may write to. */
async function hire(...people: Person[]): Promise<void> {
  for (const person of people) {
    await stage.hire(person, 'owner')
    stage.telegram.unblock(stage.botId, person.id)
    stage.telegram.start(stage.botId, person.id)
  }
  await stage.settled()
  for (const person of people) before.set(person, messagesOf(person).length)
}
const before = new Map<Person, number>()
const messagesOf = ({ id }: Person) => stage.telegram.chat(stage.botId, id).messages
const got = (person: Person): ShownMessage[] => messagesOf(person).slice(before.get(person))

const run = () => jobs.run((reader, due) => stage.admin.digest(reader, due))
const events = () => stage.logged.map((line) => line['event'])
const stateOf = async ({ id }: Person) => {
  const where = { staff: { telegramId: id } }
  return (await stage.database.prisma.digestDelivery.findFirst({ where }))?.state
}

/** What is to be read, in one piece. */
const wholeDigest = async (late = false) => {
  const desk = { t: translate('ru'), language: 'ru' as const, salon, now: new Date(clockMs) }
  return digestScreen(await stage.storages.insights.digest(week), desk, { late })
}

/** Enough words to go beyond a caption of 1,024. */
async function addTalkers(): Promise<void> {
  const says = ['Долго ждала, а потом', 'Цена выросла, и сразу', 'Холодно у окна, и весь'].map((words) =>
    `${words} сеанс было неуютно. `.repeat(5),
  )
  const praise = ['Мастер золотой, и теперь', 'Лучше всех в городе, так что', 'Тепло и тихо, поэтому'].map(
    (words) => `${words} хожу только к вам. `.repeat(6),
  )
  await addScores(stage, 'nails', times([3, 2], [9, 8]), { ...thatWeek, says })
  await addScores(stage, 'hair', times([3, 10], [9, 9]), { ...thatWeek, says: praise })
}

const boldIn = ({ text, marks }: ShownMessage) =>
  marks.filter(({ kind }) => kind === 'bold').map(({ offset, length }) => text.slice(offset, offset + length))

describe('the message', () => {
  test('is a picture with its words and buttons', async () => {
    await hire(olga)
    await addScores(stage, 'nails', times([6, 10], [2, 8], [4, 5]), thatWeek)
    await run()
    const [message, ...more] = got(olga)
    expect(more).toEqual([])
    expect(message?.picture?.name).toBe('nps-2026-11-16.png')
    const { text, keyboard } = await wholeDigest()
    expect(message?.text).toBe(text)
    expect(message?.buttons.map((row) => row.map(({ label }) => label))).toEqual(
      keyboard.map((row) => row.map((button) => button.text)),
    )
    expect(boldIn(message!)[0]).toBe('Неделя 16–22 ноября')
    expect(await stateOf(olga)).toBe('sent')
  })

  test('over 1,024 is two: nothing is lost, nothing comes twice, and the buttons are at the end', async () => {
    await hire(olga)
    await addTalkers()
    await run()
    const [picture, rest, ...more] = got(olga)
    const whole = await wholeDigest()
    expect(whole.text.length).toBeGreaterThan(1024)
    expect(more).toEqual([])
    expect(picture?.picture?.name).toBe('nps-2026-11-16.png')
    expect(picture!.text.length).toBeLessThanOrEqual(1024)
    expect(picture?.text.startsWith('Неделя 16–22 ноября\n\nNPS ')).toBe(true)
    expect(rest?.picture).toBeUndefined()
    expect(`${picture?.text}\n\n${rest?.text}`).toBe(whole.text)
    expect(picture?.buttons).toEqual([])
    expect(rest?.buttons).toHaveLength(whole.keyboard.length)
    expect([...boldIn(picture!), ...boldIn(rest!)]).toEqual(
      whole.entities.map(({ offset, length }) => whole.text.slice(offset, offset + length)),
    )
  })

  test('each owner reads in their own language', async () => {
    await hire(olga, kate)
    await addScores(stage, 'nails', times([12, 10]), thatWeek)
    await run()
    expect(got(olga)[0]?.text).toMatch(/^Неделя 16–22 ноября\n\nNPS \+100, ответили 12 человек/)
    expect(got(kate)[0]?.text).toMatch(/^Week of November 16\s–\s22\n\nNPS \+100, 12 people answered/)
    expect(got(kate)[0]?.text).not.toMatch(/[а-яё]/i)
  })

  test('that comes late says so, and the one in time does not', async () => {
    await hire(olga)
    clockMs = mondayMs + 2 * dayMs
    await run()
    expect(got(olga)[0]?.text).toContain('\nПришла позже: вовремя отправить не получилось\n')
    clockMs = mondayMs + 7 * dayMs
    await run()
    expect(got(olga)[1]?.text).toMatch(/^Неделя 23–29 ноября\n/)
    expect(got(olga)[1]?.text).not.toContain('Пришла позже')
  })

  test('has a button for the week before, which brings another picture and leaves this one alone', async () => {
    await hire(olga)
    await addScores(stage, 'nails', times([12, 10]), { days: 9 })
    await run()
    await stage.chat(
      olga,
      `
      person> [‹ 9–15 нояб.]
      bot: Неделя 9–15 ноября

        NPS +100, ответили 12 человек (вероятно, от +54 до +100)
        ...
      `,
    )
    expect(got(olga).map(({ picture }) => picture?.name)).toEqual([
      'nps-2026-11-16.png',
      'nps-2026-11-09.png',
    ])
  })
})

describe('trouble on the way', () => {
  test('an owner who has blocked the bot keeps it from nobody, and is asked again when they come back', async () => {
    await hire(olga, kate)
    await addTalkers()
    stage.telegram.block(stage.botId, olga.id)
    await stage.settled()
    // The bot heard of the block and marked it; Telegram may also tell it only when it is written to.
    await stage.staff.setReachable(olga.id, true)
    await run()
    expect(got(olga)).toEqual([])
    expect(got(kate)).toHaveLength(2)
    const { id } = (await stage.staff.byTelegramId(olga.id))!
    expect(stage.logged).toContainEqual({ event: 'digest.ownerBlockedBot', staff: id })
    expect(await stage.staff.byTelegramId(olga.id)).toMatchObject({ reachable: false })
    expect(await stateOf(olga)).toBe('unreachable')
    expect(JSON.stringify(stage.logged)).not.toMatch(/[а-яё]|501|503|test-token/i)

    stage.telegram.unblock(stage.botId, olga.id)
    stage.telegram.sendText(stage.botId, olga.id, '/menu')
    await stage.settled()
    before.set(olga, messagesOf(olga).length)
    clockMs += 7 * dayMs
    await run()
    expect(got(olga)).toHaveLength(1)
  })

  test('while Telegram fails nothing goes out, and it is tried again later', async () => {
    await hire(olga, kate)
    stage.telegram.faults.add({ kind: 'serverError', status: 502, method: 'sendPhoto', chatId: olga.id })
    await run()
    expect([got(olga).length, got(kate).length]).toEqual([0, 1])
    expect(await stateOf(olga)).toBeUndefined()
    expect(events()).toContain('digest.failed')
    stage.telegram.faults.clear()
    await run()
    expect([got(olga).length, got(kate).length]).toEqual([1, 1])
    expect(await stateOf(olga)).toBe('sent')
  })

  test('an answer that got lost may mean that it arrived: it is not sent twice', async () => {
    await hire(olga)
    stage.telegram.faults.add({ kind: 'disconnect', effect: 'after', times: 1, method: 'sendPhoto' })
    await run()
    await run()
    expect(got(olga)).toHaveLength(1)
    expect(await stateOf(olga)).toBe('unknown')
    expect(events()).toContain('digest.unknown')
  })

  test('when only the words behind the picture get lost, the picture does not come again', async () => {
    await hire(olga)
    await addTalkers()
    stage.telegram.faults.add({ kind: 'serverError', method: 'sendMessage', chatId: olga.id })
    await run()
    stage.telegram.faults.clear()
    await run()
    expect(got(olga).map(({ picture }) => picture?.name)).toEqual(['nps-2026-11-16.png'])
    expect(await stateOf(olga)).toBe('unknown')
    const { id } = (await stage.staff.byTelegramId(olga.id))!
    expect(stage.logged).toContainEqual({ event: 'digest.restLost', staff: id, code: 500 })
  })

  test('a picture that can’t be drawn leaves the words', async () => {
    const broken = await createStage({
      translate: (language) => (key, values) => {
        if (key.startsWith('chart.')) throw new Error('no such words')
        return translate(language)(key, values)
      },
    })
    try {
      const reader = await broken.hire(olga, 'owner')
      broken.telegram.start(broken.botId, olga.id)
      expect(await broken.admin.digest(reader, { week, late: false })).toBe('sent')
      const message = broken.telegram.chat(broken.botId, olga.id).messages.at(-1)
      expect(message?.text).toMatch(/^Неделя 16–22 ноября\n/)
      expect(message?.picture).toBeUndefined()
      expect(message?.buttons).not.toEqual([])
      expect(broken.logged).toContainEqual({ event: 'digest.noPicture', error: 'Error' })
    } finally {
      await broken.close()
    }
  })
})
