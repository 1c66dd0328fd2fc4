import type { ConsentPurpose } from '../domain/client.ts'
import type { Platform } from '../domain/platform.ts'
import type { Language, Salon } from '../domain/salon.ts'
import type { Known } from '../domain/known.ts'
import type { Dialogue, Scene, Translate } from './question.ts'

/** What the dialogues need of the world, all of it without effects. */
export interface Tools {
  salon: Salon
  translate: (language: Language) => Translate
  documents: Record<Language, Record<ConsentPurpose, { text: string; hash: string }>>
  /** The salon's date at an instant (epoch milliseconds). */
  today: (at: number) => Scene['today']
  /** What a message may carry on a platform. */
  limits: Record<Platform, { room: number; contactButton: boolean }>
  /** Every dialogue there is, by name (dialogues.ts). */
  dialogues: Readonly<Record<string, Dialogue>>
}

/** The scene of a chat at an instant. */
export function sceneOf(known: Known, at: number, tools: Tools): Scene {
  const { language, platform } = known.chat
  return {
    t: tools.translate(language),
    language,
    salon: tools.salon,
    client: known.client,
    chat: known.chat,
    reachableOn: known.reachableOn,
    today: tools.today(at),
    now: at,
    documents: tools.documents[language],
    dialogues: tools.dialogues,
    ...tools.limits[platform],
  }
}
