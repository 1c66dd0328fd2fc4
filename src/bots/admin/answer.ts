import type { Member } from '../../storage/staff.ts'
import type { Screen } from './screen.ts'

/** What a member of the staff gets to see. */
export interface Answer {
  /** Absent: everything stays as it is. */
  screen?: Screen
  /** A word about what has just happened: over the chat after a press, above the screen after a message. */
  toast?: string
  /** The member is another one now (language): the commands beside the input field must follow. */
  changed?: Member
  /** The member who has just lost access. */
  left?: Member
}
