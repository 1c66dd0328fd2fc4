import type { SimpleAudience } from '../../../domain/offers/simple-audience.ts'
import type { SurveyQuestion } from '../../../domain/survey.ts'
import type { Segment } from '../../../domain/value/segment-rank.ts'
import type { Desk } from '../desk.ts'
import type { Meant } from './audience-head.ts'

/** What the conditions are chosen from. */
export interface AudienceFacts {
  meant: Meant
  segments: readonly Segment[]
  questions: readonly SurveyQuestion[]
  /** Read for their page only. */
  sources: readonly { source: string; clients: number }[]
}

/** What a page of conditions is drawn from. */
export interface PageContext {
  id: number
  simple: SimpleAudience
  facts: AudienceFacts
  desk: Desk
}
