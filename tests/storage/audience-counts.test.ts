/** How many an audience means, on a real PostgreSQL: what the database looks for first leaves out nobody. */
import { expect, test } from 'vitest'
import type { Audience } from '../../src/domain/offers/audience.ts'
import { createAudienceCounts } from '../../src/storage/audience-counts.ts'
import { afternoon, openOfferSalon } from './offer-salon.ts'

const timeZone = 'Europe/Moscow'
const dayMs = 24 * 3600_000
/** 26 November 2026. */
const today = Math.floor(afternoon / dayMs)

/** Anna has come and answered, Vera is known by a link, Glasha by nothing. */
async function open(now = afternoon) {
  const salon = await openOfferSalon({ now: () => now })
  const { prisma, client } = salon
  const anna = await client({
    birthDay: 29,
    birthMonth: 2,
    heardFrom: 'friends',
    lines: ['nails'],
    sex: 'female',
  })
  const vera = await client({ birthDay: 3, birthMonth: 12 })
  await client({ advertisingConsentAt: null, chats: [] })
  await prisma.chat.updateMany({ where: { clientId: vera }, data: { source: 'wall' } })
  const coded = { code: 'LHH', segment: 'valuable', kopecks: 100n, firstDayKopecks: 0n }
  const visits = { firstDay: today - 90, lastDay: today - 40, visits: 3 }
  await prisma.clientValue.createMany({
    data: ['', 'nails'].map((line) => ({ ...coded, ...visits, line, clientId: anna })),
  })
  await prisma.dialogue.create({
    data: {
      clientId: anna,
      name: 'survey',
      run: 1,
      version: 1,
      status: 'finished',
      answers: { card: { value: true }, recommend: { value: { nails: 9 } } },
      startedAt: new Date(afternoon),
      changedAt: new Date(afternoon),
    },
  })
  return { ...salon, counts: createAudienceCounts({ prisma, timeZone, now: () => now }) }
}

const women = { kind: 'sex', sex: 'female' } as const

test('everybody is counted, and what is certain of those who are meant leaves nobody out', async () => {
  const { counts } = await open()
  const cases: [Audience, number][] = [
    [{ kind: 'everyone' }, 3],
    [{ kind: 'segment', segments: ['valuable', 'new'], line: 'nails' }, 1],
    [{ kind: 'segment', segments: ['valuable'], line: 'hair' }, 0],
    [{ kind: 'line', lines: ['hair', 'nails'] }, 1],
    [{ kind: 'interest', lines: ['nails'] }, 1],
    [{ kind: 'lastVisit', days: { from: 40, to: 40 } }, 1],
    [{ kind: 'lastVisit', days: { from: 41 } }, 0],
    [{ kind: 'lastVisit', days: { to: 39 } }, 0],
    [{ kind: 'visits', count: { from: 3 } }, 1],
    [{ kind: 'visits', count: { to: 2 } }, 2],
    [{ kind: 'visits', count: { from: 1, to: 2 } }, 0],
    [{ kind: 'visits', count: { from: 0, to: 3 } }, 3],
    [{ kind: 'visits', count: { to: 0 }, line: 'hair' }, 3],
    [{ kind: 'source', sources: ['wall'] }, 1],
    [{ kind: 'source', sources: ['wall', 'friends'] }, 2],
    [{ kind: 'birthday', month: 2 }, 1],
    [{ kind: 'birthday', month: 11 }, 0],
    [{ kind: 'birthday', withinDays: 7 }, 1],
    [{ kind: 'birthday', withinDays: 365 }, 2],
    [{ kind: 'score', question: 'recommend', row: 'nails', score: { from: 9 } }, 1],
    [{ kind: 'answer', question: 'card', values: ['yes'] }, 1],
    [{ kind: 'card', has: false }, 2],
    [{ kind: 'coupon', has: false }, 3],
    [{ kind: 'not', of: women }, 2],
    [{ kind: 'not', of: { kind: 'birthday', month: 2 } }, 2],
    [{ kind: 'not', of: { kind: 'all', of: [women, { kind: 'interest', lines: ['hair'] }] } }, 3],
    [{ kind: 'not', of: { kind: 'segment', segments: ['valuable'] } }, 2],
    [{ kind: 'not', of: { kind: 'card', has: true } }, 2],
    [
      {
        kind: 'all',
        of: [
          { kind: 'card', has: true },
          { kind: 'not', of: { kind: 'visits', count: { from: 4 } } },
        ],
      },
      1,
    ],
    [{ kind: 'any', of: [women, { kind: 'birthday', month: 12 }] }, 2],
    [{ kind: 'all', of: [women, { kind: 'birthday', month: 12 }] }, 0],
    [{ kind: 'all', of: [women, { kind: 'not', of: { kind: 'source', sources: ['wall'] } }] }, 1],
  ]
  const counted: [Audience, number][] = []
  for (const [audience] of cases) {
    const { clients, isAll } = await counts.meant(audience)
    expect(isAll).toBe(true)
    counted.push([audience, clients])
  }
  expect(counted).toEqual(cases)
})

test('who was born on 29 February is found in every year', async () => {
  const { prisma, counts } = await open(Date.UTC(2027, 1, 28, 12))
  expect(await counts.meant({ kind: 'birthday', withinDays: 0 })).toMatchObject({ clients: 1 })
  expect(await counts.meant({ kind: 'birthday', month: 2 })).toMatchObject({ clients: 1 })
  const inLeapYear = createAudienceCounts({ prisma, timeZone, now: () => Date.UTC(2028, 1, 28, 12) })
  expect(await inLeapYear.meant({ kind: 'birthday', withinDays: 0 })).toMatchObject({ clients: 0 })
  expect(await inLeapYear.meant({ kind: 'birthday', withinDays: 1 })).toMatchObject({ clients: 1 })
})

test('sources are those that clients really have, the most frequent first', async () => {
  const { counts, client } = await open()
  await client({ heardFrom: 'friends' })
  expect(await counts.sources()).toEqual([
    { source: 'friends', clients: 2 },
    { source: 'wall', clients: 1 },
  ])
})
