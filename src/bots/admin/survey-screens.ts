import { quietUntil } from '../../domain/quiet-hours.ts'
import { named } from '../../domain/salon.ts'
import {
  reasonsNotNow,
  type Audience,
  type InvitationCount,
  type ReasonNotNow,
  type SurveyFunnel,
} from '../../storage/invitations.ts'
import { exportFormats } from './desk-route.ts'
import { nameOf, type Desk } from './desk.ts'
import type { Route } from './route.ts'
import { button, lines, screen, type Screen } from './screen.ts'
import { segmentName } from './segments/words.ts'

/** The survey's funnel is told of so many days. */
export const funnelDays = 30

/** How the survey goes, and what can be done for it. @param offered what this process can make */
export function surveyScreen(
  funnel: SurveyFunnel,
  { willGet }: InvitationCount,
  offered: { poster: boolean; exportFile: boolean },
  desk: Desk,
): Screen {
  const { t } = desk
  const text = lines(
    [{ bold: t('desk.survey.title') }],
    [],
    [t('desk.survey.funnel', { ...funnel, days: funnelDays })],
    ...(willGet === 0 ? [[], [t('desk.survey.nobody')]] : []),
  )
  const all: Route = { screen: 'confirmInvites', audience: { kind: 'all' } }
  return screen(text, [
    ...(willGet > 0
      ? [
          [button(t('desk.survey.inviteAll', { count: willGet }), all, 'primary')],
          [
            button(t('desk.survey.byLine'), { screen: 'lines' }),
            button(t('desk.survey.bySegment'), { screen: 'segmentsOf', line: '' }),
          ],
        ]
      : []),
    ...(offered.poster ? [[button(t('desk.survey.poster'), { screen: 'poster' })]] : []),
    ...(offered.exportFile
      ? [
          exportFormats.map((format) =>
            button(t(`desk.survey.export.${format}`), { screen: 'export', format }),
          ),
        ]
      : []),
    [button(t('admin.buttons.menu'), { screen: 'menu' })],
  ])
}

/** Asks for which line clients are to be invited. */
export function audienceChoice({ t, salon, language }: Desk): Screen {
  return screen(
    [t('desk.survey.whichLine')],
    [
      ...salon.lines.map((line) => [
        button(named(line.name, language), {
          screen: 'confirmInvites',
          audience: { kind: 'line', line: line.id },
        }),
      ]),
      [button(t('admin.buttons.back'), { screen: 'survey' })],
    ],
  )
}

/** Asks once more before people are written to: how many, and who is not. */
export function inviteQuestion(
  audience: Audience,
  { willGet, notNow }: InvitationCount,
  who: string,
  desk: Desk,
): Screen {
  const { t, salon, now } = desk
  const back = before(audience)
  const others = reasonsNotNow.filter((reason) => notNow[reason] > 0)
  const morning = quietUntil(now.getTime(), salon.quietHours, salon.timeZone) !== undefined
  const text = lines(
    [{ bold: question(audience, willGet, who, desk) }],
    others.length > 0 ? [leftOut(audience, others, notNow, desk)] : undefined,
    morning && willGet > 0 ? [t('desk.survey.inTheMorning')] : undefined,
  )
  if (willGet === 0) return screen(text, [[button(t('admin.buttons.back'), back)]])
  return screen(text, [
    [
      button(t('desk.buttons.yes'), { screen: 'sendInvites', audience }, 'success'),
      button(t('desk.buttons.no'), back),
    ],
  ])
}

/** Where this was chosen. */
function before(audience: Audience): Route {
  switch (audience.kind) {
    case 'client':
      return { screen: 'client', id: audience.id }
    case 'segment':
      return { screen: 'in', line: audience.line, segment: audience.segment, page: 0 }
    default:
      return { screen: 'survey' }
  }
}

function question(audience: Audience, willGet: number, who: string, desk: Desk): string {
  const { t, salon } = desk
  switch (audience.kind) {
    case 'client':
      return t(willGet > 0 ? 'desk.survey.askOne' : 'desk.survey.notOne', { who })
    case 'line':
      return ofGroup(nameOf(salon.lines, audience.line, desk), willGet, desk)
    case 'segment': {
      const { line, segment } = audience
      const inLine = line === '' ? '' : ` · ${nameOf(salon.lines, line, desk)}`
      return ofGroup(`${segmentName(segment, desk)}${inLine}`, willGet, desk)
    }
    case 'all':
      return willGet > 0 ? t('desk.survey.askAll', { count: willGet }) : t('desk.survey.nobody')
  }
}

const ofGroup = (group: string, willGet: number, { t }: Desk): string =>
  willGet > 0
    ? t('desk.survey.askGroup', { count: willGet, group })
    : t('desk.survey.nobodyOfGroup', { group })

function leftOut(
  audience: Audience,
  reasons: readonly ReasonNotNow[],
  notNow: InvitationCount['notNow'],
  { t }: Desk,
): string {
  if (audience.kind === 'client') return reasons.map((reason) => t(`desk.survey.whyNot.${reason}`)).join(' ')
  const value = reasons
    .map((reason) => t(`desk.survey.leftOut.${reason}`, { count: notNow[reason] }))
    .join(', ')
  return t('desk.survey.willNotGet', { value })
}
