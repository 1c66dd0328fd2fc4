import { describe, expect, test } from 'vitest'
import { posterSvg, surveyPoster } from '../../src/reports/poster.ts'
import type { Poster } from '../../src/reports/poster.ts'
import { chunks, pixelsOf } from './pixels.ts'
import { readQr } from './read-qr.ts'
import { placesOf, translate, wordsOf } from './words.ts'

const t = translate('ru')
const telegramLink = 'https://t.me/lavanda_ivanovo_bot?start=survey'
const vkLink = 'https://vk.me/lavanda_ivanovo?ref=survey'
const poster: Poster = {
  salonName: 'Центр красоты «Лаванда»',
  telegramLink,
  vkLink,
  reward: 'парафиновый массаж рук',
}

test('the poster asks, names both messengers with their addresses, and promises the reward', () => {
  expect(wordsOf(posterSvg(poster, t)).join(' | ')).toBe(
    [
      'Центр красоты «Лаванда» | Как вам у нас?',
      'Наведите камеру телефона на | код и ответьте на несколько | вопросов. Это пара минут.',
      'Telegram | t.me/lavanda_ivanovo_bot',
      'ВКонтакте | vk.me/lavanda_ivanovo',
      'В благодарность: | парафиновый массаж рук',
    ].join(' | '),
  )
})

test('both QR codes lead to the survey', async () => {
  const png = await surveyPoster(poster, t)
  expect(readQr(png, [0, 0.5])).toBe(telegramLink)
  expect(readQr(png, [0.5, 1])).toBe(vkLink)
})

test.each([
  ['Telegram', { telegramLink }, telegramLink],
  ['ВКонтакте', { vkLink }, vkLink],
])('with %s alone there is one code, and nothing of the other', async (name, links, expected) => {
  const one = { salonName: 'Лаванда', ...links }
  expect(wordsOf(posterSvg(one, t)).filter((words) => ['Telegram', 'ВКонтакте'].includes(words))).toEqual([
    name,
  ])
  expect(readQr(await surveyPoster(one, t))).toBe(expected)
})

test('it is printed as A5, black on white', async () => {
  const png = await surveyPoster(poster, t)
  const { width, height, data } = pixelsOf(png)
  expect([width, height]).toEqual([1748, 2480])
  expect(chunks(png, 'pHYs')).toHaveLength(1)
  const isGrey = data.every((value, index) => index % 4 === 3 || value === data[index - (index % 4)])
  expect(isGrey).toBe(true)
  const dark = data.reduce((sum, value, index) => sum + (index % 4 === 0 && value < 128 ? 1 : 0), 0)
  expect(dark / (width * height)).toBeLessThan(0.2)
})

describe('whatever the salon is called and gives', () => {
  test.each([
    [
      'long',
      { salonName: 'Центр красоты, здоровья и хорошего настроения «Лаванда»', reward: 'скидка '.repeat(40) },
    ],
    ['the longest addresses', { telegramLink: `https://t.me/${'w'.repeat(28)}_bot?start=survey` }],
    ['markup', { salonName: '<b>&', reward: '"<' }],
  ])('nothing sticks out: %s', (_, more) => {
    for (const language of ['ru', 'en'] as const) {
      const places = placesOf(posterSvg({ ...poster, ...more }, translate(language)))
      expect(places.filter(({ left, right }) => left < 139 || right > 1748 - 139)).toEqual([])
    }
  })
})

test('without any link there is nothing to print', () => {
  expect(() => posterSvg({ salonName: 'Лаванда' }, t)).toThrow('A poster needs a bot')
})
