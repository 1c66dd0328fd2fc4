import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { openBrowser } from '../browser.ts'
import { openPage } from './open-page.ts'
import type { OpenPage } from './open-page.ts'
import { anna, openSandbox } from './open-sandbox.ts'

let browser: Browser
let sandbox: Awaited<ReturnType<typeof openSandbox>>
let open: OpenPage

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser.close())

beforeEach(async () => {
  sandbox = await openSandbox()
  await sandbox.community.listen()
  open = await openPage(browser, sandbox.url)
})
afterEach(async () => {
  await open.close()
  await sandbox.close()
})

const button = (label: string, color: string, type = 'text') => ({
  action: { type, label, payload: JSON.stringify({ button: label }) },
  color,
})

test('a conversation begins with Start and goes on by the keyboard', async () => {
  const { vk } = open
  const { community } = sandbox
  await vk.start()
  expect((await community.next()).object.message).toMatchObject({
    text: 'Начать',
    payload: '{"command":"start"}',
  })
  await community.say(anna.vkId, 'Здравствуйте! Познакомимся?', {
    one_time: false,
    buttons: [[button('Да', 'positive'), button('Нет', 'negative')], [button('Потом', 'secondary')]],
  })
  await vk.hears('Познакомимся?')
  expect(await vk.keyboard()).toEqual([['Да', 'Нет'], ['Потом']])
  await vk.press('Да')
  expect((await community.next()).object.message).toMatchObject({ text: 'Да', payload: '{"button":"Да"}' })
  await community.say(anna.vkId, 'Как вас зовут?', { buttons: [] })
  await vk.hears('Как вас зовут?')
  expect(await vk.keyboard()).toEqual([])
  expect(await vk.transcript()).toBe(
    ['client: Начать', 'bot: Здравствуйте! Познакомимся?', 'client: Да', 'bot: Как вас зовут?'].join('\n'),
  )
})

test('buttons under a message have the colours of VK, spin, and are edited away', async () => {
  const { vk } = open
  const { community } = sandbox
  await vk.start()
  await community.next()
  await community.say(anna.vkId, 'Согласны?', {
    inline: true,
    buttons: [[button('Да', 'positive', 'callback'), button('Нет', 'negative', 'callback')]],
  })
  await vk.hears('Согласны?')
  const yes = vk.locator.locator('.key.color-success')
  expect(await yes.innerText()).toBe('Да')
  await vk.press('Да')
  await vk.locator.locator('.spinner').waitFor()
  const press = await community.next()
  expect(press).toMatchObject({ type: 'message_event', object: { payload: { button: 'Да' } } })
  const { event_id = '', conversation_message_id = 0 } = press.object
  await community.call('messages.sendMessageEventAnswer', {
    event_id,
    user_id: anna.vkId,
    peer_id: anna.vkId,
    event_data: JSON.stringify({ type: 'show_snackbar', text: 'Спасибо!' }),
  })
  expect(await vk.toast()).toBe('Спасибо!')
  await vk.locator.locator('.spinner').waitFor({ state: 'detached' })
  await community.call('messages.edit', {
    peer_id: anna.vkId,
    conversation_message_id,
    message: 'Согласны? — Да',
  })
  await vk.hears('Согласны? — Да')
  expect(await vk.transcript()).toBe('client: Начать\nbot: Согласны? — Да')
})

test('a link carries its ref and source with the first message', async () => {
  const { vk } = open
  await vk.openLink({ payload: 'post-12', source: 'wall' })
  expect(await vk.toast()).toContain('метка уйдёт с первым сообщением')
  await vk.start()
  expect((await sandbox.community.next()).object.message).toMatchObject({
    text: 'Начать',
    ref: 'post-12',
    ref_source: 'wall',
  })
})

test('messages can be forbidden, allowed, and are allowed by writing', async () => {
  const { vk } = open
  const { community } = sandbox
  await vk.start()
  await community.next()
  await vk.option('Запретить сообщения')
  expect((await community.next()).type).toBe('message_deny')
  await vk.press('Разрешить сообщения')
  expect((await community.next()).type).toBe('message_allow')
  await vk.option('Запретить сообщения')
  expect((await community.next()).type).toBe('message_deny')
  await vk.type('Я передумала')
  expect((await community.next()).object.message?.text).toBe('Я передумала')
  await community.say(anna.vkId, 'Рады слышать!')
  await vk.hears('Рады слышать!')
})

test('VK has neither commands nor contacts to share, and shows that the salon is typing', async () => {
  const { vk } = open
  const { community } = sandbox
  await vk.start()
  await community.next()
  expect(await vk.locator.locator('.menu-button:visible').count()).toBe(0)
  await vk.locator.getByRole('button', { name: 'Прикрепить' }).click()
  expect(await vk.locator.locator('.menu-item').allInnerTexts()).not.toContain('Чужой контакт')
  await community.call('messages.setActivity', { peer_id: anna.vkId, type: 'typing' })
  await vk.locator.getByText('печатает…').waitFor()
})
