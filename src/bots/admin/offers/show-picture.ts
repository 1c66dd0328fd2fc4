import type { Photos } from '../../photos.ts'
import type { Look } from '../answer.ts'
import { isTrouble, type Gateway } from '../gateway.ts'
import { below, type Screen } from '../screen.ts'

/** Shows the staff the picture of an offer with a screen under it; the screen alone, saying why, where that can't be. */
export type ShowPicture = (chatId: number, look: Look) => Promise<void>

export function createShowPicture({
  gateway,
  photos,
}: {
  gateway: Pick<Gateway, 'send' | 'sendPhoto'>
  photos: Photos
}): ShowPicture {
  return async (chatId, { picture, screen, instead }) => {
    if (!(await shown(chatId, picture, screen))) await gateway.send(chatId, below(instead, screen))
  }

  async function shown(chatId: number, picture: number, screen: Screen): Promise<boolean> {
    const photo = await photos.take(picture)
    switch (photo.by) {
      case 'name':
        if ((await sent(chatId, photo.name, screen)) !== undefined) return true
        await photo.lost()
        return shown(chatId, picture, screen)
      case 'file':
        try {
          const name = await sent(chatId, photo.file, screen)
          if (name) await photo.given(name)
          else photo.unfit()
          return name !== undefined
        } finally {
          photo.failed()
        }
      case 'nothing':
        if (photo.why !== 'onItsWay') return false
        await photos.settled(picture)
        return shown(chatId, picture, screen)
    }
  }

  /** Undefined: Telegram does not take it for a photo. */
  async function sent(chatId: number, ...message: PhotoMessage): Promise<string | undefined> {
    try {
      return (await gateway.sendPhoto(chatId, ...message)) ?? ''
    } catch (error) {
      if (isTrouble(error, 'photo')) return undefined
      throw error
    }
  }
}

type PhotoMessage = [photo: Parameters<Gateway['sendPhoto']>[1], screen: Screen]
