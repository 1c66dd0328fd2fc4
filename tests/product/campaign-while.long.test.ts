/** What people do while a campaign runs: they press in a process that takes updates, and another one sends. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDeliver } from '../../src/jobs/deliver.ts'
import { createQueues } from '../../src/jobs/queues.ts'
import { createStaff } from '../../src/storage/staff.ts'
import type { Jobs } from '../../src/wiring/storage.ts'
import { offerSpec } from '../storage/offer-salon.ts'
import { silent } from '../storage/talk.ts'
import { openCampaigns } from './campaign.ts'
import { adminBot, clientBot, group, phoneOf, startWithWebhooks } from './product.ts'

const ends: (() => unknown)[] = []
const onEnd = (end: () => unknown) => void ends.push(end)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const inOrder = (ids: readonly number[]) => ids.toSorted((one, other) => one - other)
const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await pause(20)
}
/** Both are in the salon's staff: Marina owns it. */
const [marina, anna] = [8, 7]
/** So slowly that there is time to press. */
const perSecond = 6
/** Who has been waited for before the salon began to send is not chatting any more. */
const longAgo = new Date(Date.now() - 3600_000)

let stage: Awaited<ReturnType<typeof openStage>>
beforeAll(async () => {
  stage = await openStage()
}, 120_000)
afterAll(async () => {
  for (const end of ends.toReversed()) await end()
})

async function openStage() {
  const salon = await openCampaigns({ onEnd, perSecond })
  const { prisma, messengers, folder, url: connectionString, offers } = salon
  const { telegram } = messengers
  const staff = { owner: 0, admin: 0 }
  for (const [role, telegramId, name] of [
    ['owner', marina, 'Марина'],
    ['admin', anna, 'Анна'],
  ] as const) {
    const { id } = await prisma.staff.create({ data: { role, telegramId, name, language: 'ru' } })
    staff[role] = id
    telegram.start(adminBot, telegramId)
  }
  const unhappy = await salon.person(1)
  await prisma.client.update({ where: { id: unhappy }, data: { onboardedAt: longAgo } })
  await prisma.chat.updateMany({ data: { lastSeenAt: longAgo } })
  const visit = await prisma.visit.create({ data: { clientId: unhappy, line: 'nails', at: longAgo } })
  await prisma.prompt.create({
    data: { clientId: unhappy, kind: 'visit', about: visit.id, number: 1, source: 'visit', dueAt: longAgo },
  })
  const worker = await salon.startWorker()
  onEnd(() => worker.stop())
  const asked = phoneOf(messengers.vk, group, 1_000 + Number(unhappy))
  await asked.sees('посоветуете')
  const web = await startWithWebhooks({
    messengers,
    dataDir: folder,
    connectionString,
    role: 'web',
    salon: { quietHours: { from: '04:00', to: '04:01' } },
  })
  onEnd(() => web.stop())
  const queues = createQueues<Jobs>({ connectionString, log: silent })
  onEnd(() => queues.close({ patienceMs: 500 }))
  const { changed } = createDeliver({ ...salon, queues, log: silent })

  /** So many new people on both messengers, by their numbers. */
  const people = async (count: number): Promise<number[]> => {
    const ids = []
    for (let index = 0; index < count; index += 1) ids.push(Number(await salon.person(index)))
    return ids
  }
  /** An offer to these clients that its author has handed in. */
  const submitted = async (title: string, ids: readonly number[], by: number): Promise<number> => {
    const spec = offerSpec({ title: { ru: title }, audience: { kind: 'clients', ids } })
    const { id } = (await offers.create({ origin: 'manual', spec, by }))!
    await offers.change({ id, by, act: { kind: 'submit' } })
    return id
  }
  const approve = async (id: number, by: number) => {
    expect(await offers.change({ id, by, act: { kind: 'approve', version: 1 } })).toMatchObject({ ok: true })
    await changed(id)
  }
  /** Which of these clients' messages came, in their order. */
  const cameTo = (ids: readonly number[]) =>
    salon.arrived.map(({ clientId }) => Number(clientId)).filter((id) => ids.includes(id))
  const endOf = async (id: number) => {
    await until(async () => ['done', 'cancelled'].includes((await offers.byId(id))?.standing.state ?? ''))
    return Object.fromEntries(
      (await salon.rows(id)).map((row) => [Number(row.clientId), row.reason ?? row.state]),
    )
  }
  return {
    ...salon,
    staff,
    unhappy: Number(unhappy),
    asked,
    people,
    submitted,
    approve,
    cameTo,
    endOf,
    changed,
  }
}

/** The staff's phones: what is pressed, and what the bot says to it. */
function deskOf(personId: number) {
  const { telegram } = stage.messengers
  const phone = phoneOf(telegram, adminBot, personId)
  const toasts: string[] = []
  onEnd(
    telegram.subscribe((event) => {
      if (event.type === 'toast' && event.botId === adminBot && event.personId === personId)
        toasts.push(event.text)
    }),
  )
  const find = (label: string, within: string) => {
    for (const message of phone
      .messages()
      .toReversed()
      .filter(({ text }) => text.includes(within)))
      for (const [row, buttons] of message.buttons.entries())
        for (const [column, button] of buttons.entries())
          if (button.label.includes(label)) return { message: message.id, row, column }
    return undefined
  }
  /** Presses the newest button with such a label, in a message that says so. */
  const press = async (label: string, within = '') => {
    const { message, row, column } = await phone.until(() => find(label, within), `a button "${label}"`)
    telegram.press(adminBot, personId, message, row, column)
  }
  /** Resolves when the press is answered. */
  const pressed = async (label: string, within = '') => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const forget = telegram.subscribe((event) => {
      if (event.type === 'answered' && event.personId === personId) resolve()
    })
    await press(label, within)
    await promise
    forget()
  }
  /** Opens an offer's card from the list. */
  const open = async (title: string, shows: string) => {
    phone.says('/offers')
    await press(title, 'Предложения')
    await phone.until(() => find(shows, `✉️ ${title}`), `the card of "${title}"`)
  }
  return { ...phone, toasts, press, pressed, open }
}

test('who takes the consent back in Telegram or VK, or is unhappy, gets nothing from the next message on', async () => {
  const { people, submitted, approve, staff, unhappy, asked, messengers, cameTo, endOf, changed } = stage
  const { arrived, prisma } = stage
  const others = await people(30)
  const [inTelegram = 0, inVk = 0] = await people(2)
  const changing = [inTelegram, inVk, unhappy]
  const first = await submitted('Первое', changing, staff.owner)
  await approve(first, staff.owner)
  await endOf(first)
  expect(inOrder(cameTo(changing))).toEqual(inOrder(changing))
  const second = await submitted('Второе', [...others, ...changing], staff.owner)
  const dueAt = async (at: number) => {
    const where = { offerId: second, clientId: { in: changing } }
    await prisma.delivery.updateMany({ where, data: { dueAt: new Date(at) } })
    await changed(second)
  }
  await approve(second, staff.owner)
  // Their turn comes as soon as they were answered, however long that takes this machine.
  await dueAt(Date.now() + 3600_000)
  const before = arrived.length
  await until(() => arrived.length > before + 2)
  const withoutConsent = () => prisma.client.count({ where: { advertisingConsentAt: null } })
  const complaints = () => prisma.followUp.count({ where: { handledAt: null } })
  await phoneOf(messengers.telegram, clientBot, 1_000 + inTelegram).press('Не присылать предложения')
  await phoneOf(messengers.vk, group, 1_000 + inVk).press('Не присылать предложения')
  await asked.press('2')
  await until(async () => (await withoutConsent()) === 2 && (await complaints()) === 1)
  await dueAt(Date.now())
  const ended = await endOf(second)
  expect(changing.map((id) => ended[id])).toEqual(['noConsent', 'noConsent', 'complaint'])
  expect(others.filter((id) => ended[id] !== 'sent')).toEqual([])
  expect(inOrder(cameTo(changing))).toEqual(inOrder(changing))
  // Somebody has spoken to her: the next offer may come.
  const desk = deskOf(anna)
  await desk.press('✓ Разобрались')
  await until(async () => (await complaints()) === 0)
  const third = await submitted('Третье', changing, staff.owner)
  await approve(third, staff.owner)
  expect(await endOf(third)).toEqual({ [unhappy]: 'sent' })
}, 120_000)

test('of two who approve at once one does; a pause holds, whoever goes on; who is removed can do nothing more', async () => {
  const { people, submitted, staff, cameTo, offers, deliveries, prisma, endOf } = stage
  // More than go out while all this is pressed, on a slow machine, too.
  const ids = await people(240)
  const id = await submitted('Осень', ids, staff.admin)
  const waiting = await submitted('Зима', ids, staff.admin)
  const [owner, admin] = [deskOf(marina), deskOf(anna)]
  await admin.open('Зима', '✅ Утвердить')
  await admin.open('Осень', '✅ Утвердить')
  await owner.open('Осень', '✅ Утвердить')
  await Promise.all([owner.press('✅ Утвердить', 'Осень'), admin.press('✅ Утвердить', 'Осень')])
  const heard = () => [...owner.toasts, ...admin.toasts]
  await until(() => heard().length === 2)
  expect(heard().filter((one) => one.startsWith('Утверждено. Получат: 240'))).toHaveLength(1)
  expect(heard().filter((one) => one.startsWith('Вас опередили. Утверждено: '))).toHaveLength(1)

  await until(() => cameTo(ids).length >= 3)
  await owner.pressed('⏸ Пауза', 'Осень')
  // What was on its way when it was pressed has come; nothing leaves any more.
  await until(async () => (await deliveries.progress(id)).sending === 0)
  const held = cameTo(ids).length
  await pause(1_000)
  expect(cameTo(ids)).toHaveLength(held)
  expect(await deliveries.progress(id)).toMatchObject({ sent: held, waiting: ids.length - held })

  await admin.pressed('▶ Продолжить', 'Осень')
  await until(() => cameTo(ids).length > held + 2)
  const removed = await createStaff({ prisma }).remove({
    id: staff.admin,
    by: staff.owner,
    updateKey: 'removed',
  })
  expect(removed).toMatchObject({ ok: true })
  await admin.pressed('⏸ Пауза', 'Осень')
  await admin.pressed('✅ Утвердить', 'Зима')
  const refusals = () => admin.messages().filter(({ text }) => text.includes('только для сотрудников'))
  await until(() => refusals().length === 2)
  // What they have approved goes on; what they have handed in waits for others, and their cards follow nothing any more.
  const shown = JSON.stringify(admin.messages())
  const then = cameTo(ids).length
  await until(() => cameTo(ids).length > then)
  expect((await offers.byId(id))?.standing.state).toBe('sending')
  expect((await offers.byId(waiting))?.standing.state).toBe('pending')

  await owner.press('■ Остановить')
  await owner.pressed('Да, остановить')
  await endOf(id)
  await until(async () => (await deliveries.unfinished(id)) === 0)
  const came = new Set(cameTo(ids))
  expect(cameTo(ids)).toHaveLength(came.size)
  const rows = await stage.rows(id)
  expect(
    rows.filter(({ clientId, state }) => state !== (came.has(Number(clientId)) ? 'sent' : 'cancelled')),
  ).toEqual([])
  expect(rows).toHaveLength(ids.length)
  expect(JSON.stringify(admin.messages())).toBe(shown)
}, 120_000)
