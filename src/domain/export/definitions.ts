import type { Answer } from '../answer.ts'
import type { Survey, SurveyQuestion, SurveyResponse } from '../survey.ts'

/** All versions of a set of questions: what an answer meant when it was given. */
export interface Definitions {
  /** The newest first. */
  surveys: readonly Survey[]
  /** Ids of all questions that were ever asked: in the order of the newest version, then those that are asked no longer. */
  ids: readonly string[]
  /** The surveys that ask this question, the newest first. */
  asking(id: string): readonly { survey: Survey; definition: SurveyQuestion }[]
  /** What this answer was given to; undefined for what is no question of any version. */
  of(response: SurveyResponse, id: string): { answer: Answer; definition: SurveyQuestion } | undefined
}

/** @param versions in any order */
export function createDefinitions(versions: readonly Survey[]): Definitions {
  const surveys = versions.toSorted((a, b) => b.version - a.version)
  const ids = [...new Set(surveys.flatMap(({ questions }) => questions.map(({ id }) => id)))]
  const asking = new Map(
    ids.map((id) => [
      id,
      surveys.flatMap((survey) =>
        survey.questions.filter((one) => one.id === id).map((definition) => ({ survey, definition })),
      ),
    ]),
  )
  return {
    surveys,
    ids,
    asking: (id) => asking.get(id) ?? [],
    of(response, id) {
      const answer = response.answers[id]
      const all = asking.get(id) ?? []
      const version = answer?.version ?? response.version
      // A version that is not kept any more: the newest is the best guess.
      const found = all.find(({ survey }) => survey.version === version) ?? all[0]
      return answer && found && { answer, definition: found.definition }
    },
  }
}
