/** Who is compared. The letters are those of the README's table. */
import type { ContestantOptions } from './contestant.ts'
import { answering, onboarding, pressing } from './manners.ts'

type Entry = Omit<ContestantOptions, 'thinkMs' | 'profileDir'>

const telegram = { platform: 'telegram', stores: true } as const
const vk = { platform: 'vk', stores: true } as const
const otklik = { program: 'otklik.ts', countTaken: 'SELECT count(*) AS taken FROM "SeenUpdate"' }

/** By the name that `--contestants` takes. */
export const contestants = {
  bare: {
    ...telegram,
    name: '(a) bare node:http, nothing stored, webhook',
    program: 'bare.ts',
    updates: 'webhook',
    stores: false,
    manners: pressing,
  },
  grammy: {
    ...telegram,
    name: '(c) grammY + conversations, webhook',
    program: 'grammy-conversations.ts',
    updates: 'webhook',
    manners: pressing,
  },
  grammyPolling: {
    ...telegram,
    name: '(c) grammY + conversations, long polling',
    program: 'grammy-conversations.ts',
    updates: 'polling',
    manners: pressing,
  },
  telegraf: {
    ...telegram,
    name: '(d) Telegraf wizard, webhook',
    program: 'telegraf-wizard.ts',
    updates: 'webhook',
    manners: pressing,
  },
  telegrafPolling: {
    ...telegram,
    name: '(d) Telegraf wizard, long polling',
    program: 'telegraf-wizard.ts',
    updates: 'polling',
    manners: pressing,
  },
  telegram: {
    ...telegram,
    ...otklik,
    name: 'Otklik, Telegram, webhook',
    updates: 'webhook',
    manners: answering('telegram'),
  },
  telegramPolling: {
    ...telegram,
    ...otklik,
    name: 'Otklik, Telegram, long polling',
    updates: 'polling',
    manners: answering('telegram'),
  },
  vk: { ...vk, ...otklik, name: 'Otklik, VK, Callback API', updates: 'webhook', manners: answering('vk') },
  vkPolling: {
    ...vk,
    ...otklik,
    name: 'Otklik, VK, long poll',
    updates: 'polling',
    manners: answering('vk'),
  },
  telegramOnboarding: {
    ...telegram,
    ...otklik,
    name: 'Otklik, Telegram, webhook, whole onboardings',
    updates: 'webhook',
    manners: onboarding('telegram'),
  },
  vkOnboarding: {
    ...vk,
    ...otklik,
    name: 'Otklik, VK, Callback API, whole onboardings',
    updates: 'webhook',
    manners: onboarding('vk'),
  },
} as const satisfies Record<string, Entry>

export type ContestantName = keyof typeof contestants
