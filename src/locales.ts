/** The words: locales/<language>/<area>.json, read once, spoken through i18next. */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createInstance } from 'i18next'

import { languages, type Language } from './domain/salon.ts'

/** Says the sentence `key` ("area.path.to.entry") with its `{{values}}`; `count` chooses the plural form. */
export type Translate = (key: string, values?: Readonly<Record<string, string | number>>) => string

export interface MissingWord {
  language: Language
  key: string
  /** The placeholder that got no value; absent when the sentence itself is missing. */
  placeholder?: string
}

export interface TranslatorOptions {
  /** The folder with a folder per language. */
  dir: string | URL
  /**
   * Told of a key or value that is missing; the person then sees the Russian sentence, or the key.
   * Absent: an Error is thrown (tests and everything that starts without a log).
   */
  onMissing?: OnMissing
}

/**
 * Reads all words and returns the way to speak each language. Which sentence it is (key, plural form, context,
 * fallback) is i18next's decision, taken once per form and remembered: its own t() takes 10 microseconds, this
 * takes less than one, and an answer of the bot needs a dozen sentences.
 * @returns language -> t(key, values)
 * @throws Error when a file is unreadable, and (without `onMissing`) when t() is asked for what is not there
 */
export function createTranslator(options: TranslatorOptions): (language: Language) => Translate {
  const onMissing = options.onMissing ?? throwMissing
  const resources = Object.fromEntries(
    languages.map((language) => [language, readAreas(options.dir, language)]),
  )
  const find = createFind(resources, onMissing)
  const spoken = new Map(languages.map((language) => [language, speak(language, find, onMissing)]))
  return (language) => {
    const t = spoken.get(language)
    if (t === undefined) throw new Error(`no locale folder for "${language}": have ${languages.join(', ')}`)
    return t
  }
}

type OnMissing = (missing: MissingWord) => void

type Areas = Record<string, unknown>

function readAreas(dir: string | URL, language: Language): { translation: Areas } {
  const folder = path.join(dir instanceof URL ? fileURLToPath(dir) : dir, language)
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const areas: Areas = {}
  for (const file of files)
    areas[path.basename(file, '.json')] = JSON.parse(readFileSync(path.join(folder, file), 'utf8'))
  return { translation: areas }
}

/** Finds the sentence for a key with its plural form and context, placeholders untouched. */
type Find = (language: Language, key: string, values: Values) => string

function createFind(resources: Record<string, { translation: Areas }>, onMissing: OnMissing): Find {
  const i18next = createInstance()
  // The fallback is below, not i18next's: a sentence that only Russian has is reported, too.
  void i18next.init({ resources, fallbackLng: false, initAsync: false, ns: 'translation' })
  const find: Find = (language, key, values) => {
    const options = { ...values, lng: language, returnObjects: false, skipInterpolation: true } as const
    if (i18next.exists(key, options)) return i18next.t(key, options)
    onMissing({ language, key })
    return language === 'ru' ? key : find('ru', key, values)
  }
  return find
}

function speak(language: Language, find: Find, onMissing: OnMissing): Translate {
  const plural = new Intl.PluralRules(language)
  const known = new Map<string, Sentence>()
  return (key, values = {}) => {
    const id = formOf(key, values, plural)
    let sentence = known.get(id)
    if (sentence === undefined) {
      sentence = parse(find(language, key, values))
      known.set(id, sentence)
    }
    return say(sentence, values, (placeholder) => onMissing({ language, key, placeholder }))
  }
}

type Values = Readonly<Record<string, string | number>>

// i18next chooses a sentence by key, plural category and context; nothing else of the values matters to the choice.
function formOf(key: string, values: Values, plural: Intl.PluralRules): string {
  const count = values['count']
  const context = values['context']
  if (count === undefined && context === undefined) return key
  return `${key}|${typeof count === 'number' ? plural.select(count) : ''}|${context ?? ''}`
}

/** Text and the names of placeholders in turn: text at even places, names at odd ones. */
type Sentence = readonly string[]

const parse = (sentence: string): Sentence => sentence.split(/\{\{\s*(\w+)\s*\}\}/)

function say(sentence: Sentence, values: Values, onMissing: (placeholder: string) => void): string {
  let said = sentence[0] ?? ''
  for (let at = 1; at < sentence.length; at += 2) {
    const name = sentence[at] ?? ''
    const value = values[name]
    if (value === undefined) onMissing(name)
    said += `${value ?? ''}${sentence[at + 1] ?? ''}`
  }
  return said
}

function throwMissing({ language, key, placeholder }: MissingWord): never {
  if (placeholder !== undefined)
    throw new Error(`locales/${language}: no value for {{${placeholder}}} in "${key}"`)
  throw new Error(`locales/${language}: no sentence "${key}"`)
}
