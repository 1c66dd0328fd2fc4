import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import {
  drafted,
  isPersons,
  next,
  type Actor,
  type OfferFacts,
  type OfferStanding,
} from '../../../src/domain/offers/state.ts'
import {
  isOver,
  offerEvents,
  offerStates,
  targetOf,
  type EventIn,
  type OfferEvent,
  type OfferState,
} from '../../../src/domain/offers/transitions.ts'

const admin: Actor = { kind: 'staff', id: 7, role: 'admin' }
const owner: Actor = { kind: 'staff', id: 1, role: 'owner' }
const program: Actor = { kind: 'program' }
const facts: OfferFacts = {
  now: 1_000,
  problems: 0,
  recipients: 120,
  discountPercent: 5,
  ownerAbove: {},
  unfinished: 0,
}
const eventOf = (kind: OfferEvent['kind'], version = 1): OfferEvent => {
  if (kind === 'approve' || kind === 'edit') return { kind, version }
  if (kind === 'reject') return { kind, why: 'too early' }
  if (kind === 'schedule') return { kind, at: 2_000 }
  return { kind }
}
const standingIn = (state: OfferState, more: Partial<OfferStanding> = {}): OfferStanding => ({
  state,
  version: 1,
  ...(['approved', 'scheduled', 'sending', 'paused'].includes(state) && { approvedVersion: 1 }),
  ...more,
})

/** Rows: states. In turn: edit, submit, approve, reject, schedule, start, pause, resume, finish, cancel, expire, retire, bringBack. */
const table = `
  draft      draft   pending .        .        .         .       .      .       .    cancelled expired .         .
  pending    pending .       approved rejected .         .       .      .       .    cancelled expired .         .
  approved   pending .       .        .        scheduled sending .      .       .    cancelled expired .         .
  scheduled  pending .       .        .        scheduled sending .      .       .    cancelled expired .         .
  sending    .       .       .        .        .         .       paused .       done cancelled expired .         .
  paused     pending .       .        .        .         .       .      sending .    cancelled expired .         .
  done       .       .       .        .        .         .       .      .       .    .         .       done      done
  rejected   draft   .       .        .        .         .       .      .       .    cancelled .       .         .
  cancelled  .       .       .        .        .         .       .      .       .    .         .       cancelled cancelled
  expired    .       .       .        .        .         .       .      .       .    .         .       expired   expired`
const rows = new Map(
  table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([state, ...targets]) => [state, targets]),
)
const pairs = offerStates.flatMap((state) =>
  offerEvents.map((event, place) => ({ state, event, to: rows.get(state)?.[place] ?? '?' })),
)

describe('every state and every event', () => {
  test.each(pairs)('$state, $event: $to', ({ state, event, to }) => {
    const outcomes = [admin, program].map((actor) =>
      next(
        standingIn(state, {
          ...(event === 'expire' && { expiresAt: 500 }),
          ...(event === 'bringBack' && { retiredAt: 500 }),
        }),
        eventOf(event),
        actor,
        facts,
      ),
    )
    const possible = to !== '.'
    expect(targetOf(state, event)).toBe(possible ? to : undefined)
    expect(outcomes.some((one) => one.ok)).toBe(possible)
    expect(outcomes.every((one) => !one.ok && one.reason === 'notPossible')).toBe(!possible)
    const ways = outcomes.flatMap((one) =>
      one.ok ? [`${one.entry.from} ${one.standing.state} ${one.entry.to}`] : [],
    )
    expect(new Set(ways)).toEqual(new Set(possible ? [`${state} ${to} ${to}`] : []))
  })

  test('what can happen in a state is in its type, too', () => {
    const possible: EventIn<'sending'>[] = ['pause', 'finish', 'cancel', 'expire']
    // @ts-expect-error a draft can't be approved: somebody has to submit it first
    const impossible: EventIn<'draft'> = 'approve'
    expect(possible.map((event) => targetOf('sending', event))).not.toContain(undefined)
    expect(targetOf('draft', impossible)).toBeUndefined()
  })

  test('only what is over has no way on', () => {
    expect(offerStates.filter(isOver)).toEqual(['done', 'cancelled', 'expired'])
  })
})

describe('who may', () => {
  test.each([
    ['the program approves nothing', 'pending', 'approve', program, 'notTheirs'],
    ['the program rejects nothing', 'pending', 'reject', program, 'notTheirs'],
    ['the program edits nothing', 'draft', 'edit', program, 'notTheirs'],
    ['the program cancels nothing', 'sending', 'cancel', program, 'notTheirs'],
    ['the program resumes nothing', 'paused', 'resume', program, 'notTheirs'],
    ['nobody starts by hand', 'approved', 'start', owner, 'notTheirs'],
    ['the program puts nothing away', 'done', 'retire', program, 'notTheirs'],
    ['the program brings nothing back', 'done', 'bringBack', program, 'notTheirs'],
    ['nobody finishes by hand', 'sending', 'finish', owner, 'notTheirs'],
  ] as const)('%s', (_, state, event, actor, reason) => {
    expect(next(standingIn(state), eventOf(event), actor, facts)).toEqual({ ok: false, reason })
  })

  test.each([
    ['a discount above what an admin may give', { discountPercent: 21 }, 'ownerOnly'],
    ['a discount just as high', { discountPercent: 20 }, undefined],
    ['more people than an admin may write to', { recipients: 501 }, 'ownerOnly'],
    ['just as many people', { recipients: 500 }, undefined],
  ])('%s', (_, own, reason) => {
    const asked = { ...facts, ownerAbove: { discountPercent: 20, recipients: 500 }, ...own }
    const byAdmin = next(standingIn('pending'), eventOf('approve'), admin, asked)
    expect(byAdmin.ok ? undefined : byAdmin.reason).toBe(reason)
    expect(next(standingIn('pending'), eventOf('approve'), owner, asked).ok).toBe(true)
  })
})

describe('why not', () => {
  test.each([
    ['another version was looked at', 'pending', { kind: 'approve', version: 2 }, {}, {}, 'otherVersion'],
    [
      'another version was changed',
      'draft',
      { kind: 'edit', version: 1 },
      { version: 2 },
      {},
      'otherVersion',
    ],
    [
      'something is wrong with it',
      'pending',
      { kind: 'approve', version: 1 },
      {},
      { problems: 1 },
      'problems',
    ],
    ['something is wrong with a draft', 'draft', { kind: 'submit' }, {}, { problems: 1 }, 'problems'],
    ['nobody would get it', 'pending', { kind: 'approve', version: 1 }, {}, { recipients: 0 }, 'nobody'],
    ['no reason was given', 'pending', { kind: 'reject', why: '  ' }, {}, {}, 'noReason'],
    ['it is scheduled for now', 'approved', { kind: 'schedule', at: 1_000 }, {}, {}, 'pastTime'],
    [
      'it is scheduled for after its end',
      'approved',
      { kind: 'schedule', at: 3_000 },
      { expiresAt: 2_999 },
      {},
      'tooLate',
    ],
    ['its time has not come', 'scheduled', { kind: 'start' }, { scheduledAt: 1_001 }, {}, 'notDue'],
    ['some have not got it', 'sending', { kind: 'finish' }, {}, { unfinished: 1 }, 'notFinished'],
    ['it is not over', 'sending', { kind: 'expire' }, { expiresAt: 1_000 }, {}, 'notOver'],
    ['it has no end', 'sending', { kind: 'expire' }, {}, {}, 'notOver'],
    ['it is over', 'pending', { kind: 'approve', version: 1 }, { expiresAt: 999 }, {}, 'expired'],
    ['it is over: not resumed', 'paused', { kind: 'resume' }, { expiresAt: 999 }, {}, 'expired'],
  ] as const)('%s', (_, state, event, more, own, reason) => {
    const [actor] = ['start', 'finish', 'expire'].includes(event.kind) ? [program] : [admin]
    expect(next(standingIn(state, more), event, actor, { ...facts, ...own })).toEqual({ ok: false, reason })
  })

  test('what is over can be cancelled, and edited to end later', () => {
    const over = standingIn('approved', { expiresAt: 999 })
    expect(next(over, { kind: 'cancel' }, admin, facts).ok).toBe(true)
    expect(next(over, eventOf('edit'), admin, facts).ok).toBe(true)
  })
})

describe('an approval', () => {
  test('is of the version that was looked at, and says so in the log', () => {
    expect(
      next(standingIn('pending', { version: 3 }), { kind: 'approve', version: 3 }, admin, facts),
    ).toEqual({
      ok: true,
      standing: { state: 'approved', version: 3, approvedVersion: 3 },
      entry: {
        what: 'approved',
        from: 'pending',
        to: 'approved',
        version: 3,
        staffId: 7,
        at: 1_000,
        why: null,
      },
    })
  })

  test('is gone after an edit, with the schedule', () => {
    const scheduled = standingIn('scheduled', { scheduledAt: 5_000, expiresAt: 9_000 })
    expect(next(scheduled, eventOf('edit'), admin, facts)).toMatchObject({
      standing: { state: 'pending', version: 2, expiresAt: 9_000 },
      entry: { what: 'edited', from: 'scheduled', to: 'pending', version: 2 },
    })
    const after = next(scheduled, eventOf('edit'), admin, facts)
    expect(after.ok && Object.keys(after.standing).sort()).toEqual(['expiresAt', 'state', 'version'])
  })

  test('of two at once one wins: the other finds it approved', () => {
    const first = next(standingIn('pending'), eventOf('approve'), admin, facts)
    expect(first.ok && next(first.standing, eventOf('approve'), owner, facts)).toEqual({
      ok: false,
      reason: 'notPossible',
    })
  })
})

test('a rejection keeps its reason', () => {
  expect(next(standingIn('pending'), { kind: 'reject', why: ' too early ' }, admin, facts)).toMatchObject({
    entry: { what: 'rejected', why: 'too early' },
  })
})

/** Whether the last of what was put away and brought back is the former. */
const awayAfter = (log: readonly { what: string }[]): boolean =>
  log.findLast(({ what }) => what === 'retired' || what === 'broughtBack')?.what === 'retired'

describe('what is over', () => {
  const done = standingIn('done', { approvedVersion: 1, expiresAt: 500 })

  test('is put away by a person, comes back, and is what it was', () => {
    const away = next(done, { kind: 'retire' }, admin, facts)
    expect(away).toEqual({
      ok: true,
      standing: { ...done, retiredAt: 1_000 },
      entry: {
        what: 'retired',
        from: 'done',
        to: 'done',
        version: 1,
        staffId: 7,
        at: 1_000,
        why: null,
      },
    })
    const back = away.ok && next(away.standing, { kind: 'bringBack' }, owner, facts)
    expect(back).toMatchObject({ standing: done, entry: { what: 'broughtBack', staffId: 1 } })
    expect(back && back.ok && 'retiredAt' in back.standing).toBe(false)
  })

  test.each([
    ['is put away once', { ...done, retiredAt: 900 }, 'retire'],
    ['comes back only when it was put away', done, 'bringBack'],
  ] as const)('%s', (_, standing, kind) => {
    expect(next(standing, { kind }, admin, facts)).toEqual({ ok: false, reason: 'notPossible' })
  })

  test('what only people do is known', () => {
    const persons = [
      'edited',
      'approved',
      'rejected',
      'scheduled',
      'resumed',
      'cancelled',
      'retired',
      'broughtBack',
    ]
    const both = ['drafted', 'submitted', 'started', 'paused', 'done', 'expired'] as const
    expect(persons.filter((what) => !isPersons(what as Parameters<typeof isPersons>[0]))).toEqual([])
    expect(both.filter(isPersons)).toEqual([])
  })
})

test('whatever happens, what is approved is the version that stands, and the log tells the whole way', () => {
  const actors = fc.constantFrom(admin, owner, program)
  const steps = fc.array(
    fc.tuple(
      fc.constantFrom(...offerEvents),
      actors,
      fc.record({
        now: fc.integer({ min: 0, max: 4_000 }),
        problems: fc.integer({ min: 0, max: 1 }),
        unfinished: fc.integer({ min: 0, max: 1 }),
        seen: fc.integer({ min: 0, max: 1 }),
      }),
    ),
    { maxLength: 40 },
  )
  const afterApproval = ['approved', 'scheduled', 'sending', 'paused', 'done']
  fc.assert(
    fc.property(steps, (all) => {
      const first = drafted(admin, 0, 3_500)
      let { standing } = first
      const log = [first.entry]
      for (const [kind, actor, own] of all) {
        const change = next(standing, eventOf(kind, standing.version - own.seen), actor, { ...facts, ...own })
        if (!change.ok) continue
        log.push(change.entry)
        standing = change.standing
        const { state, version, approvedVersion, retiredAt } = standing
        expect(retiredAt === undefined || isOver(state)).toBe(true)
        expect(retiredAt !== undefined).toBe(awayAfter(log))
        const approved = afterApproval.includes(state)
        const open = ['draft', 'pending', 'rejected'].includes(state)
        expect(approvedVersion).toBe(approved ? version : open ? undefined : approvedVersion)
        const approvals = log.filter((one) => one.what === 'approved' && one.version === version)
        expect(approvals.some((one) => one.staffId !== null) || !approved).toBe(true)
      }
      log.forEach((entry, place) => expect(entry.from).toBe(log[place - 1]?.to ?? null))
      expect(log.at(-1)?.to).toBe(standing.state)
      expect(standing.version).toBe(1 + log.filter((one) => one.what === 'edited').length)
    }),
    { numRuns: 2000 },
  )
})

test('what nobody has decided in its time goes, and nothing that was decided', () => {
  const stale = { kind: 'expire', stale: true } as const
  const ended = offerStates.filter((state) => next(standingIn(state), stale, program, facts).ok)
  expect(ended).toEqual(['draft', 'pending'])
})

test('a standing offer is approved before anybody’s occasion has come, any other is not', () => {
  const approve = (more: Partial<OfferFacts>) =>
    next(standingIn('pending'), { kind: 'approve', version: 1 }, owner, { ...facts, recipients: 0, ...more })
  expect(approve({ standing: true })).toMatchObject({ ok: true })
  expect(approve({})).toEqual({ ok: false, reason: 'nobody' })
})
