/** A reason in one tap, or in one's own words. */
import type { Chips } from '../question.ts'
import { matchOption, shortened } from '../typed.ts'
import { given, problem } from './kind.ts'
import type { Kind } from './kind.ts'
import { labelOf, optionGroup } from './options.ts'
import { shownLength } from './written.ts'

export const chipsKind: Kind<Chips> = {
  face: (spot, scene, value) => ({
    groups: [optionGroup(spot.question.options(scene, spot.answers), value)],
    hint: scene.t('dialogue.chips'),
  }),
  read({ question, answers }, scene, said) {
    if ('contact' in said) return problem(scene.t('dialogue.choose'))
    const options = question.options(scene, answers)
    if ('token' in said)
      return options.some((option) => option.value === said.token)
        ? given([said.token])
        : problem(scene.t('dialogue.gone'))
    const option = matchOption(said.typed, options)
    if (option) return given([option.value])
    if (said.typed.length > question.maxLength)
      return problem(scene.t('dialogue.tooLong', { count: question.maxLength }))
    return given(said.typed)
  },
  show({ question, answer, answers }, scene) {
    const value = answer?.value
    if (typeof value === 'string') return shortened(value, shownLength)
    const options = question.options(scene, answers)
    return (Array.isArray(value) ? value : []).map((one) => labelOf(options, one) ?? one).join(', ')
  },
}
