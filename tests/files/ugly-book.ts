/**
 * A salon's books as they come: every kind of dirt, drawn from a seed, and the fate of each row known because it was meant so.
 * Nothing here is read by the program's own readers.
 */
import type { VisitRecord } from '../../src/domain/visit-file/visit-record.ts'
import { createChance, type Chance } from './chance.ts'
import {
  amountCell,
  badAmounts,
  badDates,
  badPhones,
  dateCells,
  phoneCell,
  type Signs,
} from './ugly-cells.ts'

/** What must become of a row. `again`: it says of a visit what is known already. */
export type Fate =
  | { kind: 'visit'; becomes: 'added' | 'updated' | 'again'; visit: Omit<VisitRecord, 'row'> }
  | { kind: 'refused'; problems: string[] }
  | { kind: 'skipped'; why: 'empty' | 'total' | 'header' | 'notCome' }

export type UglyCell = string | number | Date

export interface UglyRow {
  number: number
  cells: UglyCell[]
  fate: Fate
}

export interface UglyBook {
  /** Titles, an empty row, and the names of the columns: the header is the last. */
  top: string[][]
  rows: UglyRow[]
  /** The visits that must be in the database in the end. */
  visits: Omit<VisitRecord, 'row'>[]
}

const columns = [
  'Дата визита',
  'Время',
  'Клиент',
  'Моб. телефон',
  'Код клиента',
  'Направление',
  'Услуга',
  'Мастер',
  'Сумма, руб.',
  'Номер записи',
  'Статус',
  'Комментарий',
]
const at = (name: string): number => columns.indexOf(name)

/** What the books call it, and what the salon's settings (lavender.ts) make of it. */
const services = [
  { words: ['женская стрижка', 'Женская  Стрижка', 'cut', "Women's haircut"], id: 'cut', line: 'hair' },
  { words: ['Маникюр с гель-лаком', 'МАНИКЮР С ГЕЛЬ ЛАКОМ', 'gel'], id: 'gel', line: 'nails' },
  { words: ['Ботокс для волос'], id: 'Ботокс для волос', line: undefined },
  { words: [''], id: undefined, line: undefined },
]
const lineWords = {
  hair: ['Парикмахерский зал', 'hair', 'ПАРИКМАХЕРСКИЙ ЗАЛ', 'Hair'],
  nails: ['Ногтевой сервис', 'nails', 'ногтевой  сервис'],
} as const
const masters = [
  { words: ['Артём Лисин', 'артем лисин', 'artem'], id: 'artem' },
  { words: ['Лена (стажёр)'], id: 'Лена (стажёр)' },
  { words: [''], id: undefined },
]
const names = ['Анна', 'Ольга "Оля" Мороз', 'Петрова; Инна', '=Мария', 'Жанна\nд’Арк', '  Ёлкина   Юлия ', '']
const emojiNames = ['Анна 💅', 'Лена 👩🏽‍🦰']

interface Known {
  visit: Omit<VisitRecord, 'row'>
  clientNumber: number
  corrected: number
}

export interface UglyOptions {
  seed: number
  rows: number
  signs: Signs
}

/** Rows that correct a visit stand so far below it that they are written apart. */
const farRows = 6000
const firstDay = Date.UTC(2020, 0, 1)
const dayMs = 86_400_000
/** Moscow's clock since 2014. */
const moscowMs = 3 * 3_600_000

export function uglyBook({ seed, rows: count, signs }: UglyOptions): UglyBook {
  const chance = createChance(seed)
  const top = [['Журнал визитов, салон «Лаванда»'], [], ['Выгружено', '26.11.2026'], columns]
  const visits: Known[] = []
  const rows: UglyRow[] = []
  const refunded = new Set<Known>()
  const lastDays = new Map<number, number>()
  const number = () => top.length + rows.length + 1
  const add = (cells: UglyCell[], fate: Fate) => rows.push({ number: number(), cells, fate })
  const write = (visit: Omit<VisitRecord, 'row'>, clientNumber: number) =>
    writeVisit(visit, clientNumber, { chance, signs })

  const newVisit = (): void => {
    const clientNumber = chance.below(Math.ceil(count / 5))
    // On the next days: nothing happens twice at one moment by chance.
    const day = (lastDays.get(clientNumber) ?? chance.below(300)) + 1 + chance.below(20)
    lastDays.set(clientNumber, day)
    const visit = drawVisit(clientNumber, day, visits.length, chance)
    visits.push({ visit, clientNumber, corrected: rows.length })
    add(write(visit, clientNumber), { kind: 'visit', becomes: 'added', visit })
  }
  const again = (): void => {
    const known = chance.of(visits)
    add(write(known.visit, known.clientNumber), { kind: 'visit', becomes: 'again', visit: known.visit })
  }
  const correction = (): void => {
    const known = chance.of(visits)
    if (rows.length - known.corrected < farRows) return again()
    const { kopecks = 0 } = known.visit
    // Another amount, of the same sign: a refund is another row.
    const visit = { ...known.visit, kopecks: kopecks < 0 ? kopecks - 100 : kopecks + 4250 }
    Object.assign(known, { visit, corrected: rows.length })
    add(write(visit, known.clientNumber), { kind: 'visit', becomes: 'updated', visit })
  }
  const refund = (): void => {
    const known = chance.of(visits)
    const { externalId: _, kopecks = 0, ...visit } = known.visit
    if (kopecks <= 0 || known.visit.externalId !== undefined) return newVisit()
    const back = { ...visit, kopecks: -kopecks }
    if (refunded.has(known)) return newVisit()
    refunded.add(known)
    visits.push({ visit: back, clientNumber: known.clientNumber, corrected: rows.length })
    add(write(back, known.clientNumber), { kind: 'visit', becomes: 'added', visit: back })
  }
  const bad = (): void => {
    const clientNumber = chance.below(1000)
    const cells = write(
      drawVisit(clientNumber, chance.below(2000), 900_000_000 + rows.length, chance),
      clientNumber,
    )
    add(cells, { kind: 'refused', problems: spoil(cells, chance) })
  }
  const noVisit = (): void => {
    const kind = chance.below(4)
    const cells = write(drawVisit(1, 5, 1, chance), 1)
    if (kind === 0)
      return void add(chance.of([[], columns.map(() => ' '), ['', '\u00A0']]), {
        kind: 'skipped',
        why: 'empty',
      })
    if (kind === 1) {
      const sums = columns.map(() => '')
      sums[chance.below(3)] = chance.of(['Итого:', 'Всего за день', 'ИТОГО'])
      sums[at('Сумма, руб.')] = '125 300,00'
      return void add(sums, { kind: 'skipped', why: 'total' })
    }
    if (kind === 2) return void add([...columns], { kind: 'skipped', why: 'header' })
    cells[at('Статус')] = chance.of(['Не пришёл', 'не пришла', 'Отменена', 'No-show'])
    add(cells, { kind: 'skipped', why: 'notCome' })
  }

  for (let one = 0; one < 50; one++) newVisit()
  while (rows.length < count) {
    const draw = chance.below(100)
    if (draw < 70) newVisit()
    else if (draw < 77) again()
    else if (draw < 82) correction()
    else if (draw < 85) refund()
    else if (draw < 95) bad()
    else noVisit()
  }
  return { top, rows, visits: visits.map(({ visit }) => visit) }
}

/** Every third client is known by phone only, every third by number only, and every third by both. */
function clientOf(clientNumber: number): VisitRecord['client'] {
  const phone = `+7912${String(clientNumber).padStart(7, '0')}`
  const externalId = `К-${clientNumber}`
  return clientNumber % 3 === 0 ? { phone } : clientNumber % 3 === 1 ? { externalId } : { externalId, phone }
}

function drawVisit(
  clientNumber: number,
  day: number,
  visitNumber: number,
  chance: Chance,
): Omit<VisitRecord, 'row'> {
  const service = chance.of(services)
  const withLine = service.line === undefined && chance.below(2) === 0
  const line = withLine ? chance.of(['hair', 'nails']) : service.line
  const master = chance.of(masters).id
  const timeKnown = chance.below(2) === 0
  const seconds = timeKnown ? 9 * 3600 + chance.below(44) * 900 : 12 * 3600
  const kopecks =
    chance.below(10) === 0
      ? undefined
      : chance.below(4) === 0
        ? chance.below(1_000_000)
        : 50_000 + 10_000 * chance.below(90)
  return {
    client: clientOf(clientNumber),
    at: firstDay + day * dayMs + seconds * 1000 - moscowMs,
    timeKnown,
    ...(line !== undefined && { line }),
    ...(service.id !== undefined && { service: service.id }),
    ...(master !== undefined && { master }),
    ...(kopecks !== undefined && { kopecks }),
    ...(chance.below(2) === 0 && { externalId: `В${visitNumber}` }),
  }
}

function writeVisit(
  visit: Omit<VisitRecord, 'row'>,
  clientNumber: number,
  { chance, signs }: { chance: Chance; signs: Signs },
): UglyCell[] {
  const cells: UglyCell[] = columns.map(() => '')
  const set = (name: string, cell: UglyCell) => (cells[at(name)] = cell)
  const { date, time } = dateCells(visit.at + moscowMs, visit.timeKnown, chance, signs)
  set('Дата визита', date)
  set('Время', time)
  const { phone, externalId } = visit.client
  if (phone !== undefined) set('Моб. телефон', phoneCell(phone, chance, signs))
  else if (chance.below(4) === 0) set('Моб. телефон', chance.of(['нет', '-', 'не указан']))
  if (externalId !== undefined) set('Код клиента', externalId)
  set('Клиент', chance.of(signs === 'cp1251' ? names : [...names, ...emojiNames]))
  const service = services.find(({ id }) => id === visit.service)
  set('Услуга', chance.of(service?.words ?? ['']))
  const told = visit.line !== undefined && (service?.line === undefined || chance.below(2) === 0)
  if (told) set('Направление', chance.of(lineWords[visit.line as keyof typeof lineWords]))
  set('Мастер', chance.of(masters.find(({ id }) => id === visit.master)?.words ?? ['']))
  set('Сумма, руб.', amountCell(visit.kopecks, chance, signs))
  if (visit.externalId !== undefined) set('Номер записи', visit.externalId)
  set('Статус', chance.of(['', 'Пришёл', 'Подтвердил', 'Ожидание']))
  set('Комментарий', clientNumber % 7 === 0 ? 'любит "чай; без сахара",\nне звонить' : '')
  return cells
}

/** Spoils one cell or several. @returns "column: reason", in the order of the reader */
function spoil(cells: UglyCell[], chance: Chance): string[] {
  const problems: [string, string][] = []
  const wanted = 1 + (chance.below(5) === 0 ? 1 + chance.below(3) : 0)
  const kinds = chance.shuffled(['date', 'client', 'line', 'amount']).slice(0, wanted)
  const put = (name: string, [cell, reason]: readonly [string, string]): void => {
    cells[at(name)] = cell
    problems.push([name, reason])
  }
  if (kinds.includes('date')) {
    if (chance.below(6) === 0) {
      cells[at('Дата визита')] = '15.03.2023'
      put('Время', [chance.of(['25:00', 'утром', '9:75']), 'timeUnreadable'])
    } else {
      put('Дата визита', chance.of(badDates))
      cells[at('Время')] = ''
    }
  }
  if (kinds.includes('client')) {
    if (chance.below(5) === 0) {
      cells[at('Код клиента')] = ''
      put('Моб. телефон', [chance.of(['', 'нет', '-']), 'noClient'])
    } else put('Моб. телефон', chance.of(badPhones))
  }
  if (kinds.includes('line'))
    put('Направление', [chance.of(['Баня', 'СПА', 'Ногти и волосы']), 'lineUnknown'])
  if (kinds.includes('amount')) put('Сумма, руб.', chance.of(badAmounts))
  return problems.map(([name, reason]) => `${name}: ${reason}`)
}
