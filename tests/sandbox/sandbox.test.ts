/** The sandbox's world as the program opens it: what it is made of, and what a restart leaves of it. */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { demoPeople } from '../../src/sandbox/demo-people.ts'
import { openSandbox } from '../../src/sandbox/sandbox.ts'
import type { Sandbox } from '../../src/sandbox/sandbox.ts'
import { temporaryFolder } from '../product/product.ts'

const annaId = demoPeople.telegram[0]!.id
const botIn = ({ telegram }: Sandbox) => telegram.bots()[0]!.id
const dayMs = 24 * 3600_000

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let open: Sandbox[] = []

beforeEach(async () => {
  folder = await temporaryFolder()
})
afterEach(async () => {
  await Promise.all(open.map((one) => one.close()))
  open = []
  await folder.remove()
})

async function start(): Promise<Sandbox> {
  const sandbox = await openSandbox({
    dataDir: folder.folder,
    languages: ['ru', 'en'],
    name: 'Салон',
    adminName: 'Салон · сотрудники',
    ownerLink: () => undefined,
    hours: { timeZone: 'Europe/Moscow', eveningAt: '19:00', digest: { weekday: 1, at: '09:00' } },
  })
  open.push(sandbox)
  return sandbox
}

const worldFile = () => path.join(folder.folder, 'sandbox.json')

test('both messengers live by the clock', async () => {
  const { telegram, vk, clock, tokens } = await start()
  const tomorrow = clock.now() + dayMs
  await clock.skipTo(tomorrow)
  const vkId = demoPeople.vk[0]!.id
  telegram.sendText(telegram.bots()[0]!.id, annaId, 'Привет')
  vk.sendText(tokens.groupId, vkId, 'Привет')
  for (const chat of [telegram.chat(telegram.bots()[0]!.id, annaId), vk.chat(tokens.groupId, vkId)])
    expect(chat.messages.at(-1)?.sentAt).toBeGreaterThanOrEqual(tomorrow)
})

test('after a restart time goes on from where it was', async () => {
  const first = await start()
  await first.clock.skipTo(first.clock.now() + 3 * dayMs)
  first.telegram.sendText(botIn(first), annaId, 'Вечер четверга')
  const before = first.clock.now()
  await first.close()
  const second = await start()
  expect(second.clock.now()).toBeGreaterThanOrEqual(before)
  second.telegram.sendText(botIn(second), annaId, 'Всё ещё вечер')
  const [earlier, later] = second.telegram.chat(botIn(second), annaId).messages
  expect(later!.sentAt).toBeGreaterThanOrEqual(earlier!.sentAt)
})

test('a crash in the middle of a skip does not put time back', async () => {
  const first = await start()
  const instant = first.clock.now() + 3 * dayMs
  const { promise: crashed, resolve: crash } = Promise.withResolvers<void>()
  first.clock.onSkip(async () => {
    // What is due is being done, and the world must be on the disk by now.
    const world = await readFile(worldFile(), 'utf8')
    await first.close()
    await writeFile(worldFile(), world)
    crash()
  })
  await Promise.all([first.clock.skipTo(instant), crashed])
  expect((await start()).clock.now()).toBeGreaterThanOrEqual(instant)
})

test('a world from before time could be skipped is opened, too', async () => {
  const first = await start()
  first.telegram.sendText(botIn(first), annaId, 'Давно')
  await first.close()
  const { clock: _, ...world } = JSON.parse(await readFile(worldFile(), 'utf8')) as Record<string, unknown>
  await writeFile(worldFile(), JSON.stringify(world))
  const second = await start()
  expect(second.clock.offsetMs()).toBe(0)
  expect(second.telegram.chat(botIn(second), annaId).messages).toMatchObject([{ text: 'Давно' }])
})
