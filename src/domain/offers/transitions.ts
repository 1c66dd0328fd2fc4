/** The states of an offer, what can happen to it, and where that leads. */

export const offerStates = [
  'draft',
  'pending',
  'approved',
  'scheduled',
  'sending',
  'paused',
  'done',
  'rejected',
  'cancelled',
  'expired',
] as const
export type OfferState = (typeof offerStates)[number]

/** The only changes there are. What was approved and is edited waits for approval again. */
const changes = {
  draft: { edit: 'draft', submit: 'pending', cancel: 'cancelled', expire: 'expired' },
  pending: {
    edit: 'pending',
    approve: 'approved',
    reject: 'rejected',
    cancel: 'cancelled',
    expire: 'expired',
  },
  approved: {
    edit: 'pending',
    schedule: 'scheduled',
    start: 'sending',
    cancel: 'cancelled',
    expire: 'expired',
  },
  scheduled: {
    edit: 'pending',
    schedule: 'scheduled',
    start: 'sending',
    cancel: 'cancelled',
    expire: 'expired',
  },
  sending: { pause: 'paused', finish: 'done', cancel: 'cancelled', expire: 'expired' },
  paused: { edit: 'pending', resume: 'sending', cancel: 'cancelled', expire: 'expired' },
  rejected: { edit: 'draft', cancel: 'cancelled' },
  // What is over stays what it was: it can only leave the list, and come back.
  done: { retire: 'done', bringBack: 'done' },
  cancelled: { retire: 'cancelled', bringBack: 'cancelled' },
  expired: { retire: 'expired', bringBack: 'expired' },
} as const satisfies Record<OfferState, Partial<Record<OfferEvent['kind'], OfferState>>>

/** What can happen to an offer in this state. */
export type EventIn<State extends OfferState> = keyof (typeof changes)[State]

export type OfferEvent =
  /** The spec was changed. `version`: the one that it was changed from. */
  | { kind: 'edit'; version: number }
  | { kind: 'submit' }
  /** `version`: the one that was looked at. */
  | { kind: 'approve'; version: number }
  | { kind: 'reject'; why: string }
  /** Epoch milliseconds. */
  | { kind: 'schedule'; at: number }
  | { kind: 'start' }
  | { kind: 'pause' }
  | { kind: 'resume' }
  | { kind: 'finish' }
  | { kind: 'cancel'; why?: string }
  /** `stale`: what it was drafted for has passed, and nobody has decided. */
  | { kind: 'expire'; stale?: true }
  /** Out of the list, and the playbook lets its entry rest for these people (playbook-drafts.ts). */
  | { kind: 'retire' }
  | { kind: 'bringBack' }

export const offerEvents = [
  'edit',
  'submit',
  'approve',
  'reject',
  'schedule',
  'start',
  'pause',
  'resume',
  'finish',
  'cancel',
  'expire',
  'retire',
  'bringBack',
] as const satisfies readonly OfferEvent['kind'][]

/** The state that an event leads to; undefined: it can't happen there. */
export const targetOf = (state: OfferState, event: OfferEvent['kind']): OfferState | undefined => {
  const possible: Partial<Record<OfferEvent['kind'], OfferState>> = changes[state]
  return possible[event]
}

/** Nothing leads out of it: no message goes any more. */
export const isOver = (state: OfferState): boolean =>
  Object.values<OfferState>(changes[state]).every((to) => to === state)
