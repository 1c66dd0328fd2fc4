/** The whole survey, straight through by buttons: in both messengers, in both languages. */
import { describe, expect, test } from 'vitest'
import { invited, surveyOf, valuesOf } from './survey-chat.ts'
import { transcript } from './transcript.ts'

const everything = {
  regular: true,
  card: false,
  tenure: '1to2y',
  frequency: { nails: 'monthly', hair: '3to4y', face: 'upTo1y' },
  satisfaction: { nails: 7, hair: 6, face: null },
  recommend: { nails: 10, hair: 9, face: 8 },
  importance: { master: 7, reputation: 4, location: 3, price: 5, quality: 7, habit: 2, other: 1 },
  retention: { master: 2, reputation: 5, location: 6, price: 4, quality: 1, habit: 7, other: 7 },
  intention: { nails: 7, hair: 6, face: 4 },
  suggestions: 'Поставьте, пожалуйста, кулер',
  sex: 'female',
  age: '26to35',
  marital: 'married',
  education: 'higher',
  employment: 'fullTime',
  income: 4,
  incomeAmount: 'skipped',
  travel: '10to20',
}

describe('on Telegram', () => {
  test('in Russian', () => {
    const chat = transcript(
      invited(),
      `
      client: [Давайте]
      closed: ✓ Опрос: Давайте
      bot:    Спасибо, что помогаете нам стать лучше! Это минут на пять, и почти везде хватит одного касания. Ответы сохраняются сразу: можно прерваться и вернуться, когда удобно. / 🎁 В конце вас ждёт подарок: парафиновый массаж рук.
      bot:    1 из 17 / Вы считаете себя нашим постоянным клиентом? [Да] [Пока нет] [Пропустить] [На сегодня хватит]

      client: [Да]
      edit:   2 из 17 / У вас есть наша карта постоянного клиента? [Да] [Нет] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Нет]
      edit:   3 из 17 / Как давно вы к нам ходите? [Это мой первый визит] [Меньше полугода] [От полугода до года] [1–2 года] [2–5 лет] [Больше 5 лет] [Пропустить] [← Назад] [На сегодня хватит]

      client: [1–2 года]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ▸ Ногти [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Каждый месяц]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ▸ Волосы [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [3–4 раза в год]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ✓ Волосы — 3–4 раза в год / ▸ Косметология [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Раз в год и реже]
      edit:   5 из 17 / Насколько вам нравится, как у нас работают? / ▸ Ногти / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   Ура! Передадим мастерам. / 5 из 17 / Насколько вам нравится, как у нас работают? / ✓ Ногти — 7 / ▸ Волосы / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад] [На сегодня хватит]

      client: [6]
      edit:   5 из 17 / Насколько вам нравится, как у нас работают? / ✓ Ногти — 7 / ✓ Волосы — 6 / ▸ Косметология / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Не могу оценить]
      edit:   6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ▸ Ногти / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [10]
      edit:   Вы нас балуете 💛 / 6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 10 / ▸ Волосы / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [9]
      edit:   6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 10 / ✓ Волосы — 9 / ▸ Косметология / 1 — точно нет, 10 — точно да [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [8]
      edit:   7 из 17 / Насколько это важно, когда вы выбираете салон? / ▸ Мастер / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   7 из 17 / Насколько это важно, когда вы выбираете салон? / ✓ Мастер — 7 / ▸ Репутация салона / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [4]
      edit:   7 из 17 / Насколько это важно, когда вы выбираете салон? / ✓ Мастер — 7 / ✓ Репутация салона — 4 / ▸ Удобное место / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [3]
      edit:   7 из 17 / Насколько это важно, когда вы выбираете салон? / ✓ Мастер — 7 / ✓ Репутация салона — 4 / ✓ Удобное место — 3 / ▸ Цена / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [5]
      edit:   7 из 17 / Насколько это важно, когда вы выбираете салон? / ✓ Мастер — 7 / ✓ Репутация салона — 4 / ✓ Удобное место — 3 / ✓ Цена — 5 / ▸ Качество работы / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   7 из 17 / Насколько это важно, когда вы выбираете салон? / ✓ Мастер — 7 / ✓ Репутация салона — 4 / ✓ Удобное место — 3 / ✓ Цена — 5 / ✓ Качество работы — 7 / ▸ Привычка / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [2]
      edit:   7 из 17 / Насколько это важно, когда вы выбираете салон? / ✓ Мастер — 7 / ✓ Репутация салона — 4 / ✓ Удобное место — 3 / ✓ Цена — 5 / ✓ Качество работы — 7 / ✓ Привычка — 2 / ▸ Другое / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [1]
      edit:   8 из 17 / А если у нас это изменится не к лучшему, останетесь с нами? / ▸ Мастер / Представьте, что изменилось только это. / 1 — уйду, 7 — точно останусь [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [2]
      edit:   8 из 17 / А если у нас это изменится не к лучшему, останетесь с нами? / ✓ Мастер — 2 / ▸ Репутация салона / Представьте, что изменилось только это. / 1 — уйду, 7 — точно останусь [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [5]
      edit:   8 из 17 / А если у нас это изменится не к лучшему, останетесь с нами? / ✓ Мастер — 2 / ✓ Репутация салона — 5 / ▸ Удобное место / Представьте, что изменилось только это. / 1 — уйду, 7 — точно останусь [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [6]
      edit:   8 из 17 / А если у нас это изменится не к лучшему, останетесь с нами? / ✓ Мастер — 2 / ✓ Репутация салона — 5 / ✓ Удобное место — 6 / ▸ Цена / Представьте, что изменилось только это. / 1 — уйду, 7 — точно останусь [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [4]
      edit:   8 из 17 / А если у нас это изменится не к лучшему, останетесь с нами? / ✓ Мастер — 2 / ✓ Репутация салона — 5 / ✓ Удобное место — 6 / ✓ Цена — 4 / ▸ Качество работы / Представьте, что изменилось только это. / 1 — уйду, 7 — точно останусь [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [1]
      edit:   8 из 17 / А если у нас это изменится не к лучшему, останетесь с нами? / ✓ Мастер — 2 / ✓ Репутация салона — 5 / ✓ Удобное место — 6 / ✓ Цена — 4 / ✓ Качество работы — 1 / ▸ Привычка / Представьте, что изменилось только это. / 1 — уйду, 7 — точно останусь [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   8 из 17 / А если у нас это изменится не к лучшему, останетесь с нами? / ✓ Мастер — 2 / ✓ Репутация салона — 5 / ✓ Удобное место — 6 / ✓ Цена — 4 / ✓ Качество работы — 1 / ✓ Привычка — 7 / ▸ Другое / Представьте, что изменилось только это. / 1 — уйду, 7 — точно останусь [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   9 из 17 / Будете и дальше пользоваться нашими услугами? / ▸ Ногти / 1 — точно нет, 7 — точно да [1] [2] [3] [4] [5] [6] [7] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   9 из 17 / Будете и дальше пользоваться нашими услугами? / ✓ Ногти — 7 / ▸ Волосы / 1 — точно нет, 7 — точно да [1] [2] [3] [4] [5] [6] [7] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [6]
      edit:   9 из 17 / Будете и дальше пользоваться нашими услугами? / ✓ Ногти — 7 / ✓ Волосы — 6 / ▸ Косметология / 1 — точно нет, 7 — точно да [1] [2] [3] [4] [5] [6] [7] [Трудно сказать] [Пропустить] [← Назад] [На сегодня хватит]

      client: [4]
      edit:   10 из 17 / Что нам сделать лучше? / Пишите как есть, можно несколькими сообщениями. [Пропустить] [← Назад] [На сегодня хватит]

      client: Поставьте, пожалуйста, кулер
      closed: 10 из 17 / Что нам сделать лучше? / Пишите как есть, можно несколькими сообщениями.
      bot:    Пожелания: записали. Можно написать ещё или нажать «Готово». [Готово] [← Назад] [На сегодня хватит]

      client: [Готово]
      edit:   11 из 17 / Ваш пол? [Женский] [Мужской] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Женский]
      edit:   12 из 17 / Сколько вам лет? [До 18] [18–25] [26–35] [36–45] [46 и больше] [Пропустить] [← Назад] [На сегодня хватит]

      client: [26–35]
      edit:   13 из 17 / Ваше семейное положение? [Не в браке] [В браке] [В разводе] [Вдова, вдовец] [Другое] [Пропустить] [← Назад] [На сегодня хватит]

      client: [В браке]
      edit:   14 из 17 / Какое у вас образование? [Среднее] [Среднее специальное] [Неоконченное высшее] [Высшее] [Другое] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Высшее]
      edit:   15 из 17 / Чем вы сейчас заняты? [Не работаю и не ищу] [Ищу работу] [Работаю полный день] [Работаю неполный день] [Учусь] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Работаю полный день]
      edit:   16 из 17 / Как вы сами оцениваете свой доход? / На глаз, без цифр. / 1 — очень низкий, 7 — очень высокий [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [4]
      edit:   Если хотите, напишите сумму. / Совсем не обязательно: почти все пропускают. [Пропустить] [← Назад] [На сегодня хватит]

      client: [Пропустить]
      edit:   17 из 17 / Как вы добираетесь до салона из дома? [Пешком до 10 минут] [Пешком 10–20 минут] [Пешком дольше 20 минут] [На транспорте] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Пешком 10–20 минут]
      closed: ✓ Дорога: Пешком 10–20 минут
      bot:    Спасибо! Это были все вопросы. Так приятно, что вам у нас хорошо. Расскажете об этом другим? Пара слов в отзыве очень нам поможет. [⭐ Оставить отзыв → https://salon.example/reviews]
      bot:    🎁 Ваш подарок: парафиновый массаж рук. / Покажите этот код администратору: ABCDE-23456 / Действует один раз, до 20 января 2027. <coupon ABCDE23456>
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(valuesOf(surveyOf(chat))).toEqual(everything)
  })

  test('in English', () => {
    const chat = transcript(
      invited({ language: 'en' }),
      `
      client: [Let's go]
      closed: ✓ Survey: Let's go
      bot:    Thank you for helping us get better! It takes about five minutes, and one tap is nearly always enough. Answers are saved at once: stop and come back whenever you like. / 🎁 There is a gift for you at the end: a hand massage.
      bot:    1 of 17 / Do you see yourself as one of our regulars? [Yes] [Not yet] [Skip] [Enough for today]

      client: [Yes]
      edit:   2 of 17 / Do you have our loyalty card? [Yes] [No] [Skip] [← Back] [Enough for today]

      client: [No]
      edit:   3 of 17 / How long have you been coming to us? [This is my first visit] [Under 6 months] [6 to 12 months] [1–2 years] [2–5 years] [Over 5 years] [Skip] [← Back] [Enough for today]

      client: [1–2 years]
      edit:   4 of 17 / How often do you use our services? / ▸ Nails [Never] [Once a year or less] [1–2 times a year] [3–4 times a year] [Every two months] [Every month] [Skip] [← Back] [Enough for today]

      client: [Every month]
      edit:   4 of 17 / How often do you use our services? / ✓ Nails — Every month / ▸ Hair [Never] [Once a year or less] [1–2 times a year] [3–4 times a year] [Every two months] [Every month] [Skip] [← Back] [Enough for today]

      client: [3–4 times a year]
      edit:   4 of 17 / How often do you use our services? / ✓ Nails — Every month / ✓ Hair — 3–4 times a year / ▸ Cosmetology [Never] [Once a year or less] [1–2 times a year] [3–4 times a year] [Every two months] [Every month] [Skip] [← Back] [Enough for today]

      client: [Once a year or less]
      edit:   5 of 17 / How much do you like the way we work? / ▸ Nails / 1 — not at all, 7 — very much [1] [2] [3] [4] [5] [6] [7] [Can't rate] [Skip] [← Back] [Enough for today]

      client: [7]
      edit:   Hooray! We'll tell the masters. / 5 of 17 / How much do you like the way we work? / ✓ Nails — 7 / ▸ Hair / 1 — not at all, 7 — very much [1] [2] [3] [4] [5] [6] [7] [Can't rate] [Skip] [← Back] [Enough for today]

      client: [6]
      edit:   5 of 17 / How much do you like the way we work? / ✓ Nails — 7 / ✓ Hair — 6 / ▸ Cosmetology / 1 — not at all, 7 — very much [1] [2] [3] [4] [5] [6] [7] [Can't rate] [Skip] [← Back] [Enough for today]

      client: [Can't rate]
      edit:   6 of 17 / Would you recommend us to friends and family? / ▸ Nails / 1 — surely not, 10 — surely yes [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Hard to say] [Skip] [← Back] [Enough for today]

      client: [10]
      edit:   You're spoiling us 💛 / 6 of 17 / Would you recommend us to friends and family? / ✓ Nails — 10 / ▸ Hair / 1 — surely not, 10 — surely yes [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Hard to say] [Skip] [← Back] [Enough for today]

      client: [9]
      edit:   6 of 17 / Would you recommend us to friends and family? / ✓ Nails — 10 / ✓ Hair — 9 / ▸ Cosmetology / 1 — surely not, 10 — surely yes [1] [2] [3] [4] [5] [6] [7] [8] [9] [10] [Hard to say] [Skip] [← Back] [Enough for today]

      client: [8]
      edit:   7 of 17 / How much does this matter when you choose a salon? / ▸ The master / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [7]
      edit:   7 of 17 / How much does this matter when you choose a salon? / ✓ The master — 7 / ▸ Reputation / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [4]
      edit:   7 of 17 / How much does this matter when you choose a salon? / ✓ The master — 7 / ✓ Reputation — 4 / ▸ Location / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [3]
      edit:   7 of 17 / How much does this matter when you choose a salon? / ✓ The master — 7 / ✓ Reputation — 4 / ✓ Location — 3 / ▸ Price / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [5]
      edit:   7 of 17 / How much does this matter when you choose a salon? / ✓ The master — 7 / ✓ Reputation — 4 / ✓ Location — 3 / ✓ Price — 5 / ▸ Quality of work / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [7]
      edit:   7 of 17 / How much does this matter when you choose a salon? / ✓ The master — 7 / ✓ Reputation — 4 / ✓ Location — 3 / ✓ Price — 5 / ✓ Quality of work — 7 / ▸ Habit / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [2]
      edit:   7 of 17 / How much does this matter when you choose a salon? / ✓ The master — 7 / ✓ Reputation — 4 / ✓ Location — 3 / ✓ Price — 5 / ✓ Quality of work — 7 / ✓ Habit — 2 / ▸ Something else / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [1]
      edit:   8 of 17 / And if this changed for the worse here, would you stay with us? / ▸ The master / Imagine that nothing but this has changed. / 1 — would leave, 7 — would surely stay [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [2]
      edit:   8 of 17 / And if this changed for the worse here, would you stay with us? / ✓ The master — 2 / ▸ Reputation / Imagine that nothing but this has changed. / 1 — would leave, 7 — would surely stay [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [5]
      edit:   8 of 17 / And if this changed for the worse here, would you stay with us? / ✓ The master — 2 / ✓ Reputation — 5 / ▸ Location / Imagine that nothing but this has changed. / 1 — would leave, 7 — would surely stay [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [6]
      edit:   8 of 17 / And if this changed for the worse here, would you stay with us? / ✓ The master — 2 / ✓ Reputation — 5 / ✓ Location — 6 / ▸ Price / Imagine that nothing but this has changed. / 1 — would leave, 7 — would surely stay [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [4]
      edit:   8 of 17 / And if this changed for the worse here, would you stay with us? / ✓ The master — 2 / ✓ Reputation — 5 / ✓ Location — 6 / ✓ Price — 4 / ▸ Quality of work / Imagine that nothing but this has changed. / 1 — would leave, 7 — would surely stay [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [1]
      edit:   8 of 17 / And if this changed for the worse here, would you stay with us? / ✓ The master — 2 / ✓ Reputation — 5 / ✓ Location — 6 / ✓ Price — 4 / ✓ Quality of work — 1 / ▸ Habit / Imagine that nothing but this has changed. / 1 — would leave, 7 — would surely stay [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [7]
      edit:   8 of 17 / And if this changed for the worse here, would you stay with us? / ✓ The master — 2 / ✓ Reputation — 5 / ✓ Location — 6 / ✓ Price — 4 / ✓ Quality of work — 1 / ✓ Habit — 7 / ▸ Something else / Imagine that nothing but this has changed. / 1 — would leave, 7 — would surely stay [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [7]
      edit:   9 of 17 / Will you go on using our services? / ▸ Nails / 1 — surely not, 7 — surely yes [1] [2] [3] [4] [5] [6] [7] [Hard to say] [Skip] [← Back] [Enough for today]

      client: [7]
      edit:   9 of 17 / Will you go on using our services? / ✓ Nails — 7 / ▸ Hair / 1 — surely not, 7 — surely yes [1] [2] [3] [4] [5] [6] [7] [Hard to say] [Skip] [← Back] [Enough for today]

      client: [6]
      edit:   9 of 17 / Will you go on using our services? / ✓ Nails — 7 / ✓ Hair — 6 / ▸ Cosmetology / 1 — surely not, 7 — surely yes [1] [2] [3] [4] [5] [6] [7] [Hard to say] [Skip] [← Back] [Enough for today]

      client: [4]
      edit:   10 of 17 / What should we do better? / Just as it comes; several messages are fine. [Skip] [← Back] [Enough for today]

      client: Поставьте, пожалуйста, кулер
      closed: 10 of 17 / What should we do better? / Just as it comes; several messages are fine.
      bot:    Suggestions: noted. Write more, or press “Done”. [Done] [← Back] [Enough for today]

      client: [Done]
      edit:   11 of 17 / Your sex? [Female] [Male] [Skip] [← Back] [Enough for today]

      client: [Female]
      edit:   12 of 17 / How old are you? [Under 18] [18–25] [26–35] [36–45] [46 and over] [Skip] [← Back] [Enough for today]

      client: [26–35]
      edit:   13 of 17 / Your marital status? [Single] [Married] [Divorced] [Widowed] [Other] [Skip] [← Back] [Enough for today]

      client: [Married]
      edit:   14 of 17 / Your highest education? [Secondary] [Vocational] [Unfinished higher] [Higher] [Other] [Skip] [← Back] [Enough for today]

      client: [Higher]
      edit:   15 of 17 / What do you do at the moment? [Not working, not looking] [Looking for work] [Working full time] [Working part time] [Studying] [Skip] [← Back] [Enough for today]

      client: [Working full time]
      edit:   16 of 17 / How would you rate your own income? / Just a feeling, no figures. / 1 — very low, 7 — very high [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [4]
      edit:   If you like, write the amount. / There is no need to: almost everybody skips this. [Skip] [← Back] [Enough for today]

      client: [Skip]
      edit:   17 of 17 / How do you get from home to the salon? [On foot, under 10 min] [On foot, 10–20 min] [On foot, over 20 min] [By transport] [Skip] [← Back] [Enough for today]

      client: [On foot, 10–20 min]
      closed: ✓ The way here: On foot, 10–20 min
      bot:    Thank you! Those were all the questions. We're so glad you like it here. Would you tell others? A few words in a review help us a lot. [⭐ Leave a review → https://salon.example/reviews]
      bot:    🎁 Your gift: a hand massage. / Show this code at the desk: ABCDE-23456 / Valid once, until 20 January 2027. <coupon ABCDE23456>
      bot:    How can we help? [Survey] [My data] [Consents] [Language · Язык] [Write to the salon] [Help] [Forget me]
    `,
    )
    expect(valuesOf(surveyOf(chat))).toEqual(everything)
  })
})

describe('on VK', () => {
  test('in Russian: what has no room as a button can be said in words', () => {
    const chat = transcript(
      invited({ platform: 'vk' }),
      `
      client: [Давайте]
      closed: ✓ Опрос: Давайте
      bot:    Спасибо, что помогаете нам стать лучше! Это минут на пять, и почти везде хватит одного касания. Ответы сохраняются сразу: можно прерваться и вернуться, когда удобно. / 🎁 В конце вас ждёт подарок: парафиновый массаж рук. {☰ Меню}
      bot:    1 из 17 / Вы считаете себя нашим постоянным клиентом? [Да] [Пока нет] [Пропустить] [На сегодня хватит]

      client: [Да]
      edit:   2 из 17 / У вас есть наша карта постоянного клиента? [Да] [Нет] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Нет]
      edit:   3 из 17 / Как давно вы к нам ходите? [Это мой первый визит] [Меньше полугода] [От полугода до года] [1–2 года] [2–5 лет] [Больше 5 лет] [Пропустить] [← Назад] [На сегодня хватит]

      client: [1–2 года]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ▸ Ногти [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Каждый месяц]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ▸ Волосы [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [3–4 раза в год]
      edit:   4 из 17 / Как часто вы пользуетесь нашими услугами? / ✓ Ногти — Каждый месяц / ✓ Волосы — 3–4 раза в год / ▸ Косметология [Никогда] [Раз в год и реже] [1–2 раза в год] [3–4 раза в год] [Раз в два месяца] [Каждый месяц] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Раз в год и реже]
      edit:   5 из 17 / Насколько вам нравится, как у нас работают? / ▸ Ногти / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад]

      client: [7]
      edit:   Ура! Передадим мастерам. / 5 из 17 / Насколько вам нравится, как у нас работают? / ✓ Ногти — 7 / ▸ Волосы / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад]

      client: [6]
      edit:   5 из 17 / Насколько вам нравится, как у нас работают? / ✓ Ногти — 7 / ✓ Волосы — 6 / ▸ Косметология / 1 — совсем не нравится, 7 — очень нравится [1] [2] [3] [4] [5] [6] [7] [Не могу оценить] [Пропустить] [← Назад]

      client: [Не могу оценить]
      edit:   6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ▸ Ногти / 1 — точно нет, 10 — точно да / Можно и словами: «трудно сказать», «пропустить», «назад», «на сегодня хватит». [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: [10]
      edit:   Вы нас балуете 💛 / 6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 10 / ▸ Волосы / 1 — точно нет, 10 — точно да / Можно и словами: «трудно сказать», «пропустить», «назад», «на сегодня хватит». [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: [9]
      edit:   6 из 17 / Посоветуете нас друзьям, знакомым, родным? / ✓ Ногти — 10 / ✓ Волосы — 9 / ▸ Косметология / 1 — точно нет, 10 — точно да / Можно и словами: «трудно сказать», «пропустить», «назад», «на сегодня хватит». [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: [8]
      edit:   7 из 17 / Насколько это важно, когда вы выбираете салон? / ▸ Мастер / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   7 из 17 / Насколько это важно, когда вы выбираете салон? / ✓ Мастер — 7 / ▸ Репутация салона / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [4]
      edit:   7 из 17 / Насколько это важно, когда вы выбираете салон? / ✓ Мастер — 7 / ✓ Репутация салона — 4 / ▸ Удобное место / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [3]
      edit:   7 из 17 / Насколько это важно, когда вы выбираете салон? / ✓ Мастер — 7 / ✓ Репутация салона — 4 / ✓ Удобное место — 3 / ▸ Цена / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [5]
      edit:   7 из 17 / Насколько это важно, когда вы выбираете салон? / ✓ Мастер — 7 / ✓ Репутация салона — 4 / ✓ Удобное место — 3 / ✓ Цена — 5 / ▸ Качество работы / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   7 из 17 / Насколько это важно, когда вы выбираете салон? / ✓ Мастер — 7 / ✓ Репутация салона — 4 / ✓ Удобное место — 3 / ✓ Цена — 5 / ✓ Качество работы — 7 / ▸ Привычка / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [2]
      edit:   7 из 17 / Насколько это важно, когда вы выбираете салон? / ✓ Мастер — 7 / ✓ Репутация салона — 4 / ✓ Удобное место — 3 / ✓ Цена — 5 / ✓ Качество работы — 7 / ✓ Привычка — 2 / ▸ Другое / Оцените каждую причину по отдельности. / 1 — не важно, 7 — решает всё [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [1]
      edit:   8 из 17 / А если у нас это изменится не к лучшему, останетесь с нами? / ▸ Мастер / Представьте, что изменилось только это. / 1 — уйду, 7 — точно останусь [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [2]
      edit:   8 из 17 / А если у нас это изменится не к лучшему, останетесь с нами? / ✓ Мастер — 2 / ▸ Репутация салона / Представьте, что изменилось только это. / 1 — уйду, 7 — точно останусь [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [5]
      edit:   8 из 17 / А если у нас это изменится не к лучшему, останетесь с нами? / ✓ Мастер — 2 / ✓ Репутация салона — 5 / ▸ Удобное место / Представьте, что изменилось только это. / 1 — уйду, 7 — точно останусь [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [6]
      edit:   8 из 17 / А если у нас это изменится не к лучшему, останетесь с нами? / ✓ Мастер — 2 / ✓ Репутация салона — 5 / ✓ Удобное место — 6 / ▸ Цена / Представьте, что изменилось только это. / 1 — уйду, 7 — точно останусь [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [4]
      edit:   8 из 17 / А если у нас это изменится не к лучшему, останетесь с нами? / ✓ Мастер — 2 / ✓ Репутация салона — 5 / ✓ Удобное место — 6 / ✓ Цена — 4 / ▸ Качество работы / Представьте, что изменилось только это. / 1 — уйду, 7 — точно останусь [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [1]
      edit:   8 из 17 / А если у нас это изменится не к лучшему, останетесь с нами? / ✓ Мастер — 2 / ✓ Репутация салона — 5 / ✓ Удобное место — 6 / ✓ Цена — 4 / ✓ Качество работы — 1 / ▸ Привычка / Представьте, что изменилось только это. / 1 — уйду, 7 — точно останусь [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   8 из 17 / А если у нас это изменится не к лучшему, останетесь с нами? / ✓ Мастер — 2 / ✓ Репутация салона — 5 / ✓ Удобное место — 6 / ✓ Цена — 4 / ✓ Качество работы — 1 / ✓ Привычка — 7 / ▸ Другое / Представьте, что изменилось только это. / 1 — уйду, 7 — точно останусь [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [7]
      edit:   9 из 17 / Будете и дальше пользоваться нашими услугами? / ▸ Ногти / 1 — точно нет, 7 — точно да [1] [2] [3] [4] [5] [6] [7] [Трудно сказать] [Пропустить] [← Назад]

      client: [7]
      edit:   9 из 17 / Будете и дальше пользоваться нашими услугами? / ✓ Ногти — 7 / ▸ Волосы / 1 — точно нет, 7 — точно да [1] [2] [3] [4] [5] [6] [7] [Трудно сказать] [Пропустить] [← Назад]

      client: [6]
      edit:   9 из 17 / Будете и дальше пользоваться нашими услугами? / ✓ Ногти — 7 / ✓ Волосы — 6 / ▸ Косметология / 1 — точно нет, 7 — точно да [1] [2] [3] [4] [5] [6] [7] [Трудно сказать] [Пропустить] [← Назад]

      client: [4]
      edit:   10 из 17 / Что нам сделать лучше? / Пишите как есть, можно несколькими сообщениями. [Пропустить] [← Назад] [На сегодня хватит]

      client: Поставьте, пожалуйста, кулер
      closed: 10 из 17 / Что нам сделать лучше? / Пишите как есть, можно несколькими сообщениями.
      bot:    Пожелания: записали. Можно написать ещё или нажать «Готово». [Готово] [← Назад] [На сегодня хватит]

      client: [Готово]
      edit:   11 из 17 / Ваш пол? [Женский] [Мужской] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Женский]
      edit:   12 из 17 / Сколько вам лет? [До 18] [18–25] [26–35] [36–45] [46 и больше] [Пропустить] [← Назад] [На сегодня хватит]

      client: [26–35]
      edit:   13 из 17 / Ваше семейное положение? [Не в браке] [В браке] [В разводе] [Вдова, вдовец] [Другое] [Пропустить] [← Назад] [На сегодня хватит]

      client: [В браке]
      edit:   14 из 17 / Какое у вас образование? [Среднее] [Среднее специальное] [Неоконченное высшее] [Высшее] [Другое] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Высшее]
      edit:   15 из 17 / Чем вы сейчас заняты? [Не работаю и не ищу] [Ищу работу] [Работаю полный день] [Работаю неполный день] [Учусь] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Работаю полный день]
      edit:   16 из 17 / Как вы сами оцениваете свой доход? / На глаз, без цифр. / 1 — очень низкий, 7 — очень высокий [1] [2] [3] [4] [5] [6] [7] [Пропустить] [← Назад] [На сегодня хватит]

      client: [4]
      edit:   Если хотите, напишите сумму. / Совсем не обязательно: почти все пропускают. [Пропустить] [← Назад] [На сегодня хватит]

      client: [Пропустить]
      edit:   17 из 17 / Как вы добираетесь до салона из дома? [Пешком до 10 минут] [Пешком 10–20 минут] [Пешком дольше 20 минут] [На транспорте] [Пропустить] [← Назад] [На сегодня хватит]

      client: [Пешком 10–20 минут]
      closed: ✓ Дорога: Пешком 10–20 минут
      bot:    Спасибо! Это были все вопросы. Так приятно, что вам у нас хорошо. Расскажете об этом другим? Пара слов в отзыве очень нам поможет. [⭐ Оставить отзыв → https://salon.example/reviews]
      bot:    🎁 Ваш подарок: парафиновый массаж рук. / Покажите этот код администратору: ABCDE-23456 / Действует один раз, до 20 января 2027. {☰ Меню} <coupon ABCDE23456>
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(valuesOf(surveyOf(chat))).toEqual(everything)
  })

  test('in English', () => {
    const chat = transcript(
      invited({ platform: 'vk', language: 'en' }),
      `
      client: [Let's go]
      closed: ✓ Survey: Let's go
      bot:    Thank you for helping us get better! It takes about five minutes, and one tap is nearly always enough. Answers are saved at once: stop and come back whenever you like. / 🎁 There is a gift for you at the end: a hand massage. {☰ Menu}
      bot:    1 of 17 / Do you see yourself as one of our regulars? [Yes] [Not yet] [Skip] [Enough for today]

      client: [Yes]
      edit:   2 of 17 / Do you have our loyalty card? [Yes] [No] [Skip] [← Back] [Enough for today]

      client: [No]
      edit:   3 of 17 / How long have you been coming to us? [This is my first visit] [Under 6 months] [6 to 12 months] [1–2 years] [2–5 years] [Over 5 years] [Skip] [← Back] [Enough for today]

      client: [1–2 years]
      edit:   4 of 17 / How often do you use our services? / ▸ Nails [Never] [Once a year or less] [1–2 times a year] [3–4 times a year] [Every two months] [Every month] [Skip] [← Back] [Enough for today]

      client: [Every month]
      edit:   4 of 17 / How often do you use our services? / ✓ Nails — Every month / ▸ Hair [Never] [Once a year or less] [1–2 times a year] [3–4 times a year] [Every two months] [Every month] [Skip] [← Back] [Enough for today]

      client: [3–4 times a year]
      edit:   4 of 17 / How often do you use our services? / ✓ Nails — Every month / ✓ Hair — 3–4 times a year / ▸ Cosmetology [Never] [Once a year or less] [1–2 times a year] [3–4 times a year] [Every two months] [Every month] [Skip] [← Back] [Enough for today]

      client: [Once a year or less]
      edit:   5 of 17 / How much do you like the way we work? / ▸ Nails / 1 — not at all, 7 — very much [1] [2] [3] [4] [5] [6] [7] [Can't rate] [Skip] [← Back]

      client: [7]
      edit:   Hooray! We'll tell the masters. / 5 of 17 / How much do you like the way we work? / ✓ Nails — 7 / ▸ Hair / 1 — not at all, 7 — very much [1] [2] [3] [4] [5] [6] [7] [Can't rate] [Skip] [← Back]

      client: [6]
      edit:   5 of 17 / How much do you like the way we work? / ✓ Nails — 7 / ✓ Hair — 6 / ▸ Cosmetology / 1 — not at all, 7 — very much [1] [2] [3] [4] [5] [6] [7] [Can't rate] [Skip] [← Back]

      client: [Can't rate]
      edit:   6 of 17 / Would you recommend us to friends and family? / ▸ Nails / 1 — surely not, 10 — surely yes / Or in words: “hard to say”, “skip”, “back”, “enough for today”. [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: [10]
      edit:   You're spoiling us 💛 / 6 of 17 / Would you recommend us to friends and family? / ✓ Nails — 10 / ▸ Hair / 1 — surely not, 10 — surely yes / Or in words: “hard to say”, “skip”, “back”, “enough for today”. [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: [9]
      edit:   6 of 17 / Would you recommend us to friends and family? / ✓ Nails — 10 / ✓ Hair — 9 / ▸ Cosmetology / 1 — surely not, 10 — surely yes / Or in words: “hard to say”, “skip”, “back”, “enough for today”. [1] [2] [3] [4] [5] [6] [7] [8] [9] [10]

      client: [8]
      edit:   7 of 17 / How much does this matter when you choose a salon? / ▸ The master / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [7]
      edit:   7 of 17 / How much does this matter when you choose a salon? / ✓ The master — 7 / ▸ Reputation / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [4]
      edit:   7 of 17 / How much does this matter when you choose a salon? / ✓ The master — 7 / ✓ Reputation — 4 / ▸ Location / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [3]
      edit:   7 of 17 / How much does this matter when you choose a salon? / ✓ The master — 7 / ✓ Reputation — 4 / ✓ Location — 3 / ▸ Price / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [5]
      edit:   7 of 17 / How much does this matter when you choose a salon? / ✓ The master — 7 / ✓ Reputation — 4 / ✓ Location — 3 / ✓ Price — 5 / ▸ Quality of work / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [7]
      edit:   7 of 17 / How much does this matter when you choose a salon? / ✓ The master — 7 / ✓ Reputation — 4 / ✓ Location — 3 / ✓ Price — 5 / ✓ Quality of work — 7 / ▸ Habit / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [2]
      edit:   7 of 17 / How much does this matter when you choose a salon? / ✓ The master — 7 / ✓ Reputation — 4 / ✓ Location — 3 / ✓ Price — 5 / ✓ Quality of work — 7 / ✓ Habit — 2 / ▸ Something else / Rate each reason on its own. / 1 — does not matter, 7 — decides it [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [1]
      edit:   8 of 17 / And if this changed for the worse here, would you stay with us? / ▸ The master / Imagine that nothing but this has changed. / 1 — would leave, 7 — would surely stay [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [2]
      edit:   8 of 17 / And if this changed for the worse here, would you stay with us? / ✓ The master — 2 / ▸ Reputation / Imagine that nothing but this has changed. / 1 — would leave, 7 — would surely stay [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [5]
      edit:   8 of 17 / And if this changed for the worse here, would you stay with us? / ✓ The master — 2 / ✓ Reputation — 5 / ▸ Location / Imagine that nothing but this has changed. / 1 — would leave, 7 — would surely stay [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [6]
      edit:   8 of 17 / And if this changed for the worse here, would you stay with us? / ✓ The master — 2 / ✓ Reputation — 5 / ✓ Location — 6 / ▸ Price / Imagine that nothing but this has changed. / 1 — would leave, 7 — would surely stay [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [4]
      edit:   8 of 17 / And if this changed for the worse here, would you stay with us? / ✓ The master — 2 / ✓ Reputation — 5 / ✓ Location — 6 / ✓ Price — 4 / ▸ Quality of work / Imagine that nothing but this has changed. / 1 — would leave, 7 — would surely stay [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [1]
      edit:   8 of 17 / And if this changed for the worse here, would you stay with us? / ✓ The master — 2 / ✓ Reputation — 5 / ✓ Location — 6 / ✓ Price — 4 / ✓ Quality of work — 1 / ▸ Habit / Imagine that nothing but this has changed. / 1 — would leave, 7 — would surely stay [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [7]
      edit:   8 of 17 / And if this changed for the worse here, would you stay with us? / ✓ The master — 2 / ✓ Reputation — 5 / ✓ Location — 6 / ✓ Price — 4 / ✓ Quality of work — 1 / ✓ Habit — 7 / ▸ Something else / Imagine that nothing but this has changed. / 1 — would leave, 7 — would surely stay [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [7]
      edit:   9 of 17 / Will you go on using our services? / ▸ Nails / 1 — surely not, 7 — surely yes [1] [2] [3] [4] [5] [6] [7] [Hard to say] [Skip] [← Back]

      client: [7]
      edit:   9 of 17 / Will you go on using our services? / ✓ Nails — 7 / ▸ Hair / 1 — surely not, 7 — surely yes [1] [2] [3] [4] [5] [6] [7] [Hard to say] [Skip] [← Back]

      client: [6]
      edit:   9 of 17 / Will you go on using our services? / ✓ Nails — 7 / ✓ Hair — 6 / ▸ Cosmetology / 1 — surely not, 7 — surely yes [1] [2] [3] [4] [5] [6] [7] [Hard to say] [Skip] [← Back]

      client: [4]
      edit:   10 of 17 / What should we do better? / Just as it comes; several messages are fine. [Skip] [← Back] [Enough for today]

      client: Поставьте, пожалуйста, кулер
      closed: 10 of 17 / What should we do better? / Just as it comes; several messages are fine.
      bot:    Suggestions: noted. Write more, or press “Done”. [Done] [← Back] [Enough for today]

      client: [Done]
      edit:   11 of 17 / Your sex? [Female] [Male] [Skip] [← Back] [Enough for today]

      client: [Female]
      edit:   12 of 17 / How old are you? [Under 18] [18–25] [26–35] [36–45] [46 and over] [Skip] [← Back] [Enough for today]

      client: [26–35]
      edit:   13 of 17 / Your marital status? [Single] [Married] [Divorced] [Widowed] [Other] [Skip] [← Back] [Enough for today]

      client: [Married]
      edit:   14 of 17 / Your highest education? [Secondary] [Vocational] [Unfinished higher] [Higher] [Other] [Skip] [← Back] [Enough for today]

      client: [Higher]
      edit:   15 of 17 / What do you do at the moment? [Not working, not looking] [Looking for work] [Working full time] [Working part time] [Studying] [Skip] [← Back] [Enough for today]

      client: [Working full time]
      edit:   16 of 17 / How would you rate your own income? / Just a feeling, no figures. / 1 — very low, 7 — very high [1] [2] [3] [4] [5] [6] [7] [Skip] [← Back] [Enough for today]

      client: [4]
      edit:   If you like, write the amount. / There is no need to: almost everybody skips this. [Skip] [← Back] [Enough for today]

      client: [Skip]
      edit:   17 of 17 / How do you get from home to the salon? [On foot, under 10 min] [On foot, 10–20 min] [On foot, over 20 min] [By transport] [Skip] [← Back] [Enough for today]

      client: [On foot, 10–20 min]
      closed: ✓ The way here: On foot, 10–20 min
      bot:    Thank you! Those were all the questions. We're so glad you like it here. Would you tell others? A few words in a review help us a lot. [⭐ Leave a review → https://salon.example/reviews]
      bot:    🎁 Your gift: a hand massage. / Show this code at the desk: ABCDE-23456 / Valid once, until 20 January 2027. {☰ Menu} <coupon ABCDE23456>
      bot:    How can we help? [Survey] [My data] [Consents] [Language · Язык] [Write to the salon] [Help] [Forget me]
    `,
    )
    expect(valuesOf(surveyOf(chat))).toEqual(everything)
  })
})
