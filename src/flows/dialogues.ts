import type { Survey } from '../domain/survey.ts'
import { invite } from './invite.ts'
import { onboarding } from './onboarding.ts'
import type { Dialogue } from './question.ts'
import { consents, forget, human, link, renewal } from './side.ts'
import { surveyDialogue, visitDialogue } from './survey.ts'

/** Every dialogue there is, by name: a new flow is added here. */
export const dialoguesOf = (survey: Survey): Readonly<Record<string, Dialogue>> =>
  Object.fromEntries(
    [
      onboarding,
      invite,
      surveyDialogue(survey),
      visitDialogue(survey),
      consents,
      renewal,
      forget,
      human,
      link,
    ].map((one) => [one.name, one]),
  )
