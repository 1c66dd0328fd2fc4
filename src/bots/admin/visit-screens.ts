import { quietUntil } from '../../domain/quiet-hours.ts'
import { showMoney } from '../../domain/money.ts'
import { named } from '../../domain/salon.ts'
import { mastersOf } from '../../domain/visit-defaults.ts'
import type { ClientCard } from '../../storage/clients.ts'
import type { RecordedVisit, Visit } from '../../storage/recorded-visit.ts'
import { inSentence, nameOf, type Desk } from './desk.ts'
import type { ListRoute } from './list-route.ts'
import { button, lines, screen, type Screen } from './screen.ts'
import type { VisitPart } from './visit-route.ts'
import { dayWords, recordedWords, serviceName, visitWords } from './visit-words.ts'

const hourMs = 60 * 60_000

/** Asks whose visit it was. */
export const visitorQuestion = ({ t }: Desk): Screen =>
  screen(
    [t('desk.visit.ask')],
    [
      [
        button(t('booking.buttons.newVisitor'), { screen: 'newVisitor' }),
        button(t('admin.buttons.menu'), { screen: 'menu' }),
      ],
    ],
  )

/** Asks for a name and a phone. @param problem what was wrong with the last ones; a key below "booking.visitor" */
export const newVisitorQuestion = (problem: string | undefined, { t }: Desk): Screen =>
  screen(
    lines(problem === undefined ? undefined : [t(`booking.visitor.${problem}`)], [t('booking.visitor.ask')]),
    [
      [
        button(t('admin.buttons.back'), { screen: 'visits' }),
        button(t('admin.buttons.menu'), { screen: 'menu' }),
      ],
    ],
  )

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

/**
 * "Anna was here: nails", as it most likely was, what comes of it, and a button for each part that may have been another.
 * @param how `recorded` and `changed` just now, `already` before, or shown `again`
 */
export function recordedScreen(
  visit: RecordedVisit,
  how: 'recorded' | 'already' | 'changed' | 'again',
  desk: Desk,
): Screen {
  const { t, salon, language } = desk
  const { id: number, clientId: id, line = '', service, kopecks, master } = visit
  const name = visit.clientName ?? t('admin.client.noName')
  const what = { name, line: inSentence(nameOf(salon.lines, line, desk)) }
  const change = (part: VisitPart, value?: string) =>
    button(value === undefined ? t(`booking.visit.unknown.${part}`) : t('booking.visit.edit', { value }), {
      screen: 'change',
      id,
      visit: number,
      part,
    })
  const hasServices = salon.lines.some((one) => one.id === line && one.services.length > 0)
  return screen(
    lines(
      [{ bold: t(`booking.visit.${how}`, what) }],
      [recordedWords(visit, desk)],
      [askedWords(visit, desk)],
    ),
    [
      [
        hasServices
          ? change('service', service === undefined ? undefined : serviceName(service, desk))
          : change('line', nameOf(salon.lines, line, desk)),
      ],
      ...(mastersOf(line, salon).length > 0
        ? [[change('master', master === undefined ? undefined : nameOf(salon.masters, master, desk))]]
        : []),
      [
        change('amount', kopecks === undefined ? undefined : showMoney(kopecks, language)),
        change('day', dayWords(visit.at, desk)),
      ],
      [
        button(t('desk.buttons.undo'), { screen: 'undo', id, visit: number }),
        button(t('desk.buttons.card'), { screen: 'client', id }),
      ],
      [
        button(t('desk.buttons.nextVisit'), { screen: 'visits' }),
        button(t('admin.buttons.menu'), { screen: 'menu' }),
      ],
    ],
  )
}

function askedWords({ asked }: RecordedVisit, { t, salon, now }: Desk): string {
  if (asked !== 'will') return t(`desk.visit.asked.${asked}`)
  const hours = salon.survey.afterVisitHours
  if (quietUntil(now.getTime() + hours * hourMs, salon.quietHours, salon.timeZone) !== undefined)
    return t('desk.visit.asked.morning')
  if (hours === 0) return t('desk.visit.asked.now')
  return Number.isInteger(hours)
    ? t('desk.visit.asked.hours', { count: hours })
    : t('desk.visit.asked.minutes', { count: Math.round(hours * 60) })
}
