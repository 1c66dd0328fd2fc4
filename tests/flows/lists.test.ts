/** Salons with much to choose from: pages, on both platforms. */
import { describe, expect, test } from 'vitest'
import { layout, telegramLimits, vkLimits } from '../../src/bots/layout.ts'
import type { Salon } from '../../src/domain/salon.ts'
import { openChat } from './transcript.ts'

const atLines = ['/start', 'да', 'нет', 'Анна', 'пропустить', 'пропустить']

const many = (count: number, label: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => ({ id: `id${i + 1}`, name: { ru: label(i + 1) } }))

const twelveLines: Partial<Salon> = {
  lines: many(12, (i) => `Услуга ${i}`).map((line) => ({ ...line, services: [] })),
  masters: [],
}
const fifteenMasters: Partial<Salon> = {
  masters: many(15, (i) => `Мастер ${i}`).map((master) => ({ ...master, lines: ['nails'] })),
}
const longNames: Partial<Salon> = {
  masters: many(15, (i) => `Александра Константинопольская, № ${i}`).map((master) => ({
    ...master,
    lines: ['nails'],
  })),
}

describe('twelve lines', () => {
  test('all stand on one Telegram card', () => {
    const chat = openChat({ salon: twelveLines })
    for (const line of atLines) chat.play(line)
    expect(rows(chat)).toEqual([
      'Услуга 1 | Услуга 2',
      'Услуга 3 | Услуга 4',
      'Услуга 5 | Услуга 6',
      'Услуга 7 | Услуга 8',
      'Услуга 9 | Услуга 10',
      'Услуга 11 | Услуга 12',
      'Пропустить | ← Назад | Не сейчас',
    ])
  })

  test('are turned over on VK; ticking stays on the page, and ticks of all pages count', () => {
    const chat = openChat({ platform: 'vk', salon: twelveLines })
    for (const line of atLines) chat.play(line)
    expect(rows(chat)).toEqual([
      'Услуга 1 | Услуга 2',
      'Услуга 3 | Услуга 4',
      '‹ | ›',
      'Пропустить | ← Назад | Не сейчас',
    ])
    chat.play('[Услуга 2]')
    chat.play('[›]')
    chat.play('[Услуга 7]')
    expect(rows(chat)).toEqual([
      'Услуга 5 | Услуга 6',
      '✓ Услуга 7 | Услуга 8',
      '‹ | Готово | ›',
      '← Назад | Не сейчас',
    ])
    chat.play('услуга 11')
    expect(rows(chat)).toEqual([
      'Услуга 9 | Услуга 10',
      '✓ Услуга 11 | Услуга 12',
      '‹ | Готово | ›',
      '← Назад | Не сейчас',
    ])
    chat.play('[›]')
    expect(rows(chat)[0]).toBe('Услуга 1 | ✓ Услуга 2')
    chat.play('[‹]')
    chat.play('[Готово]')
    expect(chat.known().client.lines).toEqual(['id2', 'id7', 'id11'])
  })

  test('can be typed, whatever the page', () => {
    const chat = openChat({ platform: 'vk', salon: twelveLines })
    for (const line of [...atLines, '12, услуга 3']) chat.play(line)
    expect(chat.known().client.lines).toEqual(['id3', 'id12'])
  })
})

describe('fifteen masters', () => {
  test('all stand on one Telegram card', () => {
    const chat = openChat({ salon: fifteenMasters })
    for (const line of [...atLines, 'ногти']) chat.play(line)
    expect(rows(chat)).toHaveLength(9)
    expect(rows(chat)[0]).toBe('Любой мастер | Мастер 1')
  })

  test('are turned over on VK, also past the ends', () => {
    const chat = openChat({ platform: 'vk', salon: fifteenMasters })
    for (const line of [...atLines, 'ногти']) chat.play(line)
    expect(rows(chat)).toEqual([
      'Любой мастер | Мастер 1',
      'Мастер 2 | Мастер 3',
      '‹ | ›',
      'Пропустить | ← Назад | Не сейчас',
    ])
    chat.play('[‹]')
    expect(rows(chat).slice(0, 2)).toEqual(['Мастер 12 | Мастер 13', 'Мастер 14 | Мастер 15'])
    chat.play('[›]')
    expect(rows(chat)[0]).toBe('Любой мастер | Мастер 1')
    chat.play('[›]')
    chat.play('[Мастер 5]')
    expect(chat.known().client.master).toBe('id5')
  })

  test('with long names have a row each, and the controls stay', () => {
    const vk = openChat({ platform: 'vk', salon: longNames })
    const telegram = openChat({ salon: longNames })
    for (const line of [...atLines, 'ногти']) {
      vk.play(line)
      telegram.play(line)
    }
    expect(rows(vk)).toEqual([
      'Любой мастер',
      'Александра Константинопольская, № 1',
      'Александра Константинопольская, № 2',
      'Александра Константинопольская, № 3',
      '‹ | ›',
      'Пропустить | ← Назад | Не сейчас',
    ])
    expect(rows(telegram)).toHaveLength(13)
    expect(rows(telegram).at(-1)).toBe('Пропустить | ← Назад | Не сейчас')
  })

  test.each(['!page99', '!page-1', '!page1e9', '!pageNaN', '!page'])(
    'a page that there is not (%s) still shows masters',
    (token) => {
      const chat = openChat({ platform: 'vk', salon: fifteenMasters })
      for (const line of [...atLines, 'ногти']) chat.play(line)
      chat.pressLive(`onboarding.master=${token}`)
      expect(rows(chat)).toHaveLength(4)
      expect(rows(chat)[0]).toMatch(/мастер/i)
    },
  )
})

function rows(chat: ReturnType<typeof openChat>): string[] {
  const limits = chat.known().chat.platform === 'vk' ? vkLimits : telegramLimits
  return layout(chat.last().groups, limits).map((row) => row.map((button) => button.label).join(' | '))
}
