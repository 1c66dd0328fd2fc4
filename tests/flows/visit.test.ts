/** The short form after a visit: would you recommend it, and why. */
import { describe, expect, test } from 'vitest'
import { walkOf } from '../../src/domain/known.ts'
import { begun, invited, met, openAt } from './survey-chat.ts'
import { builtInSurvey, transcript } from './transcript.ts'
import type { ChatOptions } from './transcript.ts'

/** A client who has said no to the survey; days later they come to the salon. */
const visited = (options: ChatOptions = {}): ChatOptions => {
  const before = [...met[options.language ?? 'ru'], options.language === 'en' ? 'no' : 'нет']
  return invited({ ...options, before: [...before, 'clock: 5 days'] })
}
const asked = (options: ChatOptions = {}): ChatOptions => {
  const { before = [], ...rest } = visited(options)
  return { ...rest, before: [...before, 'prompt: visit 5.1 nails'] }
}
const visitOf = (chat: ReturnType<typeof openAt>) => walkOf(chat.known(), 'visit')

describe('on Telegram', () => {
  test('praise: what was it, and where others may read it', () => {
    const chat = transcript(
      visited(),
      `
      prompt: visit 5.1 nails
      closed: ☰ Меню
      bot:    Спасибо, что были у нас! Ногти: посоветуете друзьям, знакомым, родным? / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Не сейчас]

      client: [10]
      edit:   Вы нас балуете 💛 / Что понравилось больше всего? / Или напишите своими словами. [Мастер] [Качество] [Цена] [Место] [Репутация] [Привычка] [Другое] [Пропустить] [← Назад] [Не сейчас]

      client: [Мастер]
      closed: ✓ Почему: Мастер
      bot:    Спасибо, передадим мастеру! Расскажете о нас другим? Пара слов в отзыве очень поможет. [⭐ Оставить отзыв → https://salon.example/reviews]
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(visitOf(chat)).toMatchObject({
      run: 1,
      status: 'finished',
      answers: {
        line: { value: 'nails' },
        recommend: { value: 10, scale: { from: 1, to: 10 } },
        why: { value: ['master'] },
      },
    })
    expect(visitOf(chat)?.answers['recommend']?.at).toBeDefined()
  })

  test('something was missing', () =>
    transcript(
      asked(),
      `
      client: [7]
      edit:   Чего не хватило до десятки? / Или напишите своими словами. [Мастер] [Качество] [Цена] [Место] [Репутация] [Привычка] [Другое] [Пропустить] [← Назад] [Не сейчас]

      client: Музыка громковата
      closed: ✓ Почему: Музыка громковата
      bot:    Спасибо! Ждём вас снова.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    ))

  test('something went wrong: the salon hears of it, and may call', () => {
    const chat = transcript(
      asked(),
      `
      client: 3
      closed: ✓ Посоветует друзьям: 3
      bot:    Поняли вас, спасибо за честность. / Что пошло не так? / Или напишите своими словами. [Мастер] [Качество] [Цена] [Место] [Репутация] [Привычка] [Другое] [Пропустить] [← Назад] [Не сейчас]

      client: [Качество]
      edit:   Можно, мы вам напишем и во всём разберёмся? [Да, хорошо] [Не нужно] [Пропустить] [← Назад] [Не сейчас]

      client: да
      closed: ✓ Связаться с вами: Да, хорошо
      bot:    Спасибо, что сказали честно. Мы разберёмся.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(chat.facts.filter((fact) => fact.kind === 'unhappy' || fact.kind === 'callWanted')).toEqual([
      { kind: 'unhappy', dialogue: 'visit', run: 1 },
      { kind: 'callWanted', dialogue: 'visit', run: 1, wanted: true },
    ])
  })

  test('no opinion is no reason to ask why', () => {
    const chat = transcript(
      asked(),
      `
      client: [Трудно сказать]
      closed: ✓ Посоветует друзьям: без оценки
      bot:    Спасибо! Ждём вас снова.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(visitOf(chat)?.answers).toMatchObject({ recommend: { value: null } })
  })

  test('not now', () => {
    const chat = transcript(
      asked(),
      `
      client: [Не сейчас]
      closed: Спасибо, что были у нас! Ногти: посоветуете друзьям, знакомым, родным? / 1 — точно нет, 10 — точно да
      bot:    Поняли, не отвлекаем. Хорошего дня!
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(visitOf(chat)?.status).toBe('paused')
  })

  test('in English', () =>
    transcript(
      visited({ language: 'en' }),
      `
      prompt: visit 5.1 hair
      closed: ☰ Menu
      bot:    Thank you for coming! Hair: would you recommend it to friends and family? / 1 — surely not, 10 — surely yes [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Hard to say] [Not now]

      client: [9]
      edit:   You're spoiling us 💛 / What did you like best? / Or put it in your own words. [The master] [Quality] [Price] [Location] [Reputation] [Habit] [Something else] [Skip] [← Back] [Not now]

      client: [Skip]
      closed: ✓ Why: —
      bot:    Thank you, we'll tell the master! Would you tell others about us? A few words in a review help a lot. [⭐ Leave a review → https://salon.example/reviews]
      bot:    How can we help? [Survey] [My data] [Consents] [Language · Язык] [Write to the salon] [Help] [Forget me]
    `,
    ))
})

describe('on VK', () => {
  test('in Russian', () =>
    transcript(
      visited({ platform: 'vk' }),
      `
      prompt: visit 5.1 face
      closed: ☰ Меню
      bot:    Спасибо, что были у нас! Косметология: посоветуете друзьям, знакомым, родным? / 1 — точно нет, 10 — точно да / Можно и словами: «трудно сказать», «не сейчас». [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: [8]
      edit:   Чего не хватило до десятки? / Или напишите своими словами. [Мастер] [Качество] [Цена] [Место] [Репутация] [Привычка] [Другое] [Пропустить] [← Назад] [Не сейчас]

      client: [Цена]
      closed: ✓ Почему: Цена
      bot:    Спасибо! Ждём вас снова. {☰ Меню}
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    ))

  test('in English, unhappy', () =>
    transcript(
      asked({ platform: 'vk', language: 'en' }),
      `
      client: [1]
      edit:   We hear you. Thank you for being honest. / What went wrong? / Or put it in your own words. [The master] [Quality] [Price] [Location] [Reputation] [Habit] [Something else] [Skip] [← Back] [Not now]

      client: It hurt
      closed: ✓ Why: It hurt
      bot:    May we write to you and sort it out? [Yes, please do] [No need] [Skip] [← Back] [Not now]

      client: [No need]
      closed: ✓ Get in touch: No need
      bot:    Thank you for being honest. We will look into it. {☰ Menu}
      bot:    How can we help? [Survey] [My data] [Consents] [Language · Язык] [Write to the salon] [Help] [Forget me]
    `,
    ))

  test('by 0-10', () => {
    const questions = builtInSurvey.questions.map((one) =>
      one.id === 'recommend' ? { ...one, scale: { from: 0, to: 10 } } : one,
    )
    const chat = openAt(
      asked({ platform: 'vk', survey: { version: 3, questions } }),
      '[0–1]',
      '[0]',
      '[Цена]',
    )
    expect(visitOf(chat)).toMatchObject({
      version: 3,
      answers: { recommend: { value: 0, scale: { from: 0, to: 10 } } },
    })
  })
})

describe('words', () => {
  test('that are no score go to the salon, and the question stands', () => {
    const chat = transcript(
      asked(),
      `
      client: Забыла у вас шарф
      closed: Спасибо, что были у нас! Ногти: посоветуете друзьям, знакомым, родным? / 1 — точно нет, 10 — точно да
      bot:    Передали салону: вам ответит человек.
      bot:    Спасибо, что были у нас! Ногти: посоветуете друзьям, знакомым, родным? / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Не сейчас]

      client: 9
      closed: ✓ Посоветует друзьям: 9
      bot:    Вы нас балуете 💛 / Что понравилось больше всего? / Или напишите своими словами. [Мастер] [Качество] [Цена] [Место] [Репутация] [Привычка] [Другое] [Пропустить] [← Назад] [Не сейчас]
    `,
    )
    expect(chat.facts).toContainEqual({ kind: 'notice', what: 'message', text: 'Забыла у вас шарф' })
  })

  test('are a reason as they are, emoji and all', () => {
    // As much as one message of Telegram's takes.
    const reason = `${'Очень долго 😤 '.repeat(291)}\nА так хорошо!`
    expect(reason.length).toBeGreaterThan(4000)
    const chat = openAt(asked(), '5', reason, 'не нужно')
    expect(visitOf(chat)?.answers['why']?.value).toBe(reason)
  })

  test.each(['не сейчас', 'потом', '/later'])('"%s" is a no for now', (word) => {
    const chat = openAt(asked(), word)
    expect(chat.transcript()).toContain('Поняли, не отвлекаем.')
    expect(visitOf(chat)?.status).toBe('paused')
  })
})

describe('words that come right after the answer to "why?"', () => {
  test('belong to it', () => {
    const chat = transcript(
      asked(),
      `
      client: 7
      closed: ✓ Посоветует друзьям: 7
      bot:    Чего не хватило до десятки? / Или напишите своими словами. [Мастер] [Качество] [Цена] [Место] [Репутация] [Привычка] [Другое] [Пропустить] [← Назад] [Не сейчас]

      client: Музыка громковата
      closed: ✓ Почему: Музыка громковата
      bot:    Спасибо! Ждём вас снова.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]

      client: И ждать пришлось
      bot:    Добавили к вашему ответу, спасибо!

      client: Минут двадцать
      bot:    Добавили к вашему ответу, спасибо!
    `,
    )
    expect(visitOf(chat)).toMatchObject({
      status: 'finished',
      answers: { why: { value: 'Музыка громковата\nИ ждать пришлось\nМинут двадцать' } },
    })
    expect(chat.facts.filter((fact) => fact.kind === 'notice' && fact.what === 'message')).toEqual([])
  })

  test('also of somebody unhappy, who is asked meanwhile whether we may write', () => {
    const chat = openAt(asked(), '3', 'Опоздали на час')
    chat.play('И не извинились')
    expect(chat.transcript()).toContain('Добавили к вашему ответу, спасибо!')
    expect(visitOf(chat)?.answers['why']?.value).toBe('Опоздали на час\nИ не извинились')
    chat.play('да')
    expect(visitOf(chat)).toMatchObject({ status: 'finished', answers: { callMe: { value: true } } })
  })

  test.each<[string, string[], string]>([
    ['a question', ['7', 'Музыка'], 'А можно завтра в шесть?'],
    ['what comes minutes later', ['7', 'Музыка', 'clock: 2 minutes'], 'Запишите меня на завтра'],
    ['what comes after another answer', ['3', 'Музыка', 'нет'], 'Запишите меня на завтра'],
    ['what comes after a reason that was pressed', ['7', '[Цена]'], 'Запишите меня на завтра'],
  ])('but %s goes to the salon', (_, before, words) => {
    const chat = openAt(asked(), ...before)
    chat.play(words)
    expect(chat.facts.at(-2)).toEqual({ kind: 'notice', what: 'message', text: words })
    expect(JSON.stringify(visitOf(chat)?.answers)).not.toContain(words)
  })
})

describe('at most once in the days that the salon has set', () => {
  test('not after a short form', () => {
    const chat = openAt(asked(), '9', 'пропустить')
    chat.later('89 days')
    expect(chat.prompt('visit 6.1 nails').turn.prompted).toEqual({ what: 'moot' })
    chat.later('1 day')
    expect(chat.prompt('visit 6.1 hair').turn.prompted).toEqual({ what: 'said' })
    expect(visitOf(chat)).toMatchObject({ run: 2, answers: { line: { value: 'hair' } } })
  })

  test('not after one that nobody answered', () => {
    const chat = openAt(asked())
    chat.later('30 days')
    expect(chat.prompt('visit 6.1 nails').turn.prompted).toEqual({ what: 'moot' })
  })

  test('not after the survey', () => {
    const chat = openAt(begun(), 'да', 'хватит')
    chat.later('30 days')
    expect(chat.prompt('visit 6.1 nails').turn.prompted).toEqual({ what: 'moot' })
    chat.later('60 days')
    expect(chat.prompt('visit 6.1 nails').turn.prompted).toEqual({ what: 'said' })
  })
})

describe('it is not asked', () => {
  test.each([
    ['about a visit that was taken back', 'visit 5.1'],
    ['about a line that the salon has no more', 'visit 5.1 brows'],
  ])('%s', (_, prompt) => {
    expect(openAt(visited()).prompt(prompt).turn.prompted).toEqual({ what: 'moot' })
  })

  test('of somebody who has withdrawn their consent', () => {
    const chat = openAt(visited(), '/forget', 'да')
    chat.later('1 hour')
    expect(chat.prompt('visit 5.1 nails').turn.prompted).toEqual({ what: 'moot' })
  })

  test('of somebody who is writing right now: later', () => {
    const chat = openAt(visited(), 'Добрый день')
    expect(chat.prompt('visit 5.1 nails').turn.prompted).toEqual({
      what: 'later',
      at: chat.now() + 20 * 60_000,
    })
    chat.later('20 minutes')
    expect(chat.prompt('visit 5.1 nails').turn.prompted).toEqual({ what: 'said' })
  })
})

test('an invitation that nobody answered does not stand in its way', () =>
  transcript(
    invited({ before: [...met.ru, 'clock: 5 days'] }),
    `
      prompt: visit 5.1 nails
      closed: Расскажете, как вам у нас? Это минут пять, почти везде хватит одного касания. / 🎁 А в подарок — парафиновый массаж рук.
      bot:    Спасибо, что были у нас! Ногти: посоветуете друзьям, знакомым, родным? / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Не сейчас]

      client: [9]
      edit:   Вы нас балуете 💛 / Что понравилось больше всего? / Или напишите своими словами. [Мастер] [Качество] [Цена] [Место] [Репутация] [Привычка] [Другое] [Пропустить] [← Назад] [Не сейчас]

      client: [Пропустить]
      closed: ✓ Почему: —
      bot:    Спасибо, передадим мастеру! Расскажете о нас другим? Пара слов в отзыве очень поможет. [⭐ Оставить отзыв → https://salon.example/reviews]
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
  ))

test('whoever stopped in the middle of the onboarding is asked all the same, and can go on with it after that', () =>
  transcript(
    { before: ['/start', 'да', 'нет', 'Анна', 'дальше', 'дальше', 'clock: 5 days'] },
    `
      prompt: visit 5.1 nails
      closed: 4 из 7 / Что вам интересно? / Можно выбрать несколько.
      bot:    Спасибо, что были у нас! Ногти: посоветуете друзьям, знакомым, родным? / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Не сейчас]

      client: [9]
      edit:   Вы нас балуете 💛 / Что понравилось больше всего? / Или напишите своими словами. [Мастер] [Качество] [Цена] [Место] [Репутация] [Привычка] [Другое] [Пропустить] [← Назад] [Не сейчас]

      client: [Мастер]
      closed: ✓ Почему: Мастер
      bot:    Спасибо! Ждём вас снова.
      bot:    4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]
    `,
  ))
