/** The survey as the salon changed it, also while somebody is in the middle of it. */
import { describe, expect, test } from 'vitest'
import type { SurveyChanges } from '../../src/domain/survey-changes.ts'
import { surveyQuestions } from '../../src/domain/survey-changes.ts'
import type { Survey, SurveyQuestion } from '../../src/domain/survey.ts'
import { begun, openAt, surveyOf, valuesOf } from './survey-chat.ts'
import { builtInSurvey, transcript } from './transcript.ts'

const changed = (changes: SurveyChanges, version = 2): Survey => ({
  version,
  questions: surveyQuestions(changes),
})
/** Only these questions, in this order. */
const only = (...ids: string[]) =>
  surveyQuestions()
    .map((one) => one.id)
    .filter((id) => !ids.includes(id) && id !== 'recommend')

const ru = (text: string) => ({ ru: text })

describe('the order', () => {
  test('the person first, where the salon wants it so', () =>
    transcript(
      begun({ survey: changed({ first: 'person' }) }),
      `
      client: [Женский]
      edit:   2 из 17 / Сколько вам лет? [До 18] [18–25] [26–35] [36–45] [46 и больше] [Пропустить] [← Назад] [На сегодня хватит]

      client: [26–35]
      edit:   3 из 17 / Ваше семейное положение? [Не в браке] [В браке] [В разводе] [Вдова, вдовец] [Другое] [Пропустить] [← Назад] [На сегодня хватит]

      client: [В браке]
      edit:   4 из 17 / Какое у вас образование? [Среднее] [Среднее специальное] [Неоконченное высшее] [Высшее] [Другое] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Высшее]
      edit:   5 из 17 / Чем вы сейчас заняты? [Не работаю и не ищу] [Ищу работу] [Работаю полный день] [Работаю неполный день] [Учусь] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Учусь]
      edit:   6 из 17 / Как вы сами оцениваете свой доход? / На глаз, без цифр. / 1 — очень низкий, 7 — очень высокий [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [5]
      edit:   Если хотите, напишите сумму. / Совсем не обязательно: почти все пропускают. [Пропустить] [← Назад] [На сегодня хватит]

      client: [Пропустить]
      edit:   7 из 17 / Как вы добираетесь до салона из дома? [Пешком до 10 минут] [Пешком 10–20 минут] [Пешком дольше 20 минут] [На транспорте] [Пропустить] [← Назад] [На сегодня хватит]

      client: [На транспорте]
      edit:   8 из 17 / Вы считаете себя нашим постоянным клиентом? [Да] [Пока нет] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Да]
      edit:   9 из 17 / У вас есть наша карта постоянного клиента? [Да] [Нет] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    ))

  test('a question that is switched off is not asked and does not count', () =>
    transcript(
      begun({ survey: changed({ off: ['card', 'tenure', 'frequency', 'income'] }) }),
      `
      client: [Да]
      edit:   2 из 13 / Насколько вам нравится, как у нас работают? / ▸ Ногти / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   Ура! Передадим мастерам. / 2 из 13 / Насколько вам нравится, как у нас работают? / ✓ Ногти — 7 / ▸ Волосы / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    ))

  test('the amount goes with the income that it belongs to', () => {
    const chat = openAt(begun({ survey: changed({ off: only('income', 'incomeAmount') }) }), '9', '9', '9')
    expect(chat.live()?.text.text).toContain('оцениваете свой доход')
    chat.play('пропустить')
    expect(surveyOf(chat).status).toBe('finished')
  })

  test('an amount may be given, in any words', () => {
    const chat = openAt(
      begun({ survey: changed({ off: only('income', 'incomeAmount') }) }),
      '9',
      '9',
      '9',
      '4',
      '80–90 тыс. ₽',
    )
    expect(valuesOf(surveyOf(chat))).toMatchObject({ income: 4, incomeAmount: '80–90 тыс. ₽' })
  })

  test('what was spent is asked for the lines that are used, where the salon wants to know', () =>
    transcript(
      begun({ survey: changed({ on: ['spend'], off: only('frequency', 'spend') }) }),
      `
      client: [Каждый месяц]
      edit:   1 из 3 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ▸ Волосы [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Никогда]
      edit:   1 из 3 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ✓ Волосы — Никогда / ▸ Косметология [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Раз в год и реже]
      edit:   2 из 3 / Посоветуете нас друзьям, знакомым, родным? / ▸ Ногти / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Пропустить]
      edit:   3 из 3 / Сколько примерно вы потратили у нас за полгода? / ▸ Ногти [Ничего] [До 1500 ₽] [1501–3000 ₽] [3001–4500 ₽] [4501–6000 ₽] [Больше 6000 ₽] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Больше 6000 ₽]
      edit:   3 из 3 / Сколько примерно вы потратили у нас за полгода? / ✓ Ногти — Больше 6000 ₽ / ▸ Косметология [Ничего] [До 1500 ₽] [1501–3000 ₽] [3001–4500 ₽] [4501–6000 ₽] [Больше 6000 ₽] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Ничего]
      closed: ✓ Траты за полгода: Ногти — Больше 6000 ₽, Косметология — Ничего
      bot:    Спасибо! Это были все вопросы. Мы прочитаем каждый ответ.
      bot:    🎁 Ваш подарок: парафиновый массаж рук. / Покажите этот код администратору: ABCDE-23456 / Действует один раз, до 20 января 2027. <coupon ABCDE23456>
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    ))
})

describe("the salon's own questions", () => {
  const own = (
    id: string,
    kind: SurveyQuestion['kind'],
    rest: Partial<SurveyQuestion> = {},
  ): SurveyQuestion => ({
    id,
    kind,
    block: 'salon',
    own: true,
    words: { ask: { ru: `Вопрос ${id}?`, en: `Question ${id}?` }, short: { ru: id, en: id }, ...rest.words },
    ...rest,
  })
  const teas = [
    { id: 'green', name: ru('Зелёный') },
    { id: 'black', name: ru('Чёрный') },
  ]
  const all: Survey = {
    version: 1,
    questions: [
      own('yes', 'yesNo'),
      own('one', 'choice', { options: teas }),
      own('some', 'choices', {
        options: teas,
        words: { ask: ru('Какой чай?'), short: ru('Чай'), hint: ru('Можно оба.') },
      }),
      own('number', 'scale', {
        scale: { from: 0, to: 5 },
        noOpinion: true,
        words: { ask: ru('Как вам чай?'), short: ru('Вкус'), low: ru('гадость'), high: ru('нектар') },
      }),
      own('rows', 'grid', {
        rows: teas,
        options: [
          { id: 'hot', name: ru('Горячий') },
          { id: 'iced', name: ru('Со льдом') },
        ],
      }),
      own('lines', 'grid', {
        rows: 'lines',
        scale: { from: 1, to: 3 },
        words: { ask: ru('Важно?'), short: ru('Важность'), low: ru('нет'), high: ru('да') },
      }),
      own('text', 'text', { maxLength: 20 }),
      own('date', 'date'),
    ],
  }

  test('of every kind, by buttons', () => {
    const chat = transcript(
      begun({ survey: all }),
      `
      client: [Да]
      edit:   2 из 8 / Вопрос one? [Зелёный] [Чёрный] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Чёрный]
      edit:   3 из 8 / Какой чай? / Можно оба. [Зелёный] [Чёрный] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Зелёный]
      edit:   3 из 8 / Какой чай? / Можно оба. [✓ Зелёный] [Чёрный] [Готово] [← Назад] [На сегодня хватит]

      client: [Чёрный]
      edit:   3 из 8 / Какой чай? / Можно оба. [✓ Зелёный] [✓ Чёрный] [Готово] [← Назад] [На сегодня хватит]

      client: [Готово]
      edit:   4 из 8 / Как вам чай? / 0 — гадость, 5 — нектар [0] [1] [2] [3] [4] [5] [Затрудняюсь ответить] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Затрудняюсь ответить]
      edit:   5 из 8 / Вопрос rows? / ▸ Зелёный [Горячий] [Со льдом] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Горячий]
      edit:   5 из 8 / Вопрос rows? / ✓ Зелёный — Горячий / ▸ Чёрный [Горячий] [Со льдом] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Со льдом]
      edit:   6 из 8 / Важно? / ▸ Ногти / 1 — нет, 3 — да [1] [2] [3] [Пропустить] [← Назад] [На сегодня хватит]

      client: [1]
      edit:   6 из 8 / Важно? / ✓ Ногти — 1 / ▸ Волосы / 1 — нет, 3 — да [1] [2] [3] [Пропустить] [← Назад] [На сегодня хватит]

      client: [2]
      edit:   6 из 8 / Важно? / ✓ Ногти — 1 / ✓ Волосы — 2 / ▸ Косметология / 1 — нет, 3 — да [1] [2] [3] [Пропустить] [← Назад] [На сегодня хватит]

      client: [3]
      edit:   7 из 8 / Вопрос text? [Пропустить] [← Назад] [На сегодня хватит]

      client: Очень длинный ответ, длиннее двадцати знаков
      closed: 7 из 8 / Вопрос text?
      bot:    Получилось длинновато: уместите, пожалуйста, в 20 символов. / 7 из 8 / Вопрос text? [Пропустить] [← Назад] [На сегодня хватит]

      client: С лимоном
      closed: ✓ text: С лимоном
      bot:    8 из 8 / Вопрос date? / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [На сегодня хватит]

      client: 31.02
      closed: 8 из 8 / Вопрос date? / Например, 17.04 или 17.04.1990: год можно не говорить.
      bot:    Такого дня в календаре нет. Напишите, например, 17.04.1990, либо нажмите «Пропустить». / 8 из 8 / Вопрос date? / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [На сегодня хватит]

      client: 17 апреля
      closed: ✓ date: 17 апреля
      bot:    Спасибо! Это были все вопросы. Мы прочитаем каждый ответ.
      bot:    🎁 Ваш подарок: парафиновый массаж рук. / Покажите этот код администратору: ABCDE-23456 / Действует один раз, до 20 января 2027. <coupon ABCDE23456>
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(valuesOf(surveyOf(chat))).toEqual({
      yes: true,
      one: 'black',
      some: ['green', 'black'],
      number: null,
      rows: { green: 'hot', black: 'iced' },
      lines: { nails: 1, hair: 2, face: 3 },
      text: 'С лимоном',
      date: { day: 17, month: 4 },
    })
  })

  test('in words, on VK, where the salon has no English for them', () => {
    const chat = openAt(
      begun({ survey: all, platform: 'vk', language: 'en' }),
      'no',
      'зелёный',
      'all',
      '5',
      'горячий',
      '2',
      '1',
      '1',
      '1',
      'skip',
      'April 17, 1990',
    )
    expect(surveyOf(chat).status).toBe('finished')
    expect(valuesOf(surveyOf(chat))).toEqual({
      yes: false,
      one: 'green',
      some: ['green', 'black'],
      number: 5,
      rows: { green: 'hot', black: 'iced' },
      lines: { nails: 1, hair: 1, face: 1 },
      text: 'skipped',
      date: { day: 17, month: 4, year: 1990 },
    })
  })

  test('a button that nobody made is answered in words that there are', () => {
    const chat = openAt(
      begun({ survey: { version: 1, questions: [own('text', 'text', { maxLength: 20 })] } }),
    )
    chat.pressLive('survey.text=!done')
    expect(chat.live()?.text.text).toContain('словами')
  })

  test('twenty answers in a grid of words are shown in pages on VK', () => {
    const many = Array.from({ length: 20 }, (_, i) => ({ id: `t${i}`, name: ru(`Чай ${i}`) }))
    transcript(
      begun({
        platform: 'vk',
        survey: { version: 1, questions: [own('rows', 'grid', { rows: teas, options: many })] },
      }),
      `
      client: [›]
      edit:   1 из 1 / Вопрос rows? / ▸ Зелёный [Чай 4] [Чай 5] [Чай 6] [Чай 7] [‹] [›] [Пропустить] [На сегодня хватит]

      client: [Чай 5]
      edit:   1 из 1 / Вопрос rows? / ✓ Зелёный — Чай 5 / ▸ Чёрный [Чай 0] [Чай 1] [Чай 2] [Чай 3] [‹] [›] [Пропустить] [← Назад] [На сегодня хватит]

      client: чай 19
      closed: ✓ rows: Зелёный — Чай 5, Чёрный — Чай 19
      bot:    Спасибо! Это были все вопросы. Мы прочитаем каждый ответ. {☰ Меню}
      bot:    🎁 Ваш подарок: парафиновый массаж рук. / Покажите этот код администратору: ABCDE-23456 / Действует один раз, до 20 января 2027. <coupon ABCDE23456>
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
  })
})

describe('0-10', () => {
  const zeroToTen = changed({ recommendScale: { from: 0, to: 10 }, off: only('travel') })

  test('on Telegram is one card', () =>
    transcript(
      begun({ survey: zeroToTen }),
      `
      client: [0]
      edit:   Поняли вас, спасибо за честность. / 1 из 2 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 0 / ▸ Волосы / 0 — точно нет, 10 — точно да [0] [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [10]
      edit:   Вы нас балуете 💛 / 1 из 2 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 0 / ✓ Волосы — 10 / ▸ Косметология / 0 — точно нет, 10 — точно да [0] [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [6]
      edit:   Можно, мы вам напишем и во всём разберёмся? [Да, хорошо] [Не нужно] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    ))

  test('on VK are eleven numbers on ten buttons: the few that are rare are a page further', () => {
    const chat = transcript(
      begun({ survey: zeroToTen, platform: 'vk' }),
      `
      client: [9]
      edit:   Вы нас балуете 💛 / 1 из 2 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ▸ Волосы / 0 — точно нет, 10 — точно да / Можно и словами: «трудно сказать», «пропустить», «назад», «на сегодня хватит». [0–1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: [0–1]
      edit:   1 из 2 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ▸ Волосы / 0 — точно нет, 10 — точно да [0] [1] [2–10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [0]
      edit:   Поняли вас, спасибо за честность. / 1 из 2 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ✓ Волосы — 0 / ▸ Косметология / 0 — точно нет, 10 — точно да / Можно и словами: «трудно сказать», «пропустить», «назад», «на сегодня хватит». [0–1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: [0–1]
      edit:   1 из 2 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ✓ Волосы — 0 / ▸ Косметология / 0 — точно нет, 10 — точно да [0] [1] [2–10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [2–10]
      edit:   1 из 2 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 9 / ✓ Волосы — 0 / ▸ Косметология / 0 — точно нет, 10 — точно да / Можно и словами: «трудно сказать», «пропустить», «назад», «на сегодня хватит». [0–1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: 0
      closed: ✓ Посоветует друзьям: Ногти — 9, Волосы — 0, Косметология — 0
      bot:    Можно, мы вам напишем и во всём разберёмся? [Да, хорошо] [Не нужно] [Пропустить] [← Назад] [На сегодня хватит]
    `,
    )
    expect(surveyOf(chat).answers['recommend']).toMatchObject({
      value: { nails: 9, hair: 0, face: 0 },
      scale: { from: 0, to: 10 },
    })
  })

  test('whoever gives a zero is unhappy', () => {
    const chat = openAt(begun({ survey: zeroToTen }), '0')
    expect(chat.facts).toContainEqual({ kind: 'unhappy', dialogue: 'survey', run: 1 })
  })
})

describe('a new version in the middle of the survey', () => {
  const first: Survey = { version: 1, questions: surveyQuestions({ off: only('regular', 'card', 'travel') }) }
  const second: Survey = {
    version: 2,
    questions: surveyQuestions({
      off: only('regular', 'card', 'travel'),
      recommendScale: { from: 0, to: 10 },
    }),
  }

  test('goes on with it: what was given stands, but on another scale it is asked again', () => {
    const chat = openAt(begun({ survey: first }), 'да', 'нет', '9')
    chat.nowAsks(second)
    for (const line of ['10', '8', '7', 'на транспорте']) chat.play(line)
    const walk = surveyOf(chat)
    expect(walk).toMatchObject({ version: 1, status: 'finished' })
    expect(walk.answers['regular']).not.toHaveProperty('version')
    expect(walk.answers['recommend']).toMatchObject({
      value: { nails: 10, hair: 8, face: 7 },
      scale: { from: 0, to: 10 },
      version: 2,
    })
    expect(walk.answers['travel']).toMatchObject({ version: 2 })
  })

  test('the card that still stands there in the old way is answered by its own row', () => {
    const chat = openAt(begun({ survey: first }), 'да', 'нет', '9')
    const { liveMessageId: messageId = 0 } = chat.known().chat
    chat.nowAsks(second)
    const { reply } = chat.act({ kind: 'press', value: 'survey.recommend.hair=8' }, { messageId })
    // The first row is asked again, so the second one has to wait.
    expect(reply.toast).toBe('Этот вопрос уже позади')
    expect(reply.live?.message.text.text).toContain('▸ Ногти')
    expect(surveyOf(chat).answers['recommend']).toMatchObject({
      value: { nails: 9 },
      scale: { from: 1, to: 10 },
    })
  })

  test('whoever passes it over then has given what they gave, on the scale they gave it on', () => {
    const chat = openAt(begun({ survey: first }), 'да', 'нет', '9')
    chat.nowAsks(second)
    chat.play('пропустить')
    expect(surveyOf(chat).answers['recommend']).toMatchObject({
      value: { nails: 9 },
      scale: { from: 1, to: 10 },
      skipped: true,
    })
  })

  test('a question that is new is asked, a question that is gone is not, and its answer is kept', () => {
    const chat = openAt(begun({ survey: first }), 'да')
    chat.nowAsks({ version: 2, questions: surveyQuestions({ off: only('tenure', 'travel') }) })
    chat.play('1–2 года')
    expect(chat.live()?.text.text).toContain('2 из 3')
    expect(valuesOf(surveyOf(chat))).toEqual({ regular: true, tenure: '1to2y' })
  })

  test('when nothing is left to ask, going on ends the survey, with thanks and the gift', () => {
    const chat = openAt(begun({ survey: first }), 'да', 'нет', '9', '9', '9', '/menu')
    chat.nowAsks({ version: 2, questions: surveyQuestions({ off: only('regular', 'card') }) })
    chat.forget()
    chat.play('опрос')
    expect(chat.transcript()).toContain('Спасибо! Это были все вопросы.')
    expect(chat.transcript()).toContain('ABCDE-23456')
    expect(surveyOf(chat).status).toBe('finished')
  })

  test('a new run is all of the new version', () => {
    const chat = openAt(begun({ survey: first }), 'да', 'нет', '9', '9', '9', 'дальше')
    chat.nowAsks(second)
    chat.later('90 days')
    for (const line of ['опрос', 'да']) chat.play(line)
    expect(surveyOf(chat)).toMatchObject({ run: 2, version: 2 })
    expect(surveyOf(chat).answers['regular']).not.toHaveProperty('version')
  })
})

test('the salon’s words stand in the place of the built-in ones', () =>
  transcript(
    begun({
      survey: changed({
        off: only('regular', 'satisfaction'),
        wording: {
          regular: { ask: ru('Вы к нам ещё придёте?'), yes: ru('А то!'), no: ru('Как пойдёт') },
          satisfaction: { ask: ru('Ну как?'), low: ru('увы'), high: ru('ах'), noOpinion: ru('Не скажу') },
        },
      }),
    }),
    `
      client: [А то!]
      edit:   2 из 3 / Ну как? / ▸ Ногти / 1 — увы, 7 — ах [1] [2] [3] [4] [5] [6] [7] [Не скажу] [Пропустить] [← Назад] [На сегодня хватит]

      client: не скажу
      closed: ✓ Качество обслуживания: Ногти — без оценки
      bot:    2 из 3 / Ну как? / ✓ Ногти — без оценки / ▸ Волосы / 1 — увы, 7 — ах [1] [2] [3] [4] [5] [6] [7] [Не скажу] [Пропустить] [← Назад] [На сегодня хватит]
    `,
  ))

test('the built-in survey has ten questions about the salon and seven about the person', () => {
  expect(builtInSurvey.questions.filter((one) => one.block === 'salon')).toHaveLength(10)
  expect(
    builtInSurvey.questions.filter((one) => one.block === 'person' && one.partOf === undefined),
  ).toHaveLength(7)
})
