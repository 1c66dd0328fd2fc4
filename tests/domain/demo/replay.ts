/** Gives the answers of a walk once more, to the real dialogue: what it would not take or would keep otherwise comes to light. */
import type { Answer, Answers } from '../../../src/domain/answer.ts'
import type { Walk } from '../../../src/domain/known.ts'
import type { Salon } from '../../../src/domain/salon.ts'
import type { Survey } from '../../../src/domain/survey.ts'
import { dialoguesOf } from '../../../src/flows/dialogues.ts'
import { place, step } from '../../../src/flows/engine.ts'
import type { Place } from '../../../src/flows/engine.ts'
import { stamp } from '../../../src/flows/stamp.ts'
import { control } from '../../../src/flows/value.ts'
import { scene } from '../../flows/scenes.ts'

/** What is filled in when a dialogue is opened. */
const openers = ['line', 'origin']

export interface Replayed {
  answers: Answers
  /** The question that would come next; undefined when there is none. */
  next: string | undefined
}

/** @throws Error when the dialogue refuses an answer */
export function replay(walk: Walk, survey: Survey, salon: Salon): Replayed {
  const dialogues = dialoguesOf(survey)
  const dialogue = dialogues[walk.name]
  if (!dialogue) throw new Error(`there is no dialogue ${walk.name}`)
  const around = { ...scene, salon, dialogues }
  let answers: Answers = Object.fromEntries(
    Object.entries(walk.answers).filter(([id, answer]) => answer.known === true || openers.includes(id)),
  )
  for (;;) {
    const at = place(dialogue, around, answers)
    const target = at && walk.answers[at.question.id]
    const token = at && target && tokenFor(at, answers[at.question.id], target)
    if (!at || !target || token === undefined) return { answers, next: at?.question.id }
    const move =
      typeof token === 'object'
        ? { kind: 'typed' as const, text: token.typed }
        : { kind: 'press' as const, question: at.question.id, token, ...(at.row ? { row: at.row } : {}) }
    const stepped = step(dialogue, around, answers, move)
    if (stepped.what !== 'answered' && stepped.what !== 'skipped')
      throw new Error(`${walk.name}.${at.question.id}: ${JSON.stringify({ target, stepped })}`)
    answers = stamp(dialogue, walk, at.question, stepped.answers, target.at ?? 0)
  }
}

/** What must be pressed or typed now; undefined when the client stopped here. */
function tokenFor({ question, row }: Place, so: Answer | undefined, target: Answer) {
  const { value, skipped } = target
  switch (question.kind) {
    case 'grid': {
      const given = ((value ?? {}) as Record<string, number | string | null>)[row ?? '']
      if (given !== undefined) return asToken(given)
      return skipped ? control.skip : undefined
    }
    case 'choices': {
      if (skipped) return control.skip
      const ticked = (so?.value ?? []) as string[]
      return ((value ?? []) as string[]).find((one) => !ticked.includes(one)) ?? control.done
    }
    case 'text':
      if (skipped) return control.skip
      return so?.value === value ? control.done : { typed: value as string }
    case 'chips':
      if (skipped) return control.skip
      return Array.isArray(value) ? (value[0] ?? control.done) : { typed: value as string }
    case 'confirm':
      return skipped ? control.skip : value === true ? 'yes' : 'no'
    case 'summary':
      return control.done
    default:
      return skipped ? control.skip : asToken(value as number | string | null)
  }
}

const asToken = (value: number | string | null): string =>
  value === null ? control.noOpinion : String(value)
