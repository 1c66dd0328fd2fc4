/** Praise and blame: what is said to it, who hears of it, and the gift. */
import { describe, expect, test } from 'vitest'
import type { Fact } from '../../src/domain/known.ts'
import type { Survey } from '../../src/domain/survey.ts'
import { begun, coupon, giving, invited, met, openAt, surveyOf } from './survey-chat.ts'
import { builtInSurvey, transcript } from './transcript.ts'
import type { ChatOptions } from './transcript.ts'

/** Only what these tests are about; the rest is switched off. */
const short: Survey = {
  version: 1,
  questions: builtInSurvey.questions.filter((one) =>
    ['satisfaction', 'recommend', 'travel'].includes(one.id),
  ),
}
const asked = (options: ChatOptions = {}) => begun({ survey: short, ...options })
const atRecommend = (options: ChatOptions = {}) => {
  const { before = [], ...rest } = asked(options)
  return { ...rest, before: [...before, options.language === 'en' ? 'skip' : 'дальше'] }
}

const ofKind = (facts: readonly Fact[], ...kinds: Fact['kind'][]) =>
  facts.filter((fact) => kinds.includes(fact.kind))

describe('an unhappy client', () => {
  test('is asked whether the salon may call, and the salon hears of it at once', () => {
    const chat = transcript(
      atRecommend(),
      `
      client: [9]
      edit:   Вы нас балуете 💛 / 2 из 3 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ▸ Волосы / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [3]
      edit:   Поняли вас, спасибо за честность. / 2 из 3 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ✓ Волосы — 3 / ▸ Косметология / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [2]
      edit:   Можно, мы вам напишем и во всём разберёмся? [Да, хорошо] [Не нужно] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Да, хорошо]
      edit:   3 из 3 / Как вы добираетесь до салона из дома? [Пешком до 10 минут] [Пешком 10–20 минут] [Пешком дольше 20 минут] [На транспорте] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Пропустить]
      closed: ✓ Дорога: —
      bot:    Спасибо, что ответили честно. Мы прочитаем каждое слово и разберёмся, что пошло не так.
      bot:    🎁 Ваш подарок: парафиновый массаж рук. / Покажите этот код администратору: ABCDE-23456 / Действует один раз, до 20 января 2027. <coupon ABCDE23456>
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(ofKind(chat.facts, 'unhappy', 'callWanted')).toEqual([
      { kind: 'unhappy', dialogue: 'survey', run: 1 },
      { kind: 'callWanted', dialogue: 'survey', run: 1, wanted: true },
    ])
  })

  test('in English; and need not be called', () => {
    const chat = transcript(
      atRecommend({ language: 'en' }),
      `
      client: 6
      closed: ✓ Would recommend: Nails — 6
      bot:    We hear you. Thank you for being honest. / 2 of 3 / Would you recommend us to friends and family? / ✓ Nails — 6 / ▸ Hair / 1 — surely not, 10 — surely yes [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Hard to say] [Skip] [← Back] [Enough for today]

      client: 10
      closed: ✓ Would recommend: Nails — 6, Hair — 10
      bot:    You're spoiling us 💛 / 2 of 3 / Would you recommend us to friends and family? / ✓ Nails — 6 / ✓ Hair — 10 / ▸ Cosmetology / 1 — surely not, 10 — surely yes [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Hard to say] [Skip] [← Back] [Enough for today]

      client: [Hard to say]
      edit:   May we write to you and sort it out? [Yes, please do] [No need] [Skip] [← Back] [Enough for today]

      client: no
      closed: ✓ Get in touch: No need
      bot:    3 of 3 / How do you get from home to the salon? [On foot, under 10 min] [On foot, 10–20 min] [On foot, over 20 min] [By transport] [Skip] [← Back] [Enough for today]

      client: skip
      closed: ✓ The way here: —
      bot:    Thank you for being honest. We will read every word and find out what went wrong.
      bot:    🎁 Your gift: a hand massage. / Show this code at the desk: ABCDE-23456 / Valid once, until 20 January 2027. <coupon ABCDE23456>
      bot:    How can we help? [Survey] [My data] [Consents] [Language · Язык] [Write to the salon] [Help] [Forget me]
    `,
    )
    expect(ofKind(chat.facts, 'callWanted')).toEqual([
      { kind: 'callWanted', dialogue: 'survey', run: 1, wanted: false },
    ])
  })

  test('on VK', () =>
    transcript(
      atRecommend({ platform: 'vk' }),
      `
      client: [1]
      edit:   Поняли вас, спасибо за честность. / 2 из 3 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 1 / ▸ Волосы / 1 — точно нет, 10 — точно да / Можно и словами: «трудно сказать», «пропустить», «назад», «на сегодня хватит». [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: [8]
      edit:   2 из 3 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 1 / ✓ Волосы — 8 / ▸ Косметология / 1 — точно нет, 10 — точно да / Можно и словами: «трудно сказать», «пропустить», «назад», «на сегодня хватит». [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: трудно сказать
      closed: ✓ Посоветует друзьям: Ногти — 1, Волосы — 8, Косметология — без оценки
      bot:    Можно, мы вам напишем и во всём разберёмся? [Да, хорошо] [Не нужно] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Не нужно]
      edit:   3 из 3 / Как вы добираетесь до салона из дома? [Пешком до 10 минут] [Пешком 10–20 минут] [Пешком дольше 20 минут] [На транспорте] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    ))

  test('whose number is known is called, not written to', () => {
    const withPhone = met.ru.with(4, '8 912 345-67-89')
    const chat = openAt(invited({ survey: short, before: withPhone }), '[Давайте]', 'дальше', '1', '1', '1')
    expect(chat.last().text.text).toContain('мы позвоним')
  })

  test('may pass the question over: then nothing is told of a call', () => {
    const chat = openAt(atRecommend(), '1', '1', '1', 'пропустить', 'пропустить')
    expect(ofKind(chat.facts, 'unhappy', 'callWanted')).toHaveLength(1)
    expect(surveyOf(chat).status).toBe('finished')
  })

  test('who thinks better of it is told of once, and is not asked for a call any more', () => {
    const chat = openAt(atRecommend(), '3', 'назад', '9', '9', '9')
    expect(ofKind(chat.facts, 'unhappy')).toHaveLength(1)
    expect(chat.last().text.text).toContain('добираетесь')
  })

  test.each(['7', '8', '9', '10', 'не могу оценить'])('is not who answers "%s"', (score) => {
    const chat = openAt(atRecommend(), score, score, score)
    expect(ofKind(chat.facts, 'unhappy')).toEqual([])
    expect(chat.last().text.text).toContain('добираетесь')
  })
})

describe('a word about a score', () => {
  test('to the first low and the first high one of a question', () =>
    transcript(
      asked(),
      `
      client: [3]
      edit:   Жаль, что вышло не так, как хотелось. Спасибо, что говорите прямо. / 1 из 3 / Насколько вам нравится, как у нас работают? / ✓ Ногти — 3 / ▸ Волосы / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад] [На сегодня хватит]

      client: [1]
      edit:   1 из 3 / Насколько вам нравится, как у нас работают? / ✓ Ногти — 3 / ✓ Волосы — 1 / ▸ Косметология / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   Ура! Передадим мастерам. / 2 из 3 / Посоветуете нас друзьям, знакомым, родным? / ▸ Ногти / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [9]
      edit:   Вы нас балуете 💛 / 2 из 3 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ▸ Волосы / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [10]
      edit:   2 из 3 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ✓ Волосы — 10 / ▸ Косметология / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [2]
      edit:   Поняли вас, спасибо за честность. / Можно, мы вам напишем и во всём разберёмся? [Да, хорошо] [Не нужно] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    ))

  test('but no cheer right above the question that another line has led to', () =>
    transcript(
      atRecommend(),
      `
      client: [2]
      edit:   Поняли вас, спасибо за честность. / 2 из 3 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 2 / ▸ Волосы / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   2 из 3 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 2 / ✓ Волосы — 7 / ▸ Косметология / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [10]
      edit:   Можно, мы вам напишем и во всём разберёмся? [Да, хорошо] [Не нужно] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    ))

  test('and to none in between', () =>
    transcript(
      asked({ language: 'en' }),
      `
      client: [4]
      edit:   1 of 3 / How much do you like the way we work? / ✓ Nails — 4 / ▸ Hair / 1 — not at all, 7 — very much [1] [2] [3] [4] [5] [6] [7] [Can't rate] [Skip] [← Back] [Enough for today]

      client: [6]
      edit:   1 of 3 / How much do you like the way we work? / ✓ Nails — 4 / ✓ Hair — 6 / ▸ Cosmetology / 1 — not at all, 7 — very much [1] [2] [3] [4] [5] [6] [7] [Can't rate] [Skip] [← Back] [Enough for today]

      client: [Can't rate]
      edit:   2 of 3 / Would you recommend us to friends and family? / ▸ Nails / 1 — surely not, 10 — surely yes [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Hard to say] [Skip] [← Back] [Enough for today]

      client: [7]
      edit:   2 of 3 / Would you recommend us to friends and family? / ✓ Nails — 7 / ▸ Hair / 1 — surely not, 10 — surely yes [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Hard to say] [Skip] [← Back] [Enough for today]
    `,
    ))
})

describe('whoever praised the salon', () => {
  test('is shown where others read it, at the end', () =>
    transcript(
      atRecommend(),
      `
      client: [9]
      edit:   Вы нас балуете 💛 / 2 из 3 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ▸ Волосы / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   2 из 3 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ✓ Волосы — 7 / ▸ Косметология / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Трудно сказать]
      edit:   3 из 3 / Как вы добираетесь до салона из дома? [Пешком до 10 минут] [Пешком 10–20 минут] [Пешком дольше 20 минут] [На транспорте] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Пропустить]
      closed: ✓ Дорога: —
      bot:    Спасибо! Это были все вопросы. Так приятно, что вам у нас хорошо. Расскажете об этом другим? Пара слов в отзыве очень нам поможет. [⭐ Оставить отзыв → https://salon.example/reviews]
      bot:    🎁 Ваш подарок: парафиновый массаж рук. / Покажите этот код администратору: ABCDE-23456 / Действует один раз, до 20 января 2027. <coupon ABCDE23456>
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    ))

  test('where the salon has set a link', () =>
    transcript(
      atRecommend({ salon: { rewards: giving.rewards ?? {} } }),
      `
      client: [10]
      edit:   Вы нас балуете 💛 / 2 из 3 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 10 / ▸ Волосы / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [10]
      edit:   2 из 3 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 10 / ✓ Волосы — 10 / ▸ Косметология / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [10]
      edit:   3 из 3 / Как вы добираетесь до салона из дома? [Пешком до 10 минут] [Пешком 10–20 минут] [Пешком дольше 20 минут] [На транспорте] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Пропустить]
      closed: ✓ Дорога: —
      bot:    Спасибо! Это были все вопросы. Мы прочитаем каждый ответ.
      bot:    🎁 Ваш подарок: парафиновый массаж рук. / Покажите этот код администратору: ABCDE-23456 / Действует один раз, до 20 января 2027. <coupon ABCDE23456>
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    ))
})

describe('the gift', () => {
  const travelOnly = ['дальше', 'дальше', 'на транспорте']

  test('is not for a survey that was only passed over', () => {
    const chat = transcript(
      asked(),
      `
      client: [Пропустить]
      edit:   2 из 3 / Посоветуете нас друзьям, знакомым, родным? / ▸ Ногти / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Пропустить]
      edit:   3 из 3 / Как вы добираетесь до салона из дома? [Пешком до 10 минут] [Пешком 10–20 минут] [Пешком дольше 20 минут] [На транспорте] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Пропустить]
      closed: ✓ Дорога: —
      bot:    Спасибо! Это были все вопросы. Мы прочитаем каждый ответ.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(ofKind(chat.facts, 'reward')).toEqual([])
  })

  test('nor for saying that what is known is right', () => {
    const chat = openAt({ salon: giving, known: withSex() }, '/survey')
    for (let left = 30; left > 0 && surveyOf(chat).status === 'open'; left -= 1) {
      const [button] = chat.buttons().filter((one) => one.value === 'survey.check=!done')
      chat.play(button ? 'Всё верно' : 'дальше')
    }
    expect(surveyOf(chat).status).toBe('finished')
    expect(ofKind(chat.facts, 'reward')).toEqual([])
  })

  test('is for "can\'t rate", too: that is an answer', () => {
    const chat = openAt(asked(), 'не могу оценить', 'дальше', 'дальше', 'дальше')
    expect(ofKind(chat.facts, 'reward')).toEqual([
      { kind: 'reward', reward: 'survey', expiresAt: Date.UTC(2027, 0, 20, 21) - 1 },
    ])
  })

  test('is not promised again to whoever has had it', () => {
    const chat = openAt(asked(), ...travelOnly)
    expect(chat.transcript()).toContain('ABCDE-23456')
    chat.later('91 days')
    chat.forget()
    chat.play('/survey')
    expect(chat.transcript()).toContain('Спасибо, что помогаете')
    expect(chat.transcript()).not.toContain('🎁')
  })

  test('of last time is not held up to whoever has used it, or let it grow old', () => {
    for (const gift of [
      { ...coupon, redeemedAt: Date.UTC(2026, 11, 1) },
      { ...coupon, expiresAt: Date.UTC(2026, 10, 1) },
    ]) {
      const finding = (fact: Fact) =>
        fact.kind === 'reward' ? { finding: { kind: 'coupon' as const, ...gift } } : undefined
      const chat = openAt(asked({ finding }), ...travelOnly)
      expect(chat.transcript()).toContain('Это были все вопросы')
      expect(chat.transcript()).not.toContain('🎁 Ваш подарок')
    }
  })

  test.each([
    ['waiting', coupon, 'ABCDE-23456'],
    ['used', { ...coupon, redeemedAt: Date.UTC(2026, 11, 1, 12) }, 'вы уже получили: 1 декабря'],
    [
      'good today only',
      { ...coupon, expiresAt: Date.UTC(2026, 10, 21, 20) },
      'Действует один раз, до 21 ноября.',
    ],
    ['too old', { ...coupon, expiresAt: Date.UTC(2026, 10, 1, 12) }, 'действовал до 1 ноября'],
  ])('that is %s is shown to whoever asks for the survey again', (_, gift, said) => {
    const chat = openAt(asked({ coupons: [gift] }), ...travelOnly)
    chat.forget()
    chat.play('опрос')
    expect(chat.transcript()).toContain(
      'Вы уже прошли опрос: сегодня. Спасибо! Снова спросим не раньше чем 19 февраля 2027.',
    )
    expect(chat.transcript()).toContain(said)
  })
})

/** A client whom the salon knows, with their sex from the platform's profile. */
function withSex() {
  const known = openAt(invited(), 'нет').known()
  return { ...known, client: { ...known.client, sex: 'female' as const } }
}
