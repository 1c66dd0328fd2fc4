import type { Answer } from '../answer.ts'
import { npsClass } from '../nps.ts'
import type { Chance } from './chance.ts'
import { secondMs } from './world.ts'

/** What the unhappy say to "may we call you about it?". */
const replies = { yes: 42, no: 38, nothing: 20 }

/** Whether there is a detractor's score in an answer to the NPS question. */
export function isUnhappy({ value, scale }: Answer = {}): boolean {
  const scores = typeof value === 'object' && value !== null ? Object.values(value) : [value]
  return scores.some((one) => typeof one === 'number' && scale && npsClass(one, scale) === 'detractor')
}

/** The answer to "may we call you?", some seconds after `after`. */
export function callWish(after: number, chance: Chance): Answer & { at: number } {
  const at = after + chance.whole(3, 25) * secondMs
  const reply = chance.weighted(replies)
  return reply === 'nothing' ? { skipped: true, at } : { value: reply === 'yes', at }
}
