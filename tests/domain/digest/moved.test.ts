import { expect, test } from 'vitest'
import { movedIn, type Transition } from '../../../src/domain/digest/moved.ts'

const nobody = { clients: 0, kopecks: 0 }
const step = (
  from: Transition['from'],
  to: Transition['to'],
  clients: number,
  kopecks = clients * 100_00,
) => ({
  from,
  to,
  clients,
  kopecks,
})

test('who moved up and who slipped, what they have paid, and where most of them went', () => {
  const transitions = [
    step('noValue', 'new', 2),
    step('new', 'valuable', 5),
    step('valuable', 'new', 1, 900_000_00),
    step('valuable', 'vulnerable', 3),
    step('new', 'noValue', 3, 500_00),
  ]
  expect(movedIn(transitions, { clients: 4, kopecks: 70_000_00 })).toEqual({
    up: { clients: 7, kopecks: 700_00, often: step('new', 'valuable', 5) },
    // Of two that are as frequent, the one with more money.
    down: { clients: 7, kopecks: 900_800_00, often: step('new', 'noValue', 3, 500_00) },
    warned: { clients: 4, kopecks: 70_000_00 },
  })
})

test('in quintiles, a move between segments of one rank is neither up nor down', () => {
  const transitions = [
    step('needAttention', 'others', 2),
    step('lost', 'champions', 1),
    step('champions', 'atRisk', 1),
  ]
  expect(movedIn(transitions, nobody)).toMatchObject({ up: { clients: 1 }, down: { clients: 1 } })
})

test('nobody is nobody', () => {
  expect(movedIn([], nobody)).toEqual({ up: nobody, down: nobody, warned: nobody })
})
