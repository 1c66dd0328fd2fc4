import { expect, test } from 'vitest'
import { unhappyIn, type FollowUp } from '../../../src/domain/digest/unhappy.ts'
import { day, hour, monday } from '../made-up-survey.ts'

const week = { from: monday, until: monday + 7 * day }
const now = monday + 8 * day

const followUp = (createdAt: number, rest: Partial<FollowUp> = {}): FollowUp => ({
  clientId: 1,
  createdAt,
  callWanted: null,
  handledAt: null,
  ...rest,
})

test('nobody unhappy', () => {
  const nobody = { count: 0, late: 0, longestMs: undefined }
  expect(unhappyIn([], week, now)).toEqual({
    count: 0,
    handled: 0,
    callsWanted: 0,
    medianMs: undefined,
    waiting: nobody,
    callsWaiting: nobody,
  })
})

test('the week has its own, those who wait are all that wait now', () => {
  const followUps = [
    followUp(monday, { callWanted: true, handledAt: monday + 2 * hour }),
    followUp(monday, { callWanted: false, handledAt: monday + 5 * hour }),
    followUp(monday + 6 * day, { callWanted: true }),
    followUp(now - hour, { callWanted: true }),
    followUp(now - day),
    followUp(monday - 20 * day, { callWanted: false }),
    followUp(monday - 20 * day, { handledAt: monday }),
    followUp(now + 1, { callWanted: true }),
  ]
  expect(unhappyIn(followUps, week, now)).toEqual({
    count: 3,
    handled: 2,
    callsWanted: 2,
    medianMs: 3.5 * hour,
    // A day to the millisecond is not late yet.
    waiting: { count: 4, late: 2, longestMs: 28 * day },
    callsWaiting: { count: 2, late: 1, longestMs: 2 * day },
  })
})
