import type { FollowUp, FollowUpPage } from '../../storage/follow-ups.ts'
import { chatLink, phoneWords } from './contact-words.ts'
import { showMoment, type Desk } from './desk.ts'
import { arrows } from './arrows.ts'
import { reasonWords, scoreWords, shortened } from './feedback-words.ts'
import { button, lines, screen, type Part, type Screen } from './screen.ts'

/** Each takes a part of one message, and two buttons. */
export const callsOnPage = 4
/** Of a client's words in a list; alone they have more room. A message of Telegram holds 4096 units. */
const wordsInList = 300
const wordsAlone = 3000

type Line = readonly Part[] | undefined

/** Whom to call: each with what they said and how to reach them. */
export function callList({ total, followUps }: FollowUpPage, page: number, desk: Desk): Screen {
  const { t } = desk
  const menu = [button(t('admin.buttons.menu'), { screen: 'menu' })]
  if (total === 0) return screen([t('desk.calls.empty')], [menu])
  const first = page * callsOnPage + 1
  const text = lines(
    [{ bold: t('desk.calls.title', { count: total }) }],
    ...followUps.flatMap((one, index) => [
      [],
      [{ bold: `${first + index}. ${nameWords(one, desk)}` }, `, ${showMoment(one.createdAt, desk)}`],
      ...details(one, wordsInList, desk),
    ]),
  )
  return screen(text, [
    ...followUps.map(({ id, client }, index) => [
      button(`${first + index} · ${t('desk.buttons.handled')}`, { screen: 'handle', id, page }, 'success'),
      button(`${first + index} · ${t('desk.buttons.card')}`, { screen: 'client', id: client.id }),
    ]),
    ...arrows({ total, page, perPage: callsOnPage }, (other) => ({ screen: 'followUps', page: other }), desk),
    menu,
  ])
}

/** One unhappy client. @param heading the locale key of what is said above, about {{who}} */
export function followUpScreen(followUp: FollowUp, heading: string, desk: Desk): Screen {
  const { t } = desk
  const { id, client, handled } = followUp
  const text = lines(
    [{ bold: t(heading, { who: nameWords(followUp, desk), context: wayTo(followUp) }) }],
    ...details(followUp, wordsAlone, desk),
    ...(handled ? [[], [{ bold: handledWords(followUp, desk) }]] : []),
  )
  const card = [button(t('admin.buttons.openCard'), { screen: 'client', id: client.id })]
  const done = [button(t('desk.buttons.handled'), { screen: 'handle', id }, 'success')]
  return screen(text, handled ? [card] : [done, card])
}

/** "✓ Разобрались: Ира, сегодня в 12:05" */
export function handledWords({ handled }: FollowUp, desk: Desk): string {
  if (!handled) return ''
  const when = showMoment(handled.at, desk)
  const { by } = handled
  return by === undefined
    ? desk.t('desk.calls.handledBySomebody', { when })
    : desk.t('desk.calls.handled', { name: by, when })
}

/** What the client was asked about: whose number is not known can only be written to. */
export const wayTo = ({ client }: FollowUp): 'call' | 'write' =>
  client.phone === undefined ? 'write' : 'call'

const nameWords = ({ client }: FollowUp, { t }: Desk): string =>
  `${client.name ?? t('admin.client.noName')}${client.demo ? ` · ${t('admin.client.demo')}` : ''}`

function details(followUp: FollowUp, mostWords: number, desk: Desk): Line[] {
  const { t } = desk
  const { client, scores, reasons, words, callWanted } = followUp
  return [
    scores.length > 0 ? [t('desk.feedback.scores', { value: scoreWords(scores, desk) })] : undefined,
    reasons.length > 0 ? [t('desk.feedback.reasons', { value: reasonWords(reasons, desk) })] : undefined,
    words === undefined ? undefined : [t('desk.feedback.words', { words: shortened(words, mostWords) })],
    callWanted === undefined
      ? undefined
      : [t(callWanted ? 'desk.calls.wanted' : 'desk.calls.notWanted', { context: wayTo(followUp) })],
    [
      client.phone ? phoneWords(client.phone, client.phoneConfirmed, desk) : t('admin.client.noPhone'),
      ...client.chats.flatMap((chat): Part[] => [', 💬 ', chatLink(chat, desk)]),
    ],
  ]
}
