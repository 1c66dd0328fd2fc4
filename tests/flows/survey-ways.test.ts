/** Ways through the survey: in words, passing over, back, stopping, coming back. */
import { describe, expect, test } from 'vitest'
import { walkOf } from '../../src/domain/known.ts'
import type { Client } from '../../src/domain/client.ts'
import { begun, elsewhere, giving, invited, openAt, surveyOf, valuesOf } from './survey-chat.ts'
import { openChat, transcript } from './transcript.ts'

/** Up to a question, everything before it passed over. */
const passingTo = (number: number) => Array.from({ length: number - 1 }, () => 'дальше')
const at = (number: number, options = {}) => {
  const { before = [], ...rest } = begun(options)
  return { ...rest, before: [...before, ...passingTo(number)] }
}

describe('in words', () => {
  /** A line a word: what is answered to each card in turn. */
  const lines = (text: string) =>
    text
      .split(/[\n|]/)
      .map((line) => line.trim())
      .filter((line) => line !== '')
  const factors = '7|6|5|4|3|2|1 | 1|2|3|4|5|6|7'
  const words = {
    ru: lines(`
      да | нет | 1–2 года
      каждый месяц | никогда | раз в год и реже
      7 | не могу оценить | 9! | 10.
      ${factors} | +7 | трудно сказать
      Всё хорошо, спасибо | готово
      женский | 32 | в браке | высшее | учусь | 4 | 80 тысяч | на транспорте`),
    en: lines(`
      yes | no | 1–2 years
      every month | never | once a year or less
      7 | can't rate | 9! | 10.
      ${factors} | +7 | hard to say
      Всё хорошо, спасибо | done
      female | I'm 32 | married | higher | studying | 4 | 80 тысяч | by transport`),
  }

  test.each([
    ['telegram', 'ru'],
    ['telegram', 'en'],
    ['vk', 'ru'],
    ['vk', 'en'],
  ] as const)('everything can be typed: on %s, in %s', (platform, language) => {
    const chat = openAt(begun({ platform, language }), ...words[language])
    expect(surveyOf(chat).status).toBe('finished')
    expect(valuesOf(surveyOf(chat))).toEqual({
      regular: true,
      card: false,
      tenure: '1to2y',
      frequency: { nails: 'monthly', hair: 'never', face: 'upTo1y' },
      satisfaction: { nails: 7, face: null },
      recommend: { nails: 9, face: 10 },
      importance: { master: 7, reputation: 6, location: 5, price: 4, quality: 3, habit: 2, other: 1 },
      retention: { master: 1, reputation: 2, location: 3, price: 4, quality: 5, habit: 6, other: 7 },
      intention: { nails: 7, face: null },
      suggestions: 'Всё хорошо, спасибо',
      sex: 'female',
      age: '26to35',
      marital: 'married',
      education: 'higher',
      employment: 'studying',
      income: 4,
      incomeAmount: '80 тысяч',
      travel: 'transport',
    })
  })

  test('what is not understood is said kindly, and asked again', () =>
    transcript(
      begun(),
      `
      client: ну как сказать
      closed: 1 из 17 / Вы считаете себя нашим постоянным клиентом?
      bot:    Не получилось понять ответ. Нажмите одну из кнопок или напишите, что на ней. / 1 из 17 / Вы считаете себя нашим постоянным клиентом? [Да] [Пока нет] [Пропустить] [На сегодня хватит]

      client: 3
      closed: 1 из 17 / Вы считаете себя нашим постоянным клиентом?
      bot:    Не получилось понять ответ. Нажмите одну из кнопок или напишите, что на ней. / 1 из 17 / Вы считаете себя нашим постоянным клиентом? [Да] [Пока нет] [Пропустить] [На сегодня хватит]

      client: пока нет
      closed: ✓ Постоянный клиент: Пока нет
      bot:    2 из 17 / У вас есть наша карта постоянного клиента? [Да] [Нет] [Пропустить] [← Назад] [На сегодня хватит]

      client: (photo)
      closed: 2 из 17 / У вас есть наша карта постоянного клиента?
      bot:    Спасибо за фото! Пересылать фото мы пока не умеем: опишите, пожалуйста, словами.
      bot:    2 из 17 / У вас есть наша карта постоянного клиента? [Да] [Нет] [Пропустить] [← Назад] [На сегодня хватит]

      client: нет
      closed: ✓ Карта клиента: Нет
      bot:    3 из 17 / Как давно вы к нам ходите? [Это мой первый визит] [Меньше полугода] [От полугода до года] [1–2 года] [2–5 лет] [Больше 5 лет] [Пропустить] [← Назад] [На сегодня хватит]

      client: давно
      closed: 3 из 17 / Как давно вы к нам ходите?
      bot:    Не получилось понять ответ. Нажмите одну из кнопок или напишите, что на ней. / 3 из 17 / Как давно вы к нам ходите? [Это мой первый визит] [Меньше полугода] [От полугода до года] [1–2 года] [2–5 лет] [Больше 5 лет] [Пропустить] [← Назад] [На сегодня хватит]

      client: 2
      closed: ✓ Сколько ходит: Меньше полугода
      bot:    4 из 17 / Как часто вы пользуетесь нашими услугами? / ▸ Ногти [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: иногда
      closed: 4 из 17 / Как часто вы пользуетесь нашими услугами? / ▸ Ногти
      bot:    Не получилось понять ответ. Нажмите одну из кнопок или напишите, что на ней. / 4 из 17 / Как часто вы пользуетесь нашими услугами? / ▸ Ногти [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    ))

  test('a number outside the scale', () =>
    transcript(
      at(5, { language: 'en' }),
      `
      client: 8
      closed: 5 of 17 / How much do you like the way we work? / ▸ Nails / 1 — not at all, 7 — very much
      bot:    We need a number from 1 to 7. / 5 of 17 / How much do you like the way we work? / ▸ Nails / 1 — not at all, 7 — very much [1] [2] [3] [4] [5] [6] [7] [Can't rate] [Skip] [← Back] [Enough for today]

      client: 0
      closed: 5 of 17 / How much do you like the way we work? / ▸ Nails / 1 — not at all, 7 — very much
      bot:    We need a number from 1 to 7. / 5 of 17 / How much do you like the way we work? / ▸ Nails / 1 — not at all, 7 — very much [1] [2] [3] [4] [5] [6] [7] [Can't rate] [Skip] [← Back] [Enough for today]

      client: seven
      closed: 5 of 17 / How much do you like the way we work? / ▸ Nails / 1 — not at all, 7 — very much
      bot:    We need a number from 1 to 7. / 5 of 17 / How much do you like the way we work? / ▸ Nails / 1 — not at all, 7 — very much [1] [2] [3] [4] [5] [6] [7] [Can't rate] [Skip] [← Back] [Enough for today]

      client: 7
      closed: ✓ Quality of service: Nails — 7
      bot:    Hooray! We'll tell the masters. / 5 of 17 / How much do you like the way we work? / ✓ Nails — 7 / ▸ Hair / 1 — not at all, 7 — very much [1] [2] [3] [4] [5] [6] [7] [Can't rate] [Skip] [← Back] [Enough for today]
    `,
    ))

  test('a question in between goes to the salon, and the survey stands', () => {
    const chat = transcript(
      begun(),
      `
      client: А это надолго?
      closed: 1 из 17 / Вы считаете себя нашим постоянным клиентом?
      bot:    Передали салону: вам ответит человек.
      bot:    1 из 17 / Вы считаете себя нашим постоянным клиентом? [Да] [Пока нет] [Пропустить] [На сегодня хватит]

      client: да
      closed: ✓ Постоянный клиент: Да
      bot:    2 из 17 / У вас есть наша карта постоянного клиента? [Да] [Нет] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    )
    expect(chat.facts).toContainEqual({ kind: 'notice', what: 'message', text: 'А это надолго?' })
  })

  test.each([
    ['17', 'under18'],
    ['18', '18to25'],
    ['мне 25', '18to25'],
    ['26 лет', '26to35'],
    ['36', '36to45'],
    ['45', '36to45'],
    ['46', 'over45'],
    ['До 18', 'under18'],
    ['26-35', '26to35'],
    ['3', '26to35'],
  ])('an age: "%s"', (typed, group) => {
    const chat = openAt(at(12), typed)
    expect(surveyOf(chat).answers['age']?.value).toBe(group)
  })
})

describe('passing over', () => {
  test('one question after another', () => {
    const chat = transcript(
      begun(),
      `
      client: [Пропустить]
      edit:   2 из 17 / У вас есть наша карта постоянного клиента? [Да] [Нет] [Пропустить] [← Назад] [На сегодня хватит]

      client: дальше
      closed: ✓ Карта клиента: —
      bot:    3 из 17 / Как давно вы к нам ходите? [Это мой первый визит] [Меньше полугода] [От полугода до года] [1–2 года] [2–5 лет] [Больше 5 лет] [Пропустить] [← Назад] [На сегодня хватит]

      client: /skip
      closed: ✓ Сколько ходит: —
      bot:    4 из 17 / Как часто вы пользуетесь нашими услугами? / ▸ Ногти [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Каждый месяц]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ▸ Волосы [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Пропустить]
      edit:   5 из 17 / Насколько вам нравится, как у нас работают? / ▸ Ногти / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   Ура! Передадим мастерам. / 5 из 17 / Насколько вам нравится, как у нас работают? / ✓ Ногти — 7 / ▸ Волосы / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Пропустить]
      edit:   6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ▸ Ногти / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    )
    expect(valuesOf(surveyOf(chat))).toEqual({
      regular: 'skipped',
      card: 'skipped',
      tenure: 'skipped',
      frequency: { nails: 'monthly' },
      satisfaction: { nails: 7 },
    })
    expect(surveyOf(chat).answers['satisfaction']).toMatchObject({ skipped: true, scale: { from: 1, to: 7 } })
  })

  test('all of them: thanks all the same', () => {
    const chat = openAt(begun({ language: 'en' }), ...Array.from({ length: 17 }, () => 'skip'))
    expect(surveyOf(chat).status).toBe('finished')
    expect(chat.transcript()).toContain('Those were all the questions')
  })
})

describe('back', () => {
  test('changes an answer, or leaves it as it was', () => {
    const chat = transcript(
      begun(),
      `
      client: [Да]
      edit:   2 из 17 / У вас есть наша карта постоянного клиента? [Да] [Нет] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Нет]
      edit:   3 из 17 / Как давно вы к нам ходите? [Это мой первый визит] [Меньше полугода] [От полугода до года] [1–2 года] [2–5 лет] [Больше 5 лет] [Пропустить] [← Назад] [На сегодня хватит]

      client: [← Назад]
      edit:   2 из 17 / У вас есть наша карта постоянного клиента? / Сейчас: Нет [Да] [Нет] [Оставить как есть] [Не указывать] [← Назад] [На сегодня хватит]

      client: [Да]
      edit:   3 из 17 / Как давно вы к нам ходите? [Это мой первый визит] [Меньше полугода] [От полугода до года] [1–2 года] [2–5 лет] [Больше 5 лет] [Пропустить] [← Назад] [На сегодня хватит]

      client: назад
      closed: 3 из 17 / Как давно вы к нам ходите?
      bot:    2 из 17 / У вас есть наша карта постоянного клиента? / Сейчас: Да [Да] [Нет] [Оставить как есть] [Не указывать] [← Назад] [На сегодня хватит]

      client: назад
      closed: 2 из 17 / У вас есть наша карта постоянного клиента? / Сейчас: Да
      bot:    1 из 17 / Вы считаете себя нашим постоянным клиентом? / Сейчас: Да [Да] [Пока нет] [Оставить как есть] [Не указывать] [На сегодня хватит]

      client: [Оставить как есть]
      edit:   2 из 17 / У вас есть наша карта постоянного клиента? / Сейчас: Да [Да] [Нет] [Оставить как есть] [Не указывать] [← Назад] [На сегодня хватит]

      client: [Не указывать]
      edit:   3 из 17 / Как давно вы к нам ходите? [Это мой первый визит] [Меньше полугода] [От полугода до года] [1–2 года] [2–5 лет] [Больше 5 лет] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    )
    expect(valuesOf(surveyOf(chat))).toEqual({ regular: true, card: 'skipped' })
  })

  test('inside a grid, into it and out of it', () => {
    const chat = transcript(
      at(4),
      `
      client: [Каждый месяц]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ▸ Волосы [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [3–4 раза в год]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ✓ Волосы — 3–4 раза в год / ▸ Косметология [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [← Назад]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ▸ Волосы / Сейчас: 3–4 раза в год [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Оставить как есть] [Не указывать] [← Назад] [На сегодня хватит]

      client: [Раз в два месяца]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ✓ Волосы — Раз в два месяца / ▸ Косметология [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Никогда]
      edit:   5 из 17 / Насколько вам нравится, как у нас работают? / ▸ Ногти / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад] [На сегодня хватит]

      client: [← Назад]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ✓ Волосы — Раз в два месяца / ▸ Косметология / Сейчас: Никогда [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Оставить как есть] [Не указывать] [← Назад] [На сегодня хватит]

      client: [Раз в год и реже]
      edit:   5 из 17 / Насколько вам нравится, как у нас работают? / ▸ Ногти / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   Ура! Передадим мастерам. / 5 из 17 / Насколько вам нравится, как у нас работают? / ✓ Ногти — 7 / ▸ Волосы / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад] [На сегодня хватит]

      client: [← Назад]
      edit:   5 из 17 / Насколько вам нравится, как у нас работают? / ▸ Ногти / 1 — совсем не нравится, 7 — очень нравится / Сейчас: 7 [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Оставить как есть] [Не указывать] [← Назад] [На сегодня хватит]

      client: [← Назад]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ✓ Волосы — Раз в два месяца / ▸ Косметология / Сейчас: Раз в год и реже [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Оставить как есть] [Не указывать] [← Назад] [На сегодня хватит]

      client: [Оставить как есть]
      edit:   5 из 17 / Насколько вам нравится, как у нас работают? / ▸ Ногти / 1 — совсем не нравится, 7 — очень нравится / Сейчас: 7 [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Оставить как есть] [Не указывать] [← Назад] [На сегодня хватит]

      client: [6]
      edit:   5 из 17 / Насколько вам нравится, как у нас работают? / ✓ Ногти — 6 / ▸ Волосы / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад] [На сегодня хватит]

      client: [5]
      edit:   5 из 17 / Насколько вам нравится, как у нас работают? / ✓ Ногти — 6 / ✓ Волосы — 5 / ▸ Косметология / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад] [На сегодня хватит]

      client: [4]
      edit:   6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ▸ Ногти / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [← Назад]
      edit:   5 из 17 / Насколько вам нравится, как у нас работают? / ✓ Ногти — 6 / ✓ Волосы — 5 / ▸ Косметология / 1 — совсем не нравится, 7 — очень нравится / Сейчас: 4 [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Оставить как есть] [Не указывать] [← Назад] [На сегодня хватит]

      client: [Не указывать]
      edit:   6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ▸ Ногти / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    )
    expect(valuesOf(surveyOf(chat))).toMatchObject({
      frequency: { nails: 'monthly', hair: 'every2m', face: 'upTo1y' },
      satisfaction: { nails: 6, hair: 5 },
    })
  })

  test('on VK, where not every button has room', () =>
    transcript(
      at(6, { platform: 'vk' }),
      `
      client: [9]
      edit:   Вы нас балуете 💛 / 6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ▸ Волосы / 1 — точно нет, 10 — точно да / Можно и словами: «трудно сказать», «пропустить», «назад», «на сегодня хватит». [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: назад
      closed: 6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ▸ Волосы / 1 — точно нет, 10 — точно да / Можно и словами: «трудно сказать», «пропустить», «назад», «на сегодня хватит».
      bot:    6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ▸ Ногти / 1 — точно нет, 10 — точно да / Можно и словами: «трудно сказать», «оставить как есть», «не указывать», «назад», «на сегодня хватит». / Сейчас: 9 [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: оставить
      closed: ✓ Посоветует друзьям: Ногти — 9
      bot:    6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ▸ Волосы / 1 — точно нет, 10 — точно да / Можно и словами: «трудно сказать», «пропустить», «назад», «на сегодня хватит». [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: [8]
      edit:   6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ✓ Волосы — 8 / ▸ Косметология / 1 — точно нет, 10 — точно да / Можно и словами: «трудно сказать», «пропустить», «назад», «на сегодня хватит». [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]
    `,
    ))

  test('what was given when it was given keeps its time', () => {
    const chat = openAt(begun(), 'да')
    const given = surveyOf(chat).answers['regular']?.at
    for (const line of ['назад', 'оставить']) chat.play(line)
    expect(surveyOf(chat).answers['regular']).toEqual({ value: true, at: given })
  })
})

describe('the lines of a client', () => {
  test('that are never used are not asked about', () =>
    transcript(
      at(4),
      `
      client: [Каждый месяц]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ▸ Волосы [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Никогда]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ✓ Волосы — Никогда / ▸ Косметология [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Никогда]
      edit:   5 из 17 / Насколько вам нравится, как у нас работают? / ▸ Ногти / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   Ура! Передадим мастерам. / 6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ▸ Ногти / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [8]
      edit:   7 из 17 / Насколько это важно, когда вы выбираете салон? / ▸ Мастер / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    ))

  test('are not asked about at all when none is used', () =>
    transcript(
      at(4, { language: 'en' }),
      `
      client: [Never]
      edit:   4 of 17 / How often do you use our services? / ✓ Nails — Never / ▸ Hair [Never] [Once a year or less] [1–2 times a year] [3–4 times a year] [Every two months] [Every month] [Skip] [← Back] [Enough for today]

      client: [Never]
      edit:   4 of 17 / How often do you use our services? / ✓ Nails — Never / ✓ Hair — Never / ▸ Cosmetology [Never] [Once a year or less] [1–2 times a year] [3–4 times a year] [Every two months] [Every month] [Skip] [← Back] [Enough for today]

      client: [Never]
      edit:   5 of 14 / How much does this matter when you choose a salon? / ▸ The master / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [← Back]
      edit:   4 of 17 / How often do you use our services? / ✓ Nails — Never / ✓ Hair — Never / ▸ Cosmetology / Now: Never [Never] [Once a year or less] [1–2 times a year] [3–4 times a year] [Every two months] [Every month] [Leave as is] [Leave empty] [← Back] [Enough for today]

      client: [Every month]
      edit:   5 of 17 / How much do you like the way we work? / ▸ Cosmetology / 1 — not at all, 7 — very much [1] [2] [3] [4] [5] [6] [7] [Can't rate] [Skip] [← Back] [Enough for today]
    `,
    ))

  test('are all asked about when the client did not say', () => {
    const chat = openAt(at(5), '7')
    expect(chat.live()?.text.text).toContain('▸ Волосы')
  })
})

describe('what is known already', () => {
  const client: Partial<Client> = {
    sex: 'female',
    birthday: { day: 22, month: 11, year: 1990 },
    firstVisitAt: Date.UTC(2024, 10, 1),
  }
  const knowing = (more: Partial<Client>) => {
    const known = openAt(invited(), 'нет').known()
    return { salon: giving, known: { ...known, client: { ...known.client, ...more } } }
  }

  test('is not asked, does not count, and can be put right at the end', () => {
    const chat = transcript(
      { ...knowing(client), before: ['/survey', ...Array.from({ length: 13 }, () => 'дальше')] },
      `
      client: [Пропустить]
      edit:   И последнее: вот что мы уже знаем. Всё верно? / Сколько ходит: 2–5 лет / Пол: Женский / Возраст: 26–35 [Всё верно] [✎ Сколько ходит] [✎ Пол] [✎ Возраст] [← Назад]

      client: [✎ Возраст]
      edit:   Сколько вам лет? / Сейчас: 26–35 [До 18] [18–25] [26–35] [36–45] [46 и больше] [Оставить как есть] [Не указывать]

      client: [36–45]
      edit:   И последнее: вот что мы уже знаем. Всё верно? / Сколько ходит: 2–5 лет / Пол: Женский [Всё верно] [✎ Сколько ходит] [✎ Пол] [← Назад]

      client: [✎ Сколько ходит]
      edit:   Как давно вы к нам ходите? / Сейчас: 2–5 лет [Это мой первый визит] [Меньше полугода] [От полугода до года] [1–2 года] [2–5 лет] [Больше 5 лет] [Оставить как есть] [Не указывать]

      client: [Оставить как есть]
      edit:   И последнее: вот что мы уже знаем. Всё верно? / Сколько ходит: 2–5 лет / Пол: Женский [Всё верно] [✎ Сколько ходит] [✎ Пол] [← Назад]

      client: [Всё верно]
      closed: И последнее: вот что мы уже знаем. Всё верно? / Сколько ходит: 2–5 лет / Пол: Женский
      bot:    Спасибо! Это были все вопросы. Мы прочитаем каждый ответ.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    const { sex, age, tenure } = surveyOf(chat).answers
    expect(sex).toEqual({ value: 'female', known: true })
    expect(age).toMatchObject({ value: '36to45' })
    expect(age).not.toHaveProperty('known')
    expect(tenure).toEqual({ value: '2to5y', known: true })
  })

  test('is not asked for on VK in English either', () => {
    const chat = openAt({ ...knowing(client), language: 'en' }, '/survey', 'да', 'да')
    expect(chat.live()?.text.text).toContain('3 из 14')
  })

  test.each<[string, Partial<Client>, string, unknown]>([
    ['35 years tomorrow', client, 'age', '26to35'],
    ['36 years today', { birthday: { day: 21, month: 11, year: 1990 } }, 'age', '36to45'],
    ['a birthday without a year', { birthday: { day: 21, month: 11 } }, 'age', undefined],
    ['17 years', { birthday: { day: 1, month: 1, year: 2009 } }, 'age', 'under18'],
    ['46 years', { birthday: { day: 1, month: 1, year: 1980 } }, 'age', 'over45'],
    ['a first visit half a year ago', { firstVisitAt: Date.UTC(2026, 4, 1) }, 'tenure', '6to12m'],
    [
      'a first visit last month: visits may be written down only since then',
      { firstVisitAt: Date.UTC(2026, 9, 21) },
      'tenure',
      undefined,
    ],
    ['a first visit a year and a half ago', { firstVisitAt: Date.UTC(2025, 4, 21) }, 'tenure', '1to2y'],
    ['a first visit six years ago', { firstVisitAt: Date.UTC(2020, 4, 21) }, 'tenure', 'over5y'],
    ['nothing', {}, 'sex', undefined],
  ])('%s', (_, more, id, value) => {
    const chat = openAt(knowing(more), '/survey')
    expect(surveyOf(chat).answers[id]?.value).toBe(value)
  })

  test('a sex that is told in the survey is the client’s from now on', () => {
    const chat = openAt(at(11), 'мужской')
    expect(chat.known().client.sex).toBe('male')
    chat.play('назад')
    chat.play('не указывать')
    expect(chat.known().client.sex).toBe('male')
  })
})

describe('suggestions', () => {
  test('may come in several messages', () => {
    const chat = transcript(
      at(10),
      `
      client: Больше света!
      closed: 10 из 17 / Что нам сделать лучше? / Пишите как есть, можно несколькими сообщениями.
      bot:    Пожелания: записали. Можно написать ещё или нажать «Готово». [Готово] [← Назад] [На сегодня хватит]

      client: И чая ☕️👩🏽‍🎨
      closed: Записали ✓
      bot:    Пожелания: записали. Можно написать ещё или нажать «Готово». [Готово] [← Назад] [На сегодня хватит]

      client: дальше
      closed: Записали ✓
      bot:    11 из 17 / Ваш пол? [Женский] [Мужской] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    )
    expect(surveyOf(chat).answers['suggestions']).toMatchObject({ value: 'Больше света!\nИ чая ☕️👩🏽‍🎨' })
    expect(surveyOf(chat).answers['suggestions']).not.toHaveProperty('open')
  })

  test('are kept as they were written', () => {
    const letter = `  ${'Очень длинно 🌸 '.repeat(266)}\n\n— Анна `
    const chat = openAt(at(10), letter, 'Назад в будущее', '100', 'P.S. да', 'нет', 'готово')
    expect(letter.length).toBeGreaterThan(4000)
    expect(surveyOf(chat).answers['suggestions']?.value).toBe(
      [letter, 'Назад в будущее', '100', 'P.S. да', 'нет'].join('\n'),
    )
  })

  test('that are too long in all are not cut: the person is told, and what was there stays', () => {
    const chat = openAt(at(10), 'а'.repeat(16_000), 'б'.repeat(4_000), 'готово')
    expect(chat.transcript()).toContain('уместите, пожалуйста, в 20000 символов')
    expect(surveyOf(chat).answers['suggestions']?.value).toBe('а'.repeat(16_000))
  })

  test('can be passed over, and taken up again by "back"', () => {
    const chat = openAt(at(10), 'пропустить', 'назад', 'Всё-таки скажу', 'готово')
    expect(surveyOf(chat).answers['suggestions']?.value).toBe('Всё-таки скажу')
    expect(surveyOf(chat).answers['suggestions']).not.toHaveProperty('skipped')
  })

  test('on VK: the words of a photo count, the photo does not', () => {
    const chat = openAt(at(10, { platform: 'vk' }), '(photo вот такой бы цвет)', 'готово')
    expect(surveyOf(chat).answers['suggestions']?.value).toBe('вот такой бы цвет')
  })
})

describe('stopping', () => {
  test('"enough for today" keeps what was given, and the menu leads back', () => {
    const chat = transcript(
      at(4),
      `
      client: [Каждый месяц]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ▸ Волосы [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [На сегодня хватит]
      closed: 4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ▸ Волосы
      bot:    Хорошо, на сегодня хватит. Всё, что вы ответили, сохранено и очень нам поможет. Захотите продолжить — откройте «Меню» и «Опрос».
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]

      clock:  3 days

      client: [Опрос]
      closed: ☰ Опрос
      bot:    С возвращением! Продолжаем с того места, где остановились.
      bot:    4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ▸ Волосы [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Никогда]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ✓ Волосы — Никогда / ▸ Косметология [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    )
    expect(chat.facts).toContainEqual({ kind: 'endPrompts', run: 1 })
    expect(surveyOf(chat).status).toBe('open')
  })

  test.each(['хватит', 'на сегодня хватит', '/stop', 'стоп', 'не сейчас'])('typed: "%s"', (word) => {
    expect(surveyOf(openAt(begun(), 'да', word))).toMatchObject({
      status: 'stopped',
      answers: { regular: { value: true } },
    })
  })

  test('"menu" only puts it off: whoever was asked once more is still reminded', () => {
    const chat = openAt(begun(), 'да', '/menu')
    expect(surveyOf(chat).status).toBe('paused')
    expect(chat.facts.filter((fact) => fact.kind === 'endPrompts')).toEqual([])
  })

  test('an old button of a survey that was put off takes it up again', () => {
    const chat = openAt(begun(), '/menu')
    const [button] = chat.buttons().filter((one) => one.value === 'survey.regular=yes')
    expect(button).toBeUndefined()
    chat.act({ kind: 'press', value: 'survey.regular=yes' })
    expect(surveyOf(chat)).toMatchObject({ status: 'open', answers: { regular: { value: true } } })
  })

  test('an old button of a survey that was ended does nothing', () => {
    const chat = openAt(begun(), 'да', 'хватит')
    chat.act({ kind: 'press', value: 'survey.card=yes' })
    expect(surveyOf(chat)).toMatchObject({ status: 'stopped', answers: { regular: { value: true } } })
  })

  test('in the middle of a grid, and back a week later in the other messenger: at the very next row', () => {
    const telegram = openAt(at(6), '9')
    const vk = transcript(
      {
        platform: 'vk',
        salon: giving,
        known: elsewhere(telegram, 'vk'),
        at: telegram.now() + 7 * 24 * 3600_000,
      },
      `
      client: Привет
      bot:    С возвращением, Анна! {☰ Меню}
      bot:    6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ▸ Волосы / 1 — точно нет, 10 — точно да / Можно и словами: «трудно сказать», «пропустить», «назад», «на сегодня хватит». [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: [8]
      edit:   6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ✓ Волосы — 8 / ▸ Косметология / 1 — точно нет, 10 — точно да / Можно и словами: «трудно сказать», «пропустить», «назад», «на сегодня хватит». [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: трудно сказать
      closed: ✓ Посоветует друзьям: Ногти — 9, Волосы — 8, Косметология — без оценки
      bot:    7 из 17 / Насколько это важно, когда вы выбираете салон? / ▸ Мастер / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   7 из 17 / Насколько это важно, когда вы выбираете салон? / ✓ Мастер — 7 / ▸ Репутация салона / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    )
    const { recommend, importance } = surveyOf(vk).answers
    expect(recommend?.value).toEqual({ nails: 9, hair: 8, face: null })
    expect(importance?.value).toEqual({ master: 7 })
  })

  test('and the other way round, from the menu, in English', () => {
    const vk = openAt(at(7, { platform: 'vk', language: 'en' }), '7', '6', '/menu')
    transcript(
      { language: 'en', salon: giving, known: elsewhere(vk, 'telegram'), at: vk.now() + 7 * 24 * 3600_000 },
      `
      client: /survey
      bot:    Welcome back! Let's go on from where you stopped.
      bot:    7 of 17 / How much does this matter when you choose a salon? / ✓ The master — 7 / ✓ Reputation — 6 / ▸ Location / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [5]
      edit:   7 of 17 / How much does this matter when you choose a salon? / ✓ The master — 7 / ✓ Reputation — 6 / ✓ Location — 5 / ▸ Price / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]
    `,
    )
  })

  test('in the middle of a letter, and back a week later in the other messenger', () => {
    const telegram = openAt(at(10), 'Больше света!')
    transcript(
      {
        platform: 'vk',
        salon: giving,
        known: elsewhere(telegram, 'vk'),
        at: telegram.now() + 7 * 24 * 3600_000,
      },
      `
      client: /start
      bot:    С возвращением, Анна! {☰ Меню}
      bot:    Пожелания: записали. Можно написать ещё или нажать «Готово». [Готово] [← Назад] [На сегодня хватит]

      client: И чая
      closed: Записали ✓
      bot:    Пожелания: записали. Можно написать ещё или нажать «Готово». [Готово] [← Назад] [На сегодня хватит]

      client: [Готово]
      edit:   11 из 17 / Ваш пол? [Женский] [Мужской] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    )
  })
})

describe('never too often', () => {
  const done = (...more: string[]) => openAt(begun(), ...Array.from({ length: 17 }, () => 'дальше'), ...more)

  test('who has answered is thanked', () => {
    const chat = done()
    chat.later('89 days')
    chat.forget()
    chat.play('опрос')
    expect(chat.transcript()).toContain('Вы уже прошли опрос: 21 ноября 2026. Спасибо!')
    expect(walkOf(chat.known(), 'survey')).toMatchObject({ run: 1, status: 'finished' })
  })

  test('after the days that the salon has set the next run begins, from the first question', () => {
    const chat = done()
    chat.later('90 days')
    chat.play('опрос')
    expect(walkOf(chat.known(), 'survey')).toMatchObject({ run: 2, status: 'open', answers: {} })
    expect(chat.live()?.text.text).toContain('1 из 17')
  })

  test('a survey that was left in the middle begins anew after that time, and goes on before', () => {
    const chat = openAt(begun(), 'да', '/menu')
    chat.later('89 days')
    chat.play('опрос')
    expect(surveyOf(chat)).toMatchObject({ run: 1, answers: { regular: { value: true } } })
    chat.play('/menu')
    chat.later('90 days')
    chat.play('опрос')
    expect(surveyOf(chat)).toMatchObject({ run: 2, answers: {} })
  })
})

test('whoever has the survey in Telegram and VK sees it once: it belongs to the client', () => {
  const telegram = openAt(begun(), 'да')
  const vk = openChat({ platform: 'vk', salon: giving, known: elsewhere(telegram, 'vk') })
  vk.play('нет')
  expect(surveyOf(vk).answers).toMatchObject({ regular: { value: true }, card: { value: false } })
})
