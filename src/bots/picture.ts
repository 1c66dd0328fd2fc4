import type { Platform } from '../domain/platform.ts'
import type { Message, Picture } from '../flows/conversation.ts'
import type { Log } from './log.ts'
import type { OutgoingFile } from './outgoing-file.ts'

/** Makes the bytes of a picture: a PNG. */
export type Draw = (picture: Picture) => Promise<OutgoingFile>

/**
 * Draws what rides on a message, once however often it is sent.
 * @returns undefined when there is nothing to draw, and when it failed: the words then go without it
 */
export async function drawnFor(
  { picture }: Message,
  { draw, log, ...where }: { draw: Draw; log: Log; platform: Platform; chat: number },
): Promise<OutgoingFile | undefined> {
  if (!picture) return undefined
  try {
    return await draw(picture)
  } catch (error) {
    log.error({ event: 'picture.failed', picture: picture.kind, ...where, error: nameOf(error) })
    return undefined
  }
}

/** Not its message: it may quote what was to be drawn. */
const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error)
