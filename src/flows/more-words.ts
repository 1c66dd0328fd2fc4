import { walkOf, withWalk } from '../domain/known.ts'
import { currentOf } from './current.ts'
import { plainly, type Decision } from './decision.ts'
import type { Before } from './reply.ts'

/** So long after an answer in words the next message goes on with it: people write as they speak, a sentence a message. */
const goingOnMs = 60_000

/**
 * What was written right after the answer to "why?" belongs to it. A question is for the salon's people, and so is what comes
 * when something else was answered since.
 */
export function moreOfReason({ known, scene }: Before, text: string): Decision | undefined {
  const walk = walkOf(known, 'visit')
  const why = walk?.answers['why']
  if (!walk || typeof why?.value !== 'string' || walk.changedAt !== why.at) return undefined
  if (walk.status === 'paused' || scene.now - why.at > goingOnMs || text.includes('?')) return undefined
  const question = scene.dialogues['visit']?.questions.find((one) => one.id === 'why')
  const value = `${why.value}\n${text}`
  if (question?.kind !== 'chips' || value.length > question.maxLength) return undefined
  const answers = { ...walk.answers, why: { ...why, value, at: scene.now } }
  return {
    known: withWalk(known, { ...walk, answers, changedAt: scene.now }),
    spoken: { say: [plainly(scene.t('visit.added'))], quiet: !currentOf(known, scene) },
  }
}
