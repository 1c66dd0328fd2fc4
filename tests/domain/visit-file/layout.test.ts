import { describe, expect, test } from 'vitest'

import { readColumnChoice } from '../../../src/domain/visit-file/column-choices.ts'
import {
  findLayout,
  missingFrom,
  type BookRow,
  type ColumnChoices,
} from '../../../src/domain/visit-file/layout.ts'
import { recognizeColumns } from '../../../src/domain/visit-file/recognize-columns.ts'
import { createTranslator } from '../../../src/locales.ts'

/** "date: 1" with columns counted from 0, by the header's cells between bars. */
function columnsOf(header: string, ...rows: string[]): Record<string, string> {
  const cells = (line: string) => line.split('|').map((cell) => cell.trim())
  const { columns } = recognizeColumns(cells(header), rows.map(cells))
  return Object.fromEntries(
    Object.entries(columns).map(([meaning, at]) => [meaning, cells(header)[at] ?? '']),
  )
}

describe('columns are known by their names', () => {
  test('of a booking program', () => {
    expect(
      columnsOf('Дата визита|Время|Клиент|Телефон|Услуги|Сотрудник|Статус|Стоимость|Оплачено|Комментарий'),
    ).toEqual({
      date: 'Дата визита',
      time: 'Время',
      name: 'Клиент',
      phone: 'Телефон',
      service: 'Услуги',
      master: 'Сотрудник',
      status: 'Статус',
      amount: 'Оплачено',
    })
  })

  test('of another one, with numbers and dates that are none of the visit', () => {
    expect(
      columnsOf(
        'ID записи|Дата создания|Дата записи|ID клиента|Имя|Дата рождения|Номер телефона|Категория услуги|Итого (₽)',
      ),
    ).toEqual({
      visitId: 'ID записи',
      date: 'Дата записи',
      clientId: 'ID клиента',
      name: 'Имя',
      phone: 'Номер телефона',
      line: 'Категория услуги',
      amount: 'Итого (₽)',
    })
  })

  test.each([
    ['Сумма, руб.', 'amount'],
    ['СТОИМОСТЬ УСЛУГ (РУБ)', 'amount'],
    ['моб. тел.', 'phone'],
    ['№ карты', 'clientId'],
    ['Номер визита', 'visitId'],
    ['Ф.И.О.', 'name'],
    ['Дата приёма', 'date'],
    ['Отдел', 'line'],
    ['Специалист', 'master'],
    ['visitDate', 'date'],
    ['Client Phone', 'phone'],
    ['customer_id', 'clientId'],
    ['order_value', 'amount'],
    ['Дата последнего визита', undefined],
    ['Сумма скидки', undefined],
    ['Телефон мастера', undefined],
    ['№ п/п', undefined],
    ['№', undefined],
    ['Что не так', undefined],
    ['What is wrong', undefined],
  ])('"%s" is %s', (name, meaning) => {
    expect(Object.keys(columnsOf(name))).toEqual(meaning === undefined ? [] : [meaning])
  })

  test('of two that claim one meaning the better name is taken, and of equals the left one', () => {
    expect(columnsOf('Цена|Сумма|Оплачено|Сумма')).toEqual({ amount: 'Оплачено' })
    expect(recognizeColumns(['Цена', 'Сумма', 'Сумма']).columns).toEqual({ amount: 1 })
    expect(recognizeColumns(['Цена', 'Сумма', 'Сумма']).rivals).toEqual([
      { meaning: 'amount', position: 2 },
      { meaning: 'amount', position: 0 },
    ])
  })

  test('"client" is what its cells are', () => {
    expect(columnsOf('client|date', '8 912 345-67-89|1', '79123456789|1')).toMatchObject({ phone: 'client' })
    expect(columnsOf('client|date', 'C-17|1', '23|1')).toMatchObject({ clientId: 'client' })
    expect(columnsOf('client|date', 'Анна|1', 'Оля 2|1')).toMatchObject({ name: 'client' })
  })

  test('"id" is the visit\'s, or the client\'s where nothing else is', () => {
    expect(columnsOf('id|phone|date')).toMatchObject({ visitId: 'id' })
    expect(columnsOf('id|date|amount')).toMatchObject({ clientId: 'id' })
  })

  test('a payment that is only how it was paid is no amount', () => {
    expect(columnsOf('Дата|Оплата|Сумма', '1|карта|500', '2|наличные|300')).toMatchObject({ amount: 'Сумма' })
  })

  test('amounts in kopecks are known by the unit', () => {
    expect(recognizeColumns(['Сумма, коп.']).kopecks).toBe(true)
    expect(recognizeColumns(['amount_kopecks', 'Сумма, руб.'])).toMatchObject({
      columns: { amount: 1 },
      kopecks: false,
    })
  })
})

const rowsOf = (...lines: string[]): BookRow[] =>
  lines.map((line, at) => ({ number: at + 1, cells: line.split('|').map((cell) => cell.trim()) }))

const found = (rows: BookRow[], choices?: ColumnChoices) => {
  const layout = findLayout(rows, choices)
  if (!layout.ok) return layout.reason
  const { headerRow, columns, names } = layout.layout
  return { headerRow, columns, names, missing: missingFrom(layout.layout) }
}

describe('the header', () => {
  test('is found below titles and empty lines', () => {
    const rows = rowsOf('Визиты за март||', '||', 'Дата|Телефон|', '01.03.2024|89123456789|')
    expect(found(rows)).toEqual({
      headerRow: 3,
      columns: { date: 0, phone: 1 },
      names: ['Дата', 'Телефон', 'C'],
      missing: [],
    })
  })

  test.each([
    ['nothing', rowsOf('', '|'), 'empty'],
    ['rows only', rowsOf('01.03.2024|89123456789', '02.03.2024|89123456780'), 'header'],
    ['one known word above rows', rowsOf('Визиты: дата', '02.03.2024|89123456780'), 'header'],
  ])('of a file with %s is not made up', (_, rows, reason) => expect(found(rows)).toBe(reason))

  test('tells what is missing', () => {
    expect(found(rowsOf('Имя|Услуга'))).toMatchObject({ missing: ['date', 'client'] })
    expect(found(rowsOf('Дата|Имя', '01.03.2024|Анна'))).toMatchObject({ missing: ['client'] })
  })
})

describe('a person', () => {
  test('says which column is what, by name or letter', () => {
    const rows = rowsOf('Когда приходила|Кто|Дата', '01.03.2024|89123456789|x')
    expect(found(rows, { date: 'когда ПРИХОДИЛА', phone: 'B' })).toMatchObject({
      columns: { date: 0, phone: 1 },
    })
  })

  test('takes a meaning away from a column by giving it another, or none', () => {
    const rows = rowsOf('Дата|Телефон|Сумма|Цена', '01.03.2024|89123456789|500|600')
    expect(found(rows, { clientId: 'Телефон', amount: '' })).toMatchObject({
      columns: { date: 0, clientId: 1 },
    })
  })

  test('names columns of a file without a header by their letters', () => {
    const rows = rowsOf('01.03.2024|89123456789|500')
    expect(found(rows, { date: 'a', phone: 'B' })).toMatchObject({
      headerRow: 0,
      names: ['A', 'B', 'C'],
      columns: { date: 0, phone: 1 },
    })
  })

  test('who names a column that is not there is told so', () => {
    expect(findLayout(rowsOf('Дата|Телефон'), { amount: 'Деньги' })).toEqual({
      ok: false,
      reason: 'column',
      column: 'Деньги',
      names: ['Дата', 'Телефон'],
    })
  })

  const t = createTranslator({ dir: new URL('../../../locales/', import.meta.url) })('ru')
  test.each([
    ['дата=Дата записи', { date: 'Дата записи' }],
    ['date=Дата = запись', { date: 'Дата = запись' }],
    ['Номер клиента=Карта', { clientId: 'Карта' }],
    ['сумма=', { amount: '' }],
    ['чепуха=Дата', undefined],
    ['дата', undefined],
  ])('may write %s', (choice, read) => expect(readColumnChoice(choice, t)).toEqual(read))
})
