import type { Answer } from '../answer.ts'
import type { Chance } from './chance.ts'
import { secondMs } from './world.ts'

/** What the unhappy say to "may we call you about it?". */
const replies = { yes: 42, no: 38, nothing: 20 }

/** The answer to "may we call you?", some seconds after `after`. */
export function callWish(after: number, chance: Chance): Answer & { at: number } {
  const at = after + chance.whole(3, 25) * secondMs
  const reply = chance.weighted(replies)
  return reply === 'nothing' ? { skipped: true, at } : { value: reply === 'yes', at }
}
