import { couponPayload, readCode } from '../../domain/coupon.ts'
import type { Language, Salon } from '../../domain/salon.ts'
import type { Translate } from '../../locales.ts'
import type { Member, StaffStorage } from '../../storage/staff.ts'
import type { Log } from '../log.ts'
import type { Answer } from './answer.ts'
import { createClientAnswers, freshSince, type ClientStorages } from './client-answers.ts'
import { createDeskAnswers } from './desk-answers.ts'
import { createImportAnswers, type ImportOptions } from './imports/answers.ts'
import { isImport } from './imports/route.ts'
import { createOfferAnswers } from './offers/answers.ts'
import type { OfferOptions } from './offers/options.ts'
import { pictureUnasked } from './offers/picture-screens.ts'
import { isOfferRoute } from './offers/route.ts'
import { createOfferResultAnswers } from './offer-results/answers.ts'
import { isOfferResult } from './offer-results/route.ts'
import { createInsightAnswers } from './insights/answers.ts'
import { isInsight } from './insights/route.ts'
import { createSegmentAnswers, type SegmentFiles } from './segments/answers.ts'
import { isSegmentRoute } from './segments/route.ts'
import type { Desk } from './desk.ts'
import type { FetchFile } from './fetch-file.ts'
import { help, languageChoice, menu, plainScreen } from './plain-screens.ts'
import type { Act } from './read-update.ts'
import { readRoute, writeRoute, type Route } from './route.ts'
import type { Screen } from './screen.ts'
import { createStaffAnswers } from './staff-answers.ts'
import type { FileMaking } from './survey-answers.ts'
import { isVisitRoute } from './visit-route.ts'

export interface AnswerOptions extends ClientStorages, FileMaking, ImportOptions, OfferOptions, SegmentFiles {
  salon: Salon
  staff: StaffStorage
  translate: (language: Language) => Translate
  /** The bot's name without "@", for the invitation links. */
  username: () => Promise<string>
  fetchFile: FetchFile
  log: Log
  /** Hands new prompts to the job that sends them. Does not reject. */
  onPrompts: (promptIds: string[]) => Promise<void>
  /** Epoch milliseconds. */
  now: () => number
}

export interface Answers {
  /** The answer to what a member did. @param key the update's: "ad:<bot>:<update_id>" */
  to(member: Member, act: Act, key: string): Promise<Answer>
  menu(member: Member): Promise<Screen>
}

/** What the slash commands lead to; each has a description in the locales, "admin.commands.<name>". */
const commandRoutes: Record<string, Route> = {
  start: { screen: 'menu' },
  menu: { screen: 'menu' },
  visit: { screen: 'visits' },
  calls: { screen: 'followUps', page: 0 },
  survey: { screen: 'survey' },
  nps: { screen: 'nps' },
  segments: { screen: 'segments' },
  offers: { screen: 'offers', page: 0 },
  new: { screen: 'fresh', page: 0 },
  clients: { screen: 'clients', page: 0 },
  find: { screen: 'search' },
  staff: { screen: 'staff' },
  language: { screen: 'languages' },
  help: { screen: 'help' },
  import: { screen: 'imports' },
}

/**
 * Answers the staff: every act has an answer, and nothing here asks Telegram.
 *
 * What only shows something may be asked twice by a redelivered update; what changes something (a visit, a gift, an invitation,
 * the language) is marked with the update's key in the transaction that changes it, so a late copy changes nothing and shows
 * how things are.
 */
export function createAnswers(options: AnswerOptions): Answers {
  const { salon, staff, clients, followUps, translate, username, now } = options
  const deskOf = ({ language }: Member): Desk => ({
    t: translate(language),
    language,
    salon,
    now: new Date(now()),
  })
  const ofStaff = createStaffAnswers({ staff, username, deskOf, showMenu })
  const ofClients = createClientAnswers(options)
  const showCard = (id: number, member: Member) => ofClients.card(id, deskOf(member))
  const ofDesk = createDeskAnswers({ ...options, deskOf, showCard })
  const ofSegments = createSegmentAnswers({ ...options, deskOf, showMenu })
  const ofImports = createImportAnswers({ ...options, deskOf })
  const ofOffers = createOfferAnswers({ ...options, deskOf })
  const ofOfferResults = createOfferResultAnswers({ ...options, deskOf })
  const ofInsights = createInsightAnswers({ ...options, deskOf, showMenu })
  return { to, menu: showMenu }

  async function to(member: Member, act: Act, key: string): Promise<Answer> {
    const answer = await answerTo(member, act, key)
    if (act.kind === 'press' && act.messageId !== undefined) await turn(member, act.messageId, answer)
    const asked = answer.asks && writeRoute(answer.asks)
    if (asked !== member.asked) await staff.setAsked(member.id, asked)
    return answer
  }

  /** The pressed message shows an offer that is being sent, or not any more. */
  async function turn({ id }: Member, messageId: number, { screen, photo, watches }: Answer): Promise<void> {
    if (!screen || photo) return
    await options.views.turn({ staffId: id, messageId, ...(watches !== undefined && { offerId: watches }) })
  }

  async function answerTo(member: Member, act: Act, key: string): Promise<Answer> {
    const desk = deskOf(member)
    switch (act.kind) {
      case 'press':
        if (act.route && isImport(act.route)) return ofImports.to(act.route, member, act.messageId)
        if (act.route) return follow(act.route, member, key)
        return { screen: await showMenu(member), toast: desk.t('admin.oldButton') }
      case 'command':
        return command(act, member, key)
      case 'text':
        return words(act.text, member, key)
      case 'document':
        return (await ofOffers.received(act, askedOf(member), member, key)) ?? ofImports.received(act, member)
      case 'photo':
        return (
          (await ofOffers.received(act, askedOf(member), member, key)) ?? { screen: pictureUnasked(desk) }
        )
      case 'other':
        return { screen: plainScreen('admin.onlyText', desk) }
      case 'blocked':
      case 'unblocked':
        return {}
    }
  }

  async function command(
    { name, argument }: Act & { kind: 'command' },
    member: Member,
    key: string,
  ): Promise<Answer> {
    if (name === 'start' && argument.startsWith(couponPayload)) return ofDesk.coupons.show(argument, member)
    if (name === 'digest') return ofInsights.digestOf(argument, member)
    if (name === 'find' && argument !== '') return searched(argument, member, 'found')
    if (name === 'visit' && argument !== '') return searched(argument, member, 'came')
    const route = Object.hasOwn(commandRoutes, name) ? commandRoutes[name] : undefined
    if (route) return follow(route, member, key)
    return { screen: await showMenu(member), toast: deskOf(member).t('admin.unknownCommand') }
  }

  async function follow(route: Route, member: Member, key: string): Promise<Answer> {
    const desk = deskOf(member)
    switch (route.screen) {
      case 'menu':
        return { screen: await showMenu(member) }
      case 'came':
        return { screen: await ofClients.list(route, desk), asks: { screen: 'visits' } }
      case 'fresh':
      case 'clients':
      case 'found':
        return { screen: await ofClients.list(route, desk) }
      case 'search':
        return { screen: plainScreen('admin.search.ask', desk) }
      case 'client':
        return { screen: await ofClients.card(route.id, desk, route.back) }
      case 'languages':
        return { screen: languageChoice(desk) }
      case 'setLanguage':
        return setLanguage(route.language, member, key)
      case 'help':
        return { screen: help(member, desk) }
      case 'staff':
        return ofStaff.list(member)
      case 'invite':
        return ofStaff.invite(route.role, member, key)
      case 'removal':
        return ofStaff.askRemoval(route.id, member)
      case 'remove':
        return ofStaff.remove(route.id, member, key)
      case 'here':
        return {}
      default:
        if (isSegmentRoute(route)) return ofSegments(route, member)
        if (isImport(route)) return ofImports.to(route, member)
        if (isOfferRoute(route)) return ofOffers.to(route, member, key)
        if (isOfferResult(route)) return ofOfferResults(route, member)
        return isInsight(route) ? ofInsights.to(route, member) : ofDesk.follow(route, member, key)
    }
  }

  /** An answer to what was asked, a gift's code, or whom to look for: some names could be a code, too. */
  async function words(typed: string, member: Member, key: string): Promise<Answer> {
    const asked = askedOf(member)
    const answer = asked && (await answered(asked, typed, member, key))
    if (answer) return answer
    const goal = asked?.screen === 'visits' ? 'came' : 'found'
    return (await ofDesk.coupons.find(typed, member)) ?? searched(typed, member, goal)
  }

  async function answered(
    asked: Route,
    typed: string,
    member: Member,
    key: string,
  ): Promise<Answer | undefined> {
    if (isVisitRoute(asked)) return ofDesk.visits.typed(asked, typed, member, key)
    return isOfferRoute(asked) ? ofOffers.typed(asked, typed, member, key) : undefined
  }

  async function searched(query: string, member: Member, goal: 'found' | 'came'): Promise<Answer> {
    const found = await ofClients.search({ screen: goal, page: 0, query }, deskOf(member))
    if (found.total === 0 && looksLikeCode(query)) return ofDesk.coupons.show(query, member)
    // A slip of the finger: the next word is the visitor's name, too.
    return { screen: found.screen, ...(goal === 'came' && { asks: { screen: 'visits' } }) }
  }

  async function showMenu(member: Member): Promise<Screen> {
    const desk = deskOf(member)
    const [total, fresh, calls, offers] = await Promise.all([
      clients.count(),
      clients.count(freshSince(desk)),
      followUps.count(),
      ofOffers.waiting(),
    ])
    return menu(member, { total, fresh, calls, offers }, desk)
  }

  async function setLanguage(language: Language, member: Member, key: string): Promise<Answer> {
    await staff.setLanguage({ id: member.id, language, updateKey: key })
    const changed = (await staff.byId(member.id)) ?? member
    return { screen: await showMenu(changed), toast: deskOf(changed).t('admin.language.set'), changed }
  }
}

/** What the last screen asked for. */
const askedOf = ({ asked }: Member): Route | undefined => (asked === undefined ? undefined : readRoute(asked))

/** A name has no digits, and a phone no letters. */
const looksLikeCode = (typed: string): boolean => /\d[A-Z]|[A-Z]\d/.test(readCode(typed) ?? '')
