import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FaultDesk } from '../faults.ts'
import { ApiError, badRequest } from './api-error.ts'
import { fail, replyTo } from './api-reply.ts'
import { integerArgument, leadingInteger, textArgument } from './arguments.ts'
import type { Arguments } from './arguments.ts'
import { decoded } from './decoded.ts'
import { FieldError } from './json-object.ts'
import { isDone, makeTrouble } from './make-trouble.ts'
import { methodNamed } from './methods/method-table.ts'
import { allowUpdates, WEBHOOK_ACTIVE } from './methods/webhook.ts'
import { parseArguments, readBody } from './read-arguments.ts'
import { serveBotFile, serveShownFile } from './serve-file.ts'
import { SHOWN_FILES_PATH } from './shown-message.ts'
import type { BotState, World } from './state.ts'
import type { Reply } from './update-queue.ts'

const LONG_POLL_MAX_SECONDS = 50
export interface ApiServer {
  /** Serves /bot<token>/<method>, /file/bot<token>/<path> and the page's files. False: not our path. */
  handle(request: IncomingMessage, response: ServerResponse): boolean
  /** Does a call that came in a webhook's response; its outcome is lost, as on the real server. */
  callFromWebhook(bot: BotState, contentType: string, body: Buffer): void
}

/** The HTTP side of the Bot API: paths, tokens, bodies, statuses, faults. */
export function createApiServer({ world, faults }: { world: World; faults: FaultDesk }): ApiServer {
  const byToken = new Map(world.bots.map((bot) => [bot.token, bot]))

  return {
    handle(request, response) {
      const url = request.url ?? ''
      if (url.startsWith('/bot')) serveCall(url, request, response)
      else if (url.startsWith('/file/bot')) serveBotFile({ world, byToken }, url, response)
      else if (url.startsWith(SHOWN_FILES_PATH)) serveShownFile(world, url, response)
      else return false
      return true
    },
    callFromWebhook(bot, contentType, body) {
      try {
        const args = parseArguments(contentType, body)
        const name = textArgument(args, 'method').toLowerCase()
        const barred =
          name === '' || name.startsWith('get') || /^(set|delete)webhook$|^close$|^logout$/.test(name)
        if (!barred && isDone(faults.take(name, faultChat(bot, name, args)))) run(world, bot, name, args)
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
      }
    },
  }

  function serveCall(url: string, request: IncomingMessage, response: ServerResponse): void {
    const queryAt = url.indexOf('?')
    const path = queryAt === -1 ? url : url.slice(0, queryAt)
    const slash = path.indexOf('/', '/bot'.length)
    const reply = replyTo(response)
    if (slash === -1) return drain(request, () => fail(reply, new ApiError(404, 'Not Found')))
    const token = decoded(path.slice('/bot'.length, slash))
    const name = path
      .slice(slash + 1)
      .replace(/^\/+/, '')
      .toLowerCase()
    const query = queryAt === -1 ? '' : url.slice(queryAt + 1)
    readBody(request, (error, body) => {
      try {
        if (error) throw error
        const bot = botByToken(token)
        const args = parseArguments(request.headers['content-type'] ?? '', body, query)
        dispatch(bot, name, args, response)
      } catch (failure) {
        fail(reply, failure)
      }
    })
  }

  function botByToken(token: string): BotState {
    const id = leadingInteger(token)
    if (token.startsWith('0') || token.length > 80 || !/^\d+:/.test(token) || id <= 0) {
      throw new ApiError(401, 'Unauthorized: invalid token specified')
    }
    const bot = byToken.get(token)
    if (!bot) throw new ApiError(401, 'Unauthorized')
    return bot
  }

  function dispatch(bot: BotState, name: string, args: Arguments, response: ServerResponse): void {
    const fault = faults.take(name, faultChat(bot, name, args))
    if (!fault) return answer(bot, name, args, response, replyTo(response))
    makeTrouble(fault, response, (reply) => answer(bot, name, args, response, reply))
  }

  function answer(
    bot: BotState,
    name: string,
    args: Arguments,
    response: ServerResponse,
    reply: Reply,
  ): void {
    try {
      if (bot.loggedOut) throw badRequest('Logged out')
      if (name === 'getupdates') getUpdates(bot, args, response, reply)
      else reply(200, `{"ok":true,"result":${JSON.stringify(run(world, bot, name, args))}}`)
    } catch (error) {
      fail(reply, error)
    }
  }
}

/** Does the method of this name. */
function run(world: World, bot: BotState, name: string, args: Arguments): unknown {
  const method = methodNamed(name)
  if (!method) throw new ApiError(404, 'Not Found: method not found')
  try {
    return method({ world, bot, args })
  } catch (error) {
    throw error instanceof FieldError ? badRequest(error.message) : error
  }
}

function getUpdates(bot: BotState, args: Arguments, response: ServerResponse, reply: Reply): void {
  if (bot.webhook) throw WEBHOOK_ACTIVE
  allowUpdates(bot, args)
  const forget = bot.queue.poll(
    {
      offset: integerArgument(args, 'offset'),
      limit: integerArgument(args, 'limit', { fallback: 100, min: 1, max: 100 }),
      timeoutSeconds: integerArgument(args, 'timeout', { min: 0, max: LONG_POLL_MAX_SECONDS }),
    },
    reply,
  )
  response.on('close', forget)
}

/** A press belongs to a chat too, so that a fault for a chat hits its answer. */
function faultChat(bot: BotState, name: string, args: Arguments): number | undefined {
  if (name === 'answercallbackquery')
    return bot.callbacks.get(textArgument(args, 'callback_query_id'))?.personId
  const id = integerArgument(args, 'chat_id')
  return id === 0 ? undefined : id
}

function drain(request: IncomingMessage, done: () => void): void {
  request.resume()
  request.on('end', done)
}
