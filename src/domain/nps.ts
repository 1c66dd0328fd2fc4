import type { Scale } from './answer.ts'

export type NpsClass = 'promoter' | 'passive' | 'detractor'

/** 9-10 promoter, 7-8 passive, below detractor, on 1-10 and on 0-10. */
export function npsClass(score: number, _scale: Scale): NpsClass {
  if (score >= 9) return 'promoter'
  return score >= 7 ? 'passive' : 'detractor'
}
