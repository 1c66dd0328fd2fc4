import { createClock } from '../../../src/sandbox/clock.ts'
import { demoPeople, demoStaff } from '../../../src/sandbox/demo-people.ts'
import { listen } from '../../../src/sandbox/listen.ts'
import { createPage } from '../../../src/sandbox/page.ts'
import { createTelegram } from '../../../src/sandbox/telegram/telegram.ts'
import { createVk } from '../../../src/sandbox/vk/vk.ts'
import { telegramBot, vkBot } from './scripted-bots.ts'

export const anna = { telegramId: 410_001, vkId: 260_001, phone: '+79005550123' }
export const olgaId = 400_001

const clientBot = { id: 700_001, name: 'Салон «Шёлк»', username: 'silk_salon_bot' }
const adminBot = { id: 700_002, name: 'Шёлк: работа', username: 'silk_work_bot' }
const group = { id: 800_001, token: 'vk-token', name: 'Салон красоты «Шёлк»', screenName: 'silk_salon' }

/** The salon's, whatever zone the browser and this machine are in. */
export const hours = {
  timeZone: 'Asia/Yekaterinburg',
  eveningAt: '19:00',
  digest: { weekday: 1, at: '09:00' },
}

/** When it is in the sandbox as a test begins: a Wednesday, by the salon's clock. */
export const begins = Date.parse('2030-11-27T14:05:00+05:00')

/**
 * The page over the real stand-ins on a free port, with scripted bots.
 * @param adminLink what the owner's link is, asked anew each time
 */
export async function openSandbox({ adminLink }: { adminLink?: () => string | undefined } = {}) {
  const clock = createClock({ saved: { offsetMs: begins - Date.now() } })
  const time = { now: clock.now, realNow: Date.now }
  const people = { telegram: structuredClone(demoPeople.telegram), vk: structuredClone(demoPeople.vk) }
  const telegram = createTelegram({
    bots: [clientBot, adminBot].map((bot) => ({ ...bot, token: `${bot.id}:token` })),
    people: people.telegram,
    limits: null,
    ...time,
  })
  const vk = createVk({ group, people: people.vk, rate: null, ...time })
  const page = createPage({
    telegram,
    vk,
    clientBotId: clientBot.id,
    adminBotId: adminBot.id,
    groupId: group.id,
    clock,
    hours,
    languages: ['ru', 'en'],
    staffIds: demoStaff.map(({ id }) => id),
    ...(adminLink ? { adminLink } : {}),
  })
  const handlers = [page.handle, telegram.handle, vk.handle]
  let server = await listen(handlers)
  const { url, port } = server
  return {
    url,
    telegram,
    vk,
    clock,
    clientBotId: clientBot.id,
    adminBotId: adminBot.id,
    groupId: group.id,
    client: telegramBot({ url, token: `${clientBot.id}:token` }),
    admin: telegramBot({ url, token: `${adminBot.id}:token` }),
    community: vkBot({ url, token: group.token, groupId: group.id }),
    /** The program goes away, and comes back at the same address. */
    stopServing: () => server.close(),
    async serveAgain(): Promise<void> {
      server = await listen(handlers, { port })
    },
    async close(): Promise<void> {
      page.close()
      telegram.close()
      vk.close()
      await server.close()
    },
  }
}
