/** "My data": what was answered in the survey and the gift stand there, too. */
import { expect, test } from 'vitest'
import { surveyQuestions } from '../../src/domain/survey-changes.ts'
import { begun, coupon, openAt } from './survey-chat.ts'
import { transcript } from './transcript.ts'

const answers = [
  'да',
  'дальше',
  '1–2 года',
  'каждый месяц',
  'никогда',
  'никогда',
  '7',
  'трудно сказать',
  'хватит',
]

const asked = begun({ coupons: [coupon] })
const answered = { ...asked, before: [...(asked.before ?? []), ...answers] }

test('in Russian', () =>
  transcript(
    answered,
    `
      client: мои данные
      closed: ☰ Меню
      bot:    Что мы о вас знаем / Имя: Анна / Телефон: — / День рождения: — / Интересно: Ногти / Удобное время: Выходные / Откуда узнали: От знакомых / Опрос, сегодня / Постоянный клиент: Да / Сколько ходит: 1–2 года / Как часто: Ногти — Каждый месяц, Волосы — Никогда, Косметология — Никогда / Качество обслуживания: Ногти — 7 / Посоветует друзьям: Ногти — без оценки / 🎁 Ваш подарок: парафиновый массаж рук. / Покажите этот код администратору: ABCDE-23456 / Действует один раз, до 20 января 2027. / Согласия / Обработка данных: есть / Предложения и скидки: нет / И 24 отметки о том, что и когда вы открывали в боте. [✎ Исправить]
      bot:    Всё то же самое целиком, в файле. <my-data.json>
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
  ))

test('in English, in the middle of the survey', () =>
  transcript(
    begun({ platform: 'vk', language: 'en' }),
    `
      client: [Yes]
      edit:   2 of 17 / Do you have our loyalty card? [Yes] [No] [Skip] [← Back] [Enough for today]

      client: my data
      closed: 2 of 17 / Do you have our loyalty card?
      bot:    What we know about you / Name: Anna / Phone: — / Birthday: — / Interested in: Nails / Convenient time: Weekends / Heard of us: From friends / Survey, today / Regular client: Yes / Consents / Data processing: given / Offers and discounts: not given / And 15 notes of what you opened in the bot and when. [✎ Correct]
      bot:    All of it, in a file. {☰ Menu} <my-data.json>
      bot:    2 of 17 / Do you have our loyalty card? [Yes] [No] [Skip] [← Back] [Enough for today]
    `,
  ))

test('whoever only passed over has answered nothing', () => {
  expect(openAt(begun(), 'дальше', 'мои данные').transcript()).not.toContain('Опрос, сегодня')
})

test('a long survey is told of shortly: the file has all of it', () => {
  const own = Array.from({ length: 25 }, (_, i) => ({
    id: `q${i}`,
    kind: 'text' as const,
    block: 'salon' as const,
    own: true,
    maxLength: 4096,
    words: { ask: { ru: `Вопрос ${i}?` }, short: { ru: `Ответ ${i}` } },
  }))
  const off = surveyQuestions()
    .map((one) => one.id)
    .filter((id) => id !== 'recommend')
  const survey = {
    version: 1,
    questions: surveyQuestions({ off, add: own.map((question) => ({ question })) }),
  }
  const chat = openAt(begun({ survey }), 'дальше', ...own.map(() => 'слово '.repeat(600)), 'мои данные')
  expect(chat.transcript()).toContain('И ещё 5 ответов в файле.')
  const shown = chat
    .transcript()
    .split('\n')
    .findLast((line) => line.includes('Что мы о вас знаем'))
  expect(shown?.length).toBeLessThan(4000)
})

test('visits are told of as the settings call things, else as the books do; what was given back is below zero', () => {
  const visits = [
    { at: Date.UTC(2026, 10, 20, 9), line: 'nails', service: 'Педикюр', master: 'olga', kopecks: 240_050 },
    { at: Date.UTC(2026, 10, 19, 9), line: 'nails', kopecks: -130_000 },
    ...Array.from({ length: 11 }, (_, index) => ({ at: Date.UTC(2025, 4, 11 - index, 9) })),
  ]
  const chat = openAt(begun({ visits }), 'мои данные')
  const shown = chat.transcript().replaceAll('\u00A0', ' ')
  expect(shown).toContain(
    'Визиты / 20 ноября: Педикюр, Ольга, 2 400,50 ₽ / 19 ноября: Ногти, -1 300 ₽ / 11 мая 2025 / ',
  )
  expect(shown).toContain('/ 4 мая 2025 / И ещё 3 визита в файле.')
})
