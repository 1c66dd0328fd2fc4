/** A salon that gives a gift for its survey, and clients who have just got to know it. */
import type { Coupon, Fact, Finding, Known, Walk } from '../../src/domain/known.ts'
import { walkOf } from '../../src/domain/known.ts'
import type { Answers } from '../../src/domain/answer.ts'
import type { Salon } from '../../src/domain/salon.ts'
import { openChat } from './transcript.ts'
import type { ChatOptions } from './transcript.ts'

/** What the client did before: all of the onboarding, by words. The last card is the invitation to the survey. */
export const met = {
  ru: ['/start', 'да', 'нет', 'Анна', 'дальше', 'дальше', 'ногти', 'выходные', 'от знакомых', 'да'],
  en: ['/start', 'yes', 'no', 'Anna', 'skip', 'skip', 'nails', 'weekends', 'from friends', 'yes'],
}

export const giving: Partial<Salon> = {
  rewards: { survey: { title: { ru: 'парафиновый массаж рук', en: 'a hand massage' }, validDays: 60 } },
  reviewLink: 'https://salon.example/reviews',
}

/** 20 January 2027: sixty days after the chats begin. */
export const coupon: Coupon = { code: 'ABCDE23456', expiresAt: Date.UTC(2027, 0, 20, 12) }

/** What storage finds when the gift is earned. */
export const giftFound = (fact: Fact): { finding: Finding } | undefined =>
  fact.kind === 'reward' ? { finding: { kind: 'coupon', ...coupon } } : undefined

/** In a salon that gives a gift, a client who has just been invited. */
export const invited = (options: ChatOptions = {}): ChatOptions => ({
  salon: giving,
  finding: giftFound,
  before: met[options.language ?? 'ru'],
  ...options,
})

/** The same, and the first question of the survey is there. */
export const begun = (options: ChatOptions = {}): ChatOptions => {
  const { before = met[options.language ?? 'ru'], ...rest } = invited(options)
  return { ...rest, before: [...before, options.language === 'en' ? "[Let's go]" : '[Давайте]'] }
}

/** A chat where all that came before has been played; its transcript begins here. */
export function openAt(options: ChatOptions, ...lines: string[]): Chat {
  const chat = openChat(options)
  for (const line of options.before ?? []) chat.play(line)
  chat.forget()
  for (const line of lines) chat.play(line)
  return chat
}

type Chat = ReturnType<typeof openChat>

export const surveyOf = (chat: Chat): Walk => {
  const walk = walkOf(chat.known(), 'survey')
  if (!walk) throw new Error('the survey has not begun')
  return walk
}

/** What was answered, without the stamps. */
export const valuesOf = ({ answers }: { answers: Answers }): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(answers).map(([id, { value, skipped }]) => [
      id,
      skipped && value === undefined ? 'skipped' : value,
    ]),
  )

/** The same person in their other messenger: what belongs to the client comes along, the chat is another one. */
export const elsewhere = (chat: Chat, platform: 'telegram' | 'vk'): Known => {
  const { client, walks, chat: here } = chat.known()
  const { language } = here
  return {
    client,
    walks,
    reachableOn: ['telegram', 'vk'],
    chat: { platform, externalId: 8, language, reachable: true, callbackButtons: true, lastSeenAt: 0 },
  }
}
