/** The menu: what can be done outside a dialogue, by button, by command and by word. */
import type { Button, Message } from './conversation.ts'
import { consented } from '../domain/known.ts'
import type { Known } from '../domain/known.ts'
import type { Scene } from './question.ts'
import { rich } from './rich.ts'
import { plain } from './typed.ts'

export const menuItems = [
  'resume',
  'survey',
  'data',
  'consents',
  'language',
  'human',
  'forget',
  'help',
  'menu',
  'edit',
] as const
export type MenuItem = (typeof menuItems)[number]

/** The commands that Telegram shows behind "Menu"; `resume` is not a command but what /start does. */
export const commands = ['menu', 'survey', 'data', 'consents', 'language', 'human', 'forget', 'help'] as const

/** The live card when no dialogue is going on. */
export function menuCard(known: Known, scene: Scene, problem?: string): Message {
  const rows = itemsFor(known, scene).map((item) => button(item, scene))
  return {
    text: rich(...(problem === undefined ? [] : [`${problem}\n\n`]), { bold: scene.t('menu.ask') }),
    groups: [{ kind: 'options', buttons: rows }],
  }
}

/** VK: the one button that always stays under the input field. */
export const standingMenu = (scene: Scene): Button[] => [
  { label: scene.t('menu.standing'), value: 'menu.go=menu' },
]

export const readMenuItem = (token: string): MenuItem | undefined => menuItems.find((item) => item === token)

/** The item that a typed word means: its label, or one of the words of "menu.words.<item>". */
export function typedMenuItem(typed: string, { t }: Scene): MenuItem | undefined {
  const wanted = plain(typed)
  return wanted === '' ? undefined : typable.find((item) => itemWords(t(`menu.words.${item}`)).has(wanted))
}

/** Everything but "edit", which corrects what "my data" shows. */
const typable = menuItems.filter((item) => item !== 'edit')

const wordSets = new Map<string, Set<string>>()

function itemWords(listed: string): Set<string> {
  let words = wordSets.get(listed)
  if (!words) wordSets.set(listed, (words = new Set(listed.split('|').map(plain))))
  return words
}

function itemsFor(of: Known, { salon }: Scene): MenuItem[] {
  const language = salon.languages.length > 1 ? (['language'] as const) : []
  if (!consented(of)) return ['resume', 'human', ...language, 'help']
  const resume = of.client.onboardedAt === undefined ? (['resume'] as const) : []
  return [...resume, 'survey', 'data', 'consents', ...language, 'human', 'help', 'forget']
}

const button = (item: MenuItem, scene: Scene): Button => ({
  label: scene.t(`menu.${item}`),
  value: `menu.go=${item}`,
})
