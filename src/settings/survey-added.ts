/** A question of the salon's own: as people write it, and as the survey knows it. */
import * as z from 'zod'

import { surveyBlocks, surveyKinds } from '../domain/survey.ts'
import type { SurveyBlock, SurveyQuestion, SurveyWords } from '../domain/survey.ts'
import { builtInQuestions, type AddedQuestion } from '../domain/survey-changes.ts'
import { buttonName } from './schema-parts.ts'
import { ask, end, hint, rowName, scale, short } from './survey-parts.ts'

// Answers are keyed by ids: what every object has already ("constructor") would be taken for one.
const isOrdinary = (id: string): boolean => !(id in Object.prototype)

// Ids stand in button values, of which Telegram takes 64 bytes.
const questionId = z
  .string('questionId')
  .regex(/^[a-zA-Z][a-zA-Z0-9]{0,15}$/, 'questionId')
  .refine(isOrdinary, 'questionId')
const optionId = z.preprocess(
  (value) => (typeof value === 'number' ? String(value) : value),
  z
    .string('optionId')
    .regex(/^[a-zA-Z0-9_-]{1,16}$/, 'optionId')
    .refine(isOrdinary, 'optionId'),
)

const options = z
  .array(z.strictObject({ id: optionId, name: buttonName }, 'option'), 'options')
  .min(2, 'options')
  .max(20, 'options')
const listedRows = z
  .array(z.strictObject({ id: optionId, name: rowName }, 'row'), 'rows')
  .min(1, 'rows')
  .max(12, 'rows')

/** What its kind needs and does not need is checked after it was read (survey-checks.ts). */
export const added = z.strictObject(
  {
    id: questionId,
    kind: z.enum(surveyKinds, 'kind'),
    block: z.enum(surveyBlocks, 'block').exactOptional(),
    after: z.string('after').exactOptional(),
    ask,
    short,
    hint: hint.exactOptional(),
    options: options.exactOptional(),
    rows: z.union([z.enum(['lines', 'usedLines']), listedRows], 'rows').exactOptional(),
    scale: scale.exactOptional(),
    low: end.exactOptional(),
    high: end.exactOptional(),
    noOpinion: z.union([z.boolean(), buttonName], 'noOpinion').exactOptional(),
    yes: buttonName.exactOptional(),
    no: buttonName.exactOptional(),
  },
  'added',
)
type Added = z.infer<typeof added>

/** The questions with their blocks: one that was given none is in the block of the question that it comes after. */
export function toQuestions(add: readonly Added[]): AddedQuestion[] {
  const blocks = new Map<string, SurveyBlock>(builtInQuestions.map(({ id, block }) => [id, block]))
  return add.map((one) => {
    const { after } = one
    const block = one.block ?? (after === undefined ? undefined : blocks.get(after)) ?? 'salon'
    blocks.set(one.id, block)
    return { question: toQuestion(one, block), ...(after !== undefined && { after }) }
  })
}

/** A letter as long as the built-in suggestions take: Telegram cuts what is longer than 4096 units into several messages. */
const letter = { maxLength: 20_000, several: true }

function toQuestion(one: Added, block: SurveyBlock): SurveyQuestion {
  const { id, kind, options: answers, rows, scale: numbers, noOpinion = false } = one
  return {
    id,
    kind,
    block,
    ...(answers && { options: answers }),
    ...(rows !== undefined && { rows }),
    ...(numbers && { scale: numbers }),
    ...(noOpinion !== false && { noOpinion: true }),
    ...(kind === 'text' && letter),
    words: wordsOf(one),
    own: true,
  }
}

const wordsOf = ({ hint: under, low, high, yes, no, noOpinion, ...one }: Added): SurveyWords => ({
  ask: one.ask,
  short: one.short,
  ...(under && { hint: under }),
  ...(low && { low }),
  ...(high && { high }),
  ...(typeof noOpinion === 'object' && { noOpinion }),
  ...(yes && { yes }),
  ...(no && { no }),
})
