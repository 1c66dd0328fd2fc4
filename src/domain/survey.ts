/**
 * The survey as data: what is asked, in which form, in which order. The instrument is built in (`instrument.ts`); the salon's
 * survey.yaml changes it (`settings/survey-file.ts`); every definition that was ever asked is kept under its number
 * (`storage/survey-versions.ts`), so that results know what an answer meant when it was given.
 */
import type { Answers, Scale } from './answer.ts'
import type { Named } from './salon.ts'

export const surveyKinds = ['yesNo', 'choice', 'choices', 'scale', 'grid', 'text', 'date'] as const
export type SurveyKind = (typeof surveyKinds)[number]

/** `salon`: the ten questions about the salon; `person`: the seven about the client. */
export const surveyBlocks = ['salon', 'person'] as const
export type SurveyBlock = (typeof surveyBlocks)[number]

/** Sentences that stand in the place of the built-in ones, or are all that there is for a question of the salon's own. */
export interface SurveyWords {
  ask?: Named
  /** The question's name in two or three words: for results and columns. */
  short?: Named
  hint?: Named
  /** What the ends of a scale mean. */
  low?: Named
  high?: Named
  noOpinion?: Named
  yes?: Named
  no?: Named
}

/** One of several answers or rows. Without a name it is one of the built-in ones, named in the locales. */
export interface SurveyOption {
  id: string
  name?: Named
}

export interface SurveyQuestion {
  /** [a-zA-Z][a-zA-Z0-9]{0,15}; kept for good, because answers carry it. */
  id: string
  kind: SurveyKind
  block: SurveyBlock
  /** choice, choices: the answers. grid without `scale`: what each row is answered with. */
  options?: readonly SurveyOption[]
  /** grid: the service lines, only those that the client uses, or a list. */
  rows?: 'lines' | 'usedLines' | readonly SurveyOption[]
  /** scale, grid. */
  scale?: Scale
  /** scale, grid: "can't say" is offered. */
  noOpinion?: boolean
  /** text: UTF-16 units in all. */
  maxLength?: number
  /** text: several messages in a row are one answer. */
  several?: boolean
  /** Belongs to the question with this id: asked only when that one was answered, and not counted beside it. */
  partOf?: string
  words?: SurveyWords
  /** The salon's own question: all its words are in `words` and in the names of its options. */
  own?: boolean
}

/** What is known from elsewhere is not asked, but shown for correction: the answer to that is none of the survey's. */
export const checkId = 'check'

/** Whether anything at all was answered: a survey that was only skipped through earns no gift. */
export const answeredSomething = (answers: Answers): boolean =>
  Object.entries(answers).some(
    ([id, { value, known }]) => id !== checkId && value !== undefined && known !== true,
  )

export interface Survey {
  /** Counted by the program: 1 for the first definition that was ever asked here. */
  version: number
  questions: readonly SurveyQuestion[]
}

/** What the program asks beside the definition (flows/survey.ts): these ids are taken. */
export const innerQuestionIds = ['callMe', 'check'] as const

/** The question that the NPS is made of; the short form after a visit asks it too. */
export const recommendId = 'recommend'

/** The scale of the NPS question, 1-10 unless the salon has chosen 0-10. */
export function recommendScale(survey: Survey): Scale {
  return survey.questions.find((one) => one.id === recommendId)?.scale ?? { from: 1, to: 10 }
}

/** One walk of one client through the survey or through the short form after a visit, as the results read it. */
export interface SurveyResponse {
  clientId: number
  /** `survey`: all questions. `visit`: the short form; answers are `line` (the line's id), `recommend` and `why`. */
  dialogue: 'survey' | 'visit'
  run: number
  /** The survey's version when the walk began. */
  version: number
  status: 'open' | 'paused' | 'finished' | 'stopped'
  answers: Answers
  /** Epoch milliseconds. */
  startedAt: number
  changedAt: number
}
