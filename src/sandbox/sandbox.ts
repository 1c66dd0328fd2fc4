import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Language } from '../domain/salon.ts'
import { createClock } from './clock.ts'
import type { Clock, SavedClock } from './clock.ts'
import { demoPeople, demoStaff } from './demo-people.ts'
import type { Handler } from './listen.ts'
import { createPage } from './page.ts'
import type { SalonHours } from './skip-targets.ts'
import { createTelegram } from './telegram/telegram.ts'
import type { Telegram } from './telegram/telegram.ts'
import { createVk } from './vk/vk.ts'
import type { Vk } from './vk/vk.ts'

export interface Sandbox {
  telegram: Telegram
  vk: Vk
  /** The time of this world: the program must live by it, too. */
  clock: Clock
  /** What the bots use in place of real tokens. */
  tokens: { client: string; admin: string; vk: string; groupId: number }
  /** The page and both stand-ins, for the product's HTTP server. */
  handlers: Handler[]
  /** Writes the chats down and ends the live connections. */
  close(): Promise<void>
}

export interface SandboxOptions {
  dataDir: string
  languages: Language[]
  /** The salon's name, for the bots and the community. */
  name: string
  adminName: string
  /** The owner's one-time link while the salon has no owner. */
  ownerLink: () => string | undefined
  /** Where time can be skipped to. */
  hours: SalonHours
}

/** How often the chats are written down while something happens in them. */
const saveEveryMs = 2000

const clientBot = { id: 4_200_000_001, username: 'salon_sandbox_bot' }
const adminBot = { id: 4_200_000_002, username: 'salon_admin_sandbox_bot' }
const group = { id: 220_000_001, screenName: 'salon_sandbox' }

/**
 * A little world to chat in, on this machine: stand-ins for Telegram and VK with a few people in them, and the page with their
 * phones. It outlives a restart, as the real messengers do: chats, undelivered updates and the time that was skipped are kept
 * in DATA_DIR/sandbox.json.
 */
export async function openSandbox({
  dataDir,
  languages,
  name,
  adminName,
  ownerLink,
  hours,
}: SandboxOptions): Promise<Sandbox> {
  const file = path.join(dataDir, 'sandbox.json')
  const saved = await readWorld(file)
  const tokens = {
    client: `${clientBot.id}:sandbox`,
    admin: `${adminBot.id}:sandbox`,
    vk: 'sandbox',
    groupId: group.id,
  }
  const clock = createClock({ saved: saved?.clock })
  const time = { now: clock.now, realNow: Date.now }
  const telegram = createTelegram({
    ...time,
    bots: [
      { ...clientBot, name, token: tokens.client },
      { ...adminBot, name: adminName, token: tokens.admin },
    ],
    people: demoPeople.telegram,
    ...(saved ? { saved: saved.telegram } : {}),
  })
  const vk = createVk({
    ...time,
    group: { ...group, name, token: tokens.vk },
    people: demoPeople.vk,
    ...(saved ? { saved: saved.vk } : {}),
  })
  const page = createPage({
    telegram,
    vk,
    clientBotId: clientBot.id,
    adminBotId: adminBot.id,
    groupId: group.id,
    clock,
    hours,
    languages,
    staffIds: demoStaff.map((person) => person.id),
    adminLink: ownerLink,
  })
  const keeper = keepWorld(file, { telegram, vk, clock })
  // Before anything is done that belongs to the new time: after a crash it must not be earlier than what was done.
  clock.onSkip(keeper.save)
  return {
    telegram,
    vk,
    clock,
    tokens,
    handlers: [telegram.handle.bind(telegram), vk.handle.bind(vk), page.handle.bind(page)],
    async close() {
      page.close()
      await keeper.close()
      telegram.close()
      vk.close()
    },
  }
}

interface World {
  telegram: unknown
  vk: unknown
  /** Absent in a world that was written before time could be skipped. */
  clock?: SavedClock
}

/** An unreadable file is put aside: a sandbox begins anew rather than not at all. */
async function readWorld(file: string): Promise<World | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as World
  } catch {
    await rename(file, `${file}.unreadable`)
    return undefined
  }
}

function keepWorld(file: string, { telegram, vk, clock }: { telegram: Telegram; vk: Vk; clock: Clock }) {
  let changed = false
  let writing = Promise.resolve()
  const stops = [telegram, vk].map((one) => one.subscribe(() => void (changed = true)))
  const write = async () => {
    changed = false
    await mkdir(path.dirname(file), { recursive: true })
    const world: World = { telegram: telegram.save(), vk: vk.save(), clock: clock.save() }
    await writeFile(`${file}.new`, JSON.stringify(world))
    await rename(`${file}.new`, file)
  }
  // A full disk costs the sandbox its memory, not its life.
  const save = () => (writing = writing.then(write).catch(() => undefined))
  const timer = setInterval(() => void (changed && save()), saveEveryMs)
  timer.unref()
  return {
    save,
    async close() {
      clearInterval(timer)
      for (const stop of stops) stop()
      await save()
    },
  }
}
