import { consentPurposes } from '../../domain/client.ts'
import { showPhone } from '../../domain/phone.ts'
import type { ClientWorth } from '../../storage/client-worth.ts'
import type { ClientCard, ClientChat } from '../../storage/clients.ts'
import { chatLink, phoneWords } from './contact-words.ts'
import { historyButtons, historyLines, type ClientHistory } from './client-history.ts'
import { segmentLines, valueButtons, worthLines } from './client-value.ts'
import { nameOf, showBirthday, showDate, showMoment, type Desk } from './desk.ts'
import { footprintWords } from './footprint-words.ts'
import type { ListRoute } from './list-route.ts'
import type { SegmentListRoute } from './segments/route.ts'
import { button, lines, screen, type Part, type Screen } from './screen.ts'

/**
 * Everything the salon knows of a client, on one screen, with what can be done for them. What is not known is left out, except
 * the consents.
 */
export function clientCard(
  client: ClientCard,
  { worth, ...history }: ClientHistory & { worth?: ClientWorth | undefined },
  desk: Desk,
  back?: ListRoute | SegmentListRoute,
): Screen {
  const { t } = desk
  const { standing: survey, visits } = history
  const footprint = footprintWords(client.footprint, desk)
  const text = lines(
    [{ bold: client.name ?? t('admin.client.noName') }, client.demo ? ` · ${t('admin.client.demo')}` : ''],
    standing(client, desk),
    ...segmentLines(worth, client, desk),
    [],
    ...contacts(client, desk),
    [],
    ...wishes(client, desk),
    [],
    ...historyLines(history, desk),
    [],
    ...worthLines(worth, desk),
    [],
    ...consentLines(client, desk),
    [],
    isInBot(client) ? [t('admin.client.came', { when: showMoment(client.createdAt, desk) })] : undefined,
    ...footprint.map((sentence) => [sentence]),
  )
  return screen(withoutDoubleGaps(text), [
    ...historyButtons(client.id, history, desk),
    ...valueButtons(client.id, { visits: visits.length > 0, answers: hasAnswers(survey) }, desk),
    [button(t('admin.buttons.refresh'), { screen: 'client', id: client.id, ...(back && { back }) })],
    [button(t('admin.buttons.back'), back ?? { screen: 'menu' })],
  ])
}

const hasAnswers = ({ last, scores }: ClientHistory['standing']): boolean =>
  scores.length > 0 || last?.what === 'finished' || last?.what === 'stopped' || last?.what === 'going'

/** Somebody without a chat is known from the salon's books. */
const isInBot = ({ books, chats, consents }: ClientCard): boolean =>
  books === undefined || chats.length > 0 || consents.personalData !== undefined

function standing(client: ClientCard, { t }: Desk): readonly Part[] | undefined {
  if (!isInBot(client)) return [t('booking.client.notInBot')]
  return client.onboardedAt ? undefined : [t('admin.client.unfinished')]
}

function contacts(client: ClientCard, desk: Desk): (readonly Part[] | undefined)[] {
  const { t } = desk
  const { phone, books } = client
  const booked = books?.phone === undefined || books.phone === phone ? undefined : books.phone
  return [
    phone !== undefined
      ? [phoneWords(phone, client.phoneConfirmed, desk)]
      : booked === undefined
        ? [t('admin.client.noPhone')]
        : undefined,
    booked === undefined ? undefined : [t('booking.client.phone', { phone: showPhone(booked) })],
    books?.externalId === undefined ? undefined : [t('booking.client.number', { number: books.externalId })],
    ...client.chats.map((chat) => chatLine(chat, client, desk)),
  ]
}

function chatLine(chat: ClientChat, client: ClientCard, desk: Desk): readonly Part[] {
  const { t } = desk
  const preferred = client.chats.length > 1 && client.preferredPlatform === chat.platform
  return [
    '💬 ',
    chatLink(chat, desk),
    `: ${t(chat.reachable ? 'admin.client.reachable' : 'admin.client.unreachable')}`,
    preferred ? `, ${t('admin.client.preferred')}` : '',
  ]
}

function wishes(client: ClientCard, desk: Desk): (readonly Part[] | undefined)[] {
  const { t, salon } = desk
  const known = (key: string, value: string | undefined) =>
    value ? [t(`admin.client.${key}`, { value })] : undefined
  return [
    known('birthday', client.birthday && showBirthday(client.birthday, desk)),
    known('city', client.city),
    known('lines', client.lines.map((id) => nameOf(salon.lines, id, desk)).join(', ')),
    known('master', client.master && masterName(client.master, desk)),
    known('times', client.convenientTimes.map((id) => optionName('times', id, desk)).join(', ')),
    known('heardFrom', client.heardFrom && optionName('heard', client.heardFrom, desk)),
    known('source', sourceWords(client.chats)),
  ]
}

/** Where they may say they heard of the salon. */
export const heardOptions: readonly string[] = ['friends', 'social', 'maps', 'search', 'nearby', 'other']

/** The onboarding's answers as the staff read them; an answer that this version does not know is shown as it is kept. */
const knownOptions = {
  times: ['morning', 'day', 'evening', 'weekend'],
  heard: heardOptions,
}

const optionName = (list: keyof typeof knownOptions, id: string, { t }: Desk): string =>
  knownOptions[list].includes(id) ? t(`admin.${list}.${id}`) : id

const masterName = (id: string, desk: Desk): string =>
  id === 'any' ? desk.t('admin.client.anyMaster') : nameOf(desk.salon.masters, id, desk)

/** "spring (stories), qr-door": what the links of the chats said, each once. */
function sourceWords(chats: readonly ClientChat[]): string {
  const sources = chats.flatMap(({ source, sourceDetail }) =>
    source ? [sourceDetail ? `${source} (${sourceDetail})` : source] : [],
  )
  return [...new Set(sources)].join(', ')
}

function consentLines(client: ClientCard, desk: Desk): (readonly Part[])[] {
  const { t } = desk
  return consentPurposes.map((purpose) => {
    const consent = client.consents[purpose]
    const state = !consent ? 'none' : consent.granted ? 'given' : 'withdrawn'
    return [
      t(`admin.consent.${purpose}`, {
        state: t(`admin.consent.${state}`, { date: consent ? showDate(consent.at, desk) : '' }),
      }),
    ]
  })
}

/** A block that turned out empty must not leave two blank lines. */
function withoutDoubleGaps(parts: readonly Part[]): Part[] {
  let gaps = 0
  return parts.filter((part) => {
    gaps = part === '\n' ? gaps + 1 : 0
    return gaps <= 2
  })
}
