/** Twenty lines, eleven segments, and names as long as people make them: every screen still fits into what Telegram takes. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { maxRouteBytes, readRoute, writeRoute, type Route } from '../../src/bots/admin/route.ts'
import { asideMark, type Screen } from '../../src/bots/admin/screen.ts'
import { createSegmentAnswers } from '../../src/bots/admin/segments/answers.ts'
import { isSegmentRoute } from '../../src/bots/admin/segments/route.ts'
import { quintileSegments } from '../../src/domain/value/quintiles.ts'
import { addCounts, addValues, today } from '../storage/valued-clients.ts'
import { translate } from '../reports/words.ts'
import { createStage, nowMs, olga, salon, type Stage } from './admin-chat.ts'
import { addClient } from './admin-desk.ts'

const lineId = (index: number) => `line_${index}`.padEnd(16, 'x')
const twenty = {
  ...salon,
  lines: Array.from({ length: 20 }, (_, index) => ({
    id: lineId(index),
    name: { ru: `${index}. Наращивание и ламинирование ресниц` },
    services: [],
  })),
}

let stage: Stage
let found: Map<string, Screen>

beforeAll(async () => {
  stage = await createStage({ salon: twenty })
  const { prisma } = stage.database
  await prisma.setting.create({ data: { name: 'segmentScheme', value: 'quintiles' } })
  await prisma.setting.create({ data: { name: 'demoData', value: '{"seed":1}' } })
  for (const daysAgo of [0, 31])
    for (const line of ['', ...twenty.lines.map(({ id }) => id)]) {
      const counts = quintileSegments.map((segment) => [segment, [1_234_567, 123_456_789_012]] as const)
      await addCounts(prisma, { line, daysAgo, scheme: 'quintiles' }, Object.fromEntries(counts) as never)
    }
  const value = {
    first: 4000,
    last: 400,
    visits: 1234,
    roubles: 98_765_432,
    code: '555',
    segment: 'potentialLoyalist',
  }
  for (let index = 0; index < 17; index++) {
    const id = await addClient(stage, { name: `${index} ${'Анна-Мария-Елизавета '.repeat(12)}` })
    await addValues(prisma, id, value, ...twenty.lines.map(({ id: line }) => ({ ...value, line })))
    const warning = { aliveBefore: 0.999, aliveNow: 0.001, usualDays: 333, daysAway: 12_345, since: today }
    await prisma.earlyWarning.create({
      data: { clientId: id, kind: 'fell', ...warning, atStakeKopecks: 9_876_543_210_12n },
    })
    for (const [from, to] of [
      ['lost', 'champions'],
      ['potentialLoyalist', 'cantLoseThem'],
    ] as const)
      await prisma.segmentMove.create({
        data: {
          clientId: id,
          line: lineId(3),
          day: today,
          from,
          to,
          fromCode: '111',
          toCode: '555',
          reason: 'others',
        },
      })
  }
  found = await crawl({ screen: 'segments' })
})
afterAll(() => stage.close())

/** Everything that the buttons lead to from there, but the cards. */
async function crawl(...from: Route[]): Promise<Map<string, Screen>> {
  const owner = await stage.hire(olga, 'owner')
  const { segments } = stage.storages
  const overview = await segments.overview()
  const to = createSegmentAnswers({
    ...stage.storages,
    segments: { ...segments, overview: () => Promise.resolve(overview) },
    exportSegments: () => Promise.resolve([]),
    deskOf: () => ({ t: translate('ru'), language: 'ru', salon: twenty, now: new Date(nowMs) }),
    showMenu: () => Promise.reject(new Error('not for an owner')),
    log: { debug() {}, info() {}, warn() {}, error() {} },
  })
  const seen = new Map<string, Screen>()
  const left = [...from]
  for (let route = left.pop(); route; route = left.pop()) {
    if (!isSegmentRoute(route) || seen.has(writeRoute(route))) continue
    const { screen } = await to(route, owner)
    if (screen) seen.set(writeRoute(route), screen)
    for (const data of screen ? dataOf(screen) : []) {
      const next = readRoute(data.replace(asideMark, ''))
      if (next) left.push(next)
    }
  }
  return seen
}

const dataOf = ({ keyboard }: Screen): string[] =>
  keyboard.flat().flatMap((button) => ('callback_data' in button ? [button.callback_data] : []))

test('every screen fits into a message, whole, and every button into 64 bytes', () => {
  // 21 tables with 11 segments and two ways of moves each.
  expect(found.size).toBeGreaterThan(21 * 14)
  for (const [route, { text, keyboard }] of found) {
    expect([route, text.length <= 4096, text.endsWith('\n…')]).toEqual([route, true, false])
    expect(keyboard.flat().length).toBeLessThanOrEqual(100)
    expect([route, keyboard.flat().filter(({ text: label }) => label.length > 64)]).toEqual([route, []])
  }
  const longest = [...found.values()].flatMap(dataOf).map((data) => Buffer.byteLength(data))
  expect(Math.max(...longest)).toBeLessThanOrEqual(maxRouteBytes)
})

test('every button of these screens is read back', () => {
  const unread = [...found.values()].flatMap(dataOf).filter((data) => !readRoute(data.replace(asideMark, '')))
  expect(unread).toEqual([])
})

test('every screen with figures says that the clients are invented', () => {
  const without = [...found].filter(([, { text }]) => !text.includes('🧪 Демо: клиенты придуманы'))
  expect(without.map(([route]) => route)).toEqual(['aboutSegments'])
})
