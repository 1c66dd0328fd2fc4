/** The newcomer's first look at the survey, in a real browser: two clients answer, the owner reads what comes of it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrive, type Newcomer } from './newcomer.ts'
import { phoneOn as phoneOnPage } from './phone.ts'

type Phone = 'telegram' | 'vk' | 'admin'

let newcomer: Newcomer
beforeAll(async () => {
  newcomer = await arrive()
})
afterAll(() => newcomer.close())

const phoneOn = (name: Phone) => phoneOnPage(newcomer.page, name)
const pictures = (name: Phone) => phoneOn(name).locator.locator('.message .picture')

test(
  'the owner asks for the digest: a picture and words, of clients who are invented',
  { timeout: 90_000 },
  async () => {
    const owner = phoneOn('admin')
    await owner.locator.locator('.instead .big').click()
    await owner.sees('Теперь вы владелец этого бота')
    // The invented clients come in the background: until then an honest digest has nobody to speak of.
    const digest = async () => {
      await owner.press('📊 Сводка')
      await owner.hears('Что сделать')
      return owner.transcript()
    }
    await expect.poll(digest, { timeout: 60_000, interval: 1000 }).toContain('Демо: клиенты придуманы')
    await pictures('admin').last().waitFor()
    expect(await owner.transcript()).toMatch(/NPS [+−]?\d+, ответил/)
  },
)

test('a client in VK is unhappy: the owner reads it at once, and deals with it', async () => {
  const [darya, owner] = [phoneOn('vk'), phoneOn('admin')]
  await darya.switchTo('Дарья')
  await darya.openLink({ payload: 'survey' })
  await darya.start()
  await darya.press('Да, согласие даю')
  await darya.press('Да')
  await darya.press('Нет')
  await darya.press('1–2 года')
  await darya.press('Каждый месяц')
  await darya.sees('▸ Парикмахерский зал')
  await darya.press('Никогда')
  await darya.sees('▸ Косметология')
  await darya.press('Никогда')
  await darya.sees('5 из 17')
  await darya.press('3')
  await darya.sees('6 из 17')
  await darya.press('2')
  await owner.hears('Недоволен клиент: Дарья')
  expect(await owner.lastMessage()).toContain('Ногтевой сервис: 2 из 10')
  await owner.press('✓ Разобрались')
  await owner.sees('✓ Разобрались: Ольга')
  await darya.press('Да, хорошо')
  await darya.sees('7 из 17')
})

test('a client in Telegram gets through to the gift', async () => {
  const anna = phoneOn('telegram')
  const at = (question: number) => anna.sees(`${question} из 17`)
  await anna.openLink({ payload: 'survey' })
  await anna.press('Да, согласие даю')
  await anna.press('Да')
  await at(2)
  await anna.press('Да')
  await anna.press('2–5 лет')
  await anna.press('Каждый месяц')
  await anna.sees('▸ Парикмахерский зал')
  await anna.press('Никогда')
  await anna.sees('▸ Косметология')
  await anna.press('Никогда')
  await at(5)
  await anna.press('7')
  await at(6)
  await anna.press('10')
  for (const question of [7, 8, 9]) {
    await at(question)
    await anna.press('Пропустить')
  }
  await at(10)
  await anna.type('Всё отлично, спасибо Ольге!')
  await anna.press('Готово')
  for (const question of [11, 12, 13, 14, 15, 16, 17]) {
    await at(question)
    await anna.press('Пропустить')
  }
  await anna.hears('Ваш подарок: парафиновый массаж рук')
  await pictures('telegram').waitFor()
  for (const name of ['telegram', 'admin'] as const) await pictures(name).last().scrollIntoViewIfNeeded()
  await newcomer.shoot('screenshot')
})

test('the clock is put on to Monday at nine, and the digest comes by itself', async () => {
  const before = await pictures('admin').count()
  await newcomer.page.getByRole('button', { name: 'Перемотать время' }).click()
  await newcomer.page.getByRole('button', { name: /^Понедельник, 9:00/ }).click()
  await pictures('admin').nth(before).waitFor()
  expect(await phoneOn('admin').transcript()).not.toContain('Пришла позже')
})

test('nothing went wrong in the page', () => expect(newcomer.troubles).toEqual([]))
