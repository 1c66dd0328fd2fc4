import { readMoney } from '../../domain/money.ts'
import { readVisitDay } from '../../domain/visit-day.ts'
import { readVisitor } from '../../domain/visitor.ts'
import type { ClientStorage } from '../../storage/clients.ts'
import type { Member } from '../../storage/staff.ts'
import type { Untouchable, VisitChange } from '../../storage/visit-changes.ts'
import type { VisitorStorage } from '../../storage/visitors.ts'
import type { VisitStorage } from '../../storage/visits.ts'
import type { Answer } from './answer.ts'
import { dayOf, type Desk } from './desk.ts'
import type { ListRoute } from './list-route.ts'
import { plainScreen } from './plain-screens.ts'
import type { Screen } from './screen.ts'
import { partChoice } from './visit-choices.ts'
import type { ChangeRoute, SetRoute, VisitRoute } from './visit-route.ts'
import { lineChoice, newVisitorQuestion, recordedScreen, visitorQuestion } from './visit-screens.ts'

/** As many as a card shows. */
export const lastVisits = 3

export interface VisitAnswers {
  follow(route: VisitRoute, member: Member, key: string): Promise<Answer>
  /** What was typed when `asked` had been asked; undefined: it answers something else. */
  typed(asked: VisitRoute, text: string, member: Member, key: string): Promise<Answer | undefined>
}

/**
 * "Anna was here: nails", in two taps: it is recorded as it most likely was, and each part can be made another by two more, as
 * long as it can be taken back. What was chosen is never anywhere but in the visit itself, so that nothing can lose it.
 */
export function createVisitAnswers({
  visits,
  visitors,
  clients,
  deskOf,
  showCard,
  onPrompts,
}: {
  visits: VisitStorage
  visitors: VisitorStorage
  clients: ClientStorage
  deskOf: (member: Member) => Desk
  showCard: (id: number, member: Member) => Promise<Screen>
  onPrompts: (promptIds: string[]) => Promise<void>
}): VisitAnswers {
  return { follow, typed }

  async function follow(route: VisitRoute, member: Member, key: string): Promise<Answer> {
    const desk = deskOf(member)
    switch (route.screen) {
      case 'visits':
        return { screen: visitorQuestion(desk), asks: route }
      case 'newVisitor':
        return { screen: newVisitorQuestion(undefined, desk), asks: route }
      case 'visit':
        return which(route.id, member, route.back)
      case 'record':
        return record(route, member, key)
      case 'recorded':
        return again(route, member)
      case 'change':
        return choice(route, member)
      case 'set':
        return set(route, changeOf(route, desk), member, key)
      case 'undo':
        return undo(route, member)
    }
  }

  async function typed(
    asked: VisitRoute,
    text: string,
    member: Member,
    key: string,
  ): Promise<Answer | undefined> {
    if (asked.screen === 'newVisitor') return addVisitor(text, member)
    if (asked.screen !== 'change') return undefined
    const reading = readPart(asked, text, deskOf(member))
    if (typeof reading !== 'string') return set(asked, reading, member, key)
    // A name is not a bad amount: it is the next customer's.
    return /\d/.test(text) ? choice(asked, member, reading) : undefined
  }

  async function which(id: number, member: Member, back?: ListRoute): Promise<Answer> {
    const desk = deskOf(member)
    const [client, last] = await Promise.all([clients.card(id), visits.ofClient(id, lastVisits)])
    return { screen: client ? lineChoice(client, last, desk, back) : plainScreen('admin.goneClient', desk) }
  }

  async function record(
    { id, line }: { id: number; line: string },
    member: Member,
    key: string,
  ): Promise<Answer> {
    const desk = deskOf(member)
    const wish = { clientId: id, line, by: member.id, updateKey: key, at: desk.now }
    const recorded = await visits.record(wish)
    if (!recorded.ok) return { screen: await showCard(id, member) }
    const { visit, fresh } = recorded
    if (fresh && visit.promptId !== undefined) await onPrompts([visit.promptId])
    return { screen: recordedScreen(visit, fresh ? 'recorded' : 'already', desk) }
  }

  async function again({ id, visit }: { id: number; visit: number }, member: Member): Promise<Answer> {
    const found = await visits.recorded(visit)
    if (!found.ok) return untouched(found.reason, id, member)
    return { screen: recordedScreen(found.visit, 'again', deskOf(member)) }
  }

  async function choice(route: ChangeRoute, member: Member, problem?: string): Promise<Answer> {
    const found = await visits.recorded(route.visit)
    if (!found.ok) return untouched(found.reason, route.id, member)
    const isTyped = route.part === 'amount' || route.part === 'day'
    return {
      screen: partChoice(found.visit, route, deskOf(member), problem),
      ...(isTyped && { asks: route }),
    }
  }

  async function set(
    { id, visit }: { id: number; visit: number },
    change: VisitChange | undefined,
    member: Member,
    key: string,
  ): Promise<Answer> {
    // The settings have changed since the button was shown.
    if (change === undefined) return again({ id, visit }, member)
    const changed = await visits.change({ visitId: visit, change, updateKey: key })
    if (!changed.ok) return untouched(changed.reason, id, member)
    if (changed.visit.promptId !== undefined) await onPrompts([changed.visit.promptId])
    return { screen: recordedScreen(changed.visit, 'changed', deskOf(member)) }
  }

  async function undo({ id, visit }: { id: number; visit: number }, member: Member): Promise<Answer> {
    const desk = deskOf(member)
    const undone = await visits.undo(visit)
    const toast = desk.t(`desk.visit.undone.${undone.ok ? 'done' : undone.reason}`)
    if (undone.ok && undone.visitorGone)
      return { screen: visitorQuestion(desk), asks: { screen: 'visits' }, toast }
    return { screen: await showCard(id, member), toast }
  }

  async function untouched(reason: Untouchable, id: number, member: Member): Promise<Answer> {
    const toast = deskOf(member).t(`booking.untouched.${reason}`)
    return { screen: await showCard(id, member), toast }
  }

  async function addVisitor(text: string, member: Member): Promise<Answer> {
    const desk = deskOf(member)
    const reading = readVisitor(text)
    if (!reading.ok)
      return { screen: newVisitorQuestion(reading.reason, desk), asks: { screen: 'newVisitor' } }
    const { clientId, known } = await visitors.add(reading.visitor)
    const toast = desk.t(known ? 'booking.visitor.known' : 'booking.visitor.added')
    return { ...(await which(clientId, member)), toast }
  }
}

/** What a pressed value means; undefined: the settings don't know it. */
function changeOf({ part, value }: SetRoute, { salon }: Desk): VisitChange | undefined {
  const known = (items: readonly { id: string }[]) => items.some((one) => one.id === value)
  switch (part) {
    case 'line':
      return known(salon.lines) ? { line: value } : undefined
    case 'service':
      return known(salon.lines.flatMap((line) => line.services)) ? { service: value } : undefined
    case 'master':
      if (value === '-') return { master: null }
      return known(salon.masters) ? { master: value } : undefined
    case 'amount':
      if (value === '-') return { kopecks: null }
      return /^\d{1,10}$/.test(value) ? { kopecks: Number(value) } : undefined
    case 'day':
      return isDay(value) ? { day: value } : undefined
  }
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text
  } catch {
    return false
  }
}

/** What typed words mean, or what is wrong with them: a key below "booking.wrong". */
function readPart({ part }: ChangeRoute, text: string, { salon, now }: Desk): VisitChange | string {
  if (part === 'amount') {
    const kopecks = readMoney(text)
    return kopecks === undefined ? 'amount' : { kopecks }
  }
  const reading = readVisitDay(text, dayOf(now, salon))
  return reading.ok ? { day: reading.day.toString() } : reading.reason
}
