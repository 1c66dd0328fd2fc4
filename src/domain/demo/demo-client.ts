/** What the simulation brings forth: clients of nobody, with all that a salon would know of them. Times are epoch milliseconds. */
import type { Birthday } from '../birthday.ts'
import type { Walk } from '../known.ts'

export interface DemoClient {
  /** 1, 2, 3...: the phone is made of it, so that the same client is found again. */
  number: number
  name: string
  /** E.164 in form only: no number in the world begins like this (people.ts). */
  phone: string
  birthday?: Birthday
  /** Where a platform's profile would have told it. */
  sex?: 'female' | 'male'
  lines: string[]
  master?: string
  convenientTimes: string[]
  heardFrom: string
  /** When they got to know the bot. */
  createdAt: number
  /** Those that the bot knows of, in the order of time. */
  visits: DemoVisit[]
  /** What the salon's books hold beside them: the time before the bot, and refunds. In the order of time. */
  books: DemoBookRow[]
  /** `invite`, `survey` and `visit`, as the dialogues leave them. */
  walks: Walk[]
  prompts: DemoPrompt[]
  followUps: DemoFollowUp[]
  coupon?: DemoCoupon
}

/** A client of the time before the bot, whom only the books know. */
export type DemoFormer = Pick<DemoClient, 'number' | 'name' | 'phone' | 'books'>

export interface DemoVisit {
  line: string
  at: number
  /** What was done, by whom, and what was paid; absent where the salon's settings name nothing. */
  service?: string
  master?: string
  kopecks?: number
}

/** A row of the books: a visit, or a refund, whose amount is below 0. */
export interface DemoBookRow extends DemoVisit {
  /** False: only the day is known, and `at` is its noon. */
  timeKnown: boolean
}

/** A message that started on our side, and was sent. */
export interface DemoPrompt {
  kind: 'invite' | 'remind' | 'visit'
  /** invite, remind: the run of the survey. visit: the index of the visit in `visits`. */
  about: number
  number: number
  source: 'admin' | 'onboarding' | 'walk' | 'visit'
  dueAt: number
}

export interface DemoFollowUp {
  dialogue: 'survey' | 'visit'
  run: number
  createdAt: number
  callWanted?: boolean
  handledAt?: number
}

/** A gift for the finished survey. Its code is drawn where real chance is at hand: a seed would give it away. */
export interface DemoCoupon {
  issuedAt: number
  expiresAt: number
  redeemedAt?: number
}
