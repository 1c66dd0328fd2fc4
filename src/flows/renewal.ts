/** A consent that was given to an older text: the new one is shown once, and nobody is nagged. */
import { consented, walkOf, withWalk } from '../domain/known.ts'
import { currentOf } from './current.ts'
import type { Decision } from './decision.ts'
import type { Before } from './reply.ts'
import type { Scene } from './question.ts'
import { renewal } from './side.ts'

/**
 * Adds the card to what an update led to, where nothing else is asked: in the place of the menu.
 * @param scene of the state after the decision
 */
export function withRenewal(decision: Decision, { known, incoming }: Before, scene: Scene): Decision {
  const { client } = decision.known
  const isTheirs = !['prompt', 'blocked', 'unblocked'].includes(incoming.input.kind)
  const isAsked = walkOf(decision.known, renewal.name) !== undefined
  if (!client.olderTerms || isAsked || !isTheirs || decision.silent) return decision
  if (!consented(known) || !consented(decision.known)) return decision
  if (decision.spoken.card || currentOf(decision.known, scene)) return decision
  const { now } = scene
  const walk = { name: renewal.name, run: 1, version: renewal.version, startedAt: now, changedAt: now }
  return {
    ...decision,
    known: withWalk(decision.known, { ...walk, status: 'open', answers: {} }),
    spoken: { ...decision.spoken, quiet: false, apart: true },
  }
}
