import type { Member } from '../../storage/staff.ts'
import type { OutgoingFile } from '../outgoing-file.ts'
import type { Route } from './route.ts'
import type { Screen } from './screen.ts'

/** What a member of the staff gets to see. */
export interface Answer {
  /** Absent: everything stays as it is. */
  screen?: Screen
  /** Comes as a new message over the screen's words and buttons, after a press too: the pressed message stays as it is. */
  photo?: OutgoingFile
  /** The picture of an offer, by its number, over words and buttons; comes as a new message, after the screen if there is one. */
  look?: Look
  /** Come after the screen, one message each; a caption stays with its file wherever that goes. */
  files?: readonly (OutgoingFile & { caption?: string })[]
  /** Done when all this was shown: what it begins may change the message that was pressed. */
  afterwards?: () => Promise<void>
  /** A word about what has just happened: over the chat after a press, above the screen after a message. */
  toast?: string
  /** What the screen asks for in words: the next typed ones answer it. Absent: they are a search. */
  asks?: Route
  /** The offer on whose card this is, while something can happen to it: a pressed message follows it from now on. */
  watches?: number
  /** The member is another one now (language): the commands beside the input field must follow. */
  changed?: Member
  /** The member who has just lost access. */
  left?: Member
}

export interface Look {
  picture: number
  screen: Screen
  /** Above the screen's words, where Telegram does not take the picture, or it is gone. */
  instead: string
}
