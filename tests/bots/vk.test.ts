import { inspect } from 'node:util'
import { pino } from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createLimiter } from '../../src/bots/limiter.ts'
import type { Cursor } from '../../src/bots/poll-vk.ts'
import { createVk } from '../../src/bots/vk.ts'
import { createWire } from '../../src/bots/wire.ts'
import { listen } from '../../src/sandbox/listen.ts'
import { coupon, createScriptedConversation, message, options } from './scripted-conversation.ts'
import { anna, boris, groupId, openVkStage, secret, tinyPicture, until, vkToken } from './stage.ts'
import type { Transport, VkStage } from './stage.ts'

async function begun(transport: Transport = 'long polling', cursor?: Cursor): Promise<VkStage> {
  const stage = await openVkStage(transport, cursor ? { cursor } : {})
  stage.sandbox.start(stage.botId, anna.id)
  await until(() => stage.texts().length === 1)
  return stage
}

describe('taking events', () => {
  test('the word "Начать" is Start too, and a link tells its label and its source', async () => {
    const stage = await begun()
    stage.sandbox.start(stage.botId, anna.id, { payload: 'spring', source: 'instagram' })
    stage.sandbox.sendText(stage.botId, anna.id, ' начать ')
    await until(() => stage.conversation.taken.length === 2)
    expect(stage.conversation.taken[1]).toMatchObject({
      input: { kind: 'start' },
      link: { source: 'spring', detail: 'instagram' },
    })
  })

  test('words that are commands in Telegram stay words without a slash', async () => {
    const stage = await begun()
    for (const text of ['меню', '/меню', '/Menu сейчас']) stage.sandbox.sendText(stage.botId, anna.id, text)
    await until(() => stage.conversation.taken.length === 4)
    expect(stage.conversation.taken.slice(1).map(({ input }) => input)).toEqual([
      { kind: 'text', text: 'меню' },
      { kind: 'command', name: 'меню' },
      { kind: 'command', name: 'menu' },
    ])
  })

  test('an app that knows callback buttons is told as such, with its language', async () => {
    const stage = await begun()
    expect(stage.conversation.taken[0]).toMatchObject({ callbackButtons: true, profile: { language: 'ru' } })
  })

  const post = (stage: VkStage, event: object) =>
    fetch(stage.webhookUrl, {
      method: 'POST',
      body: JSON.stringify({ group_id: groupId, secret, v: '5.199', ...event }),
    })
  const messageNew = (fields: object, event: object = {}) => ({
    type: 'message_new',
    event_id: crypto.randomUUID(),
    object: {
      client_info: {
        button_actions: ['text', 'callback'],
        keyboard: true,
        inline_keyboard: true,
        lang_id: 3,
      },
      message: {
        id: 1,
        date: 1,
        peer_id: anna.id,
        from_id: anna.id,
        text: '',
        attachments: [],
        fwd_messages: [],
        out: 0,
        ...fields,
      },
    },
    ...event,
  })

  test.each([
    ['a button of ours', { text: 'Да', payload: '{"v":"d.q=Да"}' }, { kind: 'press', value: 'd.q=Да' }],
    ['a button of another program', { text: 'Да', payload: '{"button":"1"}' }, { kind: 'text', text: 'Да' }],
    ['a payload that is not JSON', { text: 'Да', payload: 'кнопка' }, { kind: 'text', text: 'Да' }],
    ['escaped words', { text: '5 &lt; 6 &amp; &quot;да&quot;' }, { kind: 'text', text: '5 < 6 & "да"' }],
    [
      'words with the preview of an address',
      {
        text: 'example.org',
        attachments: [{ type: 'link', link: { url: 'https://example.org', title: '' } }],
      },
      { kind: 'text', text: 'example.org' },
    ],
    [
      'a forwarded message',
      {
        fwd_messages: [
          { id: 2, date: 1, from_id: 5, peer_id: 5, text: 'чужое', attachments: [], fwd_messages: [] },
        ],
      },
      { kind: 'attachment', what: 'other' },
    ],
    [
      'a picture with words',
      { text: 'как здесь', attachments: [{ type: 'photo', photo: { id: 1, owner_id: 1, sizes: [] } }] },
      { kind: 'attachment', what: 'photo', caption: 'как здесь' },
    ],
  ])('%s is understood', async (_, fields, input) => {
    const stage = await openVkStage('webhook')
    expect(await (await post(stage, messageNew(fields))).text()).toBe('ok')
    expect(stage.conversation.taken[0]).toMatchObject({ input, profile: { language: 'en' } })
  })

  test.each([
    ['a chat of many', messageNew({ peer_id: 2_000_000_001, text: 'раз' })],
    ["the community's own message", messageNew({ out: 1, text: 'раз' })],
    ['another community', messageNew({ peer_id: -5, from_id: -5, text: 'раз' })],
    [
      'an event of another kind',
      { type: 'group_join', event_id: 'x', object: { user_id: anna.id, join_type: 'join' } },
    ],
    ['an unknown event', { type: 'something_of_next_year', event_id: 'x', object: {} }],
    ['an event without an object', { type: 'message_typing_state', event_id: 'x' }],
  ])('%s is taken note of and nothing to the dialogues', async (_, event) => {
    const stage = await openVkStage('webhook')
    expect(await (await post(stage, event)).text()).toBe('ok')
    expect(stage.conversation.deliveries).toEqual([])
  })

  test('the bare message of an old API version is understood', async () => {
    const stage = await openVkStage('webhook')
    const object = {
      id: 1,
      date: 1,
      peer_id: anna.id,
      from_id: anna.id,
      text: 'раз',
      attachments: [],
      out: 0,
    }
    await post(stage, { type: 'message_new', object })
    expect(stage.conversation.taken[0]).toMatchObject({
      key: `vk:${groupId}:message_new.${anna.id}.1`,
      input: { text: 'раз' },
      callbackButtons: false,
    })
  })

  test('a button of another program stops spinning and is nothing to the dialogues', async () => {
    const stage = await begun()
    const keyboard = {
      inline: true,
      buttons: [[{ action: { type: 'callback', label: 'Чужая', payload: '{"a":1}' } }]],
    }
    const body = new URLSearchParams({
      access_token: vkToken,
      v: '5.199',
      peer_id: String(anna.id),
      random_id: '5',
      message: 'x',
      keyboard: JSON.stringify(keyboard),
    })
    await fetch(`${stage.apiUrl}/method/messages.send`, { method: 'POST', body })
    stage.sandbox.press(stage.botId, anna.id, stage.shown().at(-1)!.id, 0, 0)
    await until(() => stage.events.some(({ type }) => type === 'answered'))
    expect(stage.conversation.taken).toHaveLength(1)
  })

  test('the confirmation is told to who knows the secret only', async () => {
    const stage = await openVkStage('webhook')
    const ask = (fields: object) => post(stage, { type: 'confirmation', ...fields })
    expect(await (await ask({})).text()).toBe('c0nf1rm')
    expect((await ask({ secret: 'wrong' })).status).toBe(403)
    expect((await ask({ secret: undefined })).status).toBe(403)
    expect((await ask({ group_id: 6 })).status).toBe(403)
  })

  test('a wrong secret or community is refused, and so is what is no event', async () => {
    const stage = await openVkStage('webhook')
    expect((await post(stage, messageNew({ text: 'раз' }, { secret: `${secret}x` }))).status).toBe(403)
    expect((await post(stage, messageNew({ text: 'раз' }, { group_id: 6 }))).status).toBe(403)
    expect((await fetch(stage.webhookUrl, { method: 'POST', body: '{' })).status).toBe(400)
    expect(
      (await fetch(stage.webhookUrl, { method: 'POST', body: `"${'x'.repeat(1_100_000)}"` })).status,
    ).toBe(413)
    expect((await fetch(stage.webhookUrl)).status).toBe(405)
    expect(stage.conversation.deliveries).toEqual([])
  })

  test('"ok" comes only after the commit, and 500 when nothing was committed', async () => {
    const stage = await openVkStage('webhook')
    stage.conversation.refuse(1)
    const event = messageNew({ text: 'раз' })
    expect((await post(stage, event)).status).toBe(500)
    const order: string[] = []
    const gate = Promise.withResolvers<void>()
    stage.conversation.answer(async () => {
      await gate.promise
      order.push('committed')
      return { say: [] }
    })
    const answered = post(stage, event).then(async (response) => order.push(await response.text()))
    await until(() => stage.conversation.deliveries.length === 2)
    gate.resolve()
    await answered
    expect(order).toEqual(['committed', 'ok'])
  })
})

describe('showing replies', () => {
  test('an app without callback buttons gets text buttons, and their presses come back as presses', async () => {
    const stage = await openVkStage('webhook')
    stage.conversation.answer(() => ({ say: [message('Вопрос', { groups: [options('Да', 'Нет')] })] }))
    const client_info = {
      button_actions: ['text', 'open_link'],
      keyboard: true,
      inline_keyboard: true,
      lang_id: 0,
    }
    const text = { id: 1, date: 1, peer_id: anna.id, from_id: anna.id, text: 'раз', attachments: [], out: 0 }
    const event = {
      type: 'message_new',
      event_id: 'e1',
      group_id: groupId,
      secret,
      object: { client_info, message: text },
    }
    stage.sandbox.start(stage.botId, anna.id)
    await until(() => stage.texts().length === 1)
    await fetch(stage.webhookUrl, { method: 'POST', body: JSON.stringify(event) })
    await until(() => stage.texts().length === 2)
    expect(stage.shown().map(({ buttons }) => buttons.flat().map(({ kind }) => kind))).toEqual([
      ['callback', 'callback'],
      ['text', 'text'],
    ])
    stage.sandbox.press(stage.botId, anna.id, stage.shown()[1]!.id, 0, 1)
    await until(() => stage.conversation.taken.length === 3)
    expect(stage.conversation.taken[2]).toMatchObject({ input: { kind: 'press', value: 'd.q=Нет' } })
    expect(stage.conversation.taken[2]).not.toHaveProperty('messageId')
  })

  test('standing buttons stay under the input field; a message with buttons of its own leaves them out', async () => {
    const stage = await begun()
    const standing = [{ label: '☰ Меню', value: 'menu.go=menu' }]
    const both = message('Вопрос', { groups: [options('Да')], standing })
    await stage.client.send(anna.id, { say: [both] }, { key: 'both' })
    expect(stage.sandbox.chat(stage.botId, anna.id).keyboard).toEqual([])
    expect(
      stage
        .shown()
        .at(-1)
        ?.buttons.flat()
        .map(({ label }) => label),
    ).toEqual(['Да'])
    await stage.client.send(anna.id, { say: [message('Готово', { standing })] }, { key: 'standing' })
    expect(stage.sandbox.chat(stage.botId, anna.id).keyboard).toMatchObject([
      [{ label: '☰ Меню', kind: 'text' }],
    ])
    stage.sandbox.pressKeyboard(stage.botId, anna.id, 0, 0)
    await until(() => stage.conversation.taken.length === 2)
    expect(stage.conversation.taken[1]?.input).toEqual({ kind: 'press', value: 'menu.go=menu' })
  })

  test('a message that is asked for a phone is an ordinary one, and bold words are just words', async () => {
    const stage = await begun()
    const asking = {
      text: { text: 'Ваш номер?', bold: [{ offset: 0, length: 3 }] },
      groups: [options('Пропустить')],
      askPhone: { label: 'Дать', typed: [] },
    }
    await stage.client.send(anna.id, { say: [asking] }, { key: 'phone' })
    expect(stage.shown().at(-1)).toMatchObject({
      text: 'Ваш номер?',
      marks: [],
      buttons: [[{ label: 'Пропустить', kind: 'callback' }]],
    })
  })

  test('a long toast is cut to what a snackbar holds', async () => {
    const stage = await begun()
    await stage.client.send(
      anna.id,
      { say: [], live: { message: message('Вопрос', { groups: [options('Да')] }) } },
      { key: 'q' },
    )
    stage.conversation.answer(() => ({ say: [], toast: 'слово '.repeat(30) }))
    stage.sandbox.press(stage.botId, anna.id, stage.shown().at(-1)!.id, 0, 0)
    await until(() => stage.events.some(({ type }) => type === 'toast'))
    expect(stage.events.find((event) => event.type === 'toast')).toMatchObject({
      text: expect.stringMatching(/^.{89}…$/) as string,
    })
  })

  test("a card keeps the keyboard's limits: ten answers in two rows, controls left out", async () => {
    const stage = await begun()
    const buttons = Array.from({ length: 10 }, (_, index) => ({
      label: String(index + 1),
      value: `s=${index + 1}`,
    }))
    const controls = { kind: 'controls' as const, buttons: [{ label: '← Назад', value: 'back' }] }
    await stage.client.send(
      anna.id,
      { say: [message('Оцените', { groups: [{ kind: 'scale', buttons }, controls] })] },
      { key: 's' },
    )
    expect(
      stage
        .shown()
        .at(-1)
        ?.buttons.map((row) => row.length),
    ).toEqual([5, 5])
  })

  test('what people write back cannot call anybody', async () => {
    const bodies: string[] = []
    const url = await serve((_, body) => {
      bodies.push(body)
      return { response: [{ peer_id: 1, message_id: 1, conversation_message_id: 7 }] }
    })
    expect(await vkAt(url).send(anna.id, { say: [message('@all [id1|вы]')] }, { key: 'x' })).toMatchObject({
      messageIds: [7],
    })
    expect(new URLSearchParams(bodies[0]).get('disable_mentions')).toBe('1')
  })

  test('the profile is what the page shows', async () => {
    const stage = await begun()
    expect(await stage.client.profileOf(anna.id)).toEqual({
      firstName: 'Анна',
      lastName: 'Ветрова',
      sex: 'female',
      birthday: { day: 17, month: 4, year: 1990 },
      city: 'Москва',
    })
    expect(await stage.client.profileOf(boris.id)).not.toHaveProperty('birthday')
    expect(await stage.client.profile()).toEqual({ id: groupId, name: 'Салон', screenName: 'salon' })
  })
})

describe('what bites in vk-io', () => {
  test("no event is lost when the long poll's key expires (failed 2)", async () => {
    const stage = await begun()
    for (let round = 0; round < 3; round += 1) {
      stage.sandbox.expireKey()
      for (const text of ['раз', 'два', 'три'])
        stage.sandbox.sendText(stage.botId, anna.id, `${text} ${round}`)
    }
    await until(() => stage.conversation.taken.length >= 10)
    const texts = stage.conversation.taken.flatMap(({ input }) => (input.kind === 'text' ? [input.text] : []))
    expect(texts).toEqual(['раз 0', 'два 0', 'три 0', 'раз 1', 'два 1', 'три 1', 'раз 2', 'два 2', 'три 2'])
  })

  test('a place that is too old (failed 1) and a lost server (failed 3) are got over', async () => {
    const stage = await begun()
    stage.sandbox.loseHistory()
    stage.sandbox.sendText(stage.botId, anna.id, 'раз')
    await until(() => stage.conversation.taken.length === 2)
    stage.sandbox.loseServer()
    await until(() => stage.calls().filter((method) => method === 'groups.getLongPollServer').length === 2)
    stage.sandbox.sendText(stage.botId, anna.id, 'два')
    await until(() => stage.conversation.taken.length === 3)
  })

  test('a poll that fails is repeated and loses nothing', async () => {
    const stage = await begun()
    stage.sandbox.faults.add({ kind: 'serverError', method: 'longpoll', times: 1 })
    stage.sandbox.sendText(stage.botId, anna.id, 'раз')
    await until(() => stage.logged().includes('poll.failed'))
    stage.sandbox.sendText(stage.botId, anna.id, 'два')
    await until(() => stage.conversation.taken.length === 3)
  })

  test('stop ends the waiting poll at once', async () => {
    const stage = await begun()
    await stage.client.stop(500)
    stage.sandbox.sendText(stage.botId, anna.id, 'после')
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(stage.conversation.taken).toHaveLength(1)
  })

  test('the place in the long poll is kept, and what came in between is taken after a restart', async () => {
    let kept: string | undefined
    const cursor: Cursor = { load: async () => kept, save: async (ts) => void (kept = ts) }
    const stage = await begun('long polling', cursor)
    await stage.client.stop(500)
    expect(kept).toBeDefined()
    stage.sandbox.sendText(stage.botId, anna.id, 'пока никого не было')
    const conversation = createScriptedConversation()
    const again = vkAt(`${stage.apiUrl}/method`, { conversation, cursor })
    void again.poll()
    onTestFinished(() => again.stop(500))
    await until(() => conversation.taken.length === 1)
    expect(conversation.taken[0]?.input).toEqual({ kind: 'text', text: 'пока никого не было' })
  })

  test('the place moves only past events that are committed', async () => {
    const saved: string[] = []
    const stage = await openVkStage('long polling', {
      cursor: { load: async () => undefined, save: async (ts) => void saved.push(ts) },
    })
    const gate = Promise.withResolvers<void>()
    stage.conversation.answer(async ({ input }) => {
      if (input.kind === 'text' && input.text === 'долго') await gate.promise
      return { say: [] }
    })
    stage.sandbox.sendText(stage.botId, anna.id, 'долго')
    await until(() => stage.conversation.deliveries.length === 1)
    stage.sandbox.sendText(stage.botId, boris.id, 'быстро')
    await until(() => stage.conversation.taken.length === 1)
    // The place where the reading began.
    expect(saved).toHaveLength(1)
    gate.resolve()
    await until(() => stage.conversation.taken.length === 2)
    await stage.client.stop(500)
    expect(saved).toHaveLength(2)
    expect(Number(saved[1])).toBe(Number(saved[0]) + 2)
  })

  test.each([['blacklist' as const], ['privacy' as const]])(
    'a refusal inside a successful answer (%s) is not swallowed',
    async (restriction) => {
      const stage = await begun()
      stage.sandbox.restrict(anna.id, restriction)
      expect(await stage.client.send(anna.id, { say: [message('Скидка')] }, { key: 'offer' })).toEqual({
        delivered: false,
        messageIds: [],
      })
      expect(stage.conversation.unreachables).toEqual([anna.id])
    },
  )

  test('a person who never wrote (901) is unreachable, not an error', async () => {
    const stage = await begun()
    expect(await stage.client.send(boris.id, { say: [message('Скидка')] }, { key: 'offer' })).toMatchObject({
      delivered: false,
    })
    expect(stage.conversation.unreachables).toEqual([boris.id])
  })

  test('the number of a message is the same for every try, so a cut connection shows it once', async () => {
    const stage = await begun()
    stage.sandbox.faults.add({ kind: 'disconnect', effect: 'after', method: 'messages.send', times: 2 })
    await stage.client.send(anna.id, { say: [message('Раз'), message('Два')] }, { key: 'offer:1' })
    await stage.client.send(anna.id, { say: [message('Раз'), message('Два')] }, { key: 'offer:1' })
    await stage.client.send(anna.id, { say: [message('Раз')] }, { key: 'offer:2' })
    expect(stage.texts().slice(1)).toEqual(['Раз', 'Два', 'Раз'])
  })

  test('a question whose reply was cut off above it is shown when the rest is said again, once', async () => {
    const stage = await begun()
    const say = [message('Спасибо!')]
    const live = { message: message('5 из 17') }
    // The program died after the first message; the update comes again, and only the question is said.
    await stage.client.send(anna.id, { say }, { key: 'vk:1:17' })
    await stage.client.send(anna.id, { say: [], live }, { key: 'vk:1:17' })
    await stage.client.send(anna.id, { say, live }, { key: 'vk:1:17' })
    expect(stage.texts().filter((text) => text === 'Спасибо!')).toHaveLength(1)
    expect(stage.texts().filter((text) => text === '5 из 17')).toHaveLength(1)
  })

  test('a picture that is sent again under its key is shown once', async () => {
    const stage = await begun()
    const say = [message('Спасибо!', { picture: coupon })]
    stage.sandbox.faults.add({ kind: 'disconnect', effect: 'after', method: 'messages.send', times: 2 })
    await stage.client.send(anna.id, { say }, { key: 'survey:1' })
    await stage.client.send(anna.id, { say }, { key: 'survey:1' })
    expect(stage.shown().slice(1)).toMatchObject([{ text: 'Спасибо!', picture: { name: 'K7RWM2FQ9D.png' } }])
  })

  test('of a long message the first part carries the picture, and the last part the file', async () => {
    const stage = await begun()
    const more = { picture: coupon, file: { name: 'data.json', content: '{}' } }
    await stage.client.send(anna.id, { say: [message('слово '.repeat(900).trim(), more)] }, { key: 'both' })
    expect(
      stage
        .shown()
        .slice(1)
        .map((part) => [part.picture?.name, part.file?.name]),
    ).toEqual([
      ['K7RWM2FQ9D.png', undefined],
      [undefined, 'data.json'],
    ])
  })

  test('error 6 pauses the token instead of being repeated in secret', async () => {
    const stage = await begun()
    stage.sandbox.faults.add({ kind: 'tooManyRequests', retryAfterSeconds: 1, times: 1 })
    await stage.client.send(anna.id, { say: [message('Раз')] }, { key: 'x' })
    expect(stage.limiter.stats().pauses).toBe(1)
    expect(stage.calls().filter((method) => method === 'messages.send')).toHaveLength(3)
  })

  test('flood control (9) is not insisted upon: the token pauses and the call is given up', async () => {
    let calls = 0
    const url = await serve(() => {
      calls += 1
      return { error: { error_code: 9, error_msg: 'Flood control', request_params: [] } }
    })
    const limiter = createLimiter({ perSecond: 1000 })
    const pause = limiter.pause.bind(limiter)
    const pauses: number[] = []
    const impatient = {
      ...limiter,
      run: limiter.run.bind(limiter),
      pause: (delayMs: number) => (pauses.push(delayMs), pause(1)),
    }
    const sending = vkAt(url, { limiter: impatient }).send(anna.id, { say: [message('Раз')] }, { key: 'x' })
    await expect(sending).rejects.toThrow('9 Flood control')
    expect(pauses).toEqual([15_000, 15_000, 15_000])
    expect(calls).toBe(3)
  })

  test('a plain http API is reached, and the calls carry the token in the body only', async () => {
    const seen: { url: string; body: string }[] = []
    const url = await serve((path, body) => {
      seen.push({ url: path, body })
      return { response: [{ id: 777, first_name: 'Анна' }] }
    })
    expect(await vkAt(url).profileOf(777)).toEqual({ firstName: 'Анна' })
    expect(seen[0]?.url).toBe('/method/users.get')
    expect(new URLSearchParams(seen[0]?.body).get('access_token')).toBe(vkToken)
  })

  test('neither token nor words are in an error or the log', async () => {
    const logged: string[] = []
    const params = [
      { key: 'access_token', value: vkToken },
      { key: 'message', value: 'тайна' },
    ]
    const url = await serve(() => ({
      error: { error_code: 100, error_msg: 'One of the parameters', request_params: params },
    }))
    const log = pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) })
    const error: unknown = await vkAt(url, { log })
      .send(anna.id, { say: [message('тайна')] }, { key: 'x' })
      .catch((reason: unknown) => reason)
    expect(String(error)).toContain('messages.send failed: 100')
    expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/NOBODY_MAY_SEE|тайна/)
    expect(logged.join('')).toContain('reply.failed')
    expect(logged.join('')).not.toMatch(/NOBODY_MAY_SEE|тайна/)
  })

  test('a token without the right to read events ends the polling with advice', async () => {
    const url = await serve(() => ({
      error: { error_code: 15, error_msg: 'Access denied', request_params: [] },
    }))
    await expect(vkAt(url).poll()).rejects.toThrow('make a new key')
  })

  test('a slash at the end of the API URL is an error with advice', () => {
    expect(() => vkAt('http://127.0.0.1:1/method/')).toThrow('Remove the slash')
  })
})

/** A server that answers every call with what `reply` makes of it. */
async function serve(reply: (path: string, body: string) => object): Promise<string> {
  const server = await listen([
    (request, response) => {
      void request.toArray().then((chunks: Buffer[]) => {
        response.end(JSON.stringify(reply(request.url ?? '', Buffer.concat(chunks).toString())))
      })
      return true
    },
  ])
  onTestFinished(() => server.close())
  return `${server.url}/method`
}

function vkAt(apiUrl: string, more: Partial<Parameters<typeof createVk>[0]> = {}) {
  return createVk({
    token: vkToken,
    groupId,
    apiUrl,
    conversation: createScriptedConversation(),
    draw: async () => ({ name: 'tiny.png', content: tinyPicture }),
    limiter: createLimiter({ perSecond: 1000 }),
    log: pino({ level: 'silent' }),
    wire: createWire(),
    delaysMs: { calls: [1], updates: [1] },
    ...more,
  })
}
