/**
 * survey.yaml as a schema. Every `error` is the name of a sentence under "survey" in locales/…/settings.json:
 * what should have stood there.
 */
import * as z from 'zod'

import { recommendId, surveyBlocks, type SurveyQuestion } from '../domain/survey.ts'
import { builtInQuestions, type Rewording, type SurveyChanges } from '../domain/survey-changes.ts'
import { buttonName } from './schema-parts.ts'
import { added, toQuestions } from './survey-added.ts'
import { checkAdded, noSuchQuestion } from './survey-checks.ts'
import { ask, end, hint, rowName, short, toScale } from './survey-parts.ts'

const builtInIds = builtInQuestions.map(({ id }) => id)

/** The id of one of these questions. */
const idOf = (known: readonly string[]) =>
  z.unknown().transform((value, context): string => {
    if (typeof value === 'string' && known.includes(value)) return value
    if (value === recommendId) context.addIssue({ code: 'custom', message: 'recommendStays' })
    else context.addIssue(noSuchQuestion(String(value), known))
    return z.NEVER
  })

/** The words that a built-in question has, any of which may be others. */
function wordingOf({ kind, rows, scale, noOpinion, options = [] }: SurveyQuestion): z.ZodType<Rewording> {
  const button = buttonName.exactOptional()
  const names = typeof rows === 'object' ? namesOf(rows, rowName) : namesOf(options, buttonName)
  return z.strictObject(
    {
      ask: ask.exactOptional(),
      short: short.exactOptional(),
      hint: hint.exactOptional(),
      ...(scale && { low: end.exactOptional(), high: end.exactOptional() }),
      ...(noOpinion && { noOpinion: button }),
      ...(kind === 'yesNo' && { yes: button, no: button }),
      ...(names && { options: names.exactOptional() }),
    },
    'wordingOf',
  ) as z.ZodType<Rewording>
}

const namesOf = (all: readonly { id: string }[], name: typeof buttonName) =>
  all.length === 0
    ? undefined
    : z.strictObject(Object.fromEntries(all.map(({ id }) => [id, name.exactOptional()])), 'wordingOptions')

const wording = z.strictObject(
  Object.fromEntries(builtInQuestions.map((one) => [one.id, wordingOf(one).exactOptional()])),
  'wording',
)

/** survey.yaml as people write it -> what it changes. */
export const surveySchema = z
  .strictObject(
    {
      recommendScale: z.enum(['1-10', '0-10'], 'recommendScale').transform(toScale).exactOptional(),
      first: z.enum(surveyBlocks, 'first').exactOptional(),
      off: z.array(idOf(builtInIds.filter((id) => id !== recommendId)), 'off').exactOptional(),
      on: z.array(idOf(builtInIds), 'on').exactOptional(),
      wording: wording.exactOptional(),
      add: z.array(added, 'add').max(30, 'add').exactOptional(),
    },
    'surveyFile',
  )
  .superRefine(checkAdded, { when: () => true })
  .transform(({ add, ...rest }): SurveyChanges => ({ ...rest, ...(add && { add: toQuestions(add) }) }))
