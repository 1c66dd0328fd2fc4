import type { ServerResponse } from 'node:http'
import { ApiError } from './api-error.ts'
import { fail, replyTo } from './api-reply.ts'
import { decoded } from './decoded.ts'
import type { StoredFile } from './files.ts'
import { SHOWN_FILES_PATH } from './shown-message.ts'
import type { BotState, World } from './state.ts'

/** /file/bot<token>/<path>: what getFile told the bot. */
export function serveBotFile(
  { world, byToken }: { world: World; byToken: Map<string, BotState> },
  url: string,
  response: ServerResponse,
): void {
  const [, token = '', path = ''] = /^\/file\/bot([^/]*)\/([^?]*)/.exec(url) ?? []
  const bot = byToken.get(decoded(token))
  sendFile(bot && world.files.atPath(bot.profile.id, decoded(path)), response, false)
}

/** The files that the page shows. */
export function serveShownFile(world: World, url: string, response: ServerResponse): void {
  const [uniqueId = ''] = url.slice(SHOWN_FILES_PATH.length).split('/')
  sendFile(world.files.byUniqueId(decoded(uniqueId)), response, true)
}

function sendFile(file: StoredFile | undefined, response: ServerResponse, shown: boolean): void {
  if (file?.url !== undefined) {
    response.writeHead(302, { Location: file.url }).end()
    return
  }
  if (!file?.bytes) return fail(replyTo(response), new ApiError(404, 'Not Found'))
  response.writeHead(200, {
    'Content-Type': shown ? file.mimeType : 'application/octet-stream',
    'Content-Length': file.bytes.length,
    ...(shown ? shownHeaders(file) : {}),
  })
  response.end(file.bytes)
}

/** Only pictures open in the page; anything else (HTML, SVG) could run as if it were the page's own. */
function shownHeaders({ mimeType, name }: StoredFile): Record<string, string> {
  const inline = /^image\/(png|jpeg|gif|webp|bmp)$/.test(mimeType)
  return {
    'X-Content-Type-Options': 'nosniff',
    ...(inline ? {} : { 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` }),
  }
}
