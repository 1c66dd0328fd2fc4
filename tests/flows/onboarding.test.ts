/** Getting to know each other, straight through. */
import { describe, expect, test } from 'vitest'
import { openChat, salon, transcript } from './transcript.ts'

describe('by buttons', () => {
  test('on Telegram, in Russian', () => {
    const chat = transcript(
      {},
      `
      client: /start
      bot:    Здравствуйте! Это салон «Ромашка». / Давайте познакомимся: несколько коротких вопросов, около минуты. Так мы подберём для вас мастера и удобное время.
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]

      client: [Да, согласие даю]
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. / ✓ Да, согласие даю
      bot:    Присылать вам предложения и скидки? Это не обязательно, и отказаться можно в любой момент. [Да, присылайте] [Нет, не нужно] [Полный текст]

      client: [Да, присылайте]
      closed: Присылать вам предложения и скидки? Это не обязательно, и отказаться можно в любой момент. / ✓ Да, присылайте
      bot:    1 из 7 / Как к вам обращаться? [Анна] [Не сейчас]

      client: [Анна]
      closed: ✓ Имя: Анна
      bot:    2 из 7 / Какой у вас номер телефона? По нему мы подтвердим запись. / Нажмите кнопку внизу или напишите номер. {📱 Отправить мой номер} {Пропустить} {← Назад} {Не сейчас}

      client: (contact 79123456789)
      bot:    ✓ Телефон: +7 912 345 67 89 {}
      bot:    3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [Не сейчас]

      client: 17 апреля
      closed: ✓ День рождения: 17 апреля
      bot:    4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]

      client: [Ногти]
      edit:   4 из 7 / Что вам интересно? / Можно выбрать несколько. [✓ Ногти] [Волосы] [Косметология] [Готово] [← Назад] [Не сейчас]

      client: [Волосы]
      edit:   4 из 7 / Что вам интересно? / Можно выбрать несколько. [✓ Ногти] [✓ Волосы] [Косметология] [Готово] [← Назад] [Не сейчас]

      client: [Готово]
      edit:   ✓ Интересно: Ногти, Волосы / 5 из 7 / К какому мастеру вы хотели бы попасть? [Любой мастер] [Ольга] [Ирина] [Пропустить] [← Назад] [Не сейчас]

      client: [Ирина]
      edit:   ✓ Интересно: Ногти, Волосы / ✓ Мастер: Ирина / 6 из 7 / Когда вам удобнее приходить? / Можно выбрать несколько. [Будни утром] [Будни днём] [Будни вечером] [Выходные] [Пропустить] [← Назад] [Не сейчас]

      client: [Будни утром]
      edit:   ✓ Интересно: Ногти, Волосы / ✓ Мастер: Ирина / 6 из 7 / Когда вам удобнее приходить? / Можно выбрать несколько. [✓ Будни утром] [Будни днём] [Будни вечером] [Выходные] [Готово] [← Назад] [Не сейчас]

      client: [Выходные]
      edit:   ✓ Интересно: Ногти, Волосы / ✓ Мастер: Ирина / 6 из 7 / Когда вам удобнее приходить? / Можно выбрать несколько. [✓ Будни утром] [Будни днём] [Будни вечером] [✓ Выходные] [Готово] [← Назад] [Не сейчас]

      client: [Готово]
      edit:   ✓ Интересно: Ногти, Волосы / ✓ Мастер: Ирина / ✓ Удобное время: Будни утром, Выходные / 7 из 7 / Откуда вы о нас узнали? [От знакомых] [Из соцсетей] [На картах] [Поиск в интернете] [Шли мимо] [Другое] [Пропустить] [← Назад] [Не сейчас]

      client: [От знакомых]
      edit:   Проверьте, пожалуйста: / Имя: Анна / Телефон: +7 912 345 67 89 / День рождения: 17 апреля / Интересно: Ногти, Волосы / Мастер: Ирина / Удобное время: Будни утром, Выходные / Откуда узнали: От знакомых [Всё верно] [✎ Имя] [✎ Телефон] [✎ День рождения] [✎ Интересно] [✎ Мастер] [✎ Удобное время] [✎ Откуда узнали] [← Назад]

      client: [Всё верно]
      closed: Проверьте, пожалуйста: / Имя: Анна / Телефон: +7 912 345 67 89 / День рождения: 17 апреля / Интересно: Ногти, Волосы / Мастер: Ирина / Удобное время: Будни утром, Выходные / Откуда узнали: От знакомых
      bot:    Приятно познакомиться, Анна! Будем рады вас видеть.
      bot:    Расскажете, как вам у нас? Это минут пять, почти везде хватит одного касания. [Давайте] [Вечером] [Нет, спасибо]
    `,
    )
    expect(chat.known().client).toMatchObject({
      name: 'Анна',
      phone: '+79123456789',
      birthday: { day: 17, month: 4 },
      lines: ['nails', 'hair'],
      master: 'ira',
      convenientTimes: ['morning', 'weekend'],
      heardFrom: 'friends',
    })
    expect(chat.known().client.onboardedAt).toBeDefined()
    expect(chat.facts).toContainEqual({ kind: 'phone', phone: '+79123456789', confirmed: true })
    expect(chat.facts).toContainEqual({ kind: 'notice', what: 'newClient' })
  })

  test('on Telegram, in English', () =>
    transcript(
      { language: 'en', firstName: 'Anna' },
      `
      client: /start
      bot:    Hello! This is Daisy. / Let's get to know each other: a few short questions, about a minute. It helps us find the right master and a convenient time for you.
      bot:    May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. [Yes, I give consent] [No, thanks] [Full text] [Русский]

      client: [Yes, I give consent]
      closed: May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. / ✓ Yes, I give consent
      bot:    Shall we send you offers and discounts? It's optional, and you can stop it at any time. [Yes, please] [No, thank you] [Full text]

      client: [No, thank you]
      closed: Shall we send you offers and discounts? It's optional, and you can stop it at any time. / ✓ No, thank you
      bot:    1 of 7 / What should we call you? [Anna] [Not now]

      client: [Anna]
      closed: ✓ Name: Anna
      bot:    2 of 7 / What is your phone number? We'll use it to confirm your visits. / Press the button below, or type the number. {📱 Share my number} {Skip} {← Back} {Not now}

      client: (contact 79123456789)
      bot:    ✓ Phone: +7 912 345 67 89 {}
      bot:    3 of 7 / When is your birthday? / We'd love to wish you a happy one. / For example 17.04 or 17.04.1990: the year is up to you. [Skip] [← Back] [Not now]

      client: April 17, 1990
      closed: ✓ Birthday: 17 April 1990
      bot:    4 of 7 / What are you interested in? / You can choose several. [Nails] [Hair] [Cosmetology] [Skip] [← Back] [Not now]

      client: [Nails]
      edit:   4 of 7 / What are you interested in? / You can choose several. [✓ Nails] [Hair] [Cosmetology] [Done] [← Back] [Not now]

      client: [Cosmetology]
      edit:   4 of 7 / What are you interested in? / You can choose several. [✓ Nails] [Hair] [✓ Cosmetology] [Done] [← Back] [Not now]

      client: [Done]
      edit:   ✓ Interested in: Nails, Cosmetology / 5 of 7 / Which master would you like to see? [Any master] [Olga] [Irina] [Skip] [← Back] [Not now]

      client: [Any master]
      edit:   ✓ Interested in: Nails, Cosmetology / ✓ Master: Any master / 6 of 7 / When is it convenient for you to come? / You can choose several. [Weekday mornings] [Weekday afternoons] [Weekday evenings] [Weekends] [Skip] [← Back] [Not now]

      client: [Weekday evenings]
      edit:   ✓ Interested in: Nails, Cosmetology / ✓ Master: Any master / 6 of 7 / When is it convenient for you to come? / You can choose several. [Weekday mornings] [Weekday afternoons] [✓ Weekday evenings] [Weekends] [Done] [← Back] [Not now]

      client: [Done]
      edit:   ✓ Interested in: Nails, Cosmetology / ✓ Master: Any master / ✓ Convenient time: Weekday evenings / 7 of 7 / How did you hear of us? [From friends] [Social networks] [On a map] [Web search] [Walking by] [Another way] [Skip] [← Back] [Not now]

      client: [On a map]
      edit:   Please check: / Name: Anna / Phone: +7 912 345 67 89 / Birthday: 17 April 1990 / Interested in: Nails, Cosmetology / Master: Any master / Convenient time: Weekday evenings / Heard of us: On a map [All correct] [✎ Name] [✎ Phone] [✎ Birthday] [✎ Interested in] [✎ Master] [✎ Convenient time] [✎ Heard of us] [← Back]

      client: [All correct]
      closed: Please check: / Name: Anna / Phone: +7 912 345 67 89 / Birthday: 17 April 1990 / Interested in: Nails, Cosmetology / Master: Any master / Convenient time: Weekday evenings / Heard of us: On a map
      bot:    Nice to meet you, Anna! We look forward to seeing you.
      bot:    Will you tell us how you like it here? It takes about five minutes, and one tap is nearly always enough. [Let's go] [In the evening] [No, thanks]
    `,
    ))

  test('on VK, in Russian: the menu stays under the input field, the phone is typed', () =>
    transcript(
      { platform: 'vk' },
      `
      client: /start
      bot:    Здравствуйте! Это салон «Ромашка». / Давайте познакомимся: несколько коротких вопросов, около минуты. Так мы подберём для вас мастера и удобное время. {☰ Меню}
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]

      client: [Да, согласие даю]
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. / ✓ Да, согласие даю
      bot:    Присылать вам предложения и скидки? Это не обязательно, и отказаться можно в любой момент. [Да, присылайте] [Нет, не нужно] [Полный текст]

      client: [Нет, не нужно]
      closed: Присылать вам предложения и скидки? Это не обязательно, и отказаться можно в любой момент. / ✓ Нет, не нужно
      bot:    1 из 7 / Как к вам обращаться? [Анна] [Не сейчас]

      client: [Анна]
      edit:   ✓ Имя: Анна / 2 из 7 / Какой у вас номер телефона? По нему мы подтвердим запись. / Напишите номер, например +7 912 345-67-89. [Пропустить] [← Назад] [Не сейчас]

      client: +7 912 345-67-89
      closed: ✓ Имя: Анна / ✓ Телефон: +7 912 345 67 89
      bot:    3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [Не сейчас]

      client: [Пропустить]
      edit:   ✓ День рождения: — / 4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]

      client: [Косметология]
      edit:   ✓ День рождения: — / 4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [✓ Косметология] [Готово] [← Назад] [Не сейчас]

      client: [Готово]
      edit:   ✓ День рождения: — / ✓ Интересно: Косметология / 5 из 6 / Когда вам удобнее приходить? / Можно выбрать несколько. [Будни утром] [Будни днём] [Будни вечером] [Выходные] [Пропустить] [← Назад] [Не сейчас]

      client: [Выходные]
      edit:   ✓ День рождения: — / ✓ Интересно: Косметология / 5 из 6 / Когда вам удобнее приходить? / Можно выбрать несколько. [Будни утром] [Будни днём] [Будни вечером] [✓ Выходные] [Готово] [← Назад] [Не сейчас]

      client: [Готово]
      edit:   ✓ День рождения: — / ✓ Интересно: Косметология / ✓ Удобное время: Выходные / 6 из 6 / Откуда вы о нас узнали? [От знакомых] [Из соцсетей] [На картах] [Поиск в интернете] [Шли мимо] [Другое] [Пропустить] [← Назад] [Не сейчас]

      client: [Другое]
      edit:   Проверьте, пожалуйста: / Имя: Анна / Телефон: +7 912 345 67 89 / День рождения: — / Интересно: Косметология / Удобное время: Выходные / Откуда узнали: Другое [Всё верно] [✎ Имя] [✎ Телефон] [✎ День рождения] [✎ Интересно] [✎ Удобное время] [✎ Откуда узнали] [← Назад]

      client: [Всё верно]
      closed: Проверьте, пожалуйста: / Имя: Анна / Телефон: +7 912 345 67 89 / День рождения: — / Интересно: Косметология / Удобное время: Выходные / Откуда узнали: Другое
      bot:    Приятно познакомиться, Анна! Будем рады вас видеть. {☰ Меню}
      bot:    Расскажете, как вам у нас? Это минут пять, почти везде хватит одного касания. [Давайте] [Вечером] [Нет, спасибо]
    `,
    ))

  test('on VK, in English', () =>
    transcript(
      { platform: 'vk', language: 'en', firstName: 'Anna' },
      `
      client: Hi!
      bot:    Hello! This is Daisy. / Let's get to know each other: a few short questions, about a minute. It helps us find the right master and a convenient time for you. {☰ Menu}
      bot:    May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. [Yes, I give consent] [No, thanks] [Full text] [Русский]

      client: [Yes, I give consent]
      closed: May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. / ✓ Yes, I give consent
      bot:    Shall we send you offers and discounts? It's optional, and you can stop it at any time. [Yes, please] [No, thank you] [Full text]

      client: [Yes, please]
      closed: Shall we send you offers and discounts? It's optional, and you can stop it at any time. / ✓ Yes, please
      bot:    1 of 7 / What should we call you? [Anna] [Not now]

      client: [Anna]
      edit:   ✓ Name: Anna / 2 of 7 / What is your phone number? We'll use it to confirm your visits. / Type the number, for example +7 912 345-67-89. [Skip] [← Back] [Not now]

      client: [Skip]
      edit:   ✓ Name: Anna / ✓ Phone: — / 3 of 7 / When is your birthday? / We'd love to wish you a happy one. / For example 17.04 or 17.04.1990: the year is up to you. [Skip] [← Back] [Not now]

      client: 17.04
      closed: ✓ Name: Anna / ✓ Phone: — / ✓ Birthday: 17 April
      bot:    4 of 7 / What are you interested in? / You can choose several. [Nails] [Hair] [Cosmetology] [Skip] [← Back] [Not now]

      client: [Skip]
      edit:   ✓ Interested in: — / 5 of 7 / Which master would you like to see? [Any master] [Olga] [Irina] [Skip] [← Back] [Not now]

      client: [Olga]
      edit:   ✓ Interested in: — / ✓ Master: Olga / 6 of 7 / When is it convenient for you to come? / You can choose several. [Weekday mornings] [Weekday afternoons] [Weekday evenings] [Weekends] [Skip] [← Back] [Not now]

      client: [Skip]
      edit:   ✓ Interested in: — / ✓ Master: Olga / ✓ Convenient time: — / 7 of 7 / How did you hear of us? [From friends] [Social networks] [On a map] [Web search] [Walking by] [Another way] [Skip] [← Back] [Not now]

      client: [Skip]
      edit:   Please check: / Name: Anna / Phone: — / Birthday: 17 April / Interested in: — / Master: Olga / Convenient time: — / Heard of us: — [All correct] [✎ Name] [✎ Phone] [✎ Birthday] [✎ Interested in] [✎ Master] [✎ Convenient time] [✎ Heard of us] [← Back]

      client: [All correct]
      closed: Please check: / Name: Anna / Phone: — / Birthday: 17 April / Interested in: — / Master: Olga / Convenient time: — / Heard of us: —
      bot:    Nice to meet you, Anna! We look forward to seeing you. {☰ Menu}
      bot:    Will you tell us how you like it here? It takes about five minutes, and one tap is nearly always enough. [Let's go] [In the evening] [No, thanks]
    `,
    ))
})

describe('by typing everything', () => {
  test('on Telegram, in Russian', () => {
    const chat = transcript(
      {},
      `
      client: Начать
      bot:    Здравствуйте! Это салон «Ромашка». / Давайте познакомимся: несколько коротких вопросов, около минуты. Так мы подберём для вас мастера и удобное время.
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]

      client: да
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. / ✓ Да, согласие даю
      bot:    Присылать вам предложения и скидки? Это не обязательно, и отказаться можно в любой момент. [Да, присылайте] [Нет, не нужно] [Полный текст]

      client: нет
      closed: Присылать вам предложения и скидки? Это не обязательно, и отказаться можно в любой момент. / ✓ Нет, не нужно
      bot:    1 из 7 / Как к вам обращаться? [Анна] [Не сейчас]

      client: Анна Каренина
      closed: ✓ Имя: Анна Каренина
      bot:    2 из 7 / Какой у вас номер телефона? По нему мы подтвердим запись. / Нажмите кнопку внизу или напишите номер. {📱 Отправить мой номер} {Пропустить} {← Назад} {Не сейчас}

      client: 8 912 345-67-89
      bot:    ✓ Телефон: +7 912 345 67 89 {}
      bot:    3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [Не сейчас]

      client: 17-го апреля 1990 г.
      closed: ✓ День рождения: 17 апреля 1990
      bot:    4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]

      client: ногти, волосы
      closed: ✓ Интересно: Ногти, Волосы
      bot:    5 из 7 / К какому мастеру вы хотели бы попасть? [Любой мастер] [Ольга] [Ирина] [Пропустить] [← Назад] [Не сейчас]

      client: 2
      closed: ✓ Мастер: Ольга
      bot:    6 из 7 / Когда вам удобнее приходить? / Можно выбрать несколько. [Будни утром] [Будни днём] [Будни вечером] [Выходные] [Пропустить] [← Назад] [Не сейчас]

      client: будни вечером и выходные
      closed: ✓ Удобное время: Будни вечером, Выходные
      bot:    7 из 7 / Откуда вы о нас узнали? [От знакомых] [Из соцсетей] [На картах] [Поиск в интернете] [Шли мимо] [Другое] [Пропустить] [← Назад] [Не сейчас]

      client: от знакомых
      closed: ✓ Откуда узнали: От знакомых
      bot:    Проверьте, пожалуйста: / Имя: Анна Каренина / Телефон: +7 912 345 67 89 / День рождения: 17 апреля 1990 / Интересно: Ногти, Волосы / Мастер: Ольга / Удобное время: Будни вечером, Выходные / Откуда узнали: От знакомых [Всё верно] [✎ Имя] [✎ Телефон] [✎ День рождения] [✎ Интересно] [✎ Мастер] [✎ Удобное время] [✎ Откуда узнали] [← Назад]

      client: всё верно
      closed: Проверьте, пожалуйста: / Имя: Анна Каренина / Телефон: +7 912 345 67 89 / День рождения: 17 апреля 1990 / Интересно: Ногти, Волосы / Мастер: Ольга / Удобное время: Будни вечером, Выходные / Откуда узнали: От знакомых
      bot:    Приятно познакомиться, Анна Каренина! Будем рады вас видеть.
      bot:    Расскажете, как вам у нас? Это минут пять, почти везде хватит одного касания. [Давайте] [Вечером] [Нет, спасибо]
    `,
    )
    expect(chat.known().client).toMatchObject({
      name: 'Анна Каренина',
      phone: '+79123456789',
      birthday: { day: 17, month: 4, year: 1990 },
      lines: ['nails', 'hair'],
      master: 'olga',
      convenientTimes: ['evening', 'weekend'],
      heardFrom: 'friends',
    })
    expect(chat.facts).toContainEqual({ kind: 'phone', phone: '+79123456789', confirmed: false })
  })

  test('on VK, in English', () => {
    const chat = transcript(
      { platform: 'vk', language: 'en', firstName: 'Anna' },
      `
      client: hello
      bot:    Hello! This is Daisy. / Let's get to know each other: a few short questions, about a minute. It helps us find the right master and a convenient time for you. {☰ Menu}
      bot:    May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. [Yes, I give consent] [No, thanks] [Full text] [Русский]

      client: yes
      closed: May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. / ✓ Yes, I give consent
      bot:    Shall we send you offers and discounts? It's optional, and you can stop it at any time. [Yes, please] [No, thank you] [Full text]

      client: yes
      closed: Shall we send you offers and discounts? It's optional, and you can stop it at any time. / ✓ Yes, please
      bot:    1 of 7 / What should we call you? [Anna] [Not now]

      client: yes
      closed: ✓ Name: Anna
      bot:    2 of 7 / What is your phone number? We'll use it to confirm your visits. / Type the number, for example +7 912 345-67-89. [Skip] [← Back] [Not now]

      client: +44 20 7946 0958
      closed: ✓ Phone: +44 20 7946 0958
      bot:    3 of 7 / When is your birthday? / We'd love to wish you a happy one. / For example 17.04 or 17.04.1990: the year is up to you. [Skip] [← Back] [Not now]

      client: Apr 17
      closed: ✓ Birthday: 17 April
      bot:    4 of 7 / What are you interested in? / You can choose several. [Nails] [Hair] [Cosmetology] [Skip] [← Back] [Not now]

      client: all
      closed: ✓ Interested in: Nails, Hair, Cosmetology
      bot:    5 of 7 / Which master would you like to see? [Any master] [Olga] [Irina] [Skip] [← Back] [Not now]

      client: any
      closed: ✓ Master: Any master
      bot:    6 of 7 / When is it convenient for you to come? / You can choose several. [Weekday mornings] [Weekday afternoons] [Weekday evenings] [Weekends] [Skip] [← Back] [Not now]

      client: 1 4
      closed: ✓ Convenient time: Weekday mornings, Weekends
      bot:    7 of 7 / How did you hear of us? [From friends] [Social networks] [On a map] [Web search] [Walking by] [Another way] [Skip] [← Back] [Not now]

      client: from friends
      closed: ✓ Heard of us: From friends
      bot:    Please check: / Name: Anna / Phone: +44 20 7946 0958 / Birthday: 17 April / Interested in: Nails, Hair, Cosmetology / Master: Any master / Convenient time: Weekday mornings, Weekends / Heard of us: From friends [All correct] [✎ Name] [✎ Phone] [✎ Birthday] [✎ Interested in] [✎ Master] [✎ Convenient time] [✎ Heard of us] [← Back]

      client: yes
      closed: Please check: / Name: Anna / Phone: +44 20 7946 0958 / Birthday: 17 April / Interested in: Nails, Hair, Cosmetology / Master: Any master / Convenient time: Weekday mornings, Weekends / Heard of us: From friends
      bot:    Nice to meet you, Anna! We look forward to seeing you. {☰ Menu}
      bot:    Will you tell us how you like it here? It takes about five minutes, and one tap is nearly always enough. [Let's go] [In the evening] [No, thanks]
    `,
    )
    expect(chat.known().client).toMatchObject({
      name: 'Anna',
      phone: '+442079460958',
      lines: ['nails', 'hair', 'face'],
      master: 'any',
      convenientTimes: ['morning', 'weekend'],
      heardFrom: 'friends',
    })
    expect(chat.known().client.advertisingConsentAt).toBeDefined()
  })
})

describe('what is known already is not asked', () => {
  test('a link tells where the client heard of us', () => {
    const chat = transcript(
      { before: ['(start vk_july)', 'да', 'нет', 'Анна', 'пропустить', 'пропустить', 'пропустить', 'любой'] },
      `
      client: [Пропустить]
      edit:   Проверьте, пожалуйста: / Имя: Анна / Телефон: — / День рождения: — / Интересно: — / Мастер: Любой мастер / Удобное время: — [Всё верно] [✎ Имя] [✎ Телефон] [✎ День рождения] [✎ Интересно] [✎ Мастер] [✎ Удобное время] [← Назад]

      client: [Всё верно]
      closed: Проверьте, пожалуйста: / Имя: Анна / Телефон: — / День рождения: — / Интересно: — / Мастер: Любой мастер / Удобное время: —
      bot:    Приятно познакомиться, Анна! Будем рады вас видеть.
      bot:    Расскажете, как вам у нас? Это минут пять, почти везде хватит одного касания. [Давайте] [Вечером] [Нет, спасибо]
    `,
    )
    expect(chat.known().chat.source).toBe('vk_july')
  })

  test('a birthday from the open VK profile is one press', () => {
    const lines = ['/start', 'да', 'нет', 'Анна']
    const chat = openChat({ platform: 'vk' })
    for (const line of lines) chat.play(line)
    const known = chat.known()
    const learned = { ...known, client: { ...known.client, birthday: { day: 17, month: 4, year: 1990 } } }
    const end = transcript(
      { platform: 'vk', known: learned },
      `
      client: пропустить
      closed: ✓ Телефон: —
      bot:    3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить. [17 апреля 1990] [Пропустить] [← Назад] [Не сейчас]

      client: [17 апреля 1990]
      edit:   ✓ День рождения: 17 апреля 1990 / 4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]
    `,
    )
    expect(end.known().client.birthday).toEqual({ day: 17, month: 4, year: 1990 })
  })

  test('with one line and no masters neither is asked', () =>
    transcript(
      {
        salon: { lines: salon.lines.slice(0, 1), masters: [] },
        before: ['/start', 'да', 'нет', 'Анна', 'пропустить'],
      },
      `
      client: пропустить
      closed: ✓ День рождения: —
      bot:    4 из 5 / Когда вам удобнее приходить? / Можно выбрать несколько. [Будни утром] [Будни днём] [Будни вечером] [Выходные] [Пропустить] [← Назад] [Не сейчас]
    `,
    ))

  test('the only master of the chosen line is not asked about', () =>
    transcript(
      { before: ['/start', 'да', 'нет', 'Анна', 'пропустить', 'пропустить'] },
      `
      client: ногти
      closed: ✓ Интересно: Ногти
      bot:    5 из 6 / Когда вам удобнее приходить? / Можно выбрать несколько. [Будни утром] [Будни днём] [Будни вечером] [Выходные] [Пропустить] [← Назад] [Не сейчас]
    `,
    ))

  test('whoever writes in both messengers says where they prefer to', () => {
    const chat = openChat()
    for (const line of ['/start', 'да', 'нет', 'Анна', 'пропустить', 'пропустить', 'ногти']) chat.play(line)
    transcript(
      { known: { ...chat.known(), reachableOn: ['telegram', 'vk'] } },
      `
      client: все
      closed: ✓ Удобное время: Будни утром, Будни днём, Будни вечером, Выходные
      bot:    6 из 7 / Откуда вы о нас узнали? [От знакомых] [Из соцсетей] [На картах] [Поиск в интернете] [Шли мимо] [Другое] [Пропустить] [← Назад] [Не сейчас]

      client: дальше
      closed: ✓ Откуда узнали: —
      bot:    7 из 7 / Где вам удобнее переписываться? [Telegram] [ВКонтакте] [← Назад] [Не сейчас]

      client: [ВКонтакте]
      edit:   Проверьте, пожалуйста: / Имя: Анна / Телефон: — / День рождения: — / Интересно: Ногти / Удобное время: Будни утром, Будни днём, Будни вечером, Выходные / Откуда узнали: — / Где писать: ВКонтакте [Всё верно] [✎ Имя] [✎ Телефон] [✎ День рождения] [✎ Интересно] [✎ Удобное время] [✎ Откуда узнали] [✎ Где писать] [← Назад]
    `,
    )
  })
})
