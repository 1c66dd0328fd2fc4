import type { SurveyResults } from '../../../domain/results.ts'
import type { Funnel } from '../../../domain/results/funnel.ts'
import type { Invited } from '../../../domain/results/invited.ts'
import type { Survey } from '../../../domain/survey.ts'
import type { Insight } from '../../../storage/insights.ts'
import type { Desk } from '../desk.ts'
import { button, lines, screen, type Part, type Screen } from '../screen.ts'
import { showPart } from './words.ts'

/** From an invitation to the last question: of the survey, then of the short form. */
export function funnelScreen(
  { found: { funnel }, demo }: Insight<SurveyResults>,
  { questions }: Survey,
  desk: Desk,
): Screen {
  const { t } = desk
  const { invited, afterVisits, walks, duration } = funnel
  const { medianMinutes } = duration
  const text = lines(
    [{ bold: t('nps.funnel.title') }],
    demo ? [t('nps.demo')] : undefined,
    [],
    invitedLine(invited, 'nps.funnel.invited', desk),
    [t('nps.funnel.begun', { count: walks.begun, finished: walks.finished })],
    medianMinutes === undefined
      ? undefined
      : [t('nps.funnel.minutes', { count: Math.max(1, Math.round(medianMinutes)) })],
    invitedLine(afterVisits, 'nps.funnel.afterVisits', desk),
    ...(walks.begun === 0 ? [] : stepLines(funnel, questions, desk)),
  )
  return screen(text, [[button(t('admin.buttons.back'), { screen: 'questions', page: 0 })]])
}

function invitedLine({ people, responded, rate }: Invited, key: string, desk: Desk): Part[] | undefined {
  if (rate === undefined) return undefined
  return [desk.t(key, { count: people, responded, rate: showPart(rate, desk) })]
}

/** A part of another question is no step of its own. */
function stepLines({ steps }: Funnel, questions: Survey['questions'], { t }: Desk): (readonly Part[])[] {
  const isPart = (id: string) => questions.some((one) => one.id === id && one.partOf !== undefined)
  return [
    [],
    [{ bold: t('nps.funnel.steps') }],
    ...steps
      .filter(({ id }) => !isPart(id))
      .map(({ id, reached, left }) => [
        `${reached}${left > 0 ? ` (−${left})` : ''} · ${t(`survey.${id}.short`)}`,
      ]),
    [],
    [t('nps.funnel.howToRead')],
  ]
}
