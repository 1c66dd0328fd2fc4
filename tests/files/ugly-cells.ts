import type { Chance } from './chance.ts'
import type { UglyCell } from './ugly-book.ts'

/** Which signs the file can hold: all of Unicode, Windows-1251's, or a book's own numbers and dates beside texts. */
export type Signs = 'unicode' | 'cp1251' | 'xlsx'

const two = (number: number): string => String(number).padStart(2, '0')

/** @param wall what the salon's clock showed, as if it were UTC, in epoch milliseconds */
export function dateCells(
  wall: number,
  timeKnown: boolean,
  chance: Chance,
  signs: Signs,
): { date: UglyCell; time: UglyCell } {
  const shown = new Date(wall)
  const [day, month, year] = [shown.getUTCDate(), shown.getUTCMonth() + 1, shown.getUTCFullYear()]
  const [hour, minute] = [shown.getUTCHours(), shown.getUTCMinutes()]
  const midnight = Date.UTC(year, month - 1, day)
  const serial = (midnight - Date.UTC(1899, 11, 30)) / 86_400_000
  const date = chance.of<() => UglyCell>([
    () => `${two(day)}.${two(month)}.${year}`,
    () => `${day}.${month}.${two(year % 100)}`,
    () => `${two(day)}.${two(month)}.${year} г.`,
    () => `${year}-${two(month)}-${two(day)}`,
    () => `${year}/${month}/${day}`,
    () => `${two(day)}/${two(month)}/${year}`,
    () => (signs === 'xlsx' ? new Date(midnight) : String(serial)),
    () => (signs === 'xlsx' ? serial : ` ${two(day)}.${two(month)}.${year} `),
  ])()
  if (!timeKnown)
    return chance.of([
      { date, time: '' },
      { date, time: '' },
      { date: `${two(day)}.${two(month)}.${year} 0:00:00`, time: '' },
    ])
  const clock = chance.of([`${hour}:${two(minute)}`, `${two(hour)}:${two(minute)}:00`])
  return chance.of<() => { date: UglyCell; time: UglyCell }>([
    () => ({
      date,
      time: chance.of([clock, `${two(hour)}.${two(minute)}`, clock.slice(0, 5).replace(/:$/, '')]),
    }),
    () => ({ date: `${two(day)}.${two(month)}.${year} ${clock}`, time: '' }),
    () => ({ date: `${two(day)}/${two(month)}/${year} ${clock}`, time: '' }),
    () => ({ date: `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:00+03:00`, time: '' }),
    () => ({ date: new Date(wall - 3 * 3_600_000).toISOString(), time: '' }),
    () =>
      signs === 'xlsx'
        ? { date: new Date(wall), time: '' }
        : { date: String(serial + (wall - midnight) / 86_400_000), time: '' },
  ])()
}

/** @param phone +79121234567 */
export function phoneCell(phone: string, chance: Chance, signs: Signs): UglyCell {
  const d = phone.slice(2)
  const parted = `${d.slice(3, 6)}-${d.slice(6, 8)}-${d.slice(8)}`
  return chance.of<UglyCell>([
    phone,
    `8${d}`,
    signs === 'xlsx' ? Number(`7${d}`) : `7${d}`,
    d,
    `8 (${d.slice(0, 3)}) ${parted}`,
    `+7 ${d.slice(0, 3)} ${d.slice(3, 6)} ${d.slice(6)}`,
    `8-${d.slice(0, 3)}-${parted}`,
    `8(4932)301212, 8${d}`,
    `тел. 8${d} (мама)`,
  ])
}

const grouped = (whole: number, sign: string): string => String(whole).replaceAll(/\B(?=(\d{3})+$)/g, sign)

export function amountCell(kopecks: number | undefined, chance: Chance, signs: Signs): UglyCell {
  if (kopecks === undefined) return chance.of(['', '-', 'бесплатно'])
  const [whole, rest] = [Math.floor(Math.abs(kopecks) / 100), two(Math.abs(kopecks) % 100)]
  if (signs === 'xlsx' && chance.below(2) === 0) return kopecks / 100
  const rouble = signs === 'cp1251' ? 'руб.' : '₽'
  const written = chance.of([
    `${whole},${rest}`,
    `${whole}.${rest}`,
    `${grouped(whole, ' ')},${rest}`,
    `${grouped(whole, '\u00A0')},${rest} ${rouble}`,
    `${grouped(whole, ',')}.${rest}`,
    `${grouped(whole, '.')},${rest}`,
    ...(rest === '00' ? [String(whole), `${grouped(whole, ' ')} р.`] : []),
  ])
  if (kopecks >= 0) return written
  return chance.of([`-${written}`, `(${written})`, ...(signs === 'cp1251' ? [] : [`−${written}`])])
}

export const badDates = [
  ['31.02.2023', 'dateNotReal'],
  ['29.02.2023', 'dateNotReal'],
  ['2023-13-01', 'dateNotReal'],
  ['позавчера', 'dateUnreadable'],
  ['15.03', 'dateUnreadable'],
  ['', 'dateEmpty'],
  ['01.01.2099', 'dateFuture'],
  ['12.12.1985', 'dateTooOld'],
] as const

export const badPhones = [
  ['12345', 'phoneUnreadable'],
  ['спросить', 'phoneUnreadable'],
  ['7,9123E+10', 'phoneShortened'],
  ['7.91235E+10', 'phoneShortened'],
  ['8 912 345 67', 'phoneImpossible'],
] as const

/** Commas and dots stand before kopecks elsewhere in the column, so "1,500" can't be read. */
export const badAmounts = [
  ['много', 'amountUnreadable'],
  ['15 00', 'amountUnreadable'],
  ['500 $', 'amountUnreadable'],
  ['1500.505', 'amountTooFine'],
  ['1,500', 'amountAmbiguous'],
  ['2.500', 'amountAmbiguous'],
  ['79123456789', 'amountTooLarge'],
] as const
