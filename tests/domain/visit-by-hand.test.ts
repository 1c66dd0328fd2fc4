/** What an admin types or leaves to the program when a visit is written down. */
import { describe, expect, test } from 'vitest'
import { readMoney, showMoney } from '../../src/domain/money.ts'
import type { Salon } from '../../src/domain/salon.ts'
import { readVisitDay } from '../../src/domain/visit-day.ts'
import { visitDefaults, type FormerVisit, type VisitDetails } from '../../src/domain/visit-defaults.ts'
import { readVisitor } from '../../src/domain/visitor.ts'

describe('an amount', () => {
  test.each([
    ['1500', 150_000],
    ['0', 0],
    ['1 500,50', 150_050],
    ['1\u00A0500', 150_000],
    ['1500.5', 150_050],
    ['1.500', 150_000],
    ['1,500', 150_000],
    ['12 345 678', undefined],
    ['1500 ₽', 150_000],
    ['1500р', 150_000],
    ['2000 руб.', 200_000],
    ['500 рублей', 50_000],
    ['₽300', 30_000],
    ['1500,505', undefined],
    ['15 00', undefined],
    ['-500', undefined],
    ['15оо', undefined],
    ['', undefined],
    ['10000000', 1_000_000_000],
    ['10000001', undefined],
  ])('%j is %s kopecks', (text, kopecks) => {
    expect(readMoney(text)).toBe(kopecks)
  })

  test.each([
    [130_000, '1 300 ₽', '₽1,300'],
    [150_050, '1 500,50 ₽', '₽1,500.50'],
    [0, '0 ₽', '₽0'],
    [-50_000, '-500 ₽', '-₽500'],
  ])('of %s kopecks is shown as %s', (kopecks, russian, english) => {
    expect(showMoney(kopecks, 'ru').replaceAll('\u00A0', ' ')).toBe(russian)
    expect(showMoney(kopecks, 'en')).toBe(english)
    expect(readMoney(showMoney(Math.abs(kopecks), 'ru'))).toBe(Math.abs(kopecks))
  })
})

describe('a day', () => {
  test.each([
    ['сегодня', '2026-11-20'],
    ['Вчера', '2026-11-19'],
    ['позавчера', '2026-11-18'],
    ['17.04', '2026-04-17'],
    ['20.11', '2026-11-20'],
    ['21.11', '2025-11-21'],
    ['17 апреля', '2026-04-17'],
    ['17.04.25', '2025-04-17'],
    ['2024-02-29', '2024-02-29'],
    ['29.02', '2024-02-29'],
    ['31.02', 'noSuchDay'],
    ['21.11.2026', 'future'],
    ['17.04.1800', 'noSuchDay'],
    ['скоро', 'unreadable'],
    ['toString', 'unreadable'],
  ])('%j is %s', (text, said) => {
    const reading = readVisitDay(text, Temporal.PlainDate.from('2026-11-20'))
    expect(reading.ok ? reading.day.toString() : reading.reason).toBe(said)
  })
})

describe('a new client', () => {
  const maria = { name: 'Мария Петрова', phone: '+79161234567' }
  test.each([
    ['Мария Петрова 8 916 123-45-67', maria],
    ['+7 (916) 123 45 67, Мария  Петрова', maria],
    ['Мария Петрова\n9161234567', maria],
    ['Zoe +49 151 99988877', { name: 'Zoe', phone: '+4915199988877' }],
    ['Мария', 'noPhone'],
    ['Мария 2', 'noPhone'],
    ['Мария 12345', 'badPhone'],
    ['89161234567', 'noName'],
    [`${'я'.repeat(61)} 89161234567`, 'longName'],
  ])('%j', (text, said) => {
    const reading = readVisitor(text)
    expect(reading.ok ? reading.visitor : reading.reason).toEqual(said)
  })
})

describe('what a visit most likely was', () => {
  const named = (id: string) => ({ id, name: { ru: id } })
  const salon: Pick<Salon, 'lines' | 'masters'> = {
    lines: [
      {
        ...named('nails'),
        services: [
          { ...named('manicure'), priceKopecks: 130_000 },
          { ...named('gel'), priceKopecks: 220_000 },
        ],
      },
      { ...named('hair'), services: [{ ...named('cut'), priceKopecks: 190_000 }] },
      { ...named('spa'), services: [] },
    ],
    masters: [
      { ...named('olga'), lines: ['nails'] },
      { ...named('dasha'), lines: ['nails', 'hair'] },
    ],
  }
  const gel = { line: 'nails', service: 'gel', master: 'dasha', kopecks: 200_000 }
  const manicure = { line: 'nails', service: 'manicure', master: 'olga', kopecks: 100_000 }
  const cases: [string, string, FormerVisit[], string | undefined, VisitDetails][] = [
    [
      'the line’s first service at its price',
      'nails',
      [],
      undefined,
      { service: 'manicure', kopecks: 130_000 },
    ],
    ['and the wished master', 'nails', [], 'olga', { service: 'manicure', kopecks: 130_000, master: 'olga' }],
    ['nobody in particular for "any"', 'nails', [], 'any', { service: 'manicure', kopecks: 130_000 }],
    ['the line’s only master', 'hair', [], 'olga', { service: 'cut', kopecks: 190_000, master: 'dasha' }],
    [
      'the usual service at today’s price, by the usual master, whoever was wished for',
      'nails',
      [manicure, gel, gel],
      'olga',
      { service: 'gel', kopecks: 220_000, master: 'dasha' },
    ],
    [
      'of two as usual ones the newer',
      'nails',
      [manicure, gel],
      undefined,
      { service: 'manicure', kopecks: 130_000, master: 'olga' },
    ],
    [
      'not what was done in another line, nor a refund',
      'hair',
      [gel, { ...gel, line: 'hair', kopecks: -1 }],
      undefined,
      { service: 'cut', kopecks: 190_000, master: 'dasha' },
    ],
    [
      'a service that only the books know costs what it last cost; a master who has left does not come back',
      'nails',
      [
        { line: 'nails', service: 'Дизайн', master: 'gone' },
        { line: 'nails', service: 'Дизайн', kopecks: 70_000 },
      ],
      undefined,
      { service: 'Дизайн', kopecks: 70_000 },
    ],
    ['nothing where the settings say nothing', 'spa', [], undefined, {}],
  ]
  test.each(cases)('is %s', (_, line, former, wished, said) => {
    expect(visitDefaults(line, former, wished, salon)).toEqual(said)
  })
})
