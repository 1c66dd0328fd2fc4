/** One number on a scale. */
import type { Scale } from '../question.ts'
import { given, problem } from './kind.ts'
import type { Kind } from './kind.ts'
import { endsOf, numberGroups, readNumber, showNumber } from './number.ts'

export const scaleKind: Kind<Scale> = {
  face: (spot, scene, value) => ({
    groups: numberGroups(spot, scene, spot.question, value),
    hint: endsOf(spot, scene, spot.question),
  }),
  read(spot, scene, said) {
    const number = readNumber(spot, scene, spot.question, said)
    if ('problem' in number) return problem(number.problem)
    return 'page' in number ? { ok: true, page: number.page } : given(number.value)
  },
  show: (spot, scene) => showNumber(spot.answer?.value, scene),
}
