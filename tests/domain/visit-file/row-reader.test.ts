import { describe, expect, test } from 'vitest'

import { findLayout, type BookRow, type Layout } from '../../../src/domain/visit-file/layout.ts'
import { createRowReader, type RowReading } from '../../../src/domain/visit-file/row-reader.ts'
import { standaloneCells } from '../../../src/domain/visit-file/standalone-cells.ts'
import { lavender, now } from './lavender.ts'

const cellsOf = (line: string): string[] => line.split('|').map((cell) => cell.trim())

const header = 'Дата|Время|Телефон|Код клиента|Имя|Направление|Услуга|Сумма|Мастер|Номер записи|Статус'

function layoutOf(names: string): Layout {
  const found = findLayout([{ number: 1, cells: cellsOf(names) }])
  if (!found.ok) throw new Error(found.reason)
  return found.layout
}

function read(line: string, changes: Partial<Layout> = {}, names = header): RowReading {
  const layout = { ...layoutOf(names), ...changes }
  const row: BookRow = { number: 7, cells: cellsOf(line) }
  return createRowReader({ salon: lavender, layout, now })(row)
}

const visit = (line: string, changes?: Partial<Layout>) => {
  const reading = read(line, changes)
  return reading.kind === 'visit' ? reading.visit : reading
}

const problems = (line: string, changes?: Partial<Layout>) => {
  const reading = read(line, changes)
  if (reading.kind !== 'refused') return reading
  return reading.problems.map(
    ({ column, value, reason }) => `${column}|${value}|${reason.replace('visitFile.reason.', '')}`,
  )
}

describe('a row', () => {
  test("becomes a visit, in the salon's own words where they are known", () => {
    expect(
      visit(
        '15.03.2024|14:30|8 912 345-67-89|к-17|Анна  💅|парикмахерский  ЗАЛ|женская стрижка|1 500,50|артем лисин|9001|пришёл',
      ),
    ).toEqual({
      row: 7,
      client: { externalId: 'к-17', phone: '+79123456789', name: 'Анна 💅' },
      at: Date.UTC(2024, 2, 15, 11, 30),
      timeKnown: true,
      line: 'hair',
      service: 'cut',
      master: 'artem',
      kopecks: 150_050,
      externalId: '9001',
    })
  })

  test('without anything beside a day and a client is one, too; its hour is noon', () => {
    expect(visit('15.03.2024|||17')).toEqual({
      row: 7,
      client: { externalId: '17' },
      at: Date.UTC(2024, 2, 15, 9),
      timeKnown: false,
    })
  })

  test.each([
    ['the line of a service is known', '||||||Gel manicure', { line: 'nails', service: 'gel' }],
    [
      'a service that two lines have belongs to the line that is told',
      '|||||Hair|уход',
      { line: 'hair', service: 'hair-care' },
    ],
    ['and to none where no line is told', '||||||уход', { service: 'уход' }],
    [
      'a service of another line keeps its name',
      '|||||nails|Женская стрижка',
      { line: 'nails', service: 'Женская стрижка' },
    ],
    [
      'what the salon does not know is as the books call it',
      '||||||Ботокс для  волос||Лена',
      { service: 'Ботокс для волос', master: 'Лена' },
    ],
    ['a refund is below zero', '|||||||(1 500)', { kopecks: -150_000 }],
  ])('%s', (_, line, expected) => {
    const cells = cellsOf(line)
    cells[0] = '15.03.2024'
    cells[3] = '17'
    const {
      row: __,
      client: ___,
      at: ____,
      timeKnown: _____,
      ...rest
    } = visit(cells.join('|')) as unknown as Record<string, unknown>
    expect(rest).toEqual(expected)
  })

  test('a long list of services is cut, a long number is refused', () => {
    expect(
      (visit(`15.03.2024|||17|||${'Маникюр, '.repeat(50)}`) as { service: string }).service,
    ).toHaveLength(200)
    expect(problems(`15.03.2024|||${'7'.repeat(101)}`)).toEqual([`Код клиента|${'7'.repeat(101)}|tooLong`])
  })

  test('all of its problems are told', () => {
    expect(problems('31.02.2024|25:00|123||Анна|Баня||abc')).toEqual([
      'Дата|31.02.2024|dateNotReal',
      'Телефон|123|phoneUnreadable',
      'Направление|Баня|lineUnknown',
      'Сумма|abc|amountUnreadable',
    ])
    const reading = read('15.03.2024||89123456789|||Баня')
    expect(reading).toMatchObject({
      problems: [{ params: { lines: 'Ногтевой сервис, Парикмахерский зал' } }],
    })
  })

  test.each([
    ['nobody is named', '15.03.2024||||Анна', 'Телефон||noClient'],
    ['the phone is none', '15.03.2024||нет', 'Телефон|нет|noClient'],
    ['a phone is wrong, though the number is right', '15.03.2024||123|17', 'Телефон|123|phoneUnreadable'],
    ['the date is missing', '||89123456789', 'Дата||dateEmpty'],
    ['the time is none', '15.03.2024|утром|89123456789', 'Время|утром|timeUnreadable'],
    ['the day is yet to come', '27.11.2026||89123456789', 'Дата|27.11.2026|dateFuture'],
    ['the hour is yet to come', '26.11.2026|12:01|89123456789', 'Дата|26.11.2026|dateFuture'],
    [
      'the instant is yet to come',
      '2026-11-26T09:00:01Z||89123456789',
      'Дата|2026-11-26T09:00:01Z|dateFuture',
    ],
    ['it was before 1990', '31.12.1989||89123456789', 'Дата|31.12.1989|dateTooOld'],
    ['the date can be read in two ways', '03/04/2024||89123456789', 'Дата|03/04/2024|dateAmbiguous'],
  ])('is refused where %s', (_, line, problem) => expect(problems(line)).toEqual([problem]))

  test.each([
    ['empty', '|||  |\u00A0|', 'empty'],
    ['a total', 'Итого:|||||||150 000', 'total'],
    ['a total further right', '|||||Всего за март||150 000', 'total'],
    ['the header once more', header, 'header'],
    ['a visit that was not', '15.03.2024||89123456789|||||||| Не пришёл', 'notCome'],
    ['a visit that was cancelled', '15.03.2024||89123456789||||||||Отменена клиентом', 'notCome'],
  ])('is skipped that is %s', (_, line, why) => expect(read(line)).toEqual({ kind: 'skipped', why }))

  test('of somebody is no total, though its date is wrong', () => {
    expect(problems('вчера||89123456789||Всего доброго')).toEqual(['Дата|вчера|dateUnreadable'])
  })

  test('with a date is no total, whatever else it says', () => {
    expect(read('15.03.2024||89123456789|||||||| Итого').kind).toBe('visit')
  })
})

describe('when it was', () => {
  const at = (date: string, time = '') => {
    const reading = read(`${date}|${time}|89123456789`)
    if (reading.kind !== 'visit') return reading
    return `${new Date(reading.visit.at).toISOString()}${reading.visit.timeKnown ? '' : ' (day)'}`
  }
  test.each([
    ['15.03.2024', '', '2024-03-15T09:00:00.000Z (day)'],
    ['15.03.2024 00:00:00', '', '2024-03-15T09:00:00.000Z (day)'],
    ['2024-03-14T21:00:00Z', '', '2024-03-15T09:00:00.000Z (day)'],
    ['15.03.2024', '0:00', '2024-03-15T09:00:00.000Z (day)'],
    ['15.03.2024', '-', '2024-03-15T09:00:00.000Z (day)'],
    ['15.03.2024', '30.12.1899 14:30:00', '2024-03-15T11:30:00.000Z'],
    ['15.03.2024 10:00', '14:30', '2024-03-15T11:30:00.000Z'],
    ['15.03.2024 10:00', '', '2024-03-15T07:00:00.000Z'],
    ['2024-03-15T10:00:00+05:00', '', '2024-03-15T05:00:00.000Z'],
    // Moscow's clock: summer time until 2010, four hours from 2011 to 2014.
    ['15.07.2010 12:00', '', '2010-07-15T08:00:00.000Z'],
    ['28.03.2010 02:30', '', '2010-03-27T23:30:00.000Z'],
    ['15.01.2012 12:00', '', '2012-01-15T08:00:00.000Z'],
    ['26.11.2026', '', '2026-11-26T09:00:00.000Z (day)'],
    ['26.11.2026 12:00', '', '2026-11-26T09:00:00.000Z'],
  ])('%s %s is %s', (date, time, expected) => expect(at(date, time)).toBe(expected))
})

test('amounts in kopecks are taken as they are', () => {
  expect(visit('15.03.2024|||17||||150050', { kopecks: true })).toMatchObject({ kopecks: 150_050 })
})

test('what the whole column told is written so that it can be read alone', () => {
  const row: BookRow = { number: 7, cells: cellsOf('03/04/2024 14:30||+79123456789|||||(1,500)') }
  const layout: Layout = { ...layoutOf(header), dateOrder: 'dayFirst', thousands: [','] }
  const alone = standaloneCells(row, layout)
  expect(alone.slice(0, 8)).toEqual(['03.04.2024 14:30', '', '+79123456789', '', '', '', '', '-1500'])
  expect(alone).toHaveLength(11)
  const unclear: Layout = { ...layout, dateOrder: 'unclear', thousands: [] }
  expect(standaloneCells(row, unclear).slice(0, 8)).toEqual(row.cells)
  const together = createRowReader({ salon: lavender, layout, now })(row)
  const readAlone = createRowReader({ salon: lavender, layout: unclear, now })({ ...row, cells: alone })
  expect(readAlone).toEqual(together)
  expect(together.kind).toBe('visit')
})
