import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layout, telegramLimits, vkLimits } from '../../src/bots/layout.ts'
import type { Button, ButtonGroup } from '../../src/flows/conversation.ts'

const button = (label: string): Button => ({ label, value: `d.q=${label}` })
const scale = (from: number, to: number): ButtonGroup => ({
  kind: 'scale',
  buttons: Array.from({ length: to - from + 1 }, (_, index) => button(String(from + index))),
})
const options = (...labels: string[]): ButtonGroup => ({ kind: 'options', buttons: labels.map(button) })
const controls = (...labels: string[]): ButtonGroup => ({ kind: 'controls', buttons: labels.map(button) })
const drawn = (rows: Button[][]) => rows.map((row) => row.map(({ label }) => label).join(' | '))

const label = fc.oneof(
  fc.string({ minLength: 1, maxLength: 60 }),
  fc.string({ minLength: 1, maxLength: 25, unit: 'grapheme' }),
)
const anyButton: fc.Arbitrary<Button> = fc
  .tuple(label, fc.uuid(), fc.option(fc.webUrl(), { freq: 10, nil: undefined }))
  .map(([text, value, link]) => ({ label: text, value, ...(link === undefined ? {} : { link }) }))
const groupsOf = (answers: number) =>
  fc
    .tuple(
      fc.array(anyButton, { maxLength: answers }),
      fc.array(anyButton, { maxLength: 6 }),
      fc.boolean(),
      fc.boolean(),
    )
    .map(([answersOf, controlsOf, isScale, twoGroups]): ButtonGroup[] => {
      const half = Math.floor(answersOf.length / 2)
      const first = {
        kind: isScale ? ('scale' as const) : ('options' as const),
        buttons: answersOf.slice(0, half),
      }
      const rest = { kind: 'options' as const, buttons: answersOf.slice(half) }
      const whole = { kind: first.kind, buttons: answersOf }
      return [...(twoGroups ? [first, rest] : [whole]), { kind: 'controls', buttons: controlsOf }]
    })

describe.each([
  ['Telegram', telegramLimits],
  ['VK', vkLimits],
])('on %s, whatever a card asks for', (_, limits) => {
  test('no limit is broken, no answer is lost, and controls go from the last one on', () => {
    fc.assert(
      fc.property(groupsOf(10), (groups) => {
        const rows = layout(groups, limits)
        expect(rows.length).toBeLessThanOrEqual(limits.rows)
        expect(rows.flat().length).toBeLessThanOrEqual(limits.buttons)
        for (const row of rows) {
          expect(row.length).toBeGreaterThan(0)
          expect(row.length).toBeLessThanOrEqual(limits.perRow)
          for (const { label: shown } of row) expect(shown.length).toBeLessThanOrEqual(limits.labelLength)
        }
        const shown = rows.flat().map(({ value }) => value)
        const answers = groups.filter(({ kind }) => kind !== 'controls').flatMap(({ buttons }) => buttons)
        const asked = groups.filter(({ kind }) => kind === 'controls').flatMap(({ buttons }) => buttons)
        expect(shown.slice(0, answers.length)).toEqual(answers.map(({ value }) => value))
        expect(shown.slice(answers.length)).toEqual(
          asked.slice(0, shown.length - answers.length).map(({ value }) => value),
        )
      }),
    )
  })
})

test('a scale of 1-7 is one row in Telegram and two in VK', () => {
  expect(drawn(layout([scale(1, 7)], telegramLimits))).toEqual(['1 | 2 | 3 | 4 | 5 | 6 | 7'])
  expect(drawn(layout([scale(1, 7)], vkLimits))).toEqual(['1 | 2 | 3 | 4', '5 | 6 | 7'])
})

test('a scale of 1-10 is two rows of five on both', () => {
  for (const limits of [telegramLimits, vkLimits]) {
    expect(drawn(layout([scale(1, 10)], limits))).toEqual(['1 | 2 | 3 | 4 | 5', '6 | 7 | 8 | 9 | 10'])
  }
})

test('short options share a row, long ones have their own', () => {
  expect(drawn(layout([options('Да', 'Нет', 'Пока не могу ответить')], telegramLimits))).toEqual([
    'Да | Нет',
    'Пока не могу ответить',
  ])
})

test('options move closer together before a control is left out', () => {
  const services = [
    'Окрашивание волос',
    'Маникюр и педикюр',
    'Брови и ресницы',
    'Уход за лицом',
    'Макияж',
    'Массаж лица',
  ]
  const rows = layout(
    [options(...services, 'Солярий и загар вместе'), controls('← Назад', 'Пропустить')],
    vkLimits,
  )
  expect(drawn(rows)).toContain('← Назад | Пропустить')
  expect(rows.length).toBeLessThanOrEqual(6)
})

test('where there is no room for controls they are left out from the last one on', () => {
  expect(drawn(layout([scale(1, 8), controls('Не знаю', '← Назад', 'Не сейчас')], vkLimits))).toEqual([
    '1 | 2 | 3 | 4',
    '5 | 6 | 7 | 8',
    'Не знаю | ← Назад',
  ])
  expect(drawn(layout([scale(1, 10), controls('← Назад')], vkLimits))).toEqual([
    '1 | 2 | 3 | 4 | 5',
    '6 | 7 | 8 | 9 | 10',
  ])
})

test('a long label ends with an ellipsis and never inside an emoji', () => {
  const long = `${'я'.repeat(36)}👩‍🎨 и ещё`
  const shown = layout([options(long)], vkLimits)[0]?.[0]
  expect(shown?.label).toBe(`${'я'.repeat(36)}…`)
  expect(shown?.value).toBe(`d.q=${long}`)
})

test('answers that cannot fit are an error that says what to do', () => {
  const many = options(...Array.from({ length: 11 }, (_, index) => `Мастер ${index}`))
  expect(() => layout([many], vkLimits)).toThrow(
    '11 answers, the platform has room for 10 buttons in 6 rows of 5',
  )
})

test('a card without buttons has no rows', () => {
  expect(layout([], vkLimits)).toEqual([])
  expect(
    layout(
      [
        { kind: 'options', buttons: [] },
        { kind: 'scale', buttons: [] },
      ],
      vkLimits,
    ),
  ).toEqual([])
})
