import { attachments } from '../../flows/conversation.ts'
import type { FollowUp } from '../../storage/follow-ups.ts'
import type { ClientNotice, Notice } from '../../storage/notices.ts'
import { chatLink, phoneWords } from './contact-words.ts'
import { nameOf, type Desk } from './desk.ts'
import type { PendingDraft } from '../../storage/offer-drafts.ts'
import { draftWords } from '../../domain/offers/draft-about.ts'
import { followUpScreen } from './follow-up-screens.ts'
import { toldScreen, type ToldOffer } from './offers/told-screen.ts'
import { button, lines, screen, type Part, type Screen } from './screen.ts'

/** What it is about, as it stands now. */
export interface NoticeMore {
  /** What an unhappy client said. */
  followUp?: FollowUp | undefined
  /** A new client's personal offer, which waits for a decision. */
  offer?: PendingDraft | undefined
  /** The offer to which something happened. */
  told?: ToldOffer | undefined
}

/** A message of Telegram holds 4096 units; the rest is for the heading and the ways to reply. */
const chunkUnits = 3_500

/**
 * A notice as messages to one member of the staff: one, or several when the person wrote a lot; none when it is out of date.
 */
export function noticeScreens(notice: Notice, { followUp, offer, told }: NoticeMore, desk: Desk): Screen[] {
  switch (notice.kind) {
    case 'offers':
      return notice.waiting === 0 ? [] : [offersScreen(notice.waiting, desk)]
    case 'offer': {
      const shown = told && toldScreen(notice, told, desk)
      return shown ? [shown] : []
    }
    case 'newClient':
      return [newClientScreen(notice, offer, desk)]
    case 'unhappy':
    case 'callWanted':
      return followUp ? [followUpScreen(followUp, `desk.notice.${notice.kind}`, desk)] : []
    case 'message':
    case 'attachment':
      return wordsScreens(notice, desk)
  }
}

const offersScreen = (waiting: number, { t }: Desk): Screen =>
  screen(lines([{ bold: t('drafts.notice', { count: waiting }) }]), [
    [button(t('drafts.open'), { screen: 'offers', page: 0 })],
  ])

function newClientScreen(notice: ClientNotice, offer: PendingDraft | undefined, desk: Desk): Screen {
  const { t, salon } = desk
  const client = notice.client
  const interests = client?.lines.map((id) => nameOf(salon.lines, id, desk)).join(', ')
  const text = lines(
    [{ bold: t('admin.notice.newClient', { who: client?.name ?? t('admin.client.noName') }) }],
    [],
    client?.phone ? [phoneWords(client.phone, client.phoneConfirmed, desk)] : [t('admin.client.noPhone')],
    interests ? [t('admin.client.lines', { value: interests })] : undefined,
    ['💬 ', chatLink(notice, desk)],
    ...(offer ? offerLines(offer, desk) : []),
  )
  const look = offer ? [[button(t('drafts.openOne'), { screen: 'offer', id: offer.id } as const)]] : []
  return screen(text, [...look, ...cardButton(notice, desk)])
}

const offerLines = (offer: PendingDraft, { t, language, salon }: Desk): Part[][] => [
  [],
  ...draftWords(offer.about, language, { salon, words: () => t }).map((line) => [line]),
]

function wordsScreens(notice: ClientNotice, desk: Desk): Screen[] {
  const { t } = desk
  const { heading, words } = readWords(notice, desk)
  const chunks = split(words)
  return chunks.map((chunk, index) => {
    const isLast = index === chunks.length - 1
    const title = index === 0 ? heading : t('admin.notice.continued')
    const text = lines(
      [{ bold: title }],
      chunk === '' ? undefined : [chunk],
      ...(isLast ? [[], replyLine(notice, desk)] : []),
    )
    return screen(text, isLast ? cardButton(notice, desk) : [])
  })
}

/** An attachment's text is its kind, then the caption on the next lines. */
function readWords(notice: ClientNotice, desk: Desk): { heading: string; words: string } {
  const { t } = desk
  const who = notice.client?.name ?? t('admin.notice.guest')
  const platform = t(`admin.platform.${notice.platform}`)
  const text = notice.text ?? ''
  if (notice.kind !== 'attachment')
    return { heading: t('admin.notice.message', { who, platform }), words: text }
  const [first = '', ...caption] = text.split('\n')
  const kind = attachments.find((known) => known === first)
  const what = t(`admin.notice.what.${kind ?? 'other'}`)
  return {
    heading: t('admin.notice.attachment', { who, platform, what }),
    words: kind ? caption.join('\n') : text,
  }
}

/** How to reach the person: the phone if it is known, and the chat or page. */
function replyLine(notice: ClientNotice, desk: Desk): Part[] {
  const phone = notice.client?.phone
  const byPhone =
    phone === undefined ? [] : [phoneWords(phone, notice.client?.phoneConfirmed ?? false, desk), ', ']
  return [desk.t('admin.notice.reply'), ...byPhone, '💬 ', chatLink(notice, desk)]
}

function cardButton(notice: ClientNotice, { t }: Desk): Screen['keyboard'] {
  if (!notice.client?.consented) return []
  return [[button(t('admin.buttons.openCard'), { screen: 'client', id: notice.client.id })]]
}

/** Cuts a long text into pieces that fit, at a space if there is one near the end; never inside a surrogate pair. */
function split(text: string): string[] {
  const chunks: string[] = []
  let rest = text
  while (rest.length > chunkUnits) {
    const space = rest.lastIndexOf(' ', chunkUnits)
    let cut = space > chunkUnits / 2 ? space : chunkUnits
    if (/[\uD800-\uDBFF]/.test(rest.charAt(cut - 1))) cut -= 1
    chunks.push(rest.slice(0, cut))
    rest = rest.slice(cut).trimStart()
  }
  return [...chunks, rest]
}
