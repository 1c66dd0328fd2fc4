import { consented, walkOf } from '../domain/known.ts'
import { currentOf } from './current.ts'
import { showDay } from './dates.ts'
import { atConsentCard, closingPressed, plainly, withoutSide } from './decision.ts'
import type { Decision } from './decision.ts'
import { salonValues } from './onboarding.ts'
import type { Before, Spoken } from './reply.ts'
import { begunSurvey, cameForSurvey } from './survey-acts.ts'

/** The survey was asked for: from the menu, by a word, by its link. */
export function surveyChosen(before: Before): Decision {
  const { known: all, scene } = before
  const { t } = scene
  if (!consented(all)) {
    const sentence = cameForSurvey(all.chat.source) ? 'survey.consentFirst' : 'onboarding.greeting'
    const greeting = plainly(t(sentence, salonValues(scene)))
    return { known: atConsentCard(all), spoken: { say: [greeting] } }
  }
  const known = withoutSide(all, scene)
  const closing: Spoken = currentOf(all, scene) ? {} : closingPressed(before, `☰ ${t('menu.survey')}`)
  const begun = begunSurvey(known, scene)
  if (begun) return { known: begun.known, facts: begun.facts, spoken: { ...closing, say: begun.say } }
  const walk = walkOf(known, 'survey')
  const day = showDay(walk?.changedAt ?? scene.now, scene)
  const again = showDay((walk?.changedAt ?? scene.now) + scene.salon.survey.everyDays * dayMs, scene)
  return {
    known,
    wantsCoupons: true,
    spoken: { ...closing, say: [plainly(t('survey.already', { day, again }))] },
  }
}

const dayMs = 24 * 3600_000
