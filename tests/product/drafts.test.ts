/** Offers that make themselves, through the whole program: a newcomer's, and the birthday's, approved once. */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/storage/database.ts'
import type { Database } from '../../src/storage/database.ts'
import { createOffers } from '../../src/storage/offers.ts'
import { freshDatabase } from '../storage/fresh-database.ts'
import { silent } from '../storage/talk.ts'
import { temporaryFolder } from './product.ts'
import { sandboxOn, type Sandbox } from './sandbox.ts'

const example = path.join(import.meta.dirname, '../../salon.example.yaml')

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let database: Database
let sandbox: Sandbox

beforeAll(async () => {
  folder = await temporaryFolder()
  const { connectionString } = await freshDatabase()
  database = await openDatabase({ connectionString, log: silent })
  // Nobody is held out, so that Anna is not.
  const salon = (await readFile(example, 'utf8')).replace('holdoutPercent: 10', 'holdoutPercent: 0')
  await writeFile(path.join(folder.folder, 'salon.yaml'), salon)
  sandbox = sandboxOn({ connectionString, ...folder })
  await sandbox.start()
  const owner = sandbox.at('admin')
  await owner.start((await sandbox.shown()).adminLink?.split('start=')[1])
  await owner.hears('Теперь вы владелец этого бота')
})
afterAll(async () => {
  await database.close()
  await sandbox.stop()
  await folder.remove()
})

/** Waits until the program has drafted it. */
async function drafted(draftKey: string) {
  for (;;) {
    const offer = await database.prisma.offer.findFirst({ where: { draftKey, state: 'pending' } })
    if (offer) return offer
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Waits until the one offer that was decided upon is under way. */
async function approved() {
  while ((await database.prisma.offer.count({ where: { approvedVersion: 1 } })) === 0)
    await new Promise((resolve) => setTimeout(resolve, 50))
}

/** As the owner's button does it. */
async function approve({ id, version }: { id: number; version: number }): Promise<void> {
  const now = await sandbox.now()
  const offers = createOffers({
    ...database,
    checked: () => ({ problems: 0, discountPercent: 10 }),
    audience: { timeZone: 'Europe/Moscow', advertising: { telegram: true, vk: true } },
    now: () => now,
  })
  const owner = await database.prisma.staff.findFirstOrThrow()
  const changed = await offers.change({ id, by: owner.id, act: { kind: 'approve', version } })
  expect(changed).toMatchObject({ ok: true })
}

/** "27 ноября", by the phones' clock. */
const dayAfter = async (days: number): Promise<string> =>
  new Intl.DateTimeFormat('ru', { day: 'numeric', month: 'long', timeZone: 'Europe/Moscow' }).format(
    (await sandbox.now()) + days * 24 * 3600_000,
  )

test('who introduces themselves gets a personal offer, of which the owner hears with the news of them', async () => {
  const anna = sandbox.at('telegram')
  await anna.start('wall-manicure')
  await anna.press('Да, согласие даю')
  await anna.press('Да, присылайте')
  await anna.hears('Как к вам обращаться')
  await anna.says('Анна')
  await anna.hears('телефон')
  await anna.says('Пропустить')
  await anna.hears('день рождения')
  await anna.says(await dayAfter(2))
  await anna.press('Ногтевой сервис')
  await anna.press('Готово')
  await anna.press('Ольга Белова')
  await anna.press('Будни вечером')
  await anna.press('Готово')
  await anna.press('Всё верно')
  await anna.hears('Приятно познакомиться')
  const told = await sandbox.at('admin').hears('Готово личное предложение на первый визит')
  expect(told.text).toContain('Анна')
  expect(told.text).toContain(
    'Почему такое: интересует «Ногтевой сервис», пришли с поста «Маникюр», хочет к мастеру (Ольга Белова), удобно вечером в будни',
  )
  await sandbox.at('admin').press('✉️ Посмотреть предложение')
  const card = await sandbox.at('admin').hears('✅ Утвердить')
  expect(card.text).toContain('Почему такое: интересует «Ногтевой сервис»')
  await sandbox.at('admin').press('✅ Утвердить')
  await approved()
  await sandbox.skip('tomorrow')
  const offer = await anna.hears('На первый визит дарим скидку 10')
  expect(offer.text).toContain('Ногтевой сервис')
})

test('a birthday offer that was approved once comes on the day', async () => {
  await approve(await drafted('playbook:birthday'))
  await sandbox.skip('tomorrow')
  expect((await sandbox.at('telegram').messages()).map(({ text }) => text).join()).not.toContain(
    'с днём рождения',
  )
  // Ten o'clock; it is due at eleven.
  await sandbox.skip('hour')
  await sandbox.skip('hour')
  await sandbox.at('telegram').hears('с днём рождения')
  await sandbox.skip('evening')
  const wishes = (await sandbox.at('telegram').messages()).filter(({ text }) =>
    text.includes('с днём рождения'),
  )
  expect(wishes).toHaveLength(1)
})

test('of the drafts that wait the owner hears on the same day', async () => {
  await sandbox.at('admin').hears('ждут решения')
})
