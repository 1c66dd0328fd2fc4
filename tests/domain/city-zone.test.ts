import { describe, expect, test } from 'vitest'
import { zoneOfCity } from '../../src/domain/city-zone.ts'

/** Hours before Greenwich, as the city's people count them in 2026. */
const offsetOf = (city: string): number => {
  const zone = zoneOfCity(city)
  if (zone === undefined) throw new Error(`${city} is not known`)
  return Temporal.ZonedDateTime.from(`2026-11-26T12:00[${zone}]`).offsetNanoseconds / 3600e9
}

describe('the zone of a city', () => {
  test.each([
    ['Калининград', 2],
    ['Москва', 3],
    ['Волгоград', 3],
    ['Санкт-Петербург', 3],
    ['Самара', 4],
    ['Саратов', 4],
    ['Ижевск', 4],
    ['Екатеринбург', 5],
    ['Пермь', 5],
    ['Омск', 6],
    ['Новосибирск', 7],
    ['Кемерово', 7],
    ['Красноярск', 7],
    ['Иркутск', 8],
    ['Улан-Удэ', 8],
    ['Чита', 9],
    ['Благовещенск', 9],
    ['Комсомольск-на-Амуре', 10],
    ['Южно-Сахалинск', 11],
    ['Петропавловск-Камчатский', 12],
    ['Минск', 3],
    ['Алматы', 5],
  ])('%s: %i', (city, hours) => expect(offsetOf(city)).toBe(hours))

  test.each([
    ['Орел', 'Europe/Moscow'],
    [' нижний  новгород ', 'Europe/Moscow'],
    ['Королёв', 'Europe/Moscow'],
    ['Yekaterinburg', 'Asia/Yekaterinburg'],
  ])('%s is found however it is spelled', (city, zone) => expect(zoneOfCity(city)).toBe(zone))

  test.each(['Урюпинск', '', 'Мос'])('nothing is guessed of "%s"', (city) =>
    expect(zoneOfCity(city)).toBeUndefined(),
  )
})
