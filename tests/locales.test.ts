import { readFileSync, readdirSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { languages, type Language } from '../src/domain/salon.ts'
import { createTranslator, type MissingWord } from '../src/locales.ts'

const root = path.resolve(import.meta.dirname, '..')
const dir = path.join(root, 'locales')

/** Every sentence of a language: "area.path.to.entry" -> text. */
function sentences(language: Language): Map<string, string> {
  const found = new Map<string, string>()
  const walk = (value: unknown, key: string): void => {
    if (typeof value === 'string') found.set(key, value)
    else for (const [name, inner] of Object.entries(value as object)) walk(inner, `${key}.${name}`)
  }
  for (const file of readdirSync(path.join(dir, language))) {
    walk(JSON.parse(readFileSync(path.join(dir, language, file), 'utf8')), path.basename(file, '.json'))
  }
  return found
}

const words = Object.fromEntries(languages.map((language) => [language, sentences(language)])) as Record<
  Language,
  Map<string, string>
>

const pluralSuffix = /_(zero|one|two|few|many|other)$/
const withoutPlural = (key: string): string => key.replace(pluralSuffix, '')
const placeholders = (sentence: string): string[] =>
  [...new Set([...sentence.matchAll(/\{\{(.*?)\}\}/g)].map((match) => match[1] ?? ''))].sort()

/** The plural groups of a language: key without suffix -> the forms that are there. */
function pluralGroups(language: Language): Map<string, string[]> {
  const groups = new Map<string, string[]>()
  for (const key of words[language].keys()) {
    const form = pluralSuffix.exec(key)?.[1]
    if (form !== undefined) groups.set(withoutPlural(key), [...(groups.get(withoutPlural(key)) ?? []), form])
  }
  return groups
}

describe('the two languages', () => {
  test('have the same sentences', () => {
    const [ru, en] = [words.ru, words.en].map((all) =>
      [...new Set([...all.keys()].map(withoutPlural))].sort(),
    )
    expect(en).toEqual(ru)
    expect(ru?.length).toBeGreaterThan(0)
  })

  test('mention the same values in each sentence', () => {
    const mentioned = (language: Language): Record<string, string[]> => {
      const all: Record<string, Set<string>> = {}
      for (const [key, sentence] of words[language]) {
        const names = (all[withoutPlural(key)] ??= new Set())
        // "one" may spell its number out ("one new message").
        for (const name of placeholders(sentence))
          if (!(pluralSuffix.test(key) && name === 'count')) names.add(name)
      }
      return Object.fromEntries(Object.entries(all).map(([key, names]) => [key, [...names].sort()]))
    }
    expect(mentioned('en')).toEqual(mentioned('ru'))
  })

  test.each(languages)('%s has exactly the plural forms of its grammar', (language) => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions()
    for (const [key, forms] of pluralGroups(language)) {
      expect({ key, forms: forms.sort() }).toEqual({ key, forms: [...pluralCategories].sort() })
    }
  })

  test.each(languages)('%s uses plain {{names}} only and leaves no sentence empty', (language) => {
    for (const [key, sentence] of words[language]) {
      expect({ key, empty: sentence.trim() === '' }).toEqual({ key, empty: false })
      expect({ key, nested: sentence.includes('$t(') }).toEqual({ key, nested: false })
      for (const name of placeholders(sentence)) expect(`${key} ${name}`).toMatch(/ \w+$/)
    }
  })

  test('English sentences are not left in Russian', () => {
    // Words are what people may type: they are understood whatever the language.
    const allowed = /language|Рус|\bwords\./i
    const russian = [...words.en].filter(
      ([key, sentence]) => /[а-яё]{3}/i.test(sentence) && !allowed.test(key),
    )
    expect(russian).toEqual([])
  })
})

describe('the code and the words', () => {
  const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.(ts|js)$/.test(file) && !file.includes('generated'),
  )
  const sources = files.map((file) => ({
    file,
    source: readFileSync(path.join(root, 'src', file), 'utf8').replaceAll(
      /\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*/gm,
      '',
    ),
  }))

  test('every key that the code spells out in full exists', () => {
    const areas = new Set([...words.ru.keys()].map((key) => key.split('.')[0]))
    const known = new Set([...words.ru.keys()].flatMap((key) => [key, withoutPlural(key)]))
    const spelled = sources.flatMap(({ file, source }) => {
      // The sandbox's page has one area of its own and leaves its name out.
      const prefix = file.startsWith(path.join('sandbox', 'page', path.sep)) ? 'page.' : ''
      const calls = source.matchAll(/(?:\bt\(|AdviceError\(|\bkey: )\s*'([a-z]\w*(?:\.\w+)+)'/g)
      return [...calls].map((match) => `${prefix}${match[1] ?? ''}`)
    })
    const missing = spelled.filter((key) => areas.has(key.split('.')[0]) && !known.has(key))
    expect([...new Set(missing)]).toEqual([])
    expect(spelled.length).toBeGreaterThan(0)
  })

  test('no sentence is left over: the last word of every key stands somewhere in the code', () => {
    const all = new Set(sources.flatMap(({ source }) => source.match(/\w+/g) ?? []))
    // Keys are put together from pieces, too: `${step}Narrow`, `${name}_${context}`.
    const pieces = (word: string): string[] => word.split(/_|(?<=[a-z])(?=[A-Z])/)
    const left = [...words.ru.keys()].filter((key) => {
      const last = withoutPlural(key).split('.').at(-1) ?? ''
      return !all.has(last) && !pieces(last).every((piece) => all.has(piece))
    })
    expect(left).toEqual([])
  })
})

describe('the translator', () => {
  let own: string
  beforeAll(async () => {
    own = await mkdtemp(path.join(os.tmpdir(), 'locales-'))
    const ru = {
      hello: 'Здравствуйте, {{name}}!',
      plain: 'Да',
      onlyHere: 'Только по-русски',
      visits_one: '{{count}} визит',
      visits_few: '{{count}} визита',
      visits_many: '{{count}} визитов',
      visits_other: '{{count}} визита',
      came_female: 'Пришла {{name}}',
      came: 'Пришёл {{name}}',
    }
    const en = {
      hello: 'Hello, {{ name }}!',
      plain: 'Yes',
      visits_one: 'one visit',
      visits_other: '{{count}} visits',
      came: '{{name}} came',
    }
    for (const [language, area] of Object.entries({ ru, en })) {
      await mkdir(path.join(own, language))
      await writeFile(path.join(own, language, 'chat.json'), JSON.stringify(area))
    }
  })
  afterAll(() => rm(own, { recursive: true }))

  test.each([
    ['ru', 'chat.plain', undefined, 'Да'],
    ['en', 'chat.plain', undefined, 'Yes'],
    ['ru', 'chat.hello', { name: 'Анна' }, 'Здравствуйте, Анна!'],
    ['en', 'chat.hello', { name: '<b>&{{name}}' }, 'Hello, <b>&{{name}}!'],
    ['ru', 'chat.visits', { count: 1 }, '1 визит'],
    ['ru', 'chat.visits', { count: 22 }, '22 визита'],
    ['ru', 'chat.visits', { count: 11 }, '11 визитов'],
    ['ru', 'chat.visits', { count: 1.5 }, '1.5 визита'],
    ['en', 'chat.visits', { count: 1 }, 'one visit'],
    ['en', 'chat.visits', { count: 0 }, '0 visits'],
    ['ru', 'chat.came', { name: 'Анна', context: 'female' }, 'Пришла Анна'],
    ['ru', 'chat.came', { name: 'Пётр' }, 'Пришёл Пётр'],
  ] as const)('%s %s %o says "%s"', (language, key, values, expected) => {
    const t = createTranslator({ dir: own })(language)
    expect(t(key, values)).toBe(expected)
    expect(t(key, values)).toBe(expected)
  })

  test('a missing sentence and a missing value throw where nobody listens', () => {
    const t = createTranslator({ dir: own })('en')
    expect(() => t('chat.nothing')).toThrow('locales/en: no sentence "chat.nothing"')
    expect(() => t('chat')).toThrow('no sentence "chat"')
    expect(() => t('chat.onlyHere')).toThrow('locales/en: no sentence "chat.onlyHere"')
    expect(() => t('chat.hello', {})).toThrow('no value for {{name}} in "chat.hello"')
  })

  test('with a listener the person reads Russian, and what is missing is told once', () => {
    const missing: MissingWord[] = []
    const t = createTranslator({ dir: own, onMissing: (one) => missing.push(one) })('en')
    expect([t('chat.onlyHere'), t('chat.onlyHere')]).toEqual(['Только по-русски', 'Только по-русски'])
    expect(missing).toEqual([{ language: 'en', key: 'chat.onlyHere' }])
    expect(t('chat.nothing')).toBe('chat.nothing')
    expect(t('chat.hello', {})).toBe('Hello, !')
    expect(missing.at(-1)).toEqual({ language: 'en', key: 'chat.hello', placeholder: 'name' })
  })
})
