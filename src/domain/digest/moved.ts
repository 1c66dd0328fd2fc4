import { wayOf, type Segment } from '../value/segment-rank.ts'

/** Clients who were in one segment before the week and in another one at its end. */
export interface Transition {
  from: Segment
  to: Segment
  clients: number
  /** What they have paid in all so far. */
  kopecks: number
}

/** Early warnings that began in the week and still stand. */
export interface Warned {
  clients: number
  /** What a year of them is worth if they stay. */
  kopecks: number
}

/** Who went one way. */
export interface MovedOneWay {
  clients: number
  kopecks: number
  /** From where to where most of them went; absent where nobody did. */
  often?: Transition
}

/** Who has moved between the segments in a week, overall. */
export interface Moved {
  up: MovedOneWay
  down: MovedOneWay
  warned: Warned
}

/**
 * Who moved up and who slipped, by the order of segments that segment-rank.ts states. A move between two segments of one rank is
 * neither.
 * @param transitions of the week, one for each pair of segments
 */
export const movedIn = (transitions: readonly Transition[], warned: Warned): Moved => ({
  up: oneWay(transitions.filter(({ from, to }) => wayOf(from, to) === 'up')),
  down: oneWay(transitions.filter(({ from, to }) => wayOf(from, to) === 'down')),
  warned,
})

function oneWay(transitions: readonly Transition[]): MovedOneWay {
  const [often] = transitions.toSorted(
    (one, other) => other.clients - one.clients || other.kopecks - one.kopecks,
  )
  return {
    clients: transitions.reduce((sum, { clients }) => sum + clients, 0),
    kopecks: transitions.reduce((sum, { kopecks }) => sum + kopecks, 0),
    ...(often && { often }),
  }
}
