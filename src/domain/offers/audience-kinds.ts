import type { Audience } from './audience.ts'

/** An example of each kind of rule, as a person writes it into the salon's settings. */
export const audienceKinds: Readonly<Record<Audience['kind'], string>> & Readonly<Record<string, string>> = {
  everyone: '{ kind: everyone }',
  all: '{ kind: all, of: [{ kind: card, has: false }, { kind: sex, sex: female }] }',
  any: '{ kind: any, of: [{ kind: card, has: false }, { kind: coupon, has: false }] }',
  not: '{ kind: not, of: { kind: card, has: true } }',
  clients: '{ kind: clients, ids: [12, 34] }',
  segment: '{ kind: segment, segments: [valuable], line: nails }',
  line: '{ kind: line, lines: [nails] }',
  interest: '{ kind: interest, lines: [nails] }',
  lastVisit: '{ kind: lastVisit, days: { from: 60 }, line: nails }',
  visits: '{ kind: visits, count: { from: 1, to: 3 }, line: nails }',
  answer: '{ kind: answer, question: marital, values: [married] }',
  score: '{ kind: score, question: recommend, score: { from: 9 } }',
  source: '{ kind: source, sources: [wall-manicure] }',
  birthday: '{ kind: birthday, withinDays: 7 }',
  sex: '{ kind: sex, sex: female }',
  coupon: '{ kind: coupon, has: false }',
  card: '{ kind: card, has: false }',
}
