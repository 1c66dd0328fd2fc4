/** The newcomer's first minutes with the survey, in a real browser: two clients answer, the owner reads what comes of it. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrive, type Newcomer } from './newcomer.ts'
import { phoneOn as phoneOnPage } from './phone.ts'

let newcomer: Newcomer
beforeAll(async () => {
  newcomer = await arrive()
})
afterAll(() => newcomer.close())

const phoneOn = (name: 'telegram' | 'vk' | 'admin') => phoneOnPage(newcomer.page, name)

test('the owner asks for the digest of the demo salon', async () => {
  const owner = phoneOn('admin')
  await owner.locator.locator('.instead .big').click()
  await owner.sees('Теперь вы владелец этого бота')
  await newcomer.shoot('01-owner')
  await owner.press('📊 Сводка')
  await owner.sees('Что сделать')
  expect(await owner.transcript()).toContain('Демо: клиенты придуманы')
  await owner.locator.locator('.message .picture').waitFor()
  await newcomer.shoot('02-digest')
})

test('a client in VK is unhappy, the owner reads it at once and deals with it', async () => {
  const [darya, owner] = [phoneOn('vk'), phoneOn('admin')]
  await darya.switchTo('Дарья')
  await darya.openLink({ payload: 'survey' })
  await darya.start()
  await darya.press('Да, согласие даю')
  await darya.hears('постоянным клиентом')
  await newcomer.shoot('03-vk')
  await darya.press('Да')
  await darya.press('Нет')
  await darya.press('1–2 года')
  await newcomer.shoot('04-vk')
  await darya.press('Каждый месяц')
  await darya.press('Никогда')
  await darya.press('Никогда')
  await darya.hears('Насколько вам нравится')
  await newcomer.shoot('05-vk')
  await darya.press('3')
  await darya.hears('Посоветуете')
  await newcomer.shoot('06-vk')
  await darya.press('2')
  await newcomer.shoot('07-vk')
  await owner.hears('Недоволен клиент')
  await newcomer.shoot('08-notice')
  expect(await owner.lastMessage()).toContain('Ногтевой сервис: 2 из 10')
  await owner.press('✓ Разобрались')
  await owner.sees('✓ Разобрались: Ольга')
  await newcomer.shoot('09-handled')
})

test('a client in Telegram gets through to the gift', async () => {
  const anna = phoneOn('telegram')
  await anna.openLink({ payload: 'survey' })
  await anna.press('Да, согласие даю')
  await anna.hears('1 из 17')
  await newcomer.shoot('10-telegram')
  await anna.press('Да')
  await anna.press('Да')
  await anna.press('2–5 лет')
  await anna.hears('4 из 17')
  await newcomer.shoot('11-telegram')
  await anna.press('Раз в два месяца')
  await anna.press('Каждый месяц')
  await anna.press('Никогда')
  await anna.hears('5 из 17')
  await newcomer.shoot('12-telegram')
  await anna.press('7')
  await anna.press('6')
  await anna.hears('6 из 17')
  await newcomer.shoot('13-telegram')
  await anna.press('10')
  await anna.press('9')
  await anna.hears('7 из 17')
  await newcomer.shoot('14-telegram')
  for (const [question, factors] of [
    ['7 из 17', 7],
    ['8 из 17', 7],
  ] as const)
    for (let factor = 0; factor < factors; factor++) {
      await anna.hears(question)
      await anna.press(String(7 - (factor % 3)))
    }
  await anna.hears('9 из 17')
  await anna.press('7')
  await anna.press('7')
  await anna.hears('10 из 17')
  await newcomer.shoot('15-telegram')
  await anna.type('Всё отлично, спасибо Ольге! Хорошо бы чай на ресепшене')
  await newcomer.page.waitForTimeout(1000)
  await newcomer.shoot('16-telegram')
  await anna.press('Готово')
  await anna.press('Женский')
  await anna.press('26–35')
  await anna.press('В браке')
  await anna.press('Высшее')
  await anna.press('Работаю полный день')
  await anna.hears('16 из 17')
  await newcomer.shoot('17-telegram')
  await anna.press('5')
  await anna.press('Пропустить')
  await anna.press('Пешком 10–20 минут')
  await anna.hears('Спасибо')
  await anna.locator.locator('.message .picture').waitFor()
  await newcomer.page.waitForTimeout(500)
  await newcomer.shoot('18-telegram')
})

test('the clock is put on to Monday, and the digest comes by itself', async () => {
  const { page } = newcomer
  const owner = phoneOn('admin')
  await page.getByRole('button', { name: 'Перемотать время' }).click()
  await newcomer.shoot('19-clock')
  await page.getByRole('button', { name: /, 9:00/ }).click()
  await owner.locator.locator('.message:has(.picture)').nth(1).waitFor()
  await newcomer.page.waitForTimeout(500)
  await newcomer.shoot('20-monday')
})

test('nothing went wrong in the page', () => expect(newcomer.troubles).toEqual([]))
