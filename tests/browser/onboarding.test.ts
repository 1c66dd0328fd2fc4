/** The newcomer's first minutes, in a real browser: a client in Telegram, the same client in VK, and what the admin sees. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrive, type Newcomer } from './newcomer.ts'
import { phoneOn as phoneOnPage } from './phone.ts'

let newcomer: Newcomer
beforeAll(async () => {
  newcomer = await arrive()
})
afterAll(() => newcomer.close())

const phoneOn = (name: 'telegram' | 'vk' | 'admin') => phoneOnPage(newcomer.page, name)

test('the owner comes in by the one-time link', async () => {
  const admin = phoneOn('admin')
  await admin.locator.locator('.instead .big').click()
  await admin.sees('Теперь вы владелец этого бота')
})

test('a client in Telegram gets to know the salon', async () => {
  const anna = phoneOn('telegram')
  await anna.start()
  await anna.hears('Можно сохранить')
  await anna.press('Да, согласие даю')
  await anna.hears('Присылать вам предложения')
  await anna.press('Нет, не нужно')
  await anna.hears('Как к вам обращаться')
  await anna.type('Анна')
  await anna.hears('номер телефона')
  await anna.shareContact()
  await anna.hears('день рождения')
  await anna.type('14 марта')
  await anna.hears('Что вам интересно')
  await anna.press('Ногтевой сервис')
  await anna.press('Готово')
  await anna.press('Ольга Белова')
  await anna.press('Будни вечером')
  await anna.press('Готово')
  await anna.press('От знакомых')
  await anna.sees('Проверьте, пожалуйста')
  await anna.press('Всё верно')
  await anna.hears('Приятно познакомиться, Анна')
})

test('the same client in VK is recognised by the code that came to Telegram', async () => {
  const anna = phoneOn('vk')
  const inTelegram = phoneOn('telegram')
  await anna.start()
  await anna.hears('Можно сохранить')
  await anna.press('Да, согласие даю')
  await anna.press('Да, присылайте')
  await anna.hears('Как к вам обращаться')
  await anna.type('Анна')
  await anna.hears('номер телефона')
  await anna.type(await ownPhone())
  await anna.hears('код из шести цифр')
  await inTelegram.sees('Ваш код')
  const code = /\d{6}/.exec(await inTelegram.lastMessage())?.[0] ?? 'no code'
  await anna.type(code)
  await anna.hears('Узнали вас')
})

test('the admin sees the client', async () => {
  const admin = phoneOn('admin')
  await admin.sees('Анна')
  expect(await admin.transcript()).toContain('Ногтевой сервис')
  await admin.press('Открыть карточку')
  await admin.sees('Откуда узнали о салоне')
})

test('another client takes the phone and is asked from the beginning', async () => {
  const darya = phoneOn('telegram')
  await darya.switchTo('Дарья')
  await darya.start()
  await darya.hears('Можно сохранить')
  await darya.press('Да, согласие даю')
  await darya.press('Да, присылайте')
  await darya.press('Дарья')
  await darya.hears('номер телефона')
  await darya.shareContact()
  await darya.hears('день рождения')
  await darya.type('2 ноября')
  await darya.press('Парикмахерский зал')
  await darya.press('Готово')
  await darya.press('Инна Ковалёва')
  await darya.press('Будни вечером')
  await darya.press('Выходные')
  await darya.sees('Мастер: Инна Ковалёва')
  await darya.locator.getByRole('button', { name: '✓ Выходные' }).waitFor()
})

test('a client in VK gets to know the salon in English, and the admin sees her, too', async () => {
  const emily = phoneOn('vk')
  await emily.switchTo('Emily')
  await emily.start()
  await emily.hears('May we keep what you tell us?')
  await emily.press('Yes, I give consent')
  await emily.press('No, thank you')
  await emily.hears('What should we call you?')
  await emily.type('Emily')
  await emily.hears('What is your phone number?')
  await emily.type('8 900 555-01-84')
  await emily.hears('When is your birthday?')
  await emily.press('Skip')
  await emily.press('Cosmetology')
  await emily.press('Done')
  await emily.press('Any master')
  await emily.type('weekends')
  await emily.hears('How did you hear of us?')
  await emily.press('On a map')
  await emily.sees('Please check')
  await emily.press('All correct')
  await emily.hears('Nice to meet you, Emily')
  await phoneOn('admin').sees('Emily')
})

test('the owner finds the demo’s clients in the list, marked as such', async () => {
  const admin = phoneOn('admin')
  await admin.type('/clients')
  await admin.hears('сначала новые')
  await admin.press('›')
  await admin.sees('· демо ·')
  await admin.locator
    .getByRole('button', { name: /· демо ·/ })
    .first()
    .click()
  await admin.sees('не давали')
})

test('nothing went wrong in the page', () => expect(newcomer.troubles).toEqual([]))

/** The phone number that the person on the Telegram phone shares. */
async function ownPhone(): Promise<string> {
  const text = await phoneOn('telegram').transcript()
  return /Телефон: (\+[\d ]+)/.exec(text)?.[1] ?? 'no phone'
}
