import { expect, test } from 'vitest'

import { demoSalon } from '../../../src/domain/demo-salon.ts'
import type { DemoSalon } from '../../../src/domain/demo-salon.ts'
import { quotes } from '../../../src/domain/demo/quotes.ts'
import { quotesInEnglish } from '../../../src/domain/demo/quotes-in-english.ts'
import type { Quotes } from '../../../src/domain/demo/speech.ts'
import { strange, usual, walksOf } from './salons.ts'

const textsOf = ({ said, ill, suggestions }: Quotes): string[] => [
  ...Object.values(said).flatMap((byMood) => Object.values(byMood).flat()),
  ...ill,
  ...Object.values(suggestions).flat(),
]

const written = (salon: DemoSalon): string[] =>
  [...walksOf(salon, 'visit'), ...walksOf(salon, 'survey')].flatMap(({ answers }) => {
    const value = (answers['why'] ?? answers['suggestions'])?.value
    return typeof value === 'string' ? [value] : []
  })

test.each([
  ['Russian', quotes, 60, /[а-яё]{3}/i],
  ['English', quotesInEnglish, 30, /^[^а-яё]+$/i],
] as const)('clients find many different words in %s', (_, from, least, letters) => {
  const all = textsOf(from)
  expect(all.length).toBeGreaterThanOrEqual(least)
  expect(new Set(all.map((text) => text.toLowerCase())).size).toBe(all.length)
  for (const text of all) {
    expect(text).toMatch(letters)
    expect(text.length).toBeLessThan(120)
  }
})

test.each([
  ['Russian', usual, quotes, 60],
  ['English', strange, quotesInEnglish, 40],
] as const)('nobody repeats another in %s', (_, options, from, least) => {
  const all = written(demoSalon(options))
  expect(all.length).toBeGreaterThanOrEqual(least)
  expect(new Set(all).size).toBe(all.length)
  expect(textsOf(from)).toEqual(expect.arrayContaining(all))
})

test('what is suggested fits the lowest score', () => {
  for (const { answers } of walksOf(demoSalon(usual), 'survey')) {
    const { value } = answers['suggestions'] ?? {}
    const scores = Object.values((answers['recommend']?.value ?? {}) as Record<string, number | null>)
    const lowest = Math.min(...scores.map((score) => score ?? Infinity))
    const mood = lowest < 7 ? 'bad' : lowest >= 9 && lowest <= 10 ? 'good' : 'neutral'
    expect([...quotes.suggestions[mood], undefined]).toContain(value)
  }
})

test('the words fit the score and the line', () => {
  for (const { answers } of walksOf(demoSalon(usual), 'visit')) {
    const { line, recommend, why } = answers
    const score = Number(recommend?.value)
    const mood = score >= 9 ? 'good' : score >= 7 ? 'neutral' : 'bad'
    const fitting = [
      ...quotes.said[line?.value as 'hair' | 'nails' | 'cosmetology'][mood],
      ...(mood === 'bad' ? quotes.ill : []),
    ]
    const text = typeof why?.value === 'string' ? [why.value] : []
    expect(fitting).toEqual(expect.arrayContaining(text))
  }
})
