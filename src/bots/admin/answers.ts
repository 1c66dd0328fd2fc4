import type { Language, Salon } from '../../domain/salon.ts'
import type { Translate } from '../../locales.ts'
import { isEmptyQuery, readClientQuery } from '../../storage/client-query.ts'
import type { ClientStorage } from '../../storage/clients.ts'
import type { Member, StaffStorage } from '../../storage/staff.ts'
import type { Answer } from './answer.ts'
import { clientCard } from './client-card.ts'
import { clientList, clientsOnPage, freshMs } from './client-list.ts'
import type { Desk } from './desk.ts'
import { help, languageChoice, menu, plainScreen } from './plain-screens.ts'
import type { Act } from './read-update.ts'
import type { ListRoute, Route } from './route.ts'
import type { Screen } from './screen.ts'
import { createStaffAnswers } from './staff-answers.ts'

export interface AnswerOptions {
  salon: Salon
  staff: StaffStorage
  clients: ClientStorage
  translate: (language: Language) => Translate
  /** The bot's name without "@", for the invitation links. */
  username: () => Promise<string>
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
  new: { screen: 'fresh', page: 0 },
  clients: { screen: 'clients', page: 0 },
  find: { screen: 'search' },
  staff: { screen: 'staff' },
  language: { screen: 'languages' },
  help: { screen: 'help' },
}

/**
 * Answers the staff: every act has an answer, and nothing here asks Telegram.
 *
 * What only shows something may be asked twice by a redelivered update; what changes something (language, invitation, removal)
 * is marked with the update's key in the transaction that changes it, so a late copy changes nothing and shows how things are.
 */
export function createAnswers({ salon, staff, clients, translate, username, now }: AnswerOptions): Answers {
  const deskOf = ({ language }: Member): Desk => ({
    t: translate(language),
    language,
    salon,
    now: new Date(now()),
  })
  const ofStaff = createStaffAnswers({ staff, username, deskOf, showMenu })
  return { to, menu: showMenu }

  async function to(member: Member, act: Act, key: string): Promise<Answer> {
    const desk = deskOf(member)
    switch (act.kind) {
      case 'press':
        if (act.route) return follow(act.route, member, key)
        return { screen: await showMenu(member), toast: desk.t('admin.oldButton') }
      case 'command': {
        if (act.name === 'find' && act.argument !== '') return { screen: await found(act.argument, 0, desk) }
        const route = Object.hasOwn(commandRoutes, act.name) ? commandRoutes[act.name] : undefined
        if (route) return follow(route, member, key)
        return { screen: await showMenu(member), toast: desk.t('admin.unknownCommand') }
      }
      case 'text':
        return { screen: await found(act.text, 0, desk) }
      case 'other':
        return { screen: plainScreen('admin.onlyText', desk) }
      case 'blocked':
      case 'unblocked':
        return {}
    }
  }

  async function follow(route: Route, member: Member, key: string): Promise<Answer> {
    const desk = deskOf(member)
    switch (route.screen) {
      case 'menu':
        return { screen: await showMenu(member) }
      case 'fresh':
      case 'clients':
        return { screen: await listed(route, desk) }
      case 'found':
        return { screen: await found(route.query, route.page, desk) }
      case 'search':
        return { screen: plainScreen('admin.search.ask', desk) }
      case 'client':
        return { screen: await card(route.id, desk, route.back) }
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
    }
  }

  async function showMenu(member: Member): Promise<Screen> {
    const [total, fresh] = await Promise.all([clients.count(), clients.count(freshSince())])
    return menu(member, { total, fresh }, deskOf(member))
  }

  async function card(id: number, desk: Desk, back?: ListRoute): Promise<Screen> {
    const client = await clients.card(id)
    return client ? clientCard(client, desk, back) : plainScreen('admin.goneClient', desk)
  }

  async function listed(route: Exclude<ListRoute, { screen: 'found' }>, desk: Desk): Promise<Screen> {
    const since = route.screen === 'fresh' ? { since: freshSince() } : {}
    return clientList(await clients.page({ ...rowsOf(route.page), ...since }), route, desk)
  }

  async function found(typed: string, page: number, desk: Desk): Promise<Screen> {
    const query = readClientQuery(typed)
    if (isEmptyQuery(query)) return plainScreen('admin.nothingToFind', desk)
    const short = Array.from(typed.trim().replace(/\s+/g, ' ')).slice(0, 60).join('')
    const clientPage = await clients.search({ query, ...rowsOf(page) })
    return clientList(clientPage, { screen: 'found', page, query: short }, desk)
  }

  async function setLanguage(language: Language, member: Member, key: string): Promise<Answer> {
    await staff.setLanguage({ id: member.id, language, updateKey: key })
    const changed = (await staff.byId(member.id)) ?? member
    return { screen: await showMenu(changed), toast: deskOf(changed).t('admin.language.set'), changed }
  }

  function freshSince(): Date {
    return new Date(now() - freshMs)
  }
}

const rowsOf = (page: number) => ({ offset: page * clientsOnPage, limit: clientsOnPage })
