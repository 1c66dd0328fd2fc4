/** What starts on the salon's side: invitations, reminders, promised evenings. */
import { describe, expect, test } from 'vitest'
import { walkOf } from '../../src/domain/known.ts'
import type { Fact } from '../../src/domain/known.ts'
import { begun, elsewhere, giving, invited, met, openAt, surveyOf } from './survey-chat.ts'
import { openChat, transcript } from './transcript.ts'
import type { ChatOptions } from './transcript.ts'

const planned = (facts: readonly Fact[]) =>
  facts.flatMap((fact) => (fact.kind === 'prompt' ? [fact.prompt] : []))
const dayMs = 24 * 3600_000

/** Somebody who said no to the invitation after the onboarding, half a year ago. */
const longAgo = (options: ChatOptions = {}): ChatOptions => {
  const before = [
    ...met[options.language ?? 'ru'],
    options.language === 'en' ? 'no' : 'нет',
    'clock: 180 days',
  ]
  return invited({ ...options, before })
}
/** The same, and they wanted to hear of offers. */
const wantsOffers = (options: ChatOptions = {}): ChatOptions => {
  const { before = [], ...rest } = longAgo(options)
  return { ...rest, before: before.with(2, options.language === 'en' ? 'yes' : 'да') }
}

describe('an invitation that an admin sends', () => {
  test('to somebody who agreed to offers tells of the gift', () => {
    const chat = transcript(
      wantsOffers(),
      `
      prompt: invite 1.1
      closed: ☰ Меню
      bot:    Здравствуйте! Хотим стать лучше, и без вас тут не обойтись. Ответите на наши вопросы? Это минут пять, почти везде хватит одного касания. / 🎁 А в подарок — парафиновый массаж рук. [Давайте] [Вечером] [Нет, спасибо]

      client: [Давайте]
      closed: ✓ Опрос: Давайте
      bot:    Спасибо, что помогаете нам стать лучше! Это минут на пять, и почти везде хватит одного касания. Ответы сохраняются сразу: можно прерваться и вернуться, когда удобно. / 🎁 В конце вас ждёт подарок: парафиновый массаж рук.
      bot:    1 из 17 / Вы считаете себя нашим постоянным клиентом? [Да] [Пока нет] [Пропустить] [На сегодня хватит]
    `,
    )
    expect(walkOf(chat.known(), 'invite')).toMatchObject({ answers: { origin: { value: 'prompt' } } })
  })

  test('to somebody who did not agree tells of none until they begin themselves', () =>
    transcript(
      longAgo({ platform: 'vk', language: 'en' }),
      `
      prompt: invite 1.1
      closed: ☰ Menu
      bot:    Hello! We want to get better, and we can't do it without you. Will you answer our questions? It takes about five minutes, and one tap is nearly always enough. [Let's go] [In the evening] [No, thanks]

      client: [Let's go]
      closed: ✓ Survey: Let's go
      bot:    Thank you for helping us get better! It takes about five minutes, and one tap is nearly always enough. Answers are saved at once: stop and come back whenever you like. / 🎁 There is a gift for you at the end: a hand massage. {☰ Menu}
      bot:    1 of 17 / Do you see yourself as one of our regulars? [Yes] [Not yet] [Skip] [Enough for today]
    `,
    ))

  test.each([
    ['telegram', { telegram: false, vk: true }, false],
    ['vk', { telegram: false, vk: true }, true],
    ['telegram', { telegram: true, vk: false }, true],
    ['vk', { telegram: true, vk: false }, false],
  ] as const)('on %s, advertising on %o: the gift is told of: %s', (platform, advertising, told) => {
    const chat = openAt(wantsOffers({ platform, salon: { ...giving, advertising } }), 'prompt: invite 1.1')
    expect(chat.transcript().includes('🎁')).toBe(told)
  })

  test('tells of no gift to whoever has had it', () => {
    const chat = openAt(wantsOffers())
    const { client, ...known } = chat.known()
    const again = openChat({
      salon: giving,
      known: { ...known, client: { ...client, rewarded: true } },
      at: chat.now(),
    })
    again.play('prompt: invite 1.1')
    expect(again.transcript()).toContain('Ответите на наши вопросы?')
    expect(again.transcript()).not.toContain('🎁')
  })

  test('can be put off to the evening, and the evening has a number of its own', () => {
    const chat = transcript(
      longAgo(),
      `
      prompt: invite 1.1
      closed: ☰ Меню
      bot:    Здравствуйте! Хотим стать лучше, и без вас тут не обойтись. Ответите на наши вопросы? Это минут пять, почти везде хватит одного касания. [Давайте] [Вечером] [Нет, спасибо]

      client: [Вечером]
      closed: ✓ Опрос: Вечером
      bot:    Договорились: напишем сегодня в 19:00.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]

      clock:  4 hours

      prompt: invite 1.4
      closed: ☰ Меню
      bot:    Здравствуйте! Вы просили написать попозже. Ответите сейчас на наши вопросы? Это минут пять. [Давайте] [Нет, спасибо]

      client: [Давайте]
      closed: ✓ Опрос: Давайте
      bot:    Спасибо, что помогаете нам стать лучше! Это минут на пять, и почти везде хватит одного касания. Ответы сохраняются сразу: можно прерваться и вернуться, когда удобно. / 🎁 В конце вас ждёт подарок: парафиновый массаж рук.
      bot:    1 из 17 / Вы считаете себя нашим постоянным клиентом? [Да] [Пока нет] [Пропустить] [На сегодня хватит]
    `,
    )
    expect(planned(chat.facts)).toContainEqual(
      expect.objectContaining({ kind: 'invite', about: 1, number: 4 }),
    )
  })

  test('and a no is a no', () => {
    const chat = openAt(longAgo(), 'prompt: invite 1.1', '[Нет, спасибо]')
    expect(chat.facts.filter((fact) => fact.kind === 'endPrompts')).toHaveLength(2)
    expect(chat.transcript()).toContain('Хорошо, не будем отвлекать.')
  })

  test('leaves no trace of its own: the person did nothing', () => {
    const chat = openAt(longAgo())
    const { lastSeenAt } = chat.known().chat
    const { turn } = chat.prompt('invite 1.1')
    expect(turn.facts).toEqual([])
    expect(turn.known.chat.lastSeenAt).toBe(lastSeenAt)
  })
})

describe('an invitation is not sent', () => {
  const outcome = (options: ChatOptions, lines: string[], prompt = 'invite 1.1') =>
    openAt(options, ...lines).prompt(prompt).turn.prompted

  test.each<[string, ChatOptions, string[]]>([
    ['in the middle of the survey', begun(), ['да', 'clock: 3 days']],
    ['after the survey', begun(), [...Array.from({ length: 17 }, () => 'дальше'), 'clock: 3 days']],
    ['after "enough for today"', begun(), ['хватит', 'clock: 3 days']],
  ])('%s', (_, options, lines) => {
    expect(outcome(options, lines)).toEqual({ what: 'moot' })
  })

  test('about another run of the survey', () => {
    expect(outcome(longAgo(), [], 'invite 2.1')).toEqual({ what: 'moot' })
  })

  test('to somebody who has agreed to nothing', () => {
    expect(outcome({}, ['/start', 'clock: 1 day'])).toEqual({ what: 'moot' })
    expect(outcome(longAgo(), ['/forget', 'да', 'clock: 1 day'])).toEqual({ what: 'moot' })
  })

  test('while they are writing: it is tried again', () => {
    const chat = openAt(longAgo(), 'Здравствуйте, можно на завтра')
    expect(chat.prompt('invite 1.1').turn.prompted).toEqual({ what: 'later', at: chat.now() + 20 * 60_000 })
    chat.later('11 minutes')
    expect(chat.prompt('invite 1.1').turn.prompted).toEqual({ what: 'said' })
  })

  test('while they are writing in the other messenger', () => {
    const telegram = openAt(longAgo(), 'опрос', 'хватит')
    telegram.later('100 days')
    telegram.play('мои данные')
    telegram.play('[✎ Исправить]')
    const vk = openChat({ platform: 'vk', known: elsewhere(telegram, 'vk'), at: telegram.now() })
    expect(vk.prompt('invite 2.1').turn.prompted).toMatchObject({ what: 'later' })
  })

  test('and what is not sent changes nothing', () => {
    const chat = openAt(begun(), 'да')
    const before = JSON.stringify(chat.known())
    chat.later('3 days')
    const { turn, reply } = chat.prompt('invite 1.1')
    expect(JSON.stringify(turn.known)).toBe(before)
    expect(turn.facts).toEqual([])
    expect(reply).toEqual({ say: [] })
  })
})

describe('the salon begins once a day', () => {
  const visit = 'visit 5.1 nails'

  test('after an invitation the question about a visit comes a day later', () => {
    const chat = openAt(longAgo(), 'prompt: invite 1.1')
    const at = chat.now()
    chat.later('3 hours')
    expect(chat.prompt(visit).turn.prompted).toEqual({ what: 'later', at: at + dayMs })
    chat.later('21 hours')
    expect(chat.prompt(visit).turn.prompted).toEqual({ what: 'said' })
  })

  test('and after the question about a visit the invitation does', () => {
    const chat = openAt(longAgo(), `prompt: ${visit}`)
    const at = chat.now()
    chat.later('1 hours')
    expect(chat.prompt('invite 1.1').turn.prompted).toEqual({ what: 'later', at: at + dayMs })
    chat.later('23 hours')
    expect(chat.prompt('invite 1.1').turn.prompted).toEqual({ what: 'said' })
  })

  test('whoever asked for the evening is not kept waiting', () => {
    const chat = openAt(longAgo(), `prompt: ${visit}`)
    chat.later('1 hours')
    expect(chat.prompt('invite 1.2').turn.prompted).toEqual({ what: 'said' })
  })

  test('an invitation at the end of getting to know each other is an answer, and puts nothing off', () => {
    const chat = openAt(invited())
    chat.later('3 hours')
    expect(chat.prompt(visit).turn.prompted).toEqual({ what: 'said' })
  })
})

describe('a promised evening', () => {
  test('comes, on VK, without the gift for those who want no offers', () =>
    transcript(
      invited({ platform: 'vk' }),
      `
      client: [Вечером]
      closed: ✓ Опрос: Вечером
      bot:    Договорились: напишем сегодня в 19:00. {☰ Меню}
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]

      clock:  4 hours

      prompt: invite 1.2
      closed: ☰ Меню
      bot:    Здравствуйте! Вы просили написать попозже. Ответите сейчас на наши вопросы? Это минут пять. [Давайте] [Нет, спасибо]

      client: [Нет, спасибо]
      closed: ✓ Опрос: Нет, спасибо
      bot:    Хорошо, не будем отвлекать. Если захотите рассказать, как вам у нас, откройте «Меню» и «Опрос». {☰ Меню}
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    ))

  test('is off when they began by themselves', () => {
    const chat = openAt(invited(), '[Вечером]', 'опрос', 'да')
    chat.later('4 hours')
    expect(chat.prompt('invite 1.2').turn.prompted).toEqual({ what: 'moot' })
  })

  test('in English', () =>
    transcript(
      invited({ language: 'en' }),
      `
      client: [In the evening]
      closed: ✓ Survey: In the evening
      bot:    Agreed: we'll write today at 19:00.
      bot:    How can we help? [Survey] [My data] [Consents] [Language · Язык] [Write to the salon] [Help] [Forget me]

      clock:  4 hours

      prompt: invite 1.2
      closed: ☰ Menu
      bot:    Hello! You asked us to write later. Is now a good time for our questions? It takes about five minutes. [Let's go] [No, thanks]

      client: [Let's go]
      closed: ✓ Survey: Let's go
      bot:    Thank you for helping us get better! It takes about five minutes, and one tap is nearly always enough. Answers are saved at once: stop and come back whenever you like. / 🎁 There is a gift for you at the end: a hand massage.
      bot:    1 of 17 / Do you see yourself as one of our regulars? [Yes] [Not yet] [Skip] [Enough for today]
    `,
    ))
})

describe('a reminder', () => {
  test('is planned when the survey begins, and the second one with the first', () => {
    const chat = openAt(begun(), 'да')
    expect(planned(chat.facts)).toEqual([
      { kind: 'remind', about: 1, number: 1, source: 'walk', dueAt: surveyOf(chat).startedAt + dayMs },
    ])
    chat.later('1 day')
    const { turn } = chat.prompt('remind 1.1')
    expect(planned(turn.facts)).toEqual([
      { kind: 'remind', about: 1, number: 2, source: 'walk', dueAt: chat.now() + 2 * dayMs },
    ])
    chat.later('2 days')
    expect(chat.prompt('remind 1.2').turn.facts).toEqual([])
    chat.later('9 days')
    expect(chat.prompt('remind 1.3').turn.prompted).toEqual({ what: 'moot' })
  })

  test('in Russian, on Telegram: going on', () =>
    transcript(
      begun(),
      `
      client: [Да]
      edit:   2 из 17 / У вас есть наша карта постоянного клиента? [Да] [Нет] [Пропустить] [← Назад] [На сегодня хватит]

      clock:  1 day

      prompt: remind 1.1
      closed: 2 из 17 / У вас есть наша карта постоянного клиента?
      bot:    Вы начали рассказывать, как вам у нас. Продолжим? Всё, что вы уже ответили, на месте. [Продолжим] [Не сейчас, спасибо]

      client: [Продолжим]
      edit:   2 из 17 / У вас есть наша карта постоянного клиента? [Да] [Нет] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Нет]
      edit:   3 из 17 / Как давно вы к нам ходите? [Это мой первый визит] [Меньше полугода] [От полугода до года] [1–2 года] [2–5 лет] [Больше 5 лет] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    ))

  test('in English, on VK: not now, thanks, and none after that', () => {
    const chat = transcript(
      begun({ platform: 'vk', language: 'en' }),
      `
      client: [Yes]
      edit:   2 of 17 / Do you have our loyalty card? [Yes] [No] [Skip] [← Back] [Enough for today]

      clock:  1 day

      prompt: remind 1.1
      closed: 2 of 17 / Do you have our loyalty card?
      bot:    You began to tell us how you like it here. Shall we go on? Everything you have answered is still there. [Go on] [Not now, thanks]

      client: [Not now, thanks]
      closed: ✓ Survey: Not now, thanks
      bot:    Fine, no more reminders. Everything you have answered is saved: thank you! {☰ Menu}
      bot:    How can we help? [Survey] [My data] [Consents] [Language · Язык] [Write to the salon] [Help] [Forget me]

      clock:  2 days

      prompt: remind 1.2
      kept:   moot
    `,
    )
    expect(chat.facts).toContainEqual({ kind: 'endPrompts', run: 1 })
  })

  test('"не сейчас" in words is the same', () => {
    const chat = openAt(begun(), 'да', 'clock: 1 day', 'prompt: remind 1.1', 'не сейчас')
    expect(chat.transcript()).toContain('Хорошо, больше не напоминаем.')
    expect(surveyOf(chat).status).toBe('stopped')
  })

  test('comes to whoever put the survey off by the menu', () => {
    const chat = openAt(begun(), 'да', '/menu')
    chat.later('1 day')
    expect(chat.prompt('remind 1.1').turn.prompted).toEqual({ what: 'said' })
    chat.play('[Продолжим]')
    expect(chat.transcript()).toContain('С возвращением! Продолжаем с того места, где остановились.')
  })

  test('does not come after "enough for today", nor when all is answered, nor about another run', () => {
    for (const lines of [['да', 'хватит'], Array.from({ length: 17 }, () => 'дальше')]) {
      const chat = openAt(begun(), ...lines)
      chat.later('1 day')
      expect(chat.prompt('remind 1.1').turn.prompted).toEqual({ what: 'moot' })
    }
    const chat = openAt(begun(), 'да')
    chat.later('1 day')
    expect(chat.prompt('remind 2.1').turn.prompted).toEqual({ what: 'moot' })
  })

  test('counts its days from the last answer', () => {
    const chat = openAt(begun(), 'да')
    chat.later('20 hours')
    chat.play('нет')
    const answered = chat.now()
    chat.later('4 hours')
    expect(chat.prompt('remind 1.1').turn.prompted).toEqual({ what: 'later', at: answered + dayMs })
    chat.later('20 hours')
    expect(chat.prompt('remind 1.1').turn.prompted).toEqual({ what: 'said' })
  })

  test('that nobody answered does not take the next question away', () =>
    transcript(
      begun(),
      `
      client: [Да]
      edit:   2 из 17 / У вас есть наша карта постоянного клиента? [Да] [Нет] [Пропустить] [← Назад] [На сегодня хватит]

      clock:  1 day

      prompt: remind 1.1
      closed: 2 из 17 / У вас есть наша карта постоянного клиента?
      bot:    Вы начали рассказывать, как вам у нас. Продолжим? Всё, что вы уже ответили, на месте. [Продолжим] [Не сейчас, спасибо]

      clock:  1 day

      client: Да
      closed: ✓ Опрос: Продолжим
      bot:    2 из 17 / У вас есть наша карта постоянного клиента? [Да] [Нет] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Нет]
      edit:   3 из 17 / Как давно вы к нам ходите? [Это мой первый визит] [Меньше полугода] [От полугода до года] [1–2 года] [2–5 лет] [Больше 5 лет] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    ))

  test('an old button of the survey still takes its answer then', () => {
    const chat = openAt(begun(), 'да', 'clock: 1 day', 'prompt: remind 1.1')
    chat.act({ kind: 'press', value: 'survey.card=yes' }, { messageId: 1 })
    expect(surveyOf(chat).answers['card']).toMatchObject({ value: true })
    expect(walkOf(chat.known(), 'invite')?.status).toBe('stopped')
  })

  test('a salon that wants none has none', () => {
    const chat = openAt(begun({ salon: { ...giving, reminders: { surveyAfterDays: [] } } }), 'да')
    expect(planned(chat.facts)).toEqual([])
  })

  test('one only, where the salon wants one', () => {
    const chat = openAt(begun({ salon: { ...giving, reminders: { surveyAfterDays: [2] } } }), 'да')
    expect(planned(chat.facts)).toMatchObject([{ dueAt: surveyOf(chat).startedAt + 2 * dayMs }])
    chat.later('2 days')
    expect(planned(chat.prompt('remind 1.1').turn.facts)).toEqual([])
  })

  test('whoever comes back after "enough for today" and stops again is reminded again', () => {
    const chat = openAt(begun(), 'да', 'хватит', 'clock: 2 days', 'опрос', 'нет')
    expect(planned(chat.facts)).toHaveLength(2)
    chat.later('1 day')
    expect(chat.prompt('remind 1.1').turn.prompted).toEqual({ what: 'said' })
  })
})
