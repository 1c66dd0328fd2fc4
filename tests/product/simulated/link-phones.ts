import { readFileSync } from 'node:fs'
import type { Language } from '../../../src/domain/salon.ts'
import type { Device } from './device.ts'

/**
 * A person whom the salon knows in Telegram opens VK, where it does not, tells the same phone there and gives back the code that
 * comes in Telegram: from then on both chats are one person's, and the survey goes on in both.
 * @param phone E.164, confirmed in Telegram
 */
export async function linkPhones(
  { telegram, vk }: { telegram: Device; vk: Device },
  phone: string,
  language: Language,
): Promise<void> {
  const { personalData, advertising } = onboarding(language)
  const asks = (label: string) => (heard: { cards: { labels: string[] }[] }) =>
    heard.cards.some((card) => card.labels.includes(label))
  await vk.after(() => vk.start(), asks(personalData.yes))
  await vk.after(() => vk.press(personalData.yes), asks(advertising.no))
  await vk.after(
    () => vk.press(advertising.no),
    ({ cards }) => cards.length > 0,
  )
  await vk.after(
    () => vk.says('Анна'),
    ({ texts }) => texts.some((text) => text.includes('+7')),
  )
  const before = telegram.messages().length
  await vk.after(
    () => vk.says(phone),
    ({ cards }) => cards.length > 0,
  )
  const code = await codeIn(telegram, before)
  await vk.after(
    () => vk.says(code),
    ({ cards }) => cards.some((card) => card.place),
  )
}

type Answers = Record<'personalData' | 'advertising', { yes: string; no: string }>
const onboarding = (language: Language): Answers =>
  JSON.parse(
    readFileSync(new URL(`../../../locales/${language}/onboarding.json`, import.meta.url), 'utf8'),
  ) as Answers

async function codeIn(device: Device, from: number): Promise<string> {
  for (let waited = 0; waited < 30_000; waited += 20) {
    const texts = device
      .messages()
      .slice(from)
      .map((one) => one.text)
    const code = texts.map((text) => /\b\d{6}\b/.exec(text)?.[0]).find((one) => one !== undefined)
    if (code !== undefined) return code
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('no code came')
}
