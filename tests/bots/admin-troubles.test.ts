import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createStage, ira, olga, type Stage } from './admin-chat.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
  stage.poll()
})
beforeEach(async () => {
  await stage.reset()
  stage.telegram.faults.clear()
})
afterAll(() => stage.close())

const menu = `
  person> /menu
  bot: Клиенты салона
    ...
`

describe('Telegram has a hiccup', () => {
  test.each([
    ['too many requests', { kind: 'tooManyRequests', retryAfterSeconds: 1, times: 1 } as const],
    ['an error of the server', { kind: 'serverError', times: 2 } as const],
    ['a connection that breaks', { kind: 'disconnect', effect: 'before', times: 2 } as const],
  ])('%s: the answer comes all the same, once', async (_, fault) => {
    await stage.hire(ira, 'admin')
    stage.telegram.faults.add({ ...fault, method: 'sendMessage' })
    await stage.chat(ira, menu)
  })

  test('a message that can no longer be edited is sent anew', async () => {
    await stage.hire(ira, 'admin')
    await stage.chat(ira, menu)
    const { messages } = stage.telegram.chat(stage.botId, ira.id)
    const old = messages.at(-1)!
    // The press is answered slowly, so that the message is gone before its edit.
    const slow = { kind: 'slow', delayMs: 500, effect: 'before', times: 1 } as const
    stage.telegram.faults.add({ ...slow, method: 'answerCallbackQuery' })
    stage.telegram.press(stage.botId, ira.id, old.id, 0, 0)
    await fetch(`${stage.url}/bot${stage.token}/deleteMessage?chat_id=${ira.id}&message_id=${old.id}`)
    await stage.settled()
    expect(
      stage
        .seenBy(ira)
        .split('\n')
        .filter((line) => line.startsWith('bot: ')),
    ).toEqual(['bot: Кто у нас был? Напишите имя или любые цифры телефона.'])
  })
})

describe('the same update comes twice', () => {
  test('one press makes one link', async () => {
    await stage.hire(olga, 'owner')
    await stage.chat(olga, '\nperson> /staff\nbot: Сотрудники с доступом к боту\n  ...\n')
    stage.telegram.faults.duplicate(2)
    const shown = stage.telegram.chat(stage.botId, olga.id).messages.at(-1)!
    stage.telegram.press(stage.botId, olga.id, shown.id, 0, 0)
    await stage.settled()
    expect(await stage.database.prisma.invite.count()).toBe(1)
  })

  test('one press removes one person, and the list stays as it is', async () => {
    await stage.hire(olga, 'owner')
    await stage.hire(ira, 'admin')
    await stage.chat(
      olga,
      `
      person> /staff
      bot: Сотрудники с доступом к боту
        ...
      person> [Закрыть доступ: Ира]
      edit: Закрыть доступ к боту? Ира больше не увидит клиентов и не будет получать сообщения.
        ...
      `,
    )
    stage.telegram.faults.duplicate(2)
    const shown = stage.telegram.chat(stage.botId, olga.id).messages.at(-1)!
    stage.telegram.press(stage.botId, olga.id, shown.id, 0, 0)
    await stage.settled()
    expect(stage.seenBy(olga)).toContain('toast: Доступ закрыт: Ира')
    expect(await stage.staff.list()).toHaveLength(1)
    expect(stage.logged.filter((line) => line['event'] === 'admin.failed')).toEqual([])
  })
})

test('one person’s acts are answered in their order, however fast they come', async () => {
  await stage.hire(ira, 'admin')
  const words = ['один', 'два', 'три', 'четыре', 'пять', 'шесть']
  for (const word of words) stage.telegram.sendText(stage.botId, ira.id, word)
  await stage.settled()
  const answers = stage.seenBy(ira).match(/(?<=«).+?(?=»)/g)
  expect(answers).toEqual(words)
})

test('what fails inside is answered with an apology and logged without a word of the person', async () => {
  await stage.hire(ira, 'admin')
  await stage.database.prisma.$executeRaw`ALTER TABLE "Client" RENAME TO "Away"`
  try {
    await stage.chat(
      ira,
      `
      person> Секретова 4567
      bot: Не получилось, извините. Попробуйте ещё раз через минуту.
      `,
    )
  } finally {
    await stage.database.prisma.$executeRaw`ALTER TABLE "Away" RENAME TO "Client"`
  }
  const failed = stage.logged.filter((line) => line['event'] === 'admin.failed')
  expect(failed).toHaveLength(1)
  expect(failed[0]).toMatchObject({ act: 'text', update: expect.stringMatching(/^ad:42:\d+$/) as string })
  expect(JSON.stringify(stage.logged)).not.toMatch(/Секретова|4567|test-token/)
  await stage.chat(ira, menu)
})

test('an admin who blocks the bot while it answers is marked, and nothing is logged as an error', async () => {
  await stage.hire(ira, 'admin')
  stage.telegram.faults.add({ kind: 'forbidden', method: 'sendMessage', times: 1 })
  stage.telegram.sendText(stage.botId, ira.id, '/menu')
  await stage.settled()
  expect(await stage.staff.byTelegramId(ira.id)).toMatchObject({ reachable: false })
  expect(stage.logged.filter((line) => line['event'] === 'admin.failed')).toEqual([])
})

describe('by webhook', () => {
  const post = (body: string, secret = 'secret-of-the-webhook') =>
    fetch(`${stage.url}/admin`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json', 'X-Telegram-Bot-Api-Secret-Token': secret },
    })

  test('without the secret nothing is taken', async () => {
    await stage.hire(ira, 'admin')
    const from = { id: ira.id, is_bot: false, first_name: 'Ира' }
    const message = { message_id: 1, date: 1, chat: { id: ira.id, type: 'private' }, from, text: '/menu' }
    const update = JSON.stringify({ update_id: 1, message })
    stage.telegram.start(stage.botId, ira.id)
    await stage.settled()
    stage.seenBy(ira)
    expect((await post(update, 'guess')).status).toBe(401)
    expect(stage.seenBy(ira)).toBe('')
    expect((await post(update)).status).toBe(200)
    expect(stage.seenBy(ira)).toContain('bot: Клиенты салона')
  })

  test('a whole conversation goes through it', async () => {
    const other = await createStage()
    try {
      await other.admin.setWebhook(`${other.url}/admin`)
      await other.hire(ira, 'admin')
      await other.chat(
        ira,
        `${menu.trimEnd()}\n  person> [❓ Помощь]\n  edit: Я рассказываю о клиентах салона.\n    ...\n`,
      )
      // Polling after a webhook: it has to go first.
      other.poll()
      while (!other.logged.some((line) => line['event'] === 'webhook.removed')) await sleep(5)
      await other.chat(ira, menu)
    } finally {
      await other.close()
    }
  })
})
