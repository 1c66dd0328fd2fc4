import { describe, expect, test } from 'vitest'
import type { Message } from '../../src/flows/conversation.ts'
import type { ShownMessage } from '../../src/sandbox/messenger.ts'
import { coupon, message, options, plain } from './scripted-conversation.ts'
import { anna, boris, tinyPicture, until } from './stage.ts'
import type { Stage, Transport } from './stage.ts'

/**
 * What holds on every platform and by every way of taking updates, in the same words. The names of the cases are the
 * contract; what a platform does in its own way is in its own test file.
 */
export function describeContract(
  platform: string,
  openStage: (transport: Transport) => Promise<Stage>,
): void {
  const transports: Transport[] = ['long polling', 'webhook']
  describe.each(transports)(`${platform} by %s`, (transport) => {
    const open = () => openStage(transport)

    describe('taking updates', () => {
      test('Start comes with what the link said', async () => {
        const { sandbox, botId, conversation } = await open()
        sandbox.start(botId, anna.id, { payload: 'spring-2026' })
        // VK's link only opens the chat, Telegram's presses Start.
        if (platform === 'VK') sandbox.start(botId, anna.id)
        await until(() => conversation.taken.length > 0)
        expect(conversation.taken[0]).toMatchObject({
          externalId: anna.id,
          input: { kind: 'start' },
          link: { source: 'spring-2026' },
        })
      })

      test('Start without a link comes without one', async () => {
        const { sandbox, botId, conversation } = await open()
        sandbox.start(botId, anna.id)
        await until(() => conversation.taken.length > 0)
        expect(conversation.taken[0]).toMatchObject({ input: { kind: 'start' } })
        expect(conversation.taken[0]).not.toHaveProperty('link')
      })

      test('a text comes as it was written, and the answer is shown', async () => {
        const stage = await begun(await open())
        stage.sandbox.sendText(stage.botId, anna.id, '5 < 6 & "да" 😀')
        await until(() => stage.texts().includes('Вы прислали: 5 < 6 & "да" 😀'))
        expect(stage.conversation.taken.at(-1)?.input).toEqual({ kind: 'text', text: '5 < 6 & "да" 😀' })
      })

      test('a slash command comes without the slash', async () => {
        const stage = await begun(await open())
        stage.sandbox.sendText(stage.botId, anna.id, '/menu')
        await until(() => stage.conversation.taken.length === 2)
        expect(stage.conversation.taken[1]?.input).toEqual({ kind: 'command', name: 'menu' })
      })

      test.each(['photo', 'sticker', 'voice', 'video', 'location', 'document'] as const)(
        'a %s is told as such',
        async (kind) => {
          const stage = await begun(await open())
          stage.sandbox.sendAttachment(stage.botId, anna.id, kind)
          await until(() => stage.conversation.taken.length === 2)
          expect(stage.conversation.taken[1]?.input).toMatchObject({ kind: 'attachment', what: kind })
        },
      )

      test('a press comes with the value of the button and the message it is in', async () => {
        const stage = await withQuestion(await open())
        const [question] = stage.shown()
        const messageId = liveId(stage)
        stage.sandbox.press(stage.botId, anna.id, question!.id, 0, 1)
        await until(() => stage.conversation.taken.length === 2)
        expect(stage.conversation.taken[1]).toMatchObject({
          input: { kind: 'press', value: 'd.q=Нет' },
          messageId,
        })
      })

      test('blocking and unblocking are told', async () => {
        const stage = await begun(await open())
        stage.sandbox.block(stage.botId, anna.id)
        await until(() => stage.conversation.taken.length === 2)
        stage.sandbox.unblock(stage.botId, anna.id)
        await until(() => stage.conversation.taken.length === 3)
        expect(stage.conversation.taken.slice(1).map(({ input }) => input.kind)).toEqual([
          'blocked',
          'unblocked',
        ])
      })

      test('every delivery of one update has the same key, different updates have different ones', async () => {
        const stage = await open()
        stage.sandbox.faults.duplicate(2)
        await begun(stage)
        stage.sandbox.sendText(stage.botId, anna.id, 'раз')
        stage.sandbox.sendText(stage.botId, anna.id, 'два')
        await until(() => stage.conversation.taken.length === 3)
        expect(new Set(stage.conversation.taken.map(({ key }) => key)).size).toBe(3)
      })

      test('updates that come out of order are all taken, each once', async () => {
        const stage = await begun(await open())
        stage.sandbox.faults.reorder(3, ([first, second, third]) => [third!, first!, second!])
        for (const text of ['раз', 'два', 'три']) stage.sandbox.sendText(stage.botId, anna.id, text)
        await until(() => stage.conversation.taken.length >= 4)
        const texts = stage.conversation.taken.map(({ input }) =>
          input.kind === 'text' ? input.text : input.kind,
        )
        expect(texts.toSorted()).toEqual(['start', 'два', 'раз', 'три'].toSorted())
      })

      test('an update that could not be committed comes again, before the next of this person', async () => {
        const stage = await begun(await open())
        stage.conversation.refuse(2, ({ input }) => input.kind === 'text' && input.text === 'раз')
        stage.sandbox.sendText(stage.botId, anna.id, 'раз')
        stage.sandbox.sendText(stage.botId, anna.id, 'два')
        await until(() => stage.texts().includes('Вы прислали: два'))
        expect(stage.texts()).toEqual(['Вы прислали: start', 'Вы прислали: раз', 'Вы прислали: два'])
        const tries = stage.conversation.deliveries.filter(
          ({ input }) => input.kind === 'text' && input.text === 'раз',
        )
        expect(tries.length).toBe(3)
      })

      test('nobody waits for another person whose update takes long', async () => {
        const stage = await begun(await open())
        stage.sandbox.start(stage.botId, boris.id)
        await until(() => stage.texts(boris.id).length === 1)
        const gate = Promise.withResolvers<void>()
        stage.conversation.answer(async ({ externalId }) => {
          if (externalId === anna.id) await gate.promise
          return { say: [message(`Ответ для ${externalId}`)] }
        })
        stage.sandbox.sendText(stage.botId, anna.id, 'долгий вопрос')
        for (const text of ['раз', 'два', 'три']) {
          const before = stage.texts(boris.id).length
          stage.sandbox.sendText(stage.botId, boris.id, text)
          await until(() => stage.texts(boris.id).length > before)
        }
        expect(stage.texts(anna.id)).toHaveLength(1)
        gate.resolve()
        await until(() => stage.texts(anna.id).length === 2)
      })

      test('many people at once each get all their answers in their order', async () => {
        const stage = await open()
        const people = Array.from({ length: 40 }, (_, index) => ({ ...boris, id: 1000 + index }))
        for (const person of people) stage.sandbox.addPerson(person)
        for (const { id } of people) stage.sandbox.start(stage.botId, id)
        for (const text of ['раз', 'два', 'три'])
          for (const { id } of people) stage.sandbox.sendText(stage.botId, id, text)
        await until(() => people.every(({ id }) => stage.texts(id).length === 4))
        const expected = ['start', 'раз', 'два', 'три'].map((text) => `Вы прислали: ${text}`)
        for (const { id } of people) expect(stage.texts(id)).toEqual(expected)
      })
    })

    describe('showing replies', () => {
      test('the live message is edited in place and gets the new buttons', async () => {
        const stage = await withQuestion(await open())
        const [question] = stage.shown()
        stage.conversation.answer(({ messageId }) => ({
          say: [],
          live: { message: message('Второй вопрос', { groups: [options('А', 'Б', 'В')] }), into: messageId! },
        }))
        stage.sandbox.press(stage.botId, anna.id, question!.id, 0, 0)
        await until(() => stage.texts()[0] === 'Второй вопрос')
        expect(stage.shown()).toHaveLength(1)
        expect(labels(stage.shown()[0])).toEqual(['А', 'Б', 'В'])
      })

      test('a new live message is reported, an edited one is not', async () => {
        const stage = await withQuestion(await open())
        const [question] = stage.shown()
        expect(stage.conversation.shownIds).toHaveLength(1)
        const into: unknown[] = []
        stage.conversation.answer(({ messageId }) => {
          into.push(messageId)
          return { say: [], live: { message: message('Дальше'), into: messageId! } }
        })
        stage.sandbox.press(stage.botId, anna.id, question!.id, 0, 0)
        await until(() => stage.texts()[0] === 'Дальше')
        expect(into).toEqual([liveId(stage)])
        expect(stage.conversation.shownIds).toHaveLength(1)
      })

      test('a closed message loses its buttons, then come the words, then the next question', async () => {
        const stage = await withQuestion(await open())
        const [question] = stage.shown()
        stage.conversation.answer(({ messageId }) => ({
          close: { messageId: messageId!, text: plain('✓ Ответ: Да') },
          say: [message('Первое'), message('Второе')],
          live: { message: message('Следующий вопрос', { groups: [options('Ок')] }) },
        }))
        stage.sandbox.press(stage.botId, anna.id, question!.id, 0, 0)
        await until(() => stage.texts().length === 4 && stage.texts()[0] !== 'Вопрос')
        expect(stage.texts()).toEqual(['✓ Ответ: Да', 'Первое', 'Второе', 'Следующий вопрос'])
        expect(stage.shown()[0]?.buttons.flat()).toEqual([])
        expect(labels(stage.shown()[3])).toEqual(['Ок'])
      })

      test('a press is answered with the toast, and without one it stops spinning', async () => {
        const stage = await withQuestion(await open())
        const [question] = stage.shown()
        stage.conversation.answer(() => ({ say: [], toast: 'Записала' }))
        stage.sandbox.press(stage.botId, anna.id, question!.id, 0, 0)
        await until(() => stage.events.some((event) => event.type === 'toast' && event.text === 'Записала'))
        stage.conversation.answer(() => ({ say: [] }))
        const answered = () => stage.events.filter(({ type }) => type === 'answered').length
        const before = answered()
        stage.sandbox.press(stage.botId, anna.id, question!.id, 0, 0)
        await until(() => answered() > before)
      })

      test('an edit that changes nothing is no error', async () => {
        const stage = await withQuestion(await open())
        const again = message('Вопрос', { groups: [options('Да', 'Нет')] })
        const said = await stage.client.send(
          anna.id,
          { say: [], live: { message: again, into: liveId(stage) } },
          { key: 'again' },
        )
        expect(said).toEqual({ delivered: true, messageIds: [liveId(stage)] })
        expect(stage.texts()).toEqual(['Вопрос'])
      })

      test('a live message that is gone is sent anew and reported', async () => {
        const stage = await withQuestion(await open())
        const live = { message: message('Тот же вопрос', { groups: [options('Да')] }), into: 987_654 }
        const said = await stage.client.send(anna.id, { say: [], live }, { key: 'anew' })
        expect(stage.texts()).toEqual(['Вопрос', 'Тот же вопрос'])
        expect(stage.conversation.shownIds.at(-1)).toEqual({
          externalId: anna.id,
          messageId: said.messageIds[0],
        })
      })

      test('a long text is split, and the buttons are under its last part', async () => {
        const stage = await begun(await open())
        const long = message('слово '.repeat(1500).trim(), { groups: [options('Ок')] })
        await stage.client.send(anna.id, { say: [], live: { message: long } }, { key: 'long' })
        const parts = stage.shown().slice(1)
        expect(parts.map(({ text }) => text).join(' ')).toBe(long.text.text)
        expect(parts.map((part) => labels(part))).toEqual([[], [], ['Ок']])
        const edited = { message: message('Коротко'), into: liveId(stage) }
        await stage.client.send(anna.id, { say: [], live: edited }, { key: 'short' })
        expect(stage.texts().at(-1)).toBe('Коротко')
      })

      test('a file arrives with its name and content', async () => {
        const stage = await begun(await open())
        const content = '{"имя":"Анна"}'
        const file: Message = message('Ваши данные', { file: { name: 'my-data.json', content } })
        await stage.client.send(anna.id, { say: [file] }, { key: 'file' })
        const shown = stage.shown().find((one) => one.file)
        expect(shown?.file?.name).toBe('my-data.json')
        expect(await (await fetch(`${stage.apiUrl}${shown!.file!.path}`)).text()).toBe(content)
        expect(stage.texts()).toContain('Ваши данные')
      })

      test('a button with an address opens it', async () => {
        const stage = await begun(await open())
        const link = { label: 'Сайт', value: 'x', link: 'https://example.org/' }
        const card = message('Адрес', { groups: [{ kind: 'options', buttons: [link] }] })
        await stage.client.send(anna.id, { say: [card] }, { key: 'link' })
        expect(stage.shown().at(-1)?.buttons).toMatchObject([
          [{ label: 'Сайт', kind: 'link', link: 'https://example.org/' }],
        ])
      })

      test('a picture arrives over its words, with the buttons under them', async () => {
        const stage = await begun(await open())
        const said = await stage.client.send(anna.id, { say: [thanks('Спасибо!')] }, { key: 'coupon' })
        expect(said).toMatchObject({ delivered: true, messageIds: [expect.any(Number)] })
        expect(stage.drawn).toEqual([coupon])
        expect(stage.shown().slice(1)).toMatchObject([
          {
            text: 'Спасибо!',
            picture: { name: 'K7RWM2FQ9D.png' },
            buttons: [
              [{ label: 'Отзыв', kind: 'link', link: 'https://example.org/' }],
              [{ label: 'В меню' }],
            ],
          },
        ])
        const answer = await fetch(`${stage.apiUrl}${stage.shown()[1]!.picture!.path}`)
        expect(answer.headers.get('content-type')).toBe('image/png')
        expect(tinyPicture.equals(Buffer.from(await answer.arrayBuffer()))).toBe(true)
      })

      test('with more words than one message holds the picture comes first and the buttons last', async () => {
        const stage = await begun(await open())
        const long = 'слово '.repeat(900).trim()
        await stage.client.send(anna.id, { say: [thanks(long)] }, { key: 'coupon' })
        const parts = stage.shown().slice(1)
        expect(parts.map((part) => part.picture !== undefined).lastIndexOf(true)).toBe(0)
        expect(
          parts
            .map(({ text }) => text)
            .join(' ')
            .trim(),
        ).toBe(long)
        expect(parts.map((part) => labels(part)).at(-1)).toEqual(['Отзыв', 'В меню'])
        expect(parts.slice(0, -1).flatMap((part) => labels(part))).toEqual([])
      })

      test('a picture that cannot be drawn leaves the words and the buttons', async () => {
        const stage = await begun(await open())
        stage.drawing(() => Promise.reject(new RangeError('тайный купон')))
        await stage.client.send(anna.id, { say: [thanks('Спасибо!')] }, { key: 'coupon' })
        expect(stage.shown().slice(1)).toMatchObject([{ text: 'Спасибо!' }])
        expect(stage.shown()[1]?.picture).toBeUndefined()
        expect(labels(stage.shown()[1])).toEqual(['Отзыв', 'В меню'])
        expect(stage.logged()).toContain('"event":"picture.failed","picture":"coupon"')
        expect(stage.logged()).not.toContain('тайный')
      })

      test('a picture that the platform does not take leaves the words and the buttons', async () => {
        const stage = await begun(await open())
        stage.drawing(async () => ({ name: 'no-picture.png', content: Buffer.from('<svg>'.repeat(20)) }))
        await stage.client.send(anna.id, { say: [thanks('Спасибо!')] }, { key: 'coupon' })
        expect(stage.shown().slice(1)).toMatchObject([{ text: 'Спасибо!' }])
        expect(labels(stage.shown()[1])).toEqual(['Отзыв', 'В меню'])
        expect(stage.logged()).toContain('picture.refused')
      })

      test('a picture is drawn once, however often it has to be sent', async () => {
        const stage = await begun(await open())
        const method = stage.platform === 'telegram' ? 'sendPhoto' : 'photos.saveMessagesPhoto'
        stage.sandbox.faults.add({ kind: 'serverError', method, times: 2 })
        await stage.client.send(anna.id, { say: [thanks('Спасибо!')] }, { key: 'coupon' })
        expect(stage.drawn).toHaveLength(1)
        expect(stage.shown().slice(1)).toMatchObject([
          { text: 'Спасибо!', picture: { name: 'K7RWM2FQ9D.png' } },
        ])
      })

      test('a picture never becomes of an earlier message: it comes anew', async () => {
        const stage = await withQuestion(await open())
        const live = { message: thanks('Спасибо!'), into: liveId(stage) }
        await stage.client.send(anna.id, { say: [], live }, { key: 'coupon' })
        expect(stage.texts()).toEqual(['Вопрос', 'Спасибо!'])
        expect(stage.shown()[1]).toMatchObject({ picture: { name: 'K7RWM2FQ9D.png' } })
      })

      test('colours are those of the platform', async () => {
        const stage = await begun(await open())
        const buttons = (['primary', 'positive', 'negative'] as const).map((color) => ({
          label: color,
          value: color,
          color,
        }))
        await stage.client.send(
          anna.id,
          { say: [message('Цвета', { groups: [{ kind: 'options', buttons }] })] },
          { key: 'c' },
        )
        expect(
          stage
            .shown()
            .at(-1)
            ?.buttons.flat()
            .map(({ color }) => color),
        ).toEqual(['primary', 'success', 'danger'])
      })
    })

    describe('when the platform refuses', () => {
      test('"too many requests" is waited out and nothing is lost', async () => {
        const stage = await begun(await open())
        stage.sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 1, times: 2 })
        stage.sandbox.sendText(stage.botId, anna.id, 'раз')
        stage.sandbox.sendText(stage.botId, anna.id, 'два')
        await until(() => stage.texts().length === 3)
        expect(stage.texts()).toEqual(['Вы прислали: start', 'Вы прислали: раз', 'Вы прислали: два'])
        expect(stage.limiter.stats().pauses).toBeGreaterThan(0)
      })

      test('a person who has blocked the bot is reported unreachable, others still get their messages', async () => {
        const stage = await begun(await open())
        stage.sandbox.start(stage.botId, boris.id)
        await until(() => stage.texts(boris.id).length === 1)
        stage.sandbox.block(stage.botId, anna.id)
        const said = await stage.client.send(anna.id, { say: [message('Скидка')] }, { key: 'offer:1' })
        expect(said).toEqual({ delivered: false, messageIds: [] })
        expect(stage.conversation.unreachables).toEqual([anna.id])
        expect(
          await stage.client.send(boris.id, { say: [message('Скидка')] }, { key: 'offer:2' }),
        ).toMatchObject({ delivered: true })
      })

      test('a person who has blocked the bot is not sent the words of a picture either', async () => {
        const stage = await begun(await open())
        stage.sandbox.block(stage.botId, anna.id)
        const said = await stage.client.send(anna.id, { say: [thanks('Спасибо!')] }, { key: 'coupon' })
        expect(said).toEqual({ delivered: false, messageIds: [] })
        expect(stage.conversation.unreachables).toEqual([anna.id])
      })

      test('a person who forbids messages in the middle of a reply is reported unreachable', async () => {
        const stage = await begun(await open())
        stage.sandbox.faults.add({ kind: 'forbidden', times: 1 })
        stage.sandbox.sendText(stage.botId, anna.id, 'раз')
        await until(() => stage.conversation.unreachables.length === 1)
        expect(stage.conversation.unreachables).toEqual([anna.id])
      })

      test('an error of the server is repeated until the message is shown', async () => {
        const stage = await begun(await open())
        stage.sandbox.faults.add({ kind: 'serverError', times: 3 })
        stage.sandbox.sendText(stage.botId, anna.id, 'раз')
        await until(() => stage.texts().length === 2)
        expect(stage.texts()[1]).toBe('Вы прислали: раз')
      })

      test('a connection cut before the call took effect loses nothing', async () => {
        const stage = await begun(await open())
        stage.sandbox.faults.add({ kind: 'disconnect', effect: 'before', times: 2 })
        stage.sandbox.sendText(stage.botId, anna.id, 'раз')
        await until(() => stage.texts().length === 2)
        expect(stage.texts()[1]).toBe('Вы прислали: раз')
      })

      test('an edit whose connection is cut after it took effect is repeated and changes nothing more', async () => {
        const stage = await withQuestion(await open())
        stage.sandbox.faults.add({ kind: 'disconnect', effect: 'after', times: 1 })
        const live = { message: message('Правка'), into: liveId(stage) }
        const said = await stage.client.send(anna.id, { say: [], live }, { key: 'edit' })
        expect(said.delivered).toBe(true)
        expect(stage.texts()).toEqual(['Правка'])
      })

      test('a press can go unanswered without harm to the reply', async () => {
        const stage = await withQuestion(await open())
        const [question] = stage.shown()
        stage.conversation.answer(({ messageId }) => ({
          say: [message('Ответ')],
          live: { message: message('Дальше'), into: messageId! },
        }))
        const method =
          stage.platform === 'telegram' ? 'answerCallbackQuery' : 'messages.sendMessageEventAnswer'
        stage.sandbox.faults.add({ kind: 'forbidden', method })
        stage.sandbox.press(stage.botId, anna.id, question!.id, 0, 0)
        await until(() => stage.texts().includes('Ответ') && stage.texts().includes('Дальше'))
        expect(stage.conversation.unreachables).toEqual([])
      })

      test('a call that the platform does not take is an error with its name and code, and the rest is still said', async () => {
        const stage = await begun(await open())
        const tooMany = Array.from({ length: 11 }, (_, index) => ({
          label: `Мастер ${index}`,
          value: 'я'.repeat(40),
        }))
        const bad = message('Плохая карточка', { groups: [{ kind: 'options', buttons: tooMany }] })
        const sending = stage.client.send(anna.id, { say: [bad, message('Следом')] }, { key: 'bad' })
        await expect(sending).rejects.toThrow(/BUTTON_DATA_INVALID|room for 10 buttons/)
        expect(stage.texts().at(-1)).toBe('Следом')
      })
    })

    test('stop says what is still to be said', async () => {
      const stage = await begun(await open())
      stage.sandbox.faults.add({ kind: 'slow', delayMs: 100, effect: 'before', times: 1 })
      stage.sandbox.sendText(stage.botId, anna.id, 'раз')
      await until(() => stage.conversation.taken.length === 2)
      await stage.client.stop()
      expect(stage.texts()).toEqual(['Вы прислали: start', 'Вы прислали: раз'])
    })

    test('stop waits for the update in hand; what comes later is left to the next life', async () => {
      const stage = await begun(await open())
      const gate = Promise.withResolvers<void>()
      stage.conversation.answer(async () => {
        await gate.promise
        return { say: [message('Успела')] }
      })
      stage.sandbox.sendText(stage.botId, anna.id, 'раз')
      await until(() => stage.conversation.deliveries.length === 2)
      const stopped = stage.client.stop()
      stage.sandbox.sendText(stage.botId, boris.id, 'поздно')
      gate.resolve()
      await stopped
      expect(stage.texts().at(-1)).toBe('Успела')
      if (transport === 'webhook') await until(() => stage.logged().includes('update.refused'))
      expect(stage.conversation.deliveries).toHaveLength(2)
    })

    test('stop does not wait for ever for an update that hangs', async () => {
      const stage = await begun(await open())
      stage.conversation.answer(() => new Promise(() => undefined))
      stage.sandbox.sendText(stage.botId, anna.id, 'раз')
      await until(() => stage.conversation.deliveries.length === 2)
      await stage.client.stop(50)
      expect(stage.logged()).toContain('stop.unfinished')
    })

    test('what people write is not in the log', async () => {
      const stage = await begun(await open())
      stage.conversation.refuse(1)
      stage.sandbox.faults.add({ kind: 'serverError', times: 1 })
      stage.sandbox.sendText(stage.botId, anna.id, 'Мой тайный вопрос')
      await until(() => stage.texts().length === 2)
      expect(stage.logged()).toContain('"error":"DatabaseAway"')
      expect(stage.logged()).not.toContain('тайный')
    })
  })
}

const thanks = (text: string): Message =>
  message(text, {
    picture: coupon,
    groups: [
      { kind: 'options', buttons: [{ label: 'Отзыв', value: 'x', link: 'https://example.org/' }] },
      { kind: 'controls', buttons: [{ label: 'В меню', value: 'menu.go=menu' }] },
    ],
  })

/** Anna has pressed Start and got an answer. */
async function begun(stage: Stage): Promise<Stage> {
  stage.sandbox.start(stage.botId, anna.id)
  await until(() => stage.texts().length >= 1 && stage.conversation.taken.length === 1)
  return stage
}

/** Anna has pressed Start and got a question with two buttons. */
async function withQuestion(stage: Stage): Promise<Stage> {
  stage.conversation.answer(() => ({
    say: [],
    live: { message: message('Вопрос', { groups: [options('Да', 'Нет')] }) },
  }))
  stage.sandbox.start(stage.botId, anna.id)
  await until(() => stage.texts().length === 1 && stage.conversation.shownIds.length === 1)
  return stage
}

/** The number that edits need, as the platform told it. */
const liveId = (stage: Stage): number => stage.conversation.shownIds.at(-1)!.messageId

const labels = (shown: ShownMessage | undefined): string[] =>
  shown?.buttons.flat().map(({ label }) => label) ?? []
