import { describe, expect, test } from 'vitest'
import { ageOn, readBirthday } from '../../src/domain/birthday.ts'

const today = { day: 21, month: 11, year: 2026 }

describe('a birthday is read the way people write it', () => {
  test.each([
    ['17.04.1990', '17.4.1990'],
    ['17.4.1990', '17.4.1990'],
    ['17/04/1990', '17.4.1990'],
    ['17-04-1990', '17.4.1990'],
    ['17 04 1990', '17.4.1990'],
    ['17,04,1990', '17.4.1990'],
    ['17041990', '17.4.1990'],
    ['170490', '17.4.1990'],
    ['1990-04-17', '17.4.1990'],
    ['1990.04.17', '17.4.1990'],
    ['17.04', '17.4'],
    ['17/4', '17.4'],
    ['17 4', '17.4'],
    ['17.04.', '17.4'],
    ['  17 . 04 . 1990  ', '17.4.1990'],
    ['17.04.1990 г.', '17.4.1990'],
    ['17.04.1990г', '17.4.1990'],
    ['17 апреля', '17.4'],
    ['17 Апреля 1990', '17.4.1990'],
    ['17 апреля 1990 года', '17.4.1990'],
    ['17 апреля, 1990', '17.4.1990'],
    ['17апреля', '17.4'],
    ['17го апреля', '17.4'],
    ['17-го апреля', '17.4'],
    ['17-ое апреля', '17.4'],
    ['17 апр', '17.4'],
    ['17 апр. 90 г.', '17.4.1990'],
    ['апрель 17', '17.4'],
    ['April 17, 1990', '17.4.1990'],
    ['Apr 17th', '17.4'],
    ['17th of April', '17.4'],
    ['17 April 1990', '17.4.1990'],
    ['１７．０４．１９９０', '17.4.1990'],
  ])('%j is %s', (text, wanted) => expect(shown(text)).toBe(wanted))

  test.each([
    ['январь', 'января', 'янв', 'January', 'Jan'],
    ['февраль', 'февраля', 'фев', 'February', 'Feb'],
    ['март', 'марта', 'мар', 'March', 'Mar'],
    ['апрель', 'апреля', 'апр', 'April', 'Apr'],
    ['май', 'мая', 'май', 'May', 'may'],
    ['июнь', 'июня', 'июн', 'June', 'Jun'],
    ['июль', 'июля', 'июл', 'July', 'Jul'],
    ['август', 'августа', 'авг', 'August', 'Aug'],
    ['сентябрь', 'сентября', 'сент', 'September', 'Sept'],
    ['октябрь', 'октября', 'окт', 'October', 'Oct'],
    ['ноябрь', 'ноября', 'нояб', 'November', 'Nov'],
    ['декабрь', 'декабря', 'дек', 'December', 'Dec'],
  ])('%s is known by all its names', (...names) => {
    const months = names.map((name) => readBirthday(`3 ${name}`, today))
    expect(new Set(months.map((reading) => JSON.stringify(reading))).size).toBe(1)
    expect(months[0]).toMatchObject({ ok: true, birthday: { day: 3 } })
  })

  test('the months are the twelve of the year', () => {
    const names = ['янв', 'фев', 'мар', 'апр', 'мая', 'июн', 'июл', 'авг', 'сен', 'окт', 'ноя', 'дек']
    expect(names.map((name) => shown(`3 ${name}`))).toEqual(names.map((_, i) => `3.${i + 1}`))
  })
})

describe('two digits of a year mean the last such year', () => {
  test.each([
    ['17.04.90', '17.4.1990'],
    ['17.04.00', '17.4.2000'],
    ['17.04.12', '17.4.2012'],
    ['17.04.26', '17.4.2026'],
    ['17.04.27', '17.4.1927'],
    ['17.04.99', '17.4.1999'],
  ])('%j is %s', (text, wanted) => expect(shown(text)).toBe(wanted))
})

describe('only days that there are', () => {
  test.each([
    ['29.02', '29.2'],
    ['29.02.2000', '29.2.2000'],
    ['29.02.1996', '29.2.1996'],
    ['30.04', '30.4'],
    ['31.12.1990', '31.12.1990'],
    ['29.02.1995', 'noSuchDay'],
    ['29.02.2100', 'noSuchDay'],
    ['30.02', 'noSuchDay'],
    ['31.04', 'noSuchDay'],
    ['32 мая', 'noSuchDay'],
    ['0.01', 'noSuchDay'],
    ['17.13', 'noSuchDay'],
    ['17.00.1990', 'noSuchDay'],
    ['04/17/1990', 'noSuchDay'],
    ['99.99.9999', 'noSuchDay'],
  ])('%j is %s', (text, wanted) => expect(shown(text)).toBe(wanted))
})

describe('only years that a living person can be born in', () => {
  test.each([
    ['21.11.2026', '21.11.2026'],
    ['22.11.2026', 'future'],
    ['1 декабря 2026', 'future'],
    ['17.04.2090', 'future'],
    ['1.12.26', 'future'],
    ['17.04.1916', '17.4.1916'],
    ['17.04.1915', 'tooOld'],
    ['17.04.1066', 'tooOld'],
  ])('%j is %s', (text, wanted) => expect(shown(text)).toBe(wanted))
})

describe('what is no date is said to be none', () => {
  test.each([
    [''],
    [' '],
    ['завтра'],
    ['апрель'],
    ['17'],
    ['1990'],
    ['1704'],
    ['17 брюмера'],
    ['17 мартобря'],
    ['17 ма'],
    ['17.04.199'],
    ['17.04.19900'],
    ['не скажу'],
    ['17.04.1990 или 18.04.1990'],
    ['۱۷.۰۴.۱۹۹۰'],
    ['-17.-04'],
    ['17..04'],
    ['__proto__'],
    ['1'.repeat(4000)],
    ['🎂'],
  ])('%j', (text) => expect(shown(text)).toBe('unreadable'))
})

describe('age', () => {
  test.each([
    [{ day: 21, month: 11, year: 2000 }, 26],
    [{ day: 22, month: 11, year: 2000 }, 25],
    [{ day: 1, month: 12, year: 2000 }, 25],
    [{ day: 31, month: 10, year: 2000 }, 26],
    [{ day: 29, month: 2, year: 2008 }, 18],
    [{ day: 21, month: 11, year: 2026 }, 0],
    [{ day: 21, month: 11 }, undefined],
  ])('born %o: %s', (birthday, years) => expect(ageOn(birthday, today)).toBe(years))
})

function shown(text: string): string {
  const reading = readBirthday(text, today)
  if (!reading.ok) return reading.reason
  const { day, month, year } = reading.birthday
  return [day, month, ...(year === undefined ? [] : [year])].join('.')
}
