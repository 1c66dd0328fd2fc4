/** Bots of a few lines that speak the messengers' APIs over HTTP, so that a test decides every word they say. */

interface TelegramUpdate {
  update_id: number
  message?: { message_id: number; text?: string; contact?: { phone_number: string; user_id?: number } }
  callback_query?: { id: string; data: string; message: { message_id: number } }
  my_chat_member?: { new_chat_member: { status: string } }
}

/** @param url of the stand-in's server */
export function telegramBot({ url, token }: { url: string; token: string }) {
  let offset = 0

  async function call<Result>(method: string, fields: object | FormData): Promise<Result> {
    const form = fields instanceof FormData
    const response = await fetch(`${url}/bot${token}/${method}`, {
      method: 'POST',
      ...(form ? {} : { headers: { 'Content-Type': 'application/json' } }),
      body: form ? fields : JSON.stringify(fields),
    })
    const answer = (await response.json()) as { ok: boolean; result: Result; description?: string }
    if (!answer.ok) throw new Error(`${method}: ${answer.description}`)
    return answer.result
  }

  return {
    call,
    /** The next thing that somebody did; waits up to 5 s for it. */
    async next(): Promise<TelegramUpdate> {
      const [update] = await call<TelegramUpdate[]>('getUpdates', { offset, limit: 1, timeout: 5 })
      if (!update) throw new Error('Nobody did anything for five seconds')
      offset = update.update_id + 1
      return update
    },
    /** Returns the message's id. */
    async say(chatId: number, text: string, more: object = {}): Promise<number> {
      const message = await call<{ message_id: number }>('sendMessage', { chat_id: chatId, text, ...more })
      return message.message_id
    },
    async sendFile(
      kind: 'photo' | 'document',
      chatId: number,
      { name, bytes, caption = '' }: SentFile,
    ): Promise<void> {
      const form = new FormData()
      form.set('chat_id', String(chatId))
      form.set('caption', caption)
      form.set(kind, new File([new Uint8Array(bytes)], name))
      await call(kind === 'photo' ? 'sendPhoto' : 'sendDocument', form)
    },
  }
}

interface SentFile {
  name: string
  bytes: Buffer
  caption?: string
}

interface VkUpdate {
  type: string
  object: {
    message?: { text: string; ref?: string; ref_source?: string; payload?: string; peer_id: number }
    event_id?: string
    user_id?: number
    peer_id?: number
    payload?: { button?: string }
    conversation_message_id?: number
  }
}

/** @param url of the stand-in's server */
export function vkBot({ url, token, groupId }: { url: string; token: string; groupId: number }) {
  let poll: { server: string; key: string; ts: string } | undefined
  let sent = 0

  async function call<Result>(method: string, fields: Record<string, string | number>): Promise<Result> {
    const body = new URLSearchParams({ access_token: token, v: '5.199' })
    for (const [name, value] of Object.entries(fields)) body.set(name, String(value))
    const response = await fetch(`${url}/method/${method}`, { method: 'POST', body })
    const answer = (await response.json()) as { response: Result; error?: { error_msg: string } }
    if (answer.error) throw new Error(`${method}: ${answer.error.error_msg}`)
    return answer.response
  }

  return {
    call,
    /** The next event; waits up to 5 s for it. Call `listen` before anything happens. */
    async next(): Promise<VkUpdate> {
      if (!poll) throw new Error('Call listen() first')
      const answer = await fetch(`${poll.server}?act=a_check&key=${poll.key}&ts=${poll.ts}&wait=5`)
      const { ts, updates } = (await answer.json()) as { ts: string; updates: VkUpdate[] }
      const [update] = updates
      if (!update || updates.length > 1) throw new Error(`Expected one event, got ${updates.length}`)
      poll = { ...poll, ts }
      return update
    },
    async listen(): Promise<void> {
      poll = await call('groups.getLongPollServer', { group_id: groupId })
    },
    async say(peerId: number, text: string, keyboard?: object): Promise<void> {
      sent += 1
      const more = keyboard ? { keyboard: JSON.stringify(keyboard) } : {}
      await call('messages.send', { peer_id: peerId, message: text, random_id: sent, ...more })
    },
  }
}
