import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createStage, ira, kate, lena, nowMs, olga, stranger, type Stage } from './admin-chat.ts'

let stage: Stage
beforeAll(async () => {
  stage = await createStage()
  stage.poll()
})
beforeEach(() => stage.reset())
afterAll(() => stage.close())

const commandsOf = (person: { id: number }) =>
  stage.telegram
    .chat(stage.botId, person.id)
    .commands.map(({ command, description }) => `/${command} ${description}`)

describe('coming in', () => {
  test('the first owner comes in by the link that the program printed', async () => {
    const link = await stage.admin.inviteLink((await stage.staff.ownerInvite())!)
    expect(link).toMatch(/^https:\/\/t\.me\/daisy_staff_bot\?start=[\w-]{32}$/)
    const joinedBefore = stage.joined()
    await stage.chat(
      olga,
      `
      person> /start ${link.split('=')[1]}
      bot: Добро пожаловать! Теперь вы владелец этого бота: сюда будут приходить новые клиенты и их сообщения, а в разделе «Сотрудники» можно пригласить администраторов.

        Клиенты салона

        Новых за неделю: 0
        Всего: 0

        Чтобы найти человека, просто напишите имя или последние цифры телефона.
        [✓ Визит] [📝 Опрос]
        [📞 Кому позвонить] [💎 Сегменты]
        [🆕 Новые] [✉️ Предложения]
        [👥 Все клиенты] [🔎 Поиск]
        [📊 Сводка] [🔑 Сотрудники]
        [🌐 Язык] [❓ Помощь]
      `,
    )
    expect(stage.joined()).toBe(joinedBefore + 1)
    expect(commandsOf(olga)).toContain('/staff Сотрудники и приглашения')
  })

  test('an owner invites an admin, and the link works once', async () => {
    await stage.hire(olga, 'owner')
    await stage.chat(
      olga,
      `
      person> /staff
      bot: Сотрудники с доступом к боту

        • Ольга: владелец, это вы, с 20 ноября 2026 г.
        [Пригласить администратора]
        [Пригласить ещё одного владельца]
        [☰ Меню]
      person> [Пригласить администратора]
      edit: Ссылка для нового администратора

        https://t.me/daisy_staff_bot?start=<token>

        Отправьте её тому, кого приглашаете. Она сработает один раз и живёт 24 часа. Кто откроет её первым, тот и получит доступ, поэтому в общие чаты лучше не выкладывать.
        [Отправить в Telegram]
        [‹ Назад]
      `,
    )
    await stage.chat(
      kate,
      `
      person> /start <token>
      bot: Welcome to the team! New clients and their messages will come here.

        The salon's clients
        ...
      `,
    )
    expect(commandsOf(kate)).toContain('/new New clients this week')
    expect(commandsOf(kate).join()).not.toContain('/staff')
    await stage.chat(
      stranger,
      `
      person> /start <token>
      bot: Этой ссылкой уже воспользовались, она одноразовая. Попросите, пожалуйста, новую.
      person> /menu
      bot: Здравствуйте! Этот бот только для сотрудников. Если вы здесь работаете, попросите у руководителя личную ссылку-приглашение.
      `,
    )
  })

  test('a newcomer is welcomed even when what should happen on joining fails', async () => {
    const broken = await createStage({ onJoined: () => Promise.reject(new Error('no queue')) })
    try {
      broken.poll()
      await broken.chat(
        olga,
        `
        person> /start ${(await broken.staff.ownerInvite()) ?? ''}
        bot: Добро пожаловать! Теперь вы владелец этого бота: сюда будут приходить новые клиенты и их сообщения, а в разделе «Сотрудники» можно пригласить администраторов.
          ...
        `,
      )
      expect(broken.logged).toContainEqual({ event: 'admin.joinedUntold', error: 'Error' })
    } finally {
      await broken.close()
    }
  })

  test('of two people who open one link at once, one comes in and the other is told kindly', async () => {
    const owner = await stage.hire(olga, 'owner')
    const invited = await stage.staff.invite({ role: 'admin', by: owner.id, updateKey: 'ad:42:0' })
    const payload = invited.ok ? invited.token : ''
    stage.telegram.start(stage.botId, ira.id, { payload })
    stage.telegram.start(stage.botId, lena.id, { payload })
    await stage.settled()
    const seen = [ira, lena].map((person) => stage.seenBy(person).split('\n', 1).join()).sort()
    expect(seen).toEqual([
      'bot: Добро пожаловать в команду! Сюда будут приходить новые клиенты и их сообщения.',
      'bot: Этой ссылкой уже воспользовались, она одноразовая. Попросите, пожалуйста, новую.',
    ])
    expect(await stage.staff.list()).toHaveLength(2)
  })

  test('an expired link and a broken one are answered kindly', async () => {
    const owner = await stage.hire(olga, 'owner')
    const invited = await stage.staff.invite({ role: 'admin', by: owner.id, updateKey: 'ad:42:0' })
    await stage.database.prisma.invite.updateMany({ data: { expiresAt: new Date(nowMs) } })
    await stage.chat(
      stranger,
      `
      person> /start ${invited.ok ? invited.token : ''}
      bot: Эта ссылка уже не действует: она живёт сутки. Попросите, пожалуйста, новую.
      person> /start half-a-link
      bot: Эта ссылка не подошла: возможно, её уже заменили новой или она скопировалась не целиком. Попросите, пожалуйста, свежую.
      `,
    )
  })

  test('an owner who tries the link for an admin does not use it up', async () => {
    await stage.hire(olga, 'owner')
    await stage.chat(
      olga,
      `
      person> /staff
      bot: Сотрудники с доступом к боту
        ...
      person> [Пригласить администратора]
      edit: Ссылка для нового администратора
        ...
      person> /start <token>
      bot: Вы и так в команде, ссылка вам не нужна. Она осталась целой, её можно отправить коллеге.

        Клиенты салона
        ...
      `,
    )
    await stage.chat(
      ira,
      `
      person> /start <token>
      bot: Добро пожаловать в команду! Сюда будут приходить новые клиенты и их сообщения.
        ...
      `,
    )
  })
})

describe('strangers', () => {
  const refusal =
    'bot: Здравствуйте! Этот бот только для сотрудников. Если вы здесь работаете, попросите у руководителя личную ссылку-приглашение.'

  test('get the same polite sentence whatever they try, and no word about the salon', async () => {
    await stage.chat(
      stranger,
      `
      person> /start
      ${refusal}
      person> /clients
      ${refusal}
      person> Анна
      ${refusal}
      person> (photo)
      ${refusal}
      person> /staff
      ${refusal}
      `,
    )
    await expect.poll(() => commandsOf(stranger)).toEqual(['/start Открыть меню', '/help Что я умею'])
  })

  test('a removed admin is a stranger at once: the old buttons show nothing more', async () => {
    await stage.hire(olga, 'owner')
    await stage.hire(ira, 'admin')
    await stage.chat(
      ira,
      `
      person> /menu
      bot: Клиенты салона
        ...
      `,
    )
    await stage.chat(
      olga,
      `
      person> /staff
      bot: Сотрудники с доступом к боту

        • Ольга: владелец, это вы, с 20 ноября 2026 г.
        • Ира: администратор, с 20 ноября 2026 г.
        [Закрыть доступ: Ира]
        ...
      person> [Закрыть доступ: Ира]
      edit: Закрыть доступ к боту? Ира больше не увидит клиентов и не будет получать сообщения.
        [Да, закрыть доступ]
        [Нет, оставить]
      person> [Нет, оставить]
      edit: Сотрудники с доступом к боту
        ...
      person> [Закрыть доступ: Ира]
      edit: Закрыть доступ к боту? Ира больше не увидит клиентов и не будет получать сообщения.
        ...
      person> [Да, закрыть доступ]
      toast: Доступ закрыт: Ира
      edit: Сотрудники с доступом к боту

        • Ольга: владелец, это вы, с 20 ноября 2026 г.
        [Пригласить администратора]
        ...
      `,
    )
    await stage.chat(
      ira,
      `
      person> [👥 Все клиенты]
      edit: Здравствуйте! Этот бот только для сотрудников. Если вы здесь работаете, попросите у руководителя личную ссылку-приглашение.
      person> /clients
      ${refusal}
      `,
    )
    await expect.poll(() => commandsOf(ira)).toEqual(['/start Открыть меню', '/help Что я умею'])
  })
})

describe('an admin', () => {
  test('is led back from what only the owner may do', async () => {
    await stage.hire(ira, 'admin')
    await stage.chat(
      ira,
      `
      person> /staff
      bot: Это может только владелец

        Клиенты салона
        ...
      `,
    )
  })

  test('who blocked the bot is not written to, and is again after coming back', async () => {
    await stage.hire(ira, 'admin')
    await stage.chat(
      ira,
      `
      person> /menu
      bot: Клиенты салона
        ...
      `,
    )
    stage.telegram.block(stage.botId, ira.id)
    await stage.settled()
    expect(await stage.staff.byTelegramId(ira.id)).toMatchObject({ reachable: false })
    stage.telegram.unblock(stage.botId, ira.id)
    await stage.settled()
    expect(await stage.staff.byTelegramId(ira.id)).toMatchObject({ reachable: true })
  })

  test('who was taken for unreachable is reachable with the first word', async () => {
    await stage.hire(ira, 'admin')
    await stage.staff.setReachable(ira.id, false)
    await stage.chat(
      ira,
      `
      person> /help
      bot: Я рассказываю о клиентах салона.
        ...
      `,
    )
    expect(await stage.staff.byTelegramId(ira.id)).toMatchObject({ reachable: true })
  })

  test('switches the language, and the commands follow', async () => {
    await stage.hire(ira, 'admin')
    await stage.chat(
      ira,
      `
      person> /language
      bot: На каком языке говорим?
        [✓ Русский] [English]
        [☰ Меню]
      person> [English]
      toast: Done, English it is
      edit: The salon's clients
        ...
      person> /language
      bot: Which language shall we speak?
        [Русский] [✓ English]
        [☰ Menu]
      `,
    )
    expect(commandsOf(ira)).toContain('/clients All clients')
  })
})
