/** The salon's own pictures on their way to a messenger, which gives each a name and takes it by that name from then on. */
import type { KeptPicture, PictureStorage } from '../storage/pictures.ts'
import type { Log } from './log.ts'
import type { OutgoingFile } from './outgoing-file.ts'

export type Photo =
  /** `lost`: the messenger does not know the name (any more). */
  | { by: 'name'; name: string; lost: () => Promise<void> }
  /** One at a time: the others wait until it was `given` its name, `failed` (another one may try), or is `unfit` for good. */
  | {
      by: 'file'
      file: OutgoingFile
      given: (name: string) => Promise<void>
      failed: () => void
      unfit: () => void
    }
  /** `unknown`: the database does not answer. */
  | { by: 'nothing'; why: 'onItsWay' | 'unfit' | 'gone' | 'unknown' }

export interface Photos {
  /** How a picture is to be sent now. */
  take(pictureId: number): Promise<Photo>
  /** It has this name already: whoever sent it told so. */
  named(pictureId: number, name: string): Promise<void>
  /** Resolves when the picture is not on its way as a file: at once, mostly. */
  settled(pictureId: number): Promise<void>
}

/** What a messenger refuses it may take after the next release, or once the token may do more. */
const unfitForMs = 10 * 60_000

/**
 * The pictures of one token. Names are kept in the database, for all processes; the file goes out once in each that begins without
 * a name.
 * @param token "telegram:<bot's id>", "vk:<community's id>": no other token can use its names
 * @param now epoch milliseconds
 */
export function createPhotos({
  pictures,
  token,
  log,
  now,
}: {
  pictures: Pick<PictureStorage, 'byId' | 'nameOf' | 'named' | 'forgot'>
  token: string
  log: Log
  now: () => number
}): Photos {
  const names = new Map<number, string>()
  const lostAt = new Map<number, number>()
  const unfitSince = new Map<number, number>()
  const onItsWay = new Map<number, PromiseWithResolvers<void>>()
  /** Kept until it has a name: a message must not miss its moment again because of a large file. */
  const files = new Map<number, OutgoingFile>()

  return {
    async take(id) {
      if (isUnfit(id)) return { by: 'nothing', why: 'unfit' }
      try {
        // It may have got its name while the database was asked.
        const known = names.get(id) ?? (await pictures.nameOf(id, token)) ?? names.get(id)
        if (!known) return onItsWay.has(id) ? { by: 'nothing', why: 'onItsWay' } : await carried(id)
        names.set(id, known)
        return { by: 'name', name: known, lost: () => lost(id, known) }
      } catch (error) {
        log.warn({ event: 'photo.notRead', picture: id, token, error: nameOf(error) })
        return { by: 'nothing', why: 'unknown' }
      }
    },
    named,
    settled: async (id) => onItsWay.get(id)?.promise,
  }

  async function carried(id: number): Promise<Photo> {
    const carrying = Promise.withResolvers<void>()
    onItsWay.set(id, carrying)
    const end = () => {
      if (onItsWay.get(id) === carrying) onItsWay.delete(id)
      carrying.resolve()
    }
    try {
      const file = files.get(id) ?? (await read(id))
      if (file) return { by: 'file', file, ...ends(id, end) }
      end()
      return { by: 'nothing', why: 'gone' }
    } catch (error) {
      end()
      throw error
    }
  }

  async function read(id: number): Promise<OutgoingFile | undefined> {
    const picture = await pictures.byId(id)
    if (!picture) return undefined
    const file = fileOf(picture)
    files.set(id, file)
    return file
  }

  function ends(id: number, end: () => void) {
    return {
      given: (name: string) => named(id, name).finally(end),
      failed: end,
      unfit: () => {
        markUnfit(id)
        end()
      },
    }
  }

  /** One that is not kept serves this process, and the next one begins with the file again. */
  async function named(id: number, name: string): Promise<void> {
    names.set(id, name)
    files.delete(id)
    await pictures
      .named(id, token, name)
      .catch((error: unknown) =>
        log.warn({ event: 'photo.nameNotKept', picture: id, token, error: nameOf(error) }),
      )
  }

  /** One whose names are lost again and again would be brought for ever. */
  async function lost(id: number, name: string): Promise<void> {
    // Of several messages that were refused together the first one has told.
    if (names.get(id) !== name) return
    log.warn({ event: 'photo.lost', picture: id, token })
    names.delete(id)
    const before = lostAt.get(id) ?? -Infinity
    lostAt.set(id, now())
    if (now() - before < unfitForMs) markUnfit(id)
    await pictures.forgot(id, token, name)
  }

  function markUnfit(id: number): void {
    log.error({ event: 'photo.unfit', picture: id, token })
    unfitSince.set(id, now())
    files.delete(id)
  }

  function isUnfit(id: number): boolean {
    const since = unfitSince.get(id)
    if (since === undefined) return false
    if (now() - since < unfitForMs) return true
    unfitSince.delete(id)
    return false
  }
}

const fileOf = ({ type, bytes }: KeptPicture): OutgoingFile => ({ name: `picture.${type}`, content: bytes })

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error)
