/** The invitation to the survey: after the onboarding, by a link, from the menu. */
import { describe, expect, test } from 'vitest'
import { walkOf } from '../../src/domain/known.ts'
import { giftFound, giving, invited, met, openAt } from './survey-chat.ts'
import { transcript } from './transcript.ts'

/** Chats begin at 15:00 by the salon's clock, 21 November 2026. */
const hour = (hours: number) => Date.UTC(2026, 10, 21, 9) + hours * 3600_000 - 12 * 3600_000

describe('after the onboarding', () => {
  test('in the evening: it is said when that is', () => {
    const chat = transcript(
      invited(),
      `
      client: [Вечером]
      closed: ✓ Опрос: Вечером
      bot:    Договорились: напишем сегодня в 19:00.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(chat.facts).toContainEqual({
      kind: 'prompt',
      prompt: {
        kind: 'invite',
        about: 1,
        number: 2,
        source: 'onboarding',
        dueAt: Date.UTC(2026, 10, 21, 16),
      },
    })
  })

  test('in the evening is not in ten minutes: then it is tomorrow', () =>
    transcript(
      invited({ at: hour(18.8) }),
      `
      client: [Вечером]
      closed: ✓ Опрос: Вечером
      bot:    Договорились: напишем завтра в 19:00.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    ))

  test('late in the evening it is tomorrow, too', () =>
    transcript(
      invited({ language: 'en', at: hour(20) }),
      `
      client: [In the evening]
      closed: ✓ Survey: In the evening
      bot:    Agreed: we'll write tomorrow at 19:00.
      bot:    How can we help? [Survey] [My data] [Consents] [Language · Язык] [Write to the salon] [Help] [Forget me]
    `,
    ))

  test('an evening in the quiet hours is the morning after: nothing is promised that is not kept', () => {
    const late = { eveningAt: '22:00', everyDays: 90, afterVisitHours: 3 }
    const chat = openAt(invited({ salon: { survey: late } }), '[Вечером]')
    expect(chat.transcript()).toContain('напишем завтра в 09:00')
    expect(chat.facts).toContainEqual({
      kind: 'prompt',
      prompt: expect.objectContaining({ dueAt: Date.UTC(2026, 10, 22, 6) }) as object,
    })
  })

  test('no, thanks: nobody asks again', () => {
    const chat = transcript(
      invited(),
      `
      client: [Нет, спасибо]
      closed: ✓ Опрос: Нет, спасибо
      bot:    Хорошо, не будем отвлекать. Если захотите рассказать, как вам у нас, откройте «Меню» и «Опрос».
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(chat.facts).toContainEqual({ kind: 'endPrompts', run: 1 })
    expect(walkOf(chat.known(), 'survey')).toBeUndefined()
  })

  test.each(['да', 'Давайте!', 'ок', 'конечно', 'хорошо'])('typed: "%s" begins', (word) => {
    const chat = openAt(invited(), word)
    expect(walkOf(chat.known(), 'survey')?.status).toBe('open')
  })

  test.each(['нет', 'нет, спасибо', 'не надо', 'не сейчас', 'потом', '/later', '/skip'])(
    'typed: "%s" is a no',
    (word) => {
      const chat = openAt(invited(), word)
      expect(chat.facts).toContainEqual({ kind: 'endPrompts', run: 1 })
      expect(walkOf(chat.known(), 'invite')).toMatchObject({
        status: 'stopped',
        answers: { when: { value: 'no' } },
      })
    },
  )

  test('typed "вечером", "evening"', () => {
    for (const [language, word] of [
      ['ru', 'вечером'],
      ['en', 'in the evening'],
    ] as const) {
      const chat = openAt(invited({ language }), word)
      expect(chat.facts).toContainEqual(expect.objectContaining({ kind: 'prompt' }))
    }
  })

  test('words of another kind go to the salon, and the invitation stands', () => {
    const chat = transcript(
      invited(),
      `
      client: Подскажите, а вы работаете в воскресенье
      closed: Расскажете, как вам у нас? Это минут пять, почти везде хватит одного касания. / 🎁 А в подарок — парафиновый массаж рук.
      bot:    Передали салону: вам ответит человек.
      bot:    Расскажете, как вам у нас? Это минут пять, почти везде хватит одного касания. / 🎁 А в подарок — парафиновый массаж рук. [Давайте] [Вечером] [Нет, спасибо]

      client: не сейчас
      closed: ✓ Опрос: Нет, спасибо
      bot:    Хорошо, не будем отвлекать. Если захотите рассказать, как вам у нас, откройте «Меню» и «Опрос».
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(chat.facts).toContainEqual({
      kind: 'notice',
      what: 'message',
      text: 'Подскажите, а вы работаете в воскресенье',
    })
  })

  test('whoever opens the menu instead is not asked again there and then', () =>
    transcript(
      invited(),
      `
      client: /menu
      closed: Расскажете, как вам у нас? Это минут пять, почти везде хватит одного касания. / 🎁 А в подарок — парафиновый массаж рук.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]

      client: /data
      closed: ☰ Меню
      bot:    Что мы о вас знаем / Имя: Анна / Телефон: — / День рождения: — / Интересно: Ногти / Удобное время: Выходные / Откуда узнали: От знакомых / Согласия / Обработка данных: есть / Предложения и скидки: нет / И 13 отметок о том, что и когда вы открывали в боте. [✎ Исправить]
      bot:    Всё то же самое целиком, в файле. <my-data.json>
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    ))

  test('a salon without a gift promises none', () =>
    transcript(
      { before: met.ru },
      `
      client: [Давайте]
      closed: ✓ Опрос: Давайте
      bot:    Спасибо, что помогаете нам стать лучше! Это минут на пять, и почти везде хватит одного касания. Ответы сохраняются сразу: можно прерваться и вернуться, когда удобно.
      bot:    1 из 17 / Вы считаете себя нашим постоянным клиентом? [Да] [Пока нет] [Пропустить] [На сегодня хватит]
    `,
    ))
})

describe('by the link that the salon prints', () => {
  test('a client whom the salon knows begins at once', () =>
    transcript(
      invited({ before: [...met.ru, 'нет'] }),
      `
      client: (start survey)
      closed: ☰ Меню
      bot:    Спасибо, что помогаете нам стать лучше! Это минут на пять, и почти везде хватит одного касания. Ответы сохраняются сразу: можно прерваться и вернуться, когда удобно. / 🎁 В конце вас ждёт подарок: парафиновый массаж рук.
      bot:    1 из 17 / Вы считаете себя нашим постоянным клиентом? [Да] [Пока нет] [Пропустить] [На сегодня хватит]

      client: [Да]
      edit:   2 из 17 / У вас есть наша карта постоянного клиента? [Да] [Нет] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    ))

  test('a stranger agrees first, and then answers the survey; getting to know each other waits in the menu', () => {
    const chat = transcript(
      { salon: giving, finding: giftFound },
      `
      client: (start survey-desk)
      bot:    Здравствуйте! Это салон «Ромашка». Хотим узнать, как вам у нас. Сначала один вопрос о данных:
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]

      client: [Да, согласие даю]
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. / ✓ Да, согласие даю
      bot:    Спасибо, что помогаете нам стать лучше! Это минут на пять, и почти везде хватит одного касания. Ответы сохраняются сразу: можно прерваться и вернуться, когда удобно. / 🎁 В конце вас ждёт подарок: парафиновый массаж рук.
      bot:    1 из 17 / Вы считаете себя нашим постоянным клиентом? [Да] [Пока нет] [Пропустить] [На сегодня хватит]

      client: [Да]
      edit:   2 из 17 / У вас есть наша карта постоянного клиента? [Да] [Нет] [Пропустить] [← Назад] [На сегодня хватит]

      client: /start
      closed: 2 из 17 / У вас есть наша карта постоянного клиента?
      bot:    Здравствуйте!
      bot:    2 из 17 / У вас есть наша карта постоянного клиента? [Да] [Нет] [Пропустить] [← Назад] [На сегодня хватит]

      client: [На сегодня хватит]
      closed: 2 из 17 / У вас есть наша карта постоянного клиента?
      bot:    Хорошо, на сегодня хватит. Всё, что вы ответили, сохранено и очень нам поможет. Захотите продолжить — откройте «Меню» и «Опрос».
      bot:    Чем помочь? [Познакомиться] [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]

      client: [Познакомиться]
      edit:   Присылать вам предложения и скидки? Это не обязательно, и отказаться можно в любой момент. [Да, присылайте] [Нет, не нужно] [Полный текст]
    `,
    )
    expect(chat.known().chat.source).toBe('survey-desk')
  })

  test('in English', () =>
    transcript(
      { salon: giving, finding: giftFound, language: 'en' },
      `
      client: (start survey)
      bot:    Hello! This is Daisy. We'd love to know how you like it here. First, one question about your data:
      bot:    May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. [Yes, I give consent] [No, thanks] [Full text] [Русский]

      client: [Yes, I give consent]
      closed: May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. / ✓ Yes, I give consent
      bot:    Thank you for helping us get better! It takes about five minutes, and one tap is nearly always enough. Answers are saved at once: stop and come back whenever you like. / 🎁 There is a gift for you at the end: a hand massage.
      bot:    1 of 17 / Do you see yourself as one of our regulars? [Yes] [Not yet] [Skip] [Enough for today]
    `,
    ))

  test('on VK', () =>
    transcript(
      { platform: 'vk', salon: giving },
      `
      client: (start survey)
      bot:    Здравствуйте! Это салон «Ромашка». Хотим узнать, как вам у нас. Сначала один вопрос о данных: {☰ Меню}
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]

      client: [Да, согласие даю]
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. / ✓ Да, согласие даю
      bot:    Спасибо, что помогаете нам стать лучше! Это минут на пять, и почти везде хватит одного касания. Ответы сохраняются сразу: можно прерваться и вернуться, когда удобно. / 🎁 В конце вас ждёт подарок: парафиновый массаж рук. {☰ Меню}
      bot:    1 из 17 / Вы считаете себя нашим постоянным клиентом? [Да] [Пока нет] [Пропустить] [На сегодня хватит]
    `,
    ))

  test('a stranger who declines is left alone', () =>
    transcript(
      {},
      `
      client: (start survey)
      bot:    Здравствуйте! Это салон «Ромашка». Хотим узнать, как вам у нас. Сначала один вопрос о данных:
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]

      client: [Нет, спасибо]
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. / ✓ Нет, спасибо
      bot:    Хорошо, ничего не сохраняем. Если появится вопрос, просто напишите: его прочитает человек. Передумаете — нажмите «Познакомиться».
      bot:    Чем помочь? [Познакомиться] [Написать салону] [Язык · Language] [Помощь]
    `,
    ))

  test('a stranger who came by another link before comes for the survey now', () => {
    const chat = transcript(
      { before: ['(start flyer)', 'нет'] },
      `
      client: (start survey)
      closed: ☰ Меню
      bot:    Здравствуйте! Это салон «Ромашка». Хотим узнать, как вам у нас. Сначала один вопрос о данных:
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]

      client: [Да, согласие даю]
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. / ✓ Да, согласие даю
      bot:    Спасибо, что помогаете нам стать лучше! Это минут на пять, и почти везде хватит одного касания. Ответы сохраняются сразу: можно прерваться и вернуться, когда удобно.
      bot:    1 из 17 / Вы считаете себя нашим постоянным клиентом? [Да] [Пока нет] [Пропустить] [На сегодня хватит]
    `,
    )
    expect(chat.known().chat.source).toBe('survey')
  })

  test('whoever agreed before keeps the link that brought them', () => {
    const chat = openAt({}, '(start flyer)', 'да', '(start survey)')
    expect(chat.known().chat.source).toBe('flyer')
    expect(walkOf(chat.known(), 'survey')?.status).toBe('open')
  })

  test('another link that only begins alike is another link', () => {
    const chat = openAt({}, '(start surveyor)', 'да')
    expect(walkOf(chat.known(), 'survey')).toBeUndefined()
  })

  test('in the middle of the onboarding the survey comes first, and then the onboarding goes on', () =>
    transcript(
      { before: ['/start', 'да', 'нет', 'Анна', 'дальше', 'дальше'] },
      `
      client: (start survey)
      closed: 4 из 6 / Что вам интересно? / Можно выбрать несколько.
      bot:    Спасибо, что помогаете нам стать лучше! Это минут на пять, и почти везде хватит одного касания. Ответы сохраняются сразу: можно прерваться и вернуться, когда удобно.
      bot:    1 из 17 / Вы считаете себя нашим постоянным клиентом? [Да] [Пока нет] [Пропустить] [На сегодня хватит]

      client: /stop
      closed: 1 из 17 / Вы считаете себя нашим постоянным клиентом?
      bot:    Хорошо, на сегодня хватит. Всё, что вы ответили, сохранено и очень нам поможет. Захотите продолжить — откройте «Меню» и «Опрос».
      bot:    4 из 6 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]
    `,
    ))

  test('"menu" leaves both for later', () =>
    transcript(
      { before: ['/start', 'да', 'нет', 'Анна', 'дальше', 'дальше', '(start survey)'] },
      `
      client: /menu
      closed: 1 из 17 / Вы считаете себя нашим постоянным клиентом?
      bot:    Чем помочь? [Познакомиться] [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]

      client: [Опрос]
      closed: ☰ Опрос
      bot:    С возвращением! Продолжаем с того места, где остановились.
      bot:    1 из 17 / Вы считаете себя нашим постоянным клиентом? [Да] [Пока нет] [Пропустить] [На сегодня хватит]

      client: /menu
      closed: 1 из 17 / Вы считаете себя нашим постоянным клиентом?
      bot:    Чем помочь? [Познакомиться] [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]

      client: [Познакомиться]
      edit:   4 из 6 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]
    `,
    ))
})

describe('getting to know each other after the survey', () => {
  const cameForSurvey = ['(start survey)', 'да']
  const acquainted = ['нет', 'Анна', 'дальше', 'дальше', 'ногти', 'выходные']

  test('whoever left the survey in the middle is asked whether to go on', () =>
    transcript(
      { before: [...cameForSurvey, 'да', '/menu', '[Познакомиться]', ...acquainted] },
      `
      client: [Всё верно]
      closed: Проверьте, пожалуйста: / Имя: Анна / Телефон: — / День рождения: — / Интересно: Ногти / Удобное время: Выходные
      bot:    Приятно познакомиться, Анна! Будем рады вас видеть.
      bot:    Вы начали рассказывать, как вам у нас. Продолжим? Всё, что вы уже ответили, на месте. [Продолжим] [Не сейчас, спасибо]

      client: [Продолжим]
      closed: ✓ Опрос: Продолжим
      bot:    С возвращением! Продолжаем с того места, где остановились.
      bot:    2 из 17 / У вас есть наша карта постоянного клиента? [Да] [Нет] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    ))

  test('whoever had enough of it is not', () =>
    transcript(
      { before: [...cameForSurvey, 'да', 'хватит', '[Познакомиться]', ...acquainted] },
      `
      client: [Всё верно]
      closed: Проверьте, пожалуйста: / Имя: Анна / Телефон: — / День рождения: — / Интересно: Ногти / Удобное время: Выходные
      bot:    Приятно познакомиться, Анна! Будем рады вас видеть.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    ))
})
