/** How a survey ends: thanks, and the gift. */
import { isPraise, isUnhappy } from '../domain/happiness.ts'
import { answeredSomething, recommendId } from '../domain/survey.ts'
import { expiryOf } from '../domain/coupon.ts'
import { withWalk } from '../domain/known.ts'
import type { Fact, Known, Walk } from '../domain/known.ts'
import type { Message } from './conversation.ts'
import { place } from './engine.ts'
import type { Scene } from './question.ts'
import { rich } from './rich.ts'

/** What beginning, going on with or ending a survey leads to. */
export interface Begun {
  known: Known
  facts: Fact[]
  say: Message[]
}

/** Nothing is left to be asked: nobody is reminded any more, and the gift is earned. */
export function ended(known: Known, walk: Walk, scene: Scene): Begun {
  const { now, salon } = scene
  const { timeZone } = salon
  const { survey: reward } = salon.rewards
  const earned: Fact[] =
    reward && answeredSomething(walk.answers)
      ? [{ kind: 'reward', reward: 'survey', expiresAt: expiryOf(now, reward.validDays, timeZone) }]
      : []
  const client = earned.length > 0 ? { ...known.client, rewarded: true as const } : known.client
  return {
    known: withWalk({ ...known, client }, { ...walk, status: 'finished' }),
    facts: [{ kind: 'endPrompts', run: walk.run }, ...earned],
    say: [thanks(walk, scene)],
  }
}

/** The last word of a survey or a short form; whoever praised the salon is asked to do so aloud. */
export function thanks(walk: Walk, scene: Scene): Message {
  const { t, salon, client } = scene
  const answer = walk.answers[recommendId]
  const review = isPraise(answer) ? salon.reviewLink : undefined
  const context = isUnhappy(answer) ? 'unhappy' : review === undefined ? 'plain' : 'praise'
  const text = t(`${walk.name}.thanks`, { context, name: client.name ?? '' })
  const link = { label: t('survey.review'), value: 'review.open=review', link: review ?? '' }
  return {
    text: rich(text),
    groups: review === undefined ? [] : [{ kind: 'controls', buttons: [link] }],
  }
}

/** Whether nothing is left to ask. */
export function isComplete(known: Known, walk: Walk, scene: Scene): boolean {
  const dialogue = scene.dialogues[walk.name]
  return (
    dialogue !== undefined &&
    place(dialogue, { ...scene, client: known.client, chat: known.chat }, walk.answers) === undefined
  )
}
