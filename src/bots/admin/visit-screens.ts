import { quietUntil } from '../../domain/quiet-hours.ts'
import { named } from '../../domain/salon.ts'
import type { ClientCard } from '../../storage/clients.ts'
import type { Visit, VisitRecorded } from '../../storage/visits.ts'
import { inSentence, nameOf, showMoment, type Desk } from './desk.ts'
import type { ListRoute } from './list-route.ts'
import { button, lines, screen, type Screen } from './screen.ts'

const hourMs = 60 * 60_000

/** Asks what a client came for: their own lines first. What was recorded lately stands above, so that nothing is recorded twice. */
export function lineChoice(
  client: ClientCard,
  lastVisits: readonly Visit[],
  desk: Desk,
  back?: ListRoute,
): Screen {
  const { t, salon, language } = desk
  const isOwn = (line: { id: string }) => client.lines.includes(line.id)
  const ordered = [...salon.lines.filter(isOwn), ...salon.lines.filter((line) => !isOwn(line))]
  const text = lines(
    [{ bold: t('desk.visit.which', { name: client.name ?? t('admin.client.noName') }) }],
    lastVisits.length > 0 ? [t('desk.card.visits', { value: visitWords(lastVisits, desk) })] : undefined,
  )
  return screen(text, [
    ...ordered.map((line) => [
      button(
        named(line.name, language),
        { screen: 'record', id: client.id, line: line.id },
        isOwn(line) ? 'primary' : undefined,
      ),
    ]),
    [button(t('admin.buttons.back'), back ?? { screen: 'client', id: client.id })],
  ])
}

/** "Anna was here: nails", what comes of it, and a way to take it back. */
export function visitRecorded(
  recorded: VisitRecorded & { ok: true },
  { id, line }: { id: number; line: string },
  desk: Desk,
): Screen {
  const { t, salon } = desk
  const name = recorded.clientName ?? t('admin.client.noName')
  const what = { name, line: inSentence(nameOf(salon.lines, line, desk)) }
  const text = `${t(recorded.fresh ? 'desk.visit.recorded' : 'desk.visit.already', what)} ${askedWords(recorded, desk)}`
  return screen(
    [text],
    [
      [
        button(t('desk.buttons.undo'), { screen: 'undo', id, visit: recorded.visitId }),
        button(t('desk.buttons.card'), { screen: 'client', id }),
      ],
      [
        button(t('desk.buttons.nextVisit'), { screen: 'visits' }),
        button(t('admin.buttons.menu'), { screen: 'menu' }),
      ],
    ],
  )
}

/** "ногти, сегодня в 11:35; волосы, 3 мая 2026 г." */
export const visitWords = (visits: readonly Visit[], desk: Desk): string =>
  visits
    .map(({ line, at }) => {
      const when = showMoment(at, desk)
      return line === undefined ? when : `${inSentence(nameOf(desk.salon.lines, line, desk))}, ${when}`
    })
    .join('; ')

function askedWords({ asked }: VisitRecorded & { ok: true }, { t, salon, now }: Desk): string {
  if (asked !== 'will') return t(`desk.visit.asked.${asked}`)
  const hours = salon.survey.afterVisitHours
  if (quietUntil(now.getTime() + hours * hourMs, salon.quietHours, salon.timeZone) !== undefined)
    return t('desk.visit.asked.morning')
  if (hours === 0) return t('desk.visit.asked.now')
  return Number.isInteger(hours)
    ? t('desk.visit.asked.hours', { count: hours })
    : t('desk.visit.asked.minutes', { count: Math.round(hours * 60) })
}
