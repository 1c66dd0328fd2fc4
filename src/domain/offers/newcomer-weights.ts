export const newcomerReasons = [
  'interest',
  'source',
  'master',
  'phone',
  'times',
  'cameBack',
  'friends',
  'link',
] as const
export type NewcomerWeights = Readonly<Record<(typeof newcomerReasons)[number], number>>

/**
 * How much each thing speaks for an offer. The first three are about a line: said interest counts most, for it is the person's own
 * word; the link and the wished master point at a line only by what it is called and who works there. The others say how near to
 * booking somebody is: a phone was given to be called. A link that names no line is told and weighs nothing.
 */
export const newcomerWeights: NewcomerWeights = {
  interest: 3,
  source: 2,
  master: 2,
  phone: 2,
  times: 1,
  cameBack: 1,
  friends: 1,
  link: 0,
}
