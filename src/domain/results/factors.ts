/** What decides the choice of a salon, against how it stands here: importance-performance analysis and what would drive people away. */
import { npsClass } from '../nps.ts'
import type { Rated } from '../scores.ts'
import type { SurveyResponse } from '../survey.ts'
import type { Numbers } from './numbers.ts'
import { numbersOn, type QuestionResult } from './questions.ts'

export interface FactorRisk {
  /** The factor's id. */
  factor: string
  /** Question `importance`: how much it decides. */
  importance: Numbers
  /** Question `retention`: would they go on coming if this changed? Low means that they would leave. */
  retention: Numbers | undefined
  /** Importance times the readiness to leave, 0..1; undefined when one of them has no answers. */
  risk: number | undefined
}

/**
 * What matters much and whose change would drive people away comes first: risk = I (1 - R), where I and R are the means of
 * importance and retention, brought from their scales to 0..1. Factors without a figure come last.
 */
export function factorRisks(questions: readonly QuestionResult[]): FactorRisk[] {
  return importances(questions)
    .map(({ factor, importance }) => {
      const retention = numbersOn(questions, 'retention', factor)
      const [matters, stays] = [levelOf(importance), retention && levelOf(retention)]
      const risk = matters === undefined || stays === undefined ? undefined : matters * (1 - stays)
      return { factor, importance, retention, risk }
    })
    .sort((one, other) => (other.risk ?? -1) - (one.risk ?? -1))
}

/** What keeps people from giving a 9, by the short form. */
export interface Complaints {
  /** People who gave less than a 9 for a visit and named at least one factor. */
  people: number
  /** By factor: how many of them named it. */
  named: ReadonlyMap<string, number>
}

/**
 * What detractors and passives named as the reason, each person once for each factor, whatever the lines. Only the chips of
 * the short form count: what was typed is read by people. Passives count in full, since they say what was missing for a 9.
 * @param rated the scores of the period: a rating that was corrected later doesn't count
 */
export function complaintsIn(rated: Rated, responses: readonly SurveyResponse[]): Complaints {
  const whys = new Map(
    responses
      .filter(({ dialogue }) => dialogue === 'visit')
      .map(({ clientId, run, answers }) => [`${clientId} ${run}`, answers['why']?.value]),
  )
  const [people, named] = [new Set<number>(), new Map<string, Set<number>>()]
  for (const { clientId, dialogue, run, value, scale } of rated.scores) {
    const why = dialogue === 'visit' ? whys.get(`${clientId} ${run}`) : undefined
    if (!Array.isArray(why) || why.length === 0 || npsClass(value, scale) === 'promoter') continue
    people.add(clientId)
    for (const factor of why) named.set(factor, (named.get(factor) ?? new Set()).add(clientId))
  }
  return { people: people.size, named: new Map([...named].map(([factor, who]) => [factor, who.size])) }
}

/** The four fields of Martilla and James (1977). */
export type Quadrant =
  /** Matters and is weak: "concentrate here". */
  | 'concentrate'
  /** Matters and is good: "keep up the good work". */
  | 'keepUp'
  /** Matters less and is weak: "low priority". */
  | 'lowPriority'
  /** Matters less and is good: "possible overkill". */
  | 'overkill'

export interface FactorGap {
  factor: string
  importance: Numbers
  /** How many of those who gave less than a 9 named it. */
  named: number
  /** Their share of those who named anything, 0..1; undefined when nobody did. */
  weakness: number | undefined
  /** Importance times weakness, 0..1. */
  gap: number | undefined
  quadrant: Quadrant | undefined
}

/**
 * Importance-performance analysis (Martilla, J. A., & James, J. C. (1977), "Importance-performance analysis", Journal of
 * Marketing 41(1), 77-79): what matters and is weak comes first. Satisfaction is asked by service line, not by factor, so the
 * performance of a factor is what people say of it who gave less than a 9: P = 1 - W, W the share of them that name it. The
 * rank is the importance-weighted gap I (1 - P) = I W, with I the mean importance brought to 0..1. The fields are parted at the
 * means of I and W over the factors that have both; what lies on the line counts as less important, or as good.
 */
export function factorGaps(questions: readonly QuestionResult[], complaints: Complaints): FactorGap[] {
  const placed = importances(questions).map(({ factor, importance }) => {
    const named = complaints.named.get(factor) ?? 0
    const matters = levelOf(importance)
    const weakness = complaints.people === 0 ? undefined : named / complaints.people
    return { factor, importance, named, matters, weakness }
  })
  const both = placed.flatMap(({ matters, weakness }) =>
    matters === undefined || weakness === undefined ? [] : [{ matters, weakness }],
  )
  const cross = { matters: meanBy(both, 'matters'), weakness: meanBy(both, 'weakness') }
  return placed
    .map(({ matters, weakness, ...rest }) => {
      if (matters === undefined || weakness === undefined)
        return { ...rest, weakness, gap: undefined, quadrant: undefined }
      const quadrant = quadrantOf(matters > cross.matters, weakness > cross.weakness)
      return { ...rest, weakness, gap: matters * weakness, quadrant }
    })
    .sort((one, other) => (other.gap ?? -1) - (one.gap ?? -1))
}

function quadrantOf(matters: boolean, weak: boolean): Quadrant {
  if (matters) return weak ? 'concentrate' : 'keepUp'
  return weak ? 'lowPriority' : 'overkill'
}

/** The factors, in the order of the question. */
function importances(questions: readonly QuestionResult[]): { factor: string; importance: Numbers }[] {
  const result = questions.find(({ id }) => id === 'importance')
  if (result?.kind !== 'numberRows') return []
  return result.rows.map(({ row, numbers }) => ({ factor: row, importance: numbers }))
}

/** The mean, brought to 0..1. */
const levelOf = ({ figures, scale }: Numbers): number | undefined =>
  figures && (figures.mean - scale.from) / (scale.to - scale.from)

const meanBy = <K extends string>(all: readonly Record<K, number>[], key: K): number =>
  all.reduce((sum, one) => sum + one[key], 0) / all.length
