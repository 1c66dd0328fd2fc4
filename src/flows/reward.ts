import { named } from '../domain/salon.ts'
import type { Scene } from './question.ts'

/** The gift that may still be promised: whoever has had it gets no other one. */
export const promisedGift = (scene: Scene): string | undefined =>
  scene.client.rewarded ? undefined : rewardTitle(scene)

/** The gift for the survey in the person's language; undefined when the salon gives none. */
export function rewardTitle({ salon, language }: Scene): string | undefined {
  const { survey } = salon.rewards
  return survey && named(survey.title, language)
}
