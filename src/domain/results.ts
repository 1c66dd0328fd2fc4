/** The results of the survey: question by question, line by line, factor by factor, group by group, and how far people came. */
import type { Scale } from './answer.ts'
import type { Nps } from './nps.ts'
import { complaintsIn, factorGaps, factorRisks, type FactorGap, type FactorRisk } from './results/factors.ts'
import { funnelOf, type Funnel } from './results/funnel.ts'
import { groupTables, makesGroups, type GroupTable } from './results/groups.ts'
import type { Invitation } from './results/invited.ts'
import { always, wordsIn, type Source } from './results/last-words.ts'
import { lineResults, usersByLine, type LineResult } from './results/lines.ts'
import { questionResult, type QuestionResult } from './results/questions.ts'
import { npsByPeople, scoresIn, scoresOf, surveyOf, type Surveys } from './scores.ts'
import { recommendScale, type Survey, type SurveyResponse } from './survey.ts'
import type { Period } from './weeks.ts'

export interface ResultsInput {
  /** All walks through the survey and the short form. */
  responses: readonly SurveyResponse[]
  invitations?: readonly Invitation[]
  /** The definition that is asked now: results are in its terms. */
  survey: Survey
  /** Those that were asked before. */
  surveys: Surveys
  /** Ids of the salon's service lines. */
  lines: readonly string[]
  /** What was said in it; everything unless said otherwise. */
  period?: Period
}

export interface SurveyResults {
  /** In the order of the survey. */
  questions: QuestionResult[]
  /** By people, from the survey and the short form. */
  nps: Nps
  scale: Scale | undefined
  /** People who gave scores on another scale only. */
  otherScale: number
  /** The weakest first. */
  lines: LineResult[]
  /** What matters and would drive people away first. */
  risks: FactorRisk[]
  /** What matters and is weak first. */
  gaps: FactorGap[]
  funnel: Funnel
  /** One for each question about the person that parts people into groups. */
  groups: GroupTable[]
}

export function resultsOf({
  responses,
  invitations = [],
  survey,
  surveys,
  lines,
  period = always,
}: ResultsInput): SurveyResults {
  const known = (version: number) => (version === survey.version ? survey : surveyOf(surveys, version))
  const source: Source = { responses, surveys: known, period }
  const words = wordsIn(source)
  const questions = survey.questions.map((question) => questionResult(question, words, lines))
  const rated = scoresIn(scoresOf(responses, known), period, recommendScale(survey))
  const satisfaction = survey.questions.find(({ id }) => id === 'satisfaction')
  return {
    questions,
    nps: npsByPeople(rated),
    scale: rated.scale,
    otherScale: rated.otherScale,
    lines: lineResults(lines, questions, usersByLine(lines, survey, words), rated),
    risks: factorRisks(questions),
    gaps: factorGaps(questions, complaintsIn(rated, responses)),
    funnel: funnelOf({ ...source, survey, invitations, lines }),
    groups: groupTables(
      survey.questions.filter((question) => question.block === 'person' && makesGroups(question)),
      period === always ? words : wordsIn({ ...source, period: always }),
      satisfaction && words(satisfaction),
      rated,
    ),
  }
}
