import { named } from '../domain/salon.ts'
import type { Scene } from './question.ts'

/** The gift for the survey in the person's language; undefined when the salon gives none. */
export function rewardTitle({ salon, language }: Scene): string | undefined {
  const { survey } = salon.rewards
  return survey && named(survey.title, language)
}
