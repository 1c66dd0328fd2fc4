import { describe, expect, test } from 'vitest'
import { chatLink } from '../../src/bots/admin/contact-words.ts'
import { showMoment, showShortDate, type Desk } from '../../src/bots/admin/desk.ts'
import { footprintWords } from '../../src/bots/admin/footprint-words.ts'
import { lines, screen } from '../../src/bots/admin/screen.ts'
import type { Language } from '../../src/domain/salon.ts'
import { createTranslator } from '../../src/locales.ts'
import { nowMs, salon } from './admin-chat.ts'

const translate = createTranslator({ dir: new URL('../../locales/', import.meta.url) })
const deskOf = (language: Language): Desk => ({
  t: translate(language),
  language,
  salon,
  now: new Date(nowMs),
})
const desk = deskOf('ru')

/** Events at these hours, one each. */
const hours = (...at: number[]) =>
  Array.from({ length: 24 }, (_, hour) => at.filter((one) => one === hour).length)

describe('the footprint in words', () => {
  test.each([
    ['too few events say nothing', hours(9, 9, 9, 9), undefined],
    ['half of them in the morning', hours(6, 7, 11, 12, 18, 0), 'Обычно пишет утром'],
    ['afternoons', hours(12, 13, 14, 15, 17), 'Обычно пишет днём'],
    ['evenings', hours(18, 19, 20, 23, 23), 'Обычно пишет вечером'],
    ['nights', hours(0, 1, 2, 3, 5), 'Обычно пишет ночью'],
    ['all over the day', hours(1, 7, 8, 13, 14, 19, 20), 'Пишет в разное время дня'],
  ])('%s', (_, eventsByHour, expected) => {
    expect(footprintWords({ eventsByHour }, desk)[0]).toBe(expected)
  })

  test.each([
    [200, 'Отвечает примерно за 1 секунду'],
    [22_000, 'Отвечает примерно за 22 секунды'],
    [59_400, 'Отвечает примерно за 59 секунд'],
    [59_600, 'Отвечает примерно за 1 минуту'],
    [25 * 60_000, 'Отвечает примерно за 25 минут'],
    [3 * 3_600_000, 'Отвечает примерно за 3 часа'],
    [23.8 * 3_600_000, 'Отвечает примерно за 1 день'],
    [5 * 24 * 3_600_000, 'Отвечает примерно за 5 дней'],
  ])('a median of %i ms: %s', (medianAnswerMs, expected) => {
    expect(footprintWords({ eventsByHour: hours(), medianAnswerMs }, desk)).toEqual([expected])
  })
})

describe('dates are the salon’s', () => {
  test.each([
    ['just now', '2026-11-20T08:59:00Z', 'сегодня в 11:59'],
    ['just after midnight in the salon, still yesterday in UTC', '2026-11-19T21:01:00Z', 'сегодня в 00:01'],
    ['just before', '2026-11-19T20:59:00Z', 'вчера в 23:59'],
    ['two days ago', '2026-11-18T09:00:00Z', '18 ноября 2026 г.'],
    ['a clock that runs ahead', '2026-11-21T09:00:00Z', '21 ноября 2026 г.'],
  ])('%s', (_, at, expected) => {
    expect(showMoment(new Date(at), desk)).toBe(expected)
  })

  test('a list names the year only where it is another one', () => {
    expect(showShortDate(new Date('2026-01-05T09:00:00Z'), deskOf('en'))).toBe('Jan 5')
    expect(showShortDate(new Date('2025-12-31T22:00:00Z'), deskOf('en'))).toBe('Jan 1')
    expect(showShortDate(new Date('2025-12-31T09:00:00Z'), deskOf('en'))).toBe('Dec 31, 2025')
  })
})

describe('a screen', () => {
  test('notes where its special words stand, in UTF-16 units', () => {
    const parts = lines([{ bold: '🆕 Анна' }], undefined, ['💬 ', { link: 'VK', url: 'https://vk.com/id1' }])
    expect(screen(parts)).toEqual({
      text: '🆕 Анна\n💬 VK',
      entities: [
        { type: 'bold', offset: 0, length: 7 },
        { type: 'text_link', offset: 11, length: 2, url: 'https://vk.com/id1' },
      ],
      keyboard: [],
    })
  })

  test('leads to a person in Telegram by a mention, which needs no username', () => {
    const mention = chatLink({ platform: 'telegram', externalId: 9001 }, desk)
    expect(screen([mention]).entities).toEqual([
      {
        type: 'text_mention',
        offset: 0,
        length: 8,
        user: { id: 9001, is_bot: false, first_name: 'Telegram' },
      },
    ])
  })
})
