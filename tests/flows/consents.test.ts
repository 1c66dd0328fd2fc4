/** What may be kept and sent is the client's decision, and can be changed. */
import { describe, expect, test } from 'vitest'
import { tools, transcript } from './transcript.ts'

const met = ['/start', 'да', 'да', 'Анна', '89123456789', '17.04', 'ногти', 'выходные', 'дальше', 'да', 'нет']

describe('before the first consent', () => {
  test('declining is answered kindly; a question reaches the salon; agreeing is one press away', () => {
    const chat = transcript(
      {},
      `
      client: /start
      bot:    Здравствуйте! Это салон «Ромашка». / Давайте познакомимся: несколько коротких вопросов, около минуты. Так мы подберём для вас мастера и удобное время.
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]

      client: [Нет, спасибо]
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. / ✓ Нет, спасибо
      bot:    Хорошо, ничего не сохраняем. Если появится вопрос, просто напишите: его прочитает человек. Передумаете — нажмите «Познакомиться».
      bot:    Чем помочь? [Познакомиться] [Написать салону] [Язык · Language] [Помощь]

      client: Сколько стоит маникюр?
      bot:    Передали салону: вам ответит человек. [☰ Меню]

      client: [☰ Меню]
      closed: ☰ Меню
      bot:    Чем помочь? [Познакомиться] [Написать салону] [Язык · Language] [Помощь]

      client: [Познакомиться]
      edit:   Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]

      client: [Да, согласие даю]
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. / ✓ Да, согласие даю
      bot:    Присылать вам предложения и скидки? Это не обязательно, и отказаться можно в любой момент. [Да, присылайте] [Нет, не нужно] [Полный текст]
    `,
    )
    const [asked, agreed] = chat.facts
    expect(asked).toEqual({ kind: 'notice', what: 'message', text: 'Сколько стоит маникюр?' })
    expect(agreed).toEqual({
      kind: 'consent',
      purpose: 'personalData',
      granted: true,
      documentHash: tools.documents.ru.personalData.hash,
      evidence: 'onboarding.personalData=yes',
    })
  })

  test('in English, on VK', () =>
    transcript(
      { platform: 'vk', language: 'en' },
      `
      client: start
      bot:    Hello! This is Daisy. / Let's get to know each other: a few short questions, about a minute. It helps us find the right master and a convenient time for you. {☰ Menu}
      bot:    May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. [Yes, I give consent] [No, thanks] [Full text] [Русский]

      client: not now
      closed: May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. / ✓ No, thanks
      bot:    All right, we keep nothing. If you have a question, just write it: a person will read it. If you change your mind, press “Introduce myself”. {☰ Menu}
      bot:    How can we help? [Introduce myself] [Write to the salon] [Language · Язык] [Help]

      client: Do you do pedicures?
      bot:    We've passed it on to the salon: a person will answer you. [☰ Menu]

      client: Introduce myself
      closed: ☰ Menu
      bot:    May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. [Yes, I give consent] [No, thanks] [Full text] [Русский]

      client: I agree
      closed: May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. / ✓ Yes, I give consent
      bot:    Shall we send you offers and discounts? It's optional, and you can stop it at any time. [Yes, please] [No, thank you] [Full text]
    `,
    ))

  test('nothing is kept but the link', () => {
    const chat = transcript(
      { before: ['(start flyer)', 'Анна'] },
      `
      client: (contact 79123456789)
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше.
      bot:    Сначала нужно ваше согласие: без него мы ничего не сохраняем. / Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]

      client: нет
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. / ✓ Нет, спасибо
      bot:    Хорошо, ничего не сохраняем. Если появится вопрос, просто напишите: его прочитает человек. Передумаете — нажмите «Познакомиться».
      bot:    Чем помочь? [Познакомиться] [Написать салону] [Язык · Language] [Помощь]

      client: да
      closed: ☰ Меню
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]
    `,
    )
    expect(chat.known()).toMatchObject({
      client: { lines: [], convenientTimes: [] },
      chat: { source: 'flyer' },
      walks: [],
    })
    expect(chat.known().chat.profileName).toBeUndefined()
    expect(chat.facts).toEqual([{ kind: 'notice', what: 'message', text: 'Анна' }])
  })

  test('the first message is a question', () => {
    const chat = transcript(
      { platform: 'vk' },
      `
      client: Здравствуйте, можно записаться на завтра?
      bot:    Здравствуйте! Это салон «Ромашка». / Давайте познакомимся: несколько коротких вопросов, около минуты. Так мы подберём для вас мастера и удобное время. {☰ Меню}
      bot:    Ваше сообщение передали салону: на него ответит человек.
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]

      client: А сколько стоит?
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше.
      bot:    Передали салону: вам ответит человек. {☰ Меню}
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]

      client: хорошо
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше.
      bot:    Ответ важный, поэтому без догадок: нажмите «Да, согласие даю» или «Нет, спасибо». / Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]

      client: согласна
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. / ✓ Да, согласие даю
      bot:    Присылать вам предложения и скидки? Это не обязательно, и отказаться можно в любой момент. [Да, присылайте] [Нет, не нужно] [Полный текст]
    `,
    )
    expect(chat.facts[0]).toEqual({
      kind: 'notice',
      what: 'message',
      text: 'Здравствуйте, можно записаться на завтра?',
    })
  })

  test('the first message is a greeting', () =>
    transcript(
      { platform: 'vk' },
      `
      client: Добрый вечер!
      bot:    Здравствуйте! Это салон «Ромашка». / Давайте познакомимся: несколько коротких вопросов, около минуты. Так мы подберём для вас мастера и удобное время. {☰ Меню}
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]
    `,
    ))

  test('the first message is a sticker, or a picture with a question', () => {
    transcript(
      {},
      `
      client: (sticker)
      bot:    Здравствуйте! Это салон «Ромашка». / Давайте познакомимся: несколько коротких вопросов, около минуты. Так мы подберём для вас мастера и удобное время.
      bot:    😊
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]
    `,
    )
    const chat = transcript(
      { platform: 'vk', language: 'en' },
      `
      client: (photo Can you do this?)
      bot:    Hello! This is Daisy. / Let's get to know each other: a few short questions, about a minute. It helps us find the right master and a convenient time for you. {☰ Menu}
      bot:    We can't pass files on yet, but we've passed your words on to the salon: a person will answer you.
      bot:    May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. [Yes, I give consent] [No, thanks] [Full text] [Русский]
    `,
    )
    expect(chat.facts).toEqual([{ kind: 'notice', what: 'message', text: 'Can you do this?' }])
  })

  test('after a restart the consent is asked for again: nothing was kept, not even that it was asked for', () =>
    transcript(
      { before: ['/start', '(restart)'] },
      `
      client: да
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]

      client: (restart)

      client: [Да, согласие даю]
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. / ✓ Да, согласие даю
      bot:    Присылать вам предложения и скидки? Это не обязательно, и отказаться можно в любой момент. [Да, присылайте] [Нет, не нужно] [Полный текст]
    `,
    ))

  test('a smile is no consent', () =>
    transcript(
      { before: ['/start'] },
      `
      client: 😊
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше.
      bot:    Передали салону: вам ответит человек.
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]
    `,
    ))

  test('writing to the salon needs no consent', () => {
    const chat = transcript(
      { before: ['/start', 'нет'] },
      `
      client: [Написать салону]
      bot:    Напишите одним сообщением, что передать салону.

      client: Перезвоните мне
      bot:    Передали салону: вам ответит человек. [☰ Меню]
    `,
    )
    expect(chat.facts).toEqual([{ kind: 'notice', what: 'message', text: 'Перезвоните мне' }])
  })
})

describe('the documents', () => {
  test('both can be read in full before deciding', () =>
    transcript(
      { before: ['/start'] },
      `
      client: [Полный текст]
      closed: 📄 Полный текст
      bot:    СОГЛАСИЕ НА ОБРАБОТКУ ПЕРСОНАЛЬНЫХ ДАННЫХ / Нажимая кнопку согласия в этом чате, я свободно, своей волей и в своём интересе даю согласие оператору ИП Петрова А. А. (ИНН 771234567890), адрес: Москва, Лесная, 1, на обработку моих персональных данных. / Какие данные: имя, номер телефона, день рождения, предпочтения по услугам, мастеру и времени, идентификатор и язык чата, сведения открытого профиля (пол, дата рождения, город), ответы на вопросы, в том числе опроса (пол, возраст, семейное положение, образование, занятость, уровень дохода, дорога до салона, оценки и пожелания), сведения о посещениях и о том, когда и что я открываю в боте. / Для чего: запись на услуги и связь со мной, ответы на обращения, учёт моих пожеланий, подготовка предложений, подходящих именно мне (присылают их только при отдельном согласии на рекламу), улучшение качества услуг. / Что с ними делают: сбор, запись, систематизация, накопление, хранение, уточнение, извлечение, использование, блокирование, удаление, уничтожение, с использованием средств автоматизации. Третьим лицам данные не передаются. Сообщения доставляют мессенджеры Telegram и ВКонтакте, в которых я пишу. / Срок: до отзыва согласия. Отозвать его можно в любой момент: кнопкой «Забыть меня» в меню бота или письмом на salon@example.com. / Это согласие не включает согласия на рекламу: о ней спрашивают отдельно.
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]

      client: [Да, согласие даю]
      closed: Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. / ✓ Да, согласие даю
      bot:    Присылать вам предложения и скидки? Это не обязательно, и отказаться можно в любой момент. [Да, присылайте] [Нет, не нужно] [Полный текст]

      client: [Полный текст]
      closed: 📄 Полный текст
      bot:    СОГЛАСИЕ НА ПОЛУЧЕНИЕ РЕКЛАМЫ / Нажимая кнопку согласия в этом чате, я даю ИП Петрова А. А. (ИНН 771234567890), адрес: Москва, Лесная, 1, предварительное согласие на получение рекламы его услуг (предложений, скидок, новостей) сообщениями в Telegram и ВКонтакте. / Согласие добровольное: от него не зависят ни запись, ни цены, ни вознаграждения, ни любые другие возможности бота. / Срок: до отзыва. Отказаться можно в любой момент одним нажатием: кнопкой «Не присылать предложения» в меню «Согласия» или письмом на salon@example.com. Рассылка прекращается сразу.
      bot:    Присылать вам предложения и скидки? Это не обязательно, и отказаться можно в любой момент. [Да, присылайте] [Нет, не нужно] [Полный текст]

      client: [Да, присылайте]
      closed: Присылать вам предложения и скидки? Это не обязательно, и отказаться можно в любой момент. / ✓ Да, присылайте
      bot:    1 из 7 / Как к вам обращаться? [Анна] [Не сейчас]
    `,
    ))

  test('in English', () =>
    transcript(
      { platform: 'vk', language: 'en', before: ['/start'] },
      `
      client: [Full text]
      closed: 📄 Full text
      bot:    CONSENT TO THE PROCESSING OF PERSONAL DATA / By pressing the consent button in this chat I freely, of my own will and in my own interest consent to the processing of my personal data by the operator ИП Петрова А. А. (tax number 771234567890), address: Москва, Лесная, 1. / Which data: name, phone number, birthday, preferences as to services, master and time, the chat's identifier and language, what my open profile says (sex, date of birth, city), answers to questions, those of the survey included (sex, age, marital status, education, employment, level of income, way to the salon, ratings and wishes), visits, and what I open in the bot and when. / What for: booking services and contacting me, answering my requests, taking my wishes into account, preparing offers that suit me (sent only with a separate consent to advertising), improving the service. / What is done with it: collection, recording, systematisation, accumulation, storage, correction, retrieval, use, blocking, deletion, destruction, by automated means. The data is not given to third parties. Messages are delivered by the messengers Telegram and VK in which I write. / Term: until withdrawn. I can withdraw it at any time with “Forget me” in the bot's menu or by writing to salon@example.com. / This consent does not include consent to advertising, which is asked for separately. {☰ Menu}
      bot:    May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. [Yes, I give consent] [No, thanks] [Full text] [Русский]

      client: [Yes, I give consent]
      closed: May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. / ✓ Yes, I give consent
      bot:    Shall we send you offers and discounts? It's optional, and you can stop it at any time. [Yes, please] [No, thank you] [Full text]

      client: [Full text]
      closed: 📄 Full text
      bot:    CONSENT TO RECEIVE ADVERTISING / By pressing the consent button in this chat I give ИП Петрова А. А. (tax number 771234567890), address: Москва, Лесная, 1, prior consent to send me advertising of its services (offers, discounts, news) by messages in Telegram and VK. / The consent is voluntary: neither booking, nor prices, nor rewards, nor anything else in the bot depends on it. / Term: until withdrawn. I can stop it at any time with one press: “Don't send me offers” under “Consents” in the menu, or by writing to salon@example.com. Sending stops at once. {☰ Menu}
      bot:    Shall we send you offers and discounts? It's optional, and you can stop it at any time. [Yes, please] [No, thank you] [Full text]
    `,
    ))

  test('what was agreed to is proven by the words of the document and of the client', () => {
    const chat = transcript(
      { language: 'en', before: ['/start'] },
      `
      client: Yes!
      closed: May we keep what you tell us? Your data is held by ИП Петрова А. А., to book your visits, to answer you, to prepare offers just for you and to serve you better. / ✓ Yes, I give consent
      bot:    Shall we send you offers and discounts? It's optional, and you can stop it at any time. [Yes, please] [No, thank you] [Full text]

      client: OK
      closed: Shall we send you offers and discounts? It's optional, and you can stop it at any time.
      bot:    This answer matters, so we'd rather not guess: press “Yes, please” or “No, thank you”. / Shall we send you offers and discounts? It's optional, and you can stop it at any time. [Yes, please] [No, thank you] [Full text]

      client: yes
      closed: Shall we send you offers and discounts? It's optional, and you can stop it at any time. / ✓ Yes, please
      bot:    1 of 7 / What should we call you? [Анна] [Not now]
    `,
    )
    expect(chat.facts.filter((fact) => fact.kind === 'consent')).toEqual([
      {
        kind: 'consent',
        purpose: 'personalData',
        granted: true,
        documentHash: tools.documents.en.personalData.hash,
        evidence: 'Yes!',
      },
      {
        kind: 'consent',
        purpose: 'advertising',
        granted: true,
        documentHash: tools.documents.en.advertising.hash,
        evidence: 'yes',
      },
    ])
  })
})

describe('changing them later', () => {
  test('no more offers, and offers again', () => {
    const chat = transcript(
      { before: met },
      `
      client: [Согласия]
      edit:   Что изменить в согласиях? / Предложения и скидки: есть. Обработка данных: есть. [Не присылать предложения] [Отозвать согласие на данные] [Оставить как есть]

      client: [Не присылать предложения]
      closed: ✓ Согласия: Не присылать предложения
      bot:    Готово: предложений больше не будет.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]

      client: /consents
      closed: ☰ Меню
      bot:    Что изменить в согласиях? / Предложения и скидки: нет. Обработка данных: есть. [Присылать предложения] [Отозвать согласие на данные] [Оставить как есть]

      client: присылать предложения
      closed: ✓ Согласия: Присылать предложения
      bot:    Спасибо! Будем присылать только то, что может вам пригодиться.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    const consents = chat.facts.filter((fact) => fact.kind === 'consent' && fact.purpose === 'advertising')
    expect(consents).toMatchObject([
      { granted: true },
      { granted: false, evidence: 'consents.change=advertisingOff' },
      { granted: true, evidence: 'присылать предложения' },
    ])
    expect(chat.known().client.advertisingConsentAt).toBeDefined()
  })

  test('in English, on VK, and leaving everything as it is', () => {
    const chat = transcript(
      {
        platform: 'vk',
        language: 'en',
        before: ['/start', 'yes', 'no', 'Anna', 'skip', 'skip', 'nails', 'skip', 'skip', 'yes', 'no'],
      },
      `
      client: [Consents]
      edit:   What would you like to change? / Offers and discounts: not given. Data processing: given. [Send me offers] [Withdraw data consent] [Leave as is]

      client: [Send me offers]
      closed: ✓ Consents: Send me offers
      bot:    Thank you! We'll only send what may be useful to you. {☰ Menu}
      bot:    How can we help? [Survey] [My data] [Consents] [Language · Язык] [Write to the salon] [Help] [Forget me]

      client: consents
      closed: ☰ Menu
      bot:    What would you like to change? / Offers and discounts: given. Data processing: given. [Don't send me offers] [Withdraw data consent] [Leave as is]

      client: [Leave as is]
      edit:   How can we help? [Survey] [My data] [Consents] [Language · Язык] [Write to the salon] [Help] [Forget me]

      client: consents
      closed: ☰ Menu
      bot:    What would you like to change? / Offers and discounts: given. Data processing: given. [Don't send me offers] [Withdraw data consent] [Leave as is]

      client: stop
      closed: What would you like to change? / Offers and discounts: given. Data processing: given.
      bot:    How can we help? [Survey] [My data] [Consents] [Language · Язык] [Write to the salon] [Help] [Forget me]
    `,
    )
    expect(chat.known().client.advertisingConsentAt).toBeDefined()
  })

  test('an offer consent given elsewhere meanwhile is not asked for again', () =>
    transcript(
      { before: ['/start', 'да'] },
      `
      client: /consents
      closed: Присылать вам предложения и скидки? Это не обязательно, и отказаться можно в любой момент.
      bot:    Что изменить в согласиях? / Предложения и скидки: нет. Обработка данных: есть. [Присылать предложения] [Отозвать согласие на данные] [Оставить как есть]

      client: [Присылать предложения]
      closed: ✓ Согласия: Присылать предложения
      bot:    Спасибо! Будем присылать только то, что может вам пригодиться.
      bot:    1 из 7 / Как к вам обращаться? [Анна] [Не сейчас]
    `,
    ))

  test('withdrawing the data consent is forgetting, and asks once', () => {
    const chat = transcript(
      { before: met },
      `
      client: [Согласия]
      edit:   Что изменить в согласиях? / Предложения и скидки: есть. Обработка данных: есть. [Не присылать предложения] [Отозвать согласие на данные] [Оставить как есть]

      client: [Отозвать согласие на данные]
      closed: ✓ Согласия: Отозвать согласие на данные
      bot:    Без этого согласия мы не можем ничего о вас хранить.
      bot:    Стереть всё, что мы о вас знаем? / Имя, телефон, ответы и историю переписки с ботом вернуть будет нельзя. [Да, забудьте меня] [Нет, оставьте]

      client: [Да, забудьте меня]
      closed: ✓ Забыть меня: Да, забудьте меня
      bot:    Готово: мы вас забыли. Осталась только запись о том, что согласие отозвано: её требует закон. / Будем рады познакомиться снова: просто напишите.
      bot:    Чем помочь? [Познакомиться] [Написать салону] [Язык · Language] [Помощь]

      client: Здравствуйте
      bot:    Здравствуйте! Это салон «Ромашка». / Давайте познакомимся: несколько коротких вопросов, около минуты. Так мы подберём для вас мастера и удобное время.
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]
    `,
    )
    expect(chat.facts).toContainEqual({ kind: 'erase' })
    expect(chat.facts).toContainEqual(
      expect.objectContaining({ kind: 'consent', purpose: 'personalData', granted: false }),
    )
  })
})

describe('forget me', () => {
  test('no, keep it', () => {
    const chat = transcript(
      { before: met },
      `
      client: /forget
      closed: ☰ Меню
      bot:    Стереть всё, что мы о вас знаем? / Имя, телефон, ответы и историю переписки с ботом вернуть будет нельзя. [Да, забудьте меня] [Нет, оставьте]

      client: нет
      closed: ✓ Забыть меня: Нет, оставьте
      bot:    Хорошо, всё остаётся на месте.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(chat.known().client.name).toBe('Анна')
    expect(chat.facts).not.toContainEqual({ kind: 'erase' })
  })

  test('doing something else is no yes', () => {
    const chat = transcript(
      { platform: 'vk', before: met },
      `
      client: Забудьте меня
      closed: ☰ Меню
      bot:    Стереть всё, что мы о вас знаем? / Имя, телефон, ответы и историю переписки с ботом вернуть будет нельзя. [Да, забудьте меня] [Нет, оставьте]

      client: ну не знаю
      closed: Стереть всё, что мы о вас знаем? / Имя, телефон, ответы и историю переписки с ботом вернуть будет нельзя.
      bot:    Не получилось понять ответ. Нажмите одну из кнопок или напишите, что на ней. / Стереть всё, что мы о вас знаем? / Имя, телефон, ответы и историю переписки с ботом вернуть будет нельзя. [Да, забудьте меня] [Нет, оставьте]

      client: назад
      closed: Стереть всё, что мы о вас знаем? / Имя, телефон, ответы и историю переписки с ботом вернуть будет нельзя.
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    )
    expect(chat.facts).not.toContainEqual({ kind: 'erase' })
  })

  test('yes: nothing is left, and the next word is from somebody new', () => {
    const chat = transcript(
      { platform: 'vk', before: met },
      `
      client: [Забыть меня]
      edit:   Стереть всё, что мы о вас знаем? / Имя, телефон, ответы и историю переписки с ботом вернуть будет нельзя. [Да, забудьте меня] [Нет, оставьте]

      client: [Да, забудьте меня]
      closed: ✓ Забыть меня: Да, забудьте меня
      bot:    Готово: мы вас забыли. Осталась только запись о том, что согласие отозвано: её требует закон. / Будем рады познакомиться снова: просто напишите. {☰ Меню}
      bot:    Чем помочь? [Познакомиться] [Написать салону] [Язык · Language] [Помощь]

      client: А вы ещё работаете?
      bot:    Здравствуйте! Это салон «Ромашка». / Давайте познакомимся: несколько коротких вопросов, около минуты. Так мы подберём для вас мастера и удобное время. {☰ Меню}
      bot:    Ваше сообщение передали салону: на него ответит человек.
      bot:    Можно сохранить то, что вы расскажете? Данные хранит ИП Петрова А. А.: чтобы записывать вас, отвечать вам, готовить предложения лично для вас и работать лучше. [Да, согласие даю] [Нет, спасибо] [Полный текст] [English]
    `,
    )
    expect(chat.known()).toMatchObject({ client: { lines: [], convenientTimes: [] }, walks: [] })
  })

  test('in English', () =>
    transcript(
      { language: 'en', before: ['/start', 'yes', 'no', 'Anna', 'later'] },
      `
      client: forget me
      closed: ☰ Menu
      bot:    Erase everything we know about you? / Your name, phone, answers and history with the bot can't be brought back. [Yes, forget me] [No, keep it]

      client: yes
      closed: ✓ Forget me: Yes, forget me
      bot:    Done: we've forgotten you. Only the record that consent was withdrawn remains, as the law requires. / We'd be glad to meet you again: just write.
      bot:    How can we help? [Introduce myself] [Write to the salon] [Language · Язык] [Help]
    `,
    ))
})

describe('my data', () => {
  test('in words and as a file', () =>
    transcript(
      { before: ['(start flyer)', ...met.slice(1, 8), 'да', 'нет'] },
      `
      client: /data
      closed: ☰ Меню
      bot:    Что мы о вас знаем / Имя: Анна / Телефон: +7 912 345 67 89 / День рождения: 17 апреля / Интересно: Ногти / Удобное время: Выходные / Пришли по ссылке: flyer / Согласия / Обработка данных: есть / Предложения и скидки: есть / И 14 отметок о том, что и когда вы открывали в боте. [✎ Исправить]
      bot:    Всё то же самое целиком, в файле. <my-data.json>
      bot:    Чем помочь? [Опрос] [Мои данные] [Согласия] [Язык · Language] [Написать салону] [Помощь] [Забыть меня]
    `,
    ))

  test('in the middle of getting to know each other', () =>
    transcript(
      { platform: 'vk', language: 'en', before: ['/start', 'yes', 'no', 'Anna'] },
      `
      client: my data
      closed: 2 of 7 / What is your phone number? We'll use it to confirm your visits. / Type the number, for example +7 912 345-67-89.
      bot:    What we know about you / Name: Anna / Consents / Data processing: given / Offers and discounts: not given / And 5 notes of what you opened in the bot and when. [✎ Correct]
      bot:    All of it, in a file. {☰ Menu} <my-data.json>
      bot:    2 of 7 / What is your phone number? We'll use it to confirm your visits. / Type the number, for example +7 912 345-67-89. [Skip] [← Back] [Not now]
    `,
    ))
})
