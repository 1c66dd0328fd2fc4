/** Who is meant: rules as data, so that a person can read them and a salon can change them. */

/** Both ends are included; an absent one is open. */
export interface Range {
  from?: number
  to?: number
}

/** A rule about one client. `line` absent or "": over all lines. */
export type Audience =
  | { kind: 'everyone' }
  | { kind: 'all' | 'any'; of: readonly Audience[] }
  | { kind: 'not'; of: Audience }
  /** These clients by their numbers: a newcomer's personal offer. */
  | { kind: 'clients'; ids: readonly number[] }
  | { kind: 'segment'; segments: readonly string[]; line?: string }
  /** Has come for one of these lines. */
  | { kind: 'line'; lines: readonly string[] }
  /** Has said to be interested in one of these lines. */
  | { kind: 'interest'; lines: readonly string[] }
  /** So many days ago. */
  | { kind: 'lastVisit'; days: Range; line?: string }
  | { kind: 'visits'; count: Range; line?: string }
  /** The survey's answer is one of these; `row`: of a grid. */
  | { kind: 'answer'; question: string; row?: string; values: readonly string[] }
  /** The survey's answer is a number between; without a `row`, in any row of a grid. */
  | { kind: 'score'; question: string; row?: string; score: Range }
  /** What the link said that brought them, or what they said they heard from. */
  | { kind: 'source'; sources: readonly string[] }
  | { kind: 'birthday'; withinDays: number }
  | { kind: 'sex'; sex: 'female' | 'male' }
  /** Has a coupon that is good and not used up. */
  | { kind: 'coupon'; has: boolean }
  /** Says to have the salon's card. */
  | { kind: 'card'; has: boolean }
