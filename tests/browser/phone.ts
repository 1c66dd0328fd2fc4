import type { Locator, Page } from 'playwright-core'
import type { PhoneName } from '../../src/sandbox/page-protocol.ts'

/** The page's own words that the helpers press by; a test says which language its page speaks. */
const words = {
  ru: { options: 'Ещё', attach: 'Прикрепить', commands: 'Меню', whose: 'Чей это телефон' },
  en: { options: 'More', attach: 'Attach', commands: 'Menu', whose: 'Whose phone this is' },
}

const waitMs = 20_000

/** What the bot has said since the person's last message. */
const newest = '.message.from-bot:not(:has(~ .from-person))'

/**
 * One phone on the sandbox's page, driven as a person would: by what is written on it. Every step waits (up to
 * 10 s) for what it needs, and fails with the transcript when it does not come.
 * @param page open at the sandbox
 * @param name which of the three
 * @param language of the page, not of the person
 */
export function phoneOn(page: Page, name: PhoneName, language: keyof typeof words = 'ru') {
  const say = words[language]
  const phone = page.locator(`[data-phone="${name}"]`)
  const dialog = phone.locator('.dialog')
  const bubbles = phone.locator('.message')

  async function transcript(): Promise<string> {
    const lines: string[] = []
    for (const bubble of await bubbles.all()) lines.push(await lineOf(bubble))
    return lines.join('\n')
  }

  /** Runs a step; a failure tells what was on the screen. */
  async function step(what: string, run: () => Promise<void>): Promise<void> {
    try {
      await run()
    } catch (error) {
      const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
      throw new Error(`${name}: ${what}: ${reason}\nThe screen:\n${await transcript()}`, { cause: error })
    }
  }

  const click = (target: Locator) => target.click({ timeout: waitMs })
  const button = (label: string | RegExp, within = phone) =>
    within.getByRole('button', { name: label, exact: typeof label === 'string' })

  async function choose(menu: string, label: string): Promise<void> {
    await click(phone.getByRole('button', { name: new RegExp(`^${menu}`) }))
    await click(phone.locator('.menu-item', { hasText: label }))
  }

  return {
    /** For what these helpers don't know. */
    locator: phone,
    transcript,

    /** Presses the newest button with this label: under a message, on the keyboard, the big one, or in a window. */
    press: (label: string) => step(`press "${label}"`, () => click(button(label).last())),

    /** Presses the big button of an empty chat. */
    start: () => step('start', () => click(phone.locator('.instead .big'))),

    /** Writes and sends. */
    type: (text: string) =>
      step(`type "${text}"`, async () => {
        await phone.locator('.input').fill(text, { timeout: waitMs })
        await phone.locator('.input').press('Enter')
      }),

    /** Waits for a message of the bot that contains this text and came after the person's own last one. */
    hears: (text: string) =>
      step(`wait for "${text}"`, () =>
        phone.locator(newest, { hasText: text }).last().waitFor({ timeout: waitMs }),
      ),

    /** Waits for any message that contains this text. */
    sees: (text: string) =>
      step(`look for "${text}"`, () => bubbles.filter({ hasText: text }).last().waitFor({ timeout: waitMs })),

    /** Waits until nothing in the chat contains this text any more. */
    losesSight: (text: string) =>
      step(`wait until "${text}" is gone`, () =>
        bubbles.filter({ hasText: text }).first().waitFor({ state: 'detached', timeout: waitMs }),
      ),

    /** The text of the newest message of the bot, without its buttons. */
    lastMessage: async () => textOf(phone.locator('.message.from-bot').last()),

    /** The labels of the buttons under the newest message that has any, row by row. */
    buttons: () => labelsIn(phone.locator('.inline-keyboard:visible').last()),

    /** The labels of the keyboard under the input field, row by row; empty while there is none. */
    keyboard: () => labelsIn(phone.locator('.keyboard:visible')),

    /** Shares the own phone number: presses the contact button and agrees. */
    shareContact: () =>
      step('share the contact', async () => {
        await click(phone.locator('.keyboard .key:has(.icon-phone)'))
        await click(dialog.locator('.action.main'))
      }),

    /** Sends something that is not words, by its name in the menu of the paper clip. */
    attach: (label: string) => step(`attach "${label}"`, () => choose(say.attach, label)),

    /** Sends a command of Telegram's "Menu", by the words beside it. */
    command: (description: string) =>
      step(`command "${description}"`, () => choose(say.commands, description)),

    /** Takes another person's phone. */
    switchTo: (person: string) => step(`switch to "${person}"`, () => choose(say.whose, person)),

    /** Chooses in the menu in the corner: opening by a link, blocking. */
    option: (label: string) => step(`option "${label}"`, () => choose(say.options, label)),

    /** Opens the bot by a deep link. Telegram: `payload`; VK: `payload` as ref, `source` as ref_source. */
    openLink: ({ payload = '', source = '' }: { payload?: string; source?: string }) =>
      step(`open a link with "${payload}"`, async () => {
        await click(phone.getByRole('button', { name: say.options, exact: true }))
        await click(phone.locator('.options .menu-item').first())
        const fields = dialog.locator('input')
        await fields.first().fill(payload)
        if (source !== '') await fields.nth(1).fill(source)
        await click(dialog.locator('.action.main'))
      }),

    /** The short note that a press was answered with. */
    toast: async () => {
      await phone.locator('.toast').last().waitFor({ timeout: waitMs })
      return phone.locator('.toast').last().innerText()
    },

    /** The text of the window that the bot has opened; closes it. */
    closeAlert: async () => {
      const text = await dialog.locator('.dialog-text').innerText({ timeout: waitMs })
      await click(dialog.locator('.action.main'))
      return text
    },
  }
}

/** "bot: text [button] [button]", on one line. */
async function lineOf(bubble: Locator): Promise<string> {
  const who = (await bubble.getAttribute('class'))?.includes('from-bot') ? 'bot' : 'client'
  const buttons = (await labelsIn(bubble.locator('.inline-keyboard'))).flat().map((label) => `[${label}]`)
  return [`${who}:`, await textOf(bubble), ...buttons].filter((part) => part !== '').join(' ')
}

async function textOf(bubble: Locator): Promise<string> {
  const things = await bubble.locator('.picture, .file, .thing, .sticker, .map').all()
  const names = await Promise.all(things.map(nameOf))
  const texts = await bubble.locator('.text').allInnerTexts()
  return [...names.map((thing) => `<${thing}>`), ...texts].join(' ').replaceAll(/\n+/g, ' / ')
}

async function nameOf(thing: Locator): Promise<string> {
  return (await thing.getAttribute('aria-label')) ?? (await thing.innerText())
}

async function labelsIn(keyboard: Locator): Promise<string[][]> {
  const rows = await keyboard.locator('.row').all()
  return Promise.all(rows.map((row) => row.locator('.key-label').allInnerTexts()))
}
