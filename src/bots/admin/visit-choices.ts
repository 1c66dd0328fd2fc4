/** What a part of a recorded visit was, instead of what was taken for granted. */
import type { InlineKeyboardButton } from 'telegraf/types'
import { showMoney } from '../../domain/money.ts'
import { named } from '../../domain/salon.ts'
import { mastersOf, priceOf } from '../../domain/visit-defaults.ts'
import type { RecordedVisit } from '../../storage/recorded-visit.ts'
import { arrows } from './arrows.ts'
import { dayOf, type Desk } from './desk.ts'
import { button, lines, screen, type Screen } from './screen.ts'
import type { ChangeRoute } from './visit-route.ts'
import { dayWords } from './visit-words.ts'

const perPage = 10

interface Choice {
  label: string
  value: string
  isNow: boolean
}

/** @param problem what was wrong with what was typed, a key below "booking.wrong" */
export function partChoice(visit: RecordedVisit, route: ChangeRoute, desk: Desk, problem?: string): Screen {
  const { t, salon } = desk
  const { part, page = 0 } = route
  const choices = choicesOf(visit, route, desk)
  const name = visit.clientName ?? t('admin.client.noName')
  const set = ({ label, value, isNow }: Choice) => [
    button(isNow ? `✓ ${label}` : label, { ...route, screen: 'set', value }, isNow ? 'primary' : undefined),
  ]
  const text = lines(problem === undefined ? undefined : [t(`booking.wrong.${problem}`)], [
    { bold: t(`booking.ask.${part}`, { name }) },
  ])
  return screen(text, [
    ...choices.slice(page * perPage, (page + 1) * perPage).map(set),
    ...arrows({ total: choices.length, page, perPage }, (other) => ({ ...route, page: other }), desk),
    ...(part === 'service' && salon.lines.length > 1 ? [otherLine(route, desk)] : []),
    [button(t('admin.buttons.back'), { screen: 'recorded', id: route.id, visit: route.visit })],
  ])
}

const otherLine = ({ id, visit }: ChangeRoute, { t }: Desk): InlineKeyboardButton[] => [
  button(t('booking.visit.otherLine'), { screen: 'change', id, visit, part: 'line' }),
]

function choicesOf(visit: RecordedVisit, { part }: ChangeRoute, desk: Desk): Choice[] {
  const { t, salon, language, now } = desk
  const nothing = (isNow: boolean): Choice => ({ label: t(`booking.nothing.${part}`), value: '-', isNow })
  switch (part) {
    case 'line':
      return salon.lines.map(({ id, name }) => ({
        label: named(name, language),
        value: id,
        isNow: id === visit.line,
      }))
    case 'service': {
      const services = salon.lines.find((one) => one.id === visit.line)?.services ?? []
      return services.map(({ id, name, priceKopecks }) => ({
        label: `${named(name, language)} · ${showMoney(priceKopecks, language)}`,
        value: id,
        isNow: id === visit.service,
      }))
    }
    case 'master': {
      const masters = mastersOf(visit.line, salon).map(({ id, name }) => ({
        label: named(name, language),
        value: id,
        isNow: id === visit.master,
      }))
      return [...masters, nothing(visit.master === undefined)]
    }
    case 'amount': {
      const offered = [priceOf(visit.service, salon), visit.kopecks, 0].filter((one) => one !== undefined)
      const amounts = [...new Set(offered)].map((kopecks) => ({
        label: showMoney(kopecks, language),
        value: String(kopecks),
        isNow: kopecks === visit.kopecks,
      }))
      return [...amounts, nothing(visit.kopecks === undefined)]
    }
    case 'day': {
      const today = dayOf(now, salon)
      return [0, 1, 2].map((days) => {
        const day = today.subtract({ days })
        const noon = day.toZonedDateTime({ timeZone: salon.timeZone, plainTime: '12:00' })
        return {
          label: dayWords(new Date(noon.epochMilliseconds), desk),
          value: day.toString(),
          isNow: dayOf(visit.at, salon).equals(day),
        }
      })
    }
  }
}
