/**
 * What a person can read from the bot's messages. It knows the words in locales/ and nothing of the program: what the program
 * believes is what is to be checked.
 */
import { readFileSync } from 'node:fs'
import type { Language } from '../../../src/domain/salon.ts'
import type { ShownMessage } from '../../../src/sandbox/messenger.ts'

/** What is asked: a question of the survey, or the row of a grid; `more` while a letter is being written. */
export interface Place {
  question: string
  row?: string
  more?: true
}

export interface Card {
  /** Undefined: not the survey; then it is the menu, or something else. */
  place?: Place
  isMenu: boolean
  /** Rows that are shown as given: id and the answer in words. */
  given: [row: string, answer: string][]
  /** "Now: …": the answer that is there already. */
  was?: string
  /** The labels of its buttons, in order. */
  labels: string[]
}

export type AnswerValue = string | number | boolean | null

/** A question as a person sees it. */
export interface Asked {
  id: string
  kind: 'yesNo' | 'option' | 'number' | 'text'
  /** Answers by their labels. */
  answers: ReadonlyMap<string, AnswerValue>
  rows?: ReadonlyMap<string, string>
  /** What a typed answer is said to be about when it is closed. */
  short: string
}

export interface Words {
  /** By id. */
  asked: ReadonlyMap<string, Asked>
  skip: string
  back: string
  leave: string
  keep: string
  clear: string
  done: string
  allRight: string
  noRating: string
  menu: string
  survey: string
  stale: string
  passedOn: string
  read(message: ShownMessage): Card
  /** The last word of the survey is among these. */
  isThanks(text: string): boolean
  /** The code of a gift, without its dash. */
  coupon(text: string): string | undefined
}

type Tree = { [key: string]: string | Tree }
const numbers = {
  satisfaction: 7,
  recommend: 10,
  importance: 7,
  retention: 7,
  intention: 7,
  income: 7,
} as const
const perLine = new Set(['frequency', 'satisfaction', 'recommend', 'intention'])

/**
 * The words of a language.
 * @param lines the salon's service lines: id and name
 */
export function wordsOf(language: Language, lines: readonly { id: string; name: string }[]): Words {
  const area = (name: string): Tree =>
    JSON.parse(
      readFileSync(new URL(`../../../locales/${language}/${name}.json`, import.meta.url), 'utf8'),
    ) as Tree
  const [survey, dialogue, menu] = [area('survey'), area('dialogue'), area('menu')]
  const said = (tree: Tree, ...path: string[]): string => {
    const found = path.reduce<string | Tree | undefined>(
      (at, key) => (typeof at === 'object' ? at[key] : undefined),
      tree,
    )
    if (typeof found !== 'string') throw new Error(`no words at ${path.join('.')}`)
    return found
  }
  const optionsOf = (id: string): [id: string, label: string][] => {
    const options = (survey[id] as Tree | undefined)?.['options']
    return typeof options === 'object' ? (Object.entries(options) as [string, string][]) : []
  }
  const factors = new Map(optionsOf('importance').map(([id, label]) => [label, id]))
  const lineNames = new Map(lines.map(({ id, name }) => [name, id]))

  const askedOf = (id: string): Asked => {
    const tree = survey[id] as Tree
    const top = numbers[id as keyof typeof numbers]
    const rows = perLine.has(id) ? lineNames : id === 'importance' || id === 'retention' ? factors : undefined
    const about = { id, short: said(tree, 'short'), ...(rows ? { rows } : {}) }
    if (tree['yes'] !== undefined)
      return {
        ...about,
        kind: 'yesNo',
        answers: new Map([
          [said(tree, 'yes'), true],
          [said(tree, 'no'), false],
        ]),
      }
    if (top !== undefined) {
      const scale = Array.from({ length: top }, (_, i): [string, AnswerValue] => [String(i + 1), i + 1])
      const none: [string, AnswerValue][] =
        tree['noOpinion'] === undefined ? [] : [[said(tree, 'noOpinion'), null]]
      return { ...about, kind: 'number', answers: new Map([...scale, ...none]) }
    }
    const options = optionsOf(id)
    return options.length === 0
      ? { ...about, kind: 'text', answers: new Map() }
      : { ...about, kind: 'option', answers: new Map(options.map(([value, label]) => [label, value])) }
  }

  const ids = Object.keys(survey).filter((id) => typeof survey[id] === 'object' && 'ask' in survey[id])
  const asked = new Map(ids.filter((id) => id !== 'check' && id !== 'spend').map((id) => [id, askedOf(id)]))
  const byAsk = new Map(ids.flatMap((id) => asksOf(survey[id] as Tree).map((ask) => [ask, id] as const)))
  const more = new RegExp(`^${RegExp.escape(said(dialogue, 'more')).replace('\\{\\{name\\}\\}', '(.+)')}$`)
  const was = said(dialogue, 'was').split('{{')[0] ?? ''

  const placeOf = (texts: readonly string[]): Place | undefined => {
    const gathered = texts.map((text) => more.exec(text)?.[1]).find((name) => name !== undefined)
    if (gathered !== undefined) {
      const found = [...asked.values()].find((one) => one.short === gathered)
      return found && { question: found.id, more: true }
    }
    const question = texts.map((text) => byAsk.get(text)).find((id) => id !== undefined)
    if (question === undefined) return undefined
    const label = texts.find((text) => text.startsWith('▸ '))?.slice(2)
    const row = label === undefined ? undefined : asked.get(question)?.rows?.get(label)
    return { question, ...(row === undefined ? {} : { row }) }
  }

  return {
    asked,
    skip: said(dialogue, 'skip'),
    back: said(dialogue, 'back'),
    leave: said(dialogue, 'leave', 'stop'),
    keep: said(dialogue, 'keep'),
    clear: said(dialogue, 'clear'),
    done: said(dialogue, 'done'),
    allRight: said(survey, 'check', 'ok'),
    noRating: said(dialogue, 'noOpinion'),
    menu: said(menu, 'menu'),
    survey: said(menu, 'survey'),
    stale: said(dialogue, 'stale'),
    passedOn: said(area('human'), 'passed'),
    read({ text, buttons }) {
      const texts = text.split('\n')
      const place = placeOf(texts)
      const rows = place && asked.get(place.question)?.rows
      const given = texts.flatMap((line): [string, string][] => {
        const [, label, answer] = /^✓ (.+) — (.+)$/.exec(line) ?? []
        const row = label === undefined ? undefined : rows?.get(label)
        return row === undefined || answer === undefined ? [] : [[row, answer]]
      })
      const before = texts.find((line) => line.startsWith(was))?.slice(was.length)
      return {
        ...(place ? { place } : {}),
        isMenu: texts.includes(said(menu, 'ask')),
        given,
        ...(before === undefined ? {} : { was: before }),
        labels: buttons.flat().map((one) => one.label),
      }
    },
    isThanks: (text) =>
      Object.entries(survey).some(([key, words]) => key.startsWith('thanks') && words === text),
    coupon: (text) => /\b([2-9A-HJKMNP-Z]{5})-([2-9A-HJKMNP-Z]{5})\b/.exec(text)?.slice(1).join(''),
  }
}

const asksOf = (tree: Tree): string[] =>
  Object.entries(tree).flatMap(([key, words]) =>
    /^ask(?:_|$)/.test(key) && typeof words === 'string' ? [words] : [],
  )

export const samePlace = (a: Place | undefined, b: Place | undefined): boolean =>
  a?.question === b?.question && a?.row === b?.row && a?.more === b?.more
