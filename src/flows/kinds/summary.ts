import type { Question, Scene, Summary } from '../question.ts'
import { isWord, plain } from '../typed.ts'
import { rich } from '../rich.ts'
import { control } from '../value.ts'
import { given, problem } from './kind.ts'
import type { Kind, Spot } from './kind.ts'

/** A line of the summary: a question that may be changed, its short name and the answer in words. */
export interface Line {
  question: Question
  name: string
  answer: string
}

/** Where the summary leads: a question that the person wants to change. */
export const editToken = (id: string): string => `${control.edit}-${id}`
export const editedQuestion = (token: string): string | undefined =>
  token.startsWith(`${control.edit}-`) ? token.slice(control.edit.length + 1) : undefined

/**
 * The card of all answers. It needs to see the other questions' lines, so the dialogue gives them.
 * @param linesOf the lines of the answered questions, in order
 */
export const summaryKind = (linesOf: (spot: Spot, scene: Scene) => Line[]): Kind<Summary> => ({
  face(spot, scene, value) {
    const lines = linesOf(spot, scene)
    const done = { label: scene.t(`${spot.key}.ok`), value: value(control.done), color: 'primary' } as const
    const edits = lines.map((line) => ({
      label: `✎ ${line.name}`,
      value: value(editToken(line.question.id)),
    }))
    return {
      text: summaryText(scene.t(`${spot.key}.ask`), lines),
      groups: [
        { kind: 'controls', buttons: [done] },
        { kind: 'options', buttons: edits },
      ],
    }
  },
  read(spot, scene, said) {
    if ('contact' in said) return problem(scene.t('dialogue.summary'))
    if ('token' in said) return said.token === control.done ? given(true) : problem(scene.t('dialogue.gone'))
    const fine =
      plain(said.typed) === plain(scene.t(`${spot.key}.ok`)) ||
      isWord(said.typed, 'yes', scene.t) ||
      isWord(said.typed, 'done', scene.t)
    return fine ? given(true) : problem(scene.t('dialogue.summary'))
  },
  show: (spot, scene) => scene.t(`${spot.key}.ok`),
})

const summaryText = (head: string, lines: Line[]) =>
  rich({ bold: head }, ...lines.map((line) => `\n${line.name}: ${line.answer}`))
