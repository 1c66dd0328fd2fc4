/** Anything may come at any time: it is answered, and the question stands. */
import { describe, expect, test } from 'vitest'
import { openChat, transcript } from './transcript.ts'

const named = ['/start', 'да', 'нет', 'Анна']
const atLines = [...named, 'пропустить', 'пропустить']
const met = [...atLines, 'ногти', 'выходные', 'дальше', 'да', 'нет']

describe('help', () => {
  test('in the middle', () =>
    transcript(
      { before: atLines },
      `
      client: /help
      closed: 4 из 7 / Что вам интересно? / Можно выбрать несколько.
      bot:    салон «Ромашка»: здесь можно познакомиться, посмотреть и исправить свои данные, поменять согласия и написать людям в салоне. / Отвечать можно кнопками или словами. «Назад» возвращает на шаг, «Пропустить» пропускает вопрос, «Меню» открывает меню. / Если просто написать сообщение, его прочитает человек.
      bot:    4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]
    `,
    ))

  test('while Telegram shows the contact button', () =>
    transcript(
      { before: named },
      `
      client: помощь
      bot:    салон «Ромашка»: здесь можно познакомиться, посмотреть и исправить свои данные, поменять согласия и написать людям в салоне. / Отвечать можно кнопками или словами. «Назад» возвращает на шаг, «Пропустить» пропускает вопрос, «Меню» открывает меню. / Если просто написать сообщение, его прочитает человек.
      bot:    2 из 7 / Какой у вас номер телефона? По нему мы подтвердим запись. / Нажмите кнопку внизу или напишите номер. {📱 Отправить мой номер} {Пропустить} {← Назад} {Не сейчас}
    `,
    ))

  test('from the menu', () =>
    transcript(
      { before: met },
      `
      client: [Помощь]
      closed: ☰ Помощь
      bot:    салон «Ромашка»: здесь можно познакомиться, посмотреть и исправить свои данные, поменять согласия и написать людям в салоне. / Отвечать можно кнопками или словами. «Назад» возвращает на шаг, «Пропустить» пропускает вопрос, «Меню» открывает меню. / Если просто написать сообщение, его прочитает человек.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    ))
})

describe('another language', () => {
  test('at the first question, by its button and by word', () =>
    transcript(
      { before: ['/start'] },
      `
      client: [English]
      edit:   May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. [Yes, I give consent] [No, thanks] [Full text] [Русский]

      client: по-русски
      closed: May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better.
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]
    `,
    ))

  test('in the middle, on Telegram', () => {
    const chat = transcript(
      { before: atLines },
      `
      client: /language
      closed: 4 из 7 / Что вам интересно? / Можно выбрать несколько.
      bot:    На каком языке говорим? [Русский] [English]

      client: [English]
      edit:   4 of 7 / What are you interested in? / You can choose several. [Nails] [Hair] [Cosmetology] [Skip] [← Back] [Not now]

      client: [Nails]
      edit:   4 of 7 / What are you interested in? / You can choose several. [✓ Nails] [Hair] [Cosmetology] [Done] [← Back] [Not now]

      client: русский
      closed: 4 of 7 / What are you interested in? / You can choose several.
      bot:    4 из 7 / Что вам интересно? / Можно выбрать несколько. [✓ Ногти] [Волосы] [Косметология] [Готово] [← Назад] [Не сейчас]
    `,
    )
    expect(chat.known().chat.language).toBe('ru')
  })

  test('while Telegram shows the contact button', () =>
    transcript(
      { before: named },
      `
      client: /language
      bot:    На каком языке говорим? [Русский] [English]

      client: [English]
      closed: ✓ English
      bot:    2 of 7 / What is your phone number? We'll use it to confirm your visits. / Press the button below, or type the number. {📱 Share my number} {Skip} {← Back} {Not now}
    `,
    ))

  test('on VK, from the menu', () =>
    transcript(
      { platform: 'vk', before: met },
      `
      client: [Язык · Language]
      edit:   На каком языке говорим? [Русский] [English]

      client: [English]
      edit:   How can we help? [Survey] [My data] [Consents] [Language · Язык] [Write to the salon] [Help] [Forget me]

      client: [Language · Язык]
      edit:   Which language shall we speak? [Русский] [English]

      client: [Русский]
      edit:   Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    ))

  test('on VK, in the middle: an answer to the question passes over the language', () =>
    transcript(
      { platform: 'vk', before: atLines },
      `
      client: язык
      closed: 4 из 7 / Что вам интересно? / Можно выбрать несколько.
      bot:    На каком языке говорим? [Русский] [English]

      client: ногти
      closed: ✓ Интересно: Ногти
      bot:    5 из 6 / Когда вам удобнее приходить? / Можно выбрать несколько. [Будни утром] [Будни днём] [Будни вечером] [Выходные] [Пропустить] [← Назад] [Не сейчас]
    `,
    ))

  test('where a name is asked for, a language is a name', () =>
    transcript(
      { before: ['/start', 'да', 'нет'] },
      `
      client: English
      closed: ✓ Имя: English
      bot:    2 из 7 / Какой у вас номер телефона? По нему мы подтвердим запись. / Нажмите кнопку внизу или напишите номер. {📱 Отправить мой номер} {Пропустить} {← Назад} {Не сейчас}
    `,
    ))

  test('a salon that speaks one language offers no other', () =>
    transcript(
      { salon: { languages: ['ru'] } },
      `
      client: /start
      bot:    Здравствуйте! Это салон «Ромашка». / Давайте познакомимся: несколько коротких вопросов, около минуты. Так мы подберём для вас мастера и удобное время.
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст]

      client: [Нет, спасибо]
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. / ✓ Нет, спасибо
      bot:    Хорошо, ничего не сохраняем. Если появится вопрос, просто напишите: его прочитает человек. Передумаете — нажмите «Познакомиться».
      bot:    Чем помочь? [Познакомиться] [Написать салону] [Помощь]

      client: english
      bot:    Передали салону: вам ответит человек. [☰ Меню]
    `,
    ))
})

describe('things that are no answer', () => {
  test('in the middle', () =>
    transcript(
      { before: atLines },
      `
      client: (photo)
      closed: 4 из 7 / Что вам интересно? / Можно выбрать несколько.
      bot:    Спасибо за фото! Пересылать фото мы пока не умеем: опишите, пожалуйста, словами.
      bot:    4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]

      client: (voice)
      closed: 4 из 7 / Что вам интересно? / Можно выбрать несколько.
      bot:    Голосовые мы пока не слушаем: напишите, пожалуйста, словами.
      bot:    4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]

      client: (location)
      closed: 4 из 7 / Что вам интересно? / Можно выбрать несколько.
      bot:    Спасибо! Место мы пока не сохраняем: если важно, напишите словами.
      bot:    4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]
    `,
    ))

  test('while Telegram shows the contact button: somebody else, and files', () =>
    transcript(
      { before: named },
      `
      client: (contact of somebody else)
      bot:    Это чужой контакт. Отправьте, пожалуйста, свой: кнопкой внизу или просто напишите номер. / 2 из 7 / Какой у вас номер телефона? По нему мы подтвердим запись. / Нажмите кнопку внизу или напишите номер. {📱 Отправить мой номер} {Пропустить} {← Назад} {Не сейчас}

      client: (document)
      bot:    Файлы мы пока не принимаем: напишите, пожалуйста, словами.
      bot:    2 из 7 / Какой у вас номер телефона? По нему мы подтвердим запись. / Нажмите кнопку внизу или напишите номер. {📱 Отправить мой номер} {Пропустить} {← Назад} {Не сейчас}
    `,
    ))

  test('outside', () =>
    transcript(
      { before: met },
      `
      client: (sticker)
      bot:    😊

      client: (video)
      bot:    Видео мы пока не смотрим: напишите, пожалуйста, словами.

      client: (other)
      bot:    Такое мы пока не понимаем: напишите, пожалуйста, словами.

      client: (photo Вот такие хочу)
      bot:    Сами файлы пересылать пока не умеем, а подпись передали салону: вам ответит человек. [☰ Меню]
    `,
    ))

  test('a caption in a message to the salon is the message', () => {
    const chat = transcript(
      { before: [...met, '/human'] },
      `
      client: (photo Вот такие хочу)
      closed: Напишите одним сообщением, что передать салону. / Его прочитает человек.
      bot:    Сами файлы пересылать пока не умеем, а подпись передали салону: вам ответит человек.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(chat.facts).toContainEqual({ kind: 'notice', what: 'message', text: 'Вот такие хочу' })
  })

  test('a contact that nobody asked for is noted', () => {
    const chat = transcript(
      { before: met },
      `
      client: (contact of somebody else)
      closed: ☰ Меню
      bot:    Это чужой контакт. Отправьте, пожалуйста, свой: кнопкой внизу или просто напишите номер. / Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]

      client: (contact 79123456789)
      closed: ☰ Меню
      bot:    Спасибо, номер записали. {}
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(chat.known().client.phone).toBe('+79123456789')
    expect(chat.facts).toContainEqual({ kind: 'phone', phone: '+79123456789', confirmed: true })
  })

  test('a contact before the question for the phone answers it', () =>
    transcript(
      { before: ['/start', 'да', 'нет'] },
      `
      client: (contact 79123456789)
      closed: 1 из 7 / Как к вам обращаться?
      bot:    Спасибо, номер записали. {}
      bot:    1 из 7 / Как к вам обращаться? [Анна] [Не сейчас]

      client: Анна
      closed: ✓ Имя: Анна
      bot:    3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [Не сейчас]
    `,
    ))
})

describe('wrong answers get a helpful one', () => {
  test('name', () =>
    transcript(
      { before: ['/start', 'да', 'нет'] },
      `
      client: 😊
      closed: 1 из 7 / Как к вам обращаться?
      bot:    Напишите, пожалуйста, имя буквами: например, Анна. / 1 из 7 / Как к вам обращаться? [Анна] [Не сейчас]

      client: 89123456789
      closed: 1 из 7 / Как к вам обращаться?
      bot:    Напишите, пожалуйста, имя буквами: например, Анна. / 1 из 7 / Как к вам обращаться? [Анна] [Не сейчас]

      client: нет
      closed: 1 из 7 / Как к вам обращаться?
      bot:    Напишите, пожалуйста, имя буквами: например, Анна. / 1 из 7 / Как к вам обращаться? [Анна] [Не сейчас]
    `,
    ))

  test('a name that is too long', () => {
    const chat = openChat()
    for (const line of ['/start', 'да', 'нет', 'Очень длинное имя '.repeat(4)]) chat.play(line)
    expect(chat.transcript()).toContain('Получилось длинновато: уместите, пожалуйста, в 60 символов.')
  })

  test('phone', () =>
    transcript(
      { platform: 'vk', before: named },
      `
      client: 12-34
      closed: 2 из 7 / Какой у вас номер телефона? По нему мы подтвердим запись. / Напишите номер, например +7 912 345-67-89.
      bot:    Это не похоже на номер телефона. Напишите его цифрами, например +7 912 345-67-89. / 2 из 7 / Какой у вас номер телефона? По нему мы подтвердим запись. / Напишите номер, например +7 912 345-67-89. [Пропустить] [← Назад] [Не сейчас]

      client: 8 912 345-67-8
      closed: 2 из 7 / Какой у вас номер телефона? По нему мы подтвердим запись. / Напишите номер, например +7 912 345-67-89.
      bot:    Такого номера не бывает: проверьте, пожалуйста, цифры. Пример: +7 912 345-67-89. / 2 из 7 / Какой у вас номер телефона? По нему мы подтвердим запись. / Напишите номер, например +7 912 345-67-89. [Пропустить] [← Назад] [Не сейчас]
    `,
    ))

  test('birthday', () =>
    transcript(
      { before: [...named, 'пропустить'] },
      `
      client: весной
      closed: 3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить.
      bot:    Это не похоже на дату. Напишите, например, 17.04.1990 или 17 апреля, либо нажмите «Пропустить». / 3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [Не сейчас]

      client: 31.02
      closed: 3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить.
      bot:    Такого дня в календаре нет. Напишите, например, 17.04.1990, либо нажмите «Пропустить». / 3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [Не сейчас]

      client: 17.04.2090
      closed: 3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить.
      bot:    Этот день ещё не наступил. Проверьте, пожалуйста, год. / 3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [Не сейчас]

      client: 17.04.1812
      closed: 3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить.
      bot:    Проверьте, пожалуйста, год: получается больше ста десяти лет. / 3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [Не сейчас]
    `,
    ))

  test('options', () =>
    transcript(
      { before: atLines },
      `
      client: массаж
      closed: 4 из 7 / Что вам интересно? / Можно выбрать несколько.
      bot:    Не получилось понять ответ. Нажмите одну из кнопок или напишите, что на ней. / 4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]

      client: готово
      closed: 4 из 7 / Что вам интересно? / Можно выбрать несколько.
      bot:    Отметьте хотя бы один вариант или нажмите «Пропустить». / 4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]

      client: 7
      closed: 4 из 7 / Что вам интересно? / Можно выбрать несколько.
      bot:    Не получилось понять ответ. Нажмите одну из кнопок или напишите, что на ней. / 4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]
    `,
    ))

  test('a question instead of an answer goes to the salon, and ours stands', () => {
    const chat = transcript(
      { before: named },
      `
      client: А зачем вам мой телефон?
      bot:    Передали салону: вам ответит человек.
      bot:    2 из 7 / Какой у вас номер телефона? По нему мы подтвердим запись. / Нажмите кнопку внизу или напишите номер. {📱 Отправить мой номер} {Пропустить} {← Назад} {Не сейчас}

      client: [Пропустить]
      bot:    ✓ Телефон: — {}
      bot:    3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [Не сейчас]

      client: А вы до скольки работаете?
      closed: 3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить.
      bot:    Передали салону: вам ответит человек.
      bot:    3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [Не сейчас]
    `,
    )
    expect(chat.facts).toContainEqual({
      kind: 'notice',
      what: 'message',
      text: 'А вы до скольки работаете?',
    })
  })
})

describe('old buttons', () => {
  test('of an earlier question show the current one', () => {
    const chat = openChat({ before: [] })
    for (const line of ['/start', 'да', 'нет', 'Анна', 'пропустить', 'пропустить', 'ногти']) chat.play(line)
    chat.forget()
    chat.act({ kind: 'press', value: 'onboarding.lines=hair' }, { messageId: 2 })
    expect(chat.transcript().split('\n')).toEqual([
      'toast: Этот вопрос уже позади',
      'closed: 5 из 6 / Когда вам удобнее приходить? / Можно выбрать несколько.',
      'bot: 5 из 6 / Когда вам удобнее приходить? / Можно выбрать несколько. [Будни утром] [Будни днём] [Будни вечером] [Выходные] [Пропустить] [← Назад] [Не сейчас]',
    ])
    expect(chat.known().client.lines).toEqual(['nails'])
  })

  test('a double tap changes nothing', () => {
    const chat = openChat({ platform: 'vk' })
    for (const line of ['/start', 'да', 'нет']) chat.play(line)
    chat.play('[Анна]')
    chat.forget()
    chat.pressLive('onboarding.name=suggested')
    expect(chat.transcript().split('\n')).toEqual([
      'toast: Этот вопрос уже позади',
      'edit: ✓ Имя: Анна / 2 из 7 / Какой у вас номер телефона? По нему мы подтвердим запись. / Напишите номер, например +7 912 345-67-89. [Пропустить] [← Назад] [Не сейчас]',
    ])
  })

  test.each([
    '',
    '=',
    'menu',
    'menu.go=',
    'menu.go=nothing',
    'language.to=de',
    'document.read=other',
    'onboarding.lines',
    'onboarding.lines=',
    'survey.regular=yes',
    'onboarding.summary=!edit-name',
    'onboarding.lines.nails=1',
    'constructor.constructor=constructor',
    '__proto__.x=y',
  ])('a value that we never made (%j) shows the current question', (value) => {
    const chat = openChat({})
    for (const line of atLines) chat.play(line)
    const before = chat.known().walks
    chat.forget()
    chat.pressLive(value)
    expect(chat.transcript()).toContain('toast: Этот вопрос уже позади')
    expect(chat.transcript()).toContain('4 из 7 / Что вам интересно?')
    expect(chat.known().walks).toEqual(before)
  })

  test('an option that the salon has given up is not there any more', () => {
    const chat = openChat({})
    for (const line of atLines) chat.play(line)
    chat.forget()
    chat.pressLive('onboarding.lines=massage')
    expect(chat.transcript()).toBe(
      'edit: Этого варианта больше нет. Выберите, пожалуйста, из списка. / 4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]',
    )
  })
})

describe('commands', () => {
  test('known ones in the middle', () =>
    transcript(
      { before: atLines },
      `
      client: /back
      closed: 4 из 7 / Что вам интересно? / Можно выбрать несколько.
      bot:    3 из 7 / Когда у вас день рождения? / Хотим поздравить вовремя. / Например, 17.04 или 17.04.1990: год можно не говорить. [Пропустить] [← Назад] [Не сейчас]

      client: /skip
      closed: ✓ День рождения: —
      bot:    4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]

      client: /start
      closed: 4 из 7 / Что вам интересно? / Можно выбрать несколько.
      bot:    С возвращением, Анна!
      bot:    4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]
    `,
    ))

  test('unknown ones, in the middle and outside', () =>
    transcript(
      { before: atLines },
      `
      client: /price
      closed: 4 из 7 / Что вам интересно? / Можно выбрать несколько.
      bot:    Такой команды мы не знаем. / 4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]

      client: /menu
      closed: 4 из 7 / Что вам интересно? / Можно выбрать несколько.
      bot:    Чем помочь? [Познакомиться] [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]

      client: /price
      closed: ☰ Меню
      bot:    Такой команды мы не знаем. Вот что умеем: / Чем помочь? [Познакомиться] [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]

      client: /skip
      closed: ☰ Меню
      bot:    Такой команды мы не знаем. Вот что умеем: / Чем помочь? [Познакомиться] [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    ))

  test('before anything was agreed to', () => {
    const chat = transcript(
      {},
      `
      client: /data
      bot:    О вас мы ничего не храним: только номер этого чата, язык и ссылку, по которой вы пришли.
      bot:    Чем помочь? [Познакомиться] [Написать салону] [Язык · Language] [Помощь]

      client: /consents
      closed: ☰ Меню
      bot:    О вас мы ничего не храним: только номер этого чата, язык и ссылку, по которой вы пришли.
      bot:    Чем помочь? [Познакомиться] [Написать салону] [Язык · Language] [Помощь]

      client: /survey
      closed: ☰ Меню
      bot:    Здравствуйте! Это салон «Ромашка». / Давайте познакомимся: несколько коротких вопросов, около минуты. Так мы подберём для вас мастера и удобное время.
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]

      client: /stop
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше.
      bot:    Хорошо, ничего не сохраняем. Если появится вопрос, просто напишите: его прочитает человек. Передумаете — нажмите «Познакомиться».
      bot:    Чем помочь? [Познакомиться] [Написать салону] [Язык · Language] [Помощь]

      client: /forget
      closed: ☰ Меню
      bot:    О вас мы ничего не храним: только номер этого чата, язык и ссылку, по которой вы пришли.
      bot:    Чем помочь? [Познакомиться] [Написать салону] [Язык · Language] [Помощь]
    `,
    )
    expect(chat.facts).toEqual([])
  })
})

describe('talking to a person', () => {
  test('from the menu', () => {
    const chat = transcript(
      { before: met },
      `
      client: [Написать салону]
      edit:   Напишите одним сообщением, что передать салону. / Его прочитает человек. [Не сейчас]

      client: Можно завтра в десять?
      closed: Напишите одним сообщением, что передать салону. / Его прочитает человек.
      bot:    Передали салону: вам ответит человек.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(chat.facts).toContainEqual({ kind: 'notice', what: 'message', text: 'Можно завтра в десять?' })
  })

  test('in the middle; the question comes again', () =>
    transcript(
      { before: atLines },
      `
      client: администратор
      closed: 4 из 7 / Что вам интересно? / Можно выбрать несколько.
      bot:    Напишите одним сообщением, что передать салону. / Его прочитает человек. [Не сейчас]

      client: Здравствуйте
      closed: Напишите одним сообщением, что передать салону. / Его прочитает человек.
      bot:    Передали салону: вам ответит человек.
      bot:    4 из 7 / Что вам интересно? / Можно выбрать несколько. [Ногти] [Волосы] [Косметология] [Пропустить] [← Назад] [Не сейчас]
    `,
    ))

  test('and thinking better of it', () =>
    transcript(
      { before: met },
      `
      client: /human
      closed: ☰ Меню
      bot:    Напишите одним сообщением, что передать салону. / Его прочитает человек. [Не сейчас]

      client: [Не сейчас]
      edit:   Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]

      client: /human
      closed: ☰ Меню
      bot:    Напишите одним сообщением, что передать салону. / Его прочитает человек. [Не сейчас]

      client: назад
      closed: Напишите одним сообщением, что передать салону. / Его прочитает человек.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]

      client: /human
      closed: ☰ Меню
      bot:    Напишите одним сообщением, что передать салону. / Его прочитает человек. [Не сейчас]

      client: меню
      closed: Напишите одним сообщением, что передать салону. / Его прочитает человек.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    ))

  test('just by writing', () => {
    const chat = transcript(
      { before: met },
      `
      client: Опаздываю на 10 минут
      bot:    Передали салону: вам ответит человек. [☰ Меню]

      client: [☰ Меню]
      closed: ☰ Меню
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(chat.facts).toContainEqual({ kind: 'notice', what: 'message', text: 'Опаздываю на 10 минут' })
  })

  test('a long letter with emoji arrives whole; one that is too long is not cut', () => {
    const chat = openChat({})
    for (const line of [...met, '/human']) chat.play(line)
    const letter = '💅🏽 '.repeat(800)
    const longest = '💅🏽'.repeat(1024)
    const tooLong = `${longest}!`
    chat.forget()
    chat.play(tooLong)
    expect(chat.transcript()).toContain('Получилось длинновато: уместите, пожалуйста, в 4096 символов.')
    chat.play(letter)
    expect(chat.facts).toContainEqual({ kind: 'notice', what: 'message', text: letter.trim() })
    expect(JSON.stringify(chat.known())).not.toContain('💅')
    for (const line of ['/human', longest]) chat.play(line)
    expect(chat.facts).toContainEqual({ kind: 'notice', what: 'message', text: longest })
  })

  test('a greeting is greeted', () =>
    transcript(
      { before: met },
      `
      client: Добрый день!
      closed: ☰ Меню
      bot:    С возвращением, Анна!
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    ))
})

test('being blocked and unblocked is noted, and nothing is said', () => {
  const chat = openChat()
  for (const line of met) chat.play(line)
  chat.forget()
  chat.play('(blocks)')
  expect(chat.known().chat.reachable).toBe(false)
  chat.play('(unblocks)')
  expect(chat.known().chat.reachable).toBe(true)
  expect(chat.transcript()).toBe('client: (blocks)\nclient: (unblocks)')
})

test('what only a program can send is made fit for the database', () => {
  const chat = openChat({})
  for (const line of [...met, '/human']) chat.play(line)
  chat.act({ kind: 'text', text: 'a\0b\ud83d' })
  expect(chat.facts).toContainEqual({ kind: 'notice', what: 'message', text: 'ab\ufffd' })
})
