/** The limit: node:http alone. One update in; the next question in the webhook's own answer, the press answered beside. */
import { Agent, createServer, request } from 'node:http'
import { botConfig, botReady } from '../bot-process.ts'
import { keyboardOf, questions, textOf } from './questionnaire.ts'

const { apiRoot, token, webhook } = botConfig()
if (!webhook) throw new Error('The bare bot takes updates by webhook only')
const agent = new Agent({ keepAlive: true, maxSockets: 256 })
const at = new Map<number, number>()

interface Update {
  message?: { chat: { id: number } }
  callback_query?: { id: string; from: { id: number }; message: { message_id: number } }
}

const server = createServer((incoming, outgoing) => {
  const chunks: Buffer[] = []
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
  incoming.on('end', () => {
    const body = JSON.stringify(answerTo(JSON.parse(Buffer.concat(chunks).toString()) as Update))
    outgoing
      .writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) })
      .end(body)
  })
})
server.keepAliveTimeout = 75_000
server.listen(webhook.port, '127.0.0.1', () => {
  call('setWebhook', { url: `http://127.0.0.1:${webhook.port}/`, max_connections: 100 }, () =>
    botReady(() => void server.close()),
  )
})

function answerTo({ message, callback_query: press }: Update): Record<string, unknown> {
  const chatId = message?.chat.id ?? press?.from.id ?? 0
  const number = press ? ((at.get(chatId) ?? 0) + 1) % questions : 0
  at.set(chatId, number)
  const shown = { chat_id: chatId, text: textOf(number), reply_markup: keyboardOf(number) }
  if (!press) return { method: 'sendMessage', ...shown }
  call('answerCallbackQuery', { callback_query_id: press.id })
  return { method: 'editMessageText', message_id: press.message.message_id, ...shown }
}

function call(method: string, payload: object, done: () => void = () => {}): void {
  const body = JSON.stringify(payload)
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
  request(`${apiRoot}/bot${token}/${method}`, { method: 'POST', headers, agent }, (incoming) =>
    incoming.resume().on('end', done),
  ).end(body)
}
