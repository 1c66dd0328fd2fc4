import { describe, expect, test } from 'vitest'

import { demoSalon } from '../../../src/domain/demo-salon.ts'
import type { Walk } from '../../../src/domain/known.ts'
import { readPhone } from '../../../src/domain/phone.ts'
import { named } from '../../../src/domain/salon.ts'
import { demoPeople } from '../../../src/sandbox/demo-people.ts'
import { replay } from './replay.ts'
import { dayMs, lavender, now, scoresOf, small, strange, usual, weekMs } from './salons.ts'

const demo = demoSalon(usual)
/** A "no, thanks" answers the invitation, and ends it. */
const isDone = ({ status, answers }: Walk) => status === 'finished' || answers['when']?.value === 'no'

describe('the same options give the same salon', () => {
  test('whenever it is asked', () => {
    expect(demoSalon(usual)).toEqual(demo)
    expect(demoSalon({ ...usual, seed: 1 })).not.toEqual(demo)
  })

  test('and what happened stays as it was when the simulation goes on', () => {
    const later = demoSalon({ ...usual, until: now + 10 * weekMs })
    expect(later.clients.length).toBeGreaterThan(300)
    expect(later.former).toEqual(demo.former)
    for (const [index, client] of demo.clients.entries()) {
      const grown = later.clients[index]!
      const { visits, books, walks, prompts, followUps, coupon, ...person } = client
      expect(grown).toMatchObject(person)
      expect(grown.visits.slice(0, visits.length)).toEqual(visits)
      expect(grown.books.filter(({ at }) => at <= now)).toEqual(books)
      expect(grown.prompts.filter(({ dueAt }) => dueAt <= now)).toEqual(prompts)
      expect(grown.coupon?.issuedAt).toBe(coupon?.issuedAt ?? grown.coupon?.issuedAt)
      for (const walk of walks.filter((one) => one.status === 'finished' || one.status === 'stopped'))
        expect(grown.walks).toContainEqual(walk)
      for (const { handledAt: _, ...one } of followUps)
        expect(grown.followUps).toContainEqual(expect.objectContaining(one))
    }
  })
})

describe.each([
  ['the sandbox’s salon', usual],
  ['a salon that is other in every respect', strange],
  ['a small salon without a survey', small],
])('%s', (_, options) => {
  const salon = demoSalon(options)
  const { timeZone, lines, quietHours, survey } = options.salon
  const clock = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)

  test('has 300 clients who came within 14 weeks, each with a phone of their own', () => {
    expect(salon.clients).toHaveLength(300)
    expect(new Set(salon.clients.map((client) => client.phone)).size).toBe(300)
    for (const { createdAt } of salon.clients) {
      expect(createdAt).toBeLessThanOrEqual(options.now)
      expect(createdAt).toBeGreaterThan(options.now - 15 * weekMs)
    }
  })

  test('has visits while it is open, once the client is known, and none in the future', () => {
    const visits = salon.clients.flatMap((client) => client.visits)
    expect(visits.length).toBeGreaterThan(400)
    for (const { at } of visits) {
      const { hour, dayOfWeek } = clock(at)
      expect(at).toBeLessThanOrEqual(options.now)
      expect(hour).toBeGreaterThanOrEqual(10)
      expect(hour).toBeLessThan(dayOfWeek === 7 ? 18 : 20)
    }
    for (const { createdAt, visits: own } of salon.clients)
      for (const { at } of own) expect(at).toBeGreaterThan(createdAt)
  })

  test('has books of the time before the bot, and of money that was paid back', () => {
    const regulars = salon.clients.filter(({ books }) => books.some(({ timeKnown }) => !timeKnown))
    expect(regulars.length).toBeGreaterThan(100)
    for (const { books, visits } of salon.clients) {
      const first = visits[0]
      for (const row of books) {
        expect(options.salon.lines.map(({ id }) => id)).toContain(row.line)
        expect(row.at).toBeLessThanOrEqual(options.now)
      }
      for (const { at } of books.filter(({ timeKnown }) => !timeKnown)) {
        expect(clock(at).toPlainTime().toString()).toBe('12:00:00')
        expect(at).toBeLessThan(first!.at)
      }
      for (const { kopecks = 0, at, line, service, master } of books.filter(({ timeKnown }) => timeKnown)) {
        const paid = visits.find(
          (one) =>
            one.line === line &&
            one.service === service &&
            one.master === master &&
            at - one.at < 4 * dayMs &&
            at > one.at,
        )
        expect([-(paid?.kopecks ?? 0), -Math.round((paid?.kopecks ?? 0) / 2)]).toContain(kopecks)
      }
    }
  })

  test('has books of 240 more who had left before the bot came', () => {
    expect(salon.former).toHaveLength(240)
    const people = [...salon.clients, ...salon.former]
    expect(new Set(people.map(({ phone }) => phone)).size).toBe(540)
    for (const { books } of salon.former) {
      expect(books.length).toBeGreaterThan(0)
      expect(
        books.every(({ at }) => at < options.now - 13 * weekMs && at > options.now - 4 * 366 * dayMs),
      ).toBe(true)
    }
  })

  test('charges what its services cost, or a tenth less, by masters of the line', () => {
    for (const { line, service, master, kopecks } of [
      ...salon.clients.flatMap(({ visits }) => visits),
      ...salon.former.flatMap(({ books }) => books),
    ]) {
      const { services } = lines.find(({ id }) => id === line)!
      const price = services.find(({ id }) => id === service)?.priceKopecks
      expect([price, price && Math.round(price * 0.9)]).toContain(kopecks)
      const masters = options.salon.masters.filter((one) => one.lines.includes(line))
      expect(masters.length === 0 ? master : masters.some(({ id }) => id === master)).toBe(
        masters.length === 0 ? undefined : true,
      )
    }
  })

  test('has the answers that the dialogues take and keep', () => {
    const walks = salon.clients.flatMap((client) => client.walks)
    expect(walks.length).toBeGreaterThan(400)
    for (const walk of walks) {
      const { answers, next } = replay(walk, options.survey, options.salon)
      expect(answers).toEqual(walk.answers)
      expect({ done: next === undefined, walk }).toEqual({ done: isDone(walk), walk })
    }
  })

  test('has answers that follow each other, between the beginning and the end of their walk', () => {
    for (const { answers, startedAt, changedAt, status } of salon.clients.flatMap((client) => client.walks)) {
      const times = Object.values(answers).flatMap(({ at }) => at ?? [])
      expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
      expect(startedAt).toBeLessThanOrEqual(times[0] ?? changedAt)
      expect(changedAt).toBeGreaterThanOrEqual(times.at(-1) ?? startedAt)
      expect({ status, changedAt }).toEqual({ status, changedAt: Math.min(changedAt, options.now) })
    }
  })

  test('asks about a visit that there was, and not too often', () => {
    for (const { walks, visits, prompts } of salon.clients) {
      const asked = walks.filter((walk) => walk.name === 'visit')
      const messages = prompts.filter((prompt) => prompt.kind === 'visit')
      expect(asked.map((walk) => walk.run)).toEqual(asked.map((_walk, index) => index + 1))
      expect(messages.map((prompt) => [prompt.dueAt, visits[prompt.about]?.line])).toEqual(
        asked.map((walk) => [walk.startedAt, walk.answers['line']?.value]),
      )
      const gaps = asked.slice(1).map((walk, index) => walk.startedAt - asked[index]!.startedAt)
      expect(Math.min(...gaps, Infinity)).toBeGreaterThanOrEqual(survey.everyDays * dayMs)
    }
  })

  test('sends nothing in the quiet hours by itself, and nothing twice', () => {
    const { from, to } = quietHours
    const isQuiet = (at: number) => {
      const time = clock(at).toPlainTime().toString({ smallestUnit: 'minute' })
      return from < to ? time >= from && time < to : time >= from || time < to
    }
    for (const { prompts } of salon.clients) {
      // An invitation is sent by an admin, or at the hour that the client has wished.
      const byItself = prompts.filter((prompt) => prompt.kind !== 'invite')
      expect(byItself.filter((prompt) => isQuiet(prompt.dueAt))).toEqual([])
      expect(prompts.filter((prompt) => prompt.dueAt > options.now)).toEqual([])
      const keys = prompts.map(({ kind, about, number }) => `${kind} ${about} ${number}`)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  test('follows up every unhappy walk, once', () => {
    const key = ({ client, at }: { client: number; at: number }) => `${client} ${at}`
    const unhappy = new Set(
      scoresOf(salon)
        .filter((one) => one.score < 7)
        .map(key),
    )
    const followed = salon.clients.flatMap(({ number: client, followUps }) =>
      followUps.map((one) => ({ ...one, client, at: one.createdAt })),
    )
    expect(followed.map(key).sort()).toEqual([...unhappy].sort())
    for (const { at, handledAt = Infinity } of followed) expect(handledAt).toBeGreaterThan(at)
  })

  test('gives a coupon for every finished survey, if it gives any, and takes it back at a visit', () => {
    for (const { walks, coupon, visits } of salon.clients) {
      const finished = walks.find((walk) => walk.name === 'survey' && walk.status === 'finished')
      const answered = Object.values(finished?.answers ?? {}).some(
        (one) => one.value !== undefined && !one.known,
      )
      const promised = options.salon.rewards.survey !== undefined && answered
      expect(coupon?.issuedAt).toBe(promised ? finished?.changedAt : undefined)
      const times = [undefined, ...visits.map((visit) => visit.at)]
      expect(times).toContain(coupon?.redeemedAt)
    }
  })

  test('knows only lines and masters that it has', () => {
    const known = lines.map((line) => line.id)
    const masters = [undefined, 'any', ...options.salon.masters.map((master) => master.id)]
    for (const client of salon.clients) {
      expect(known).toEqual(expect.arrayContaining(client.lines))
      expect(client.lines).toEqual(expect.arrayContaining(client.visits.map((visit) => visit.line)))
      expect(masters).toContain(client.master)
    }
  })
})

describe('nobody real', () => {
  test('can have one of the phones, or type it in', () => {
    for (const { phone } of demo.clients) {
      expect(phone).toMatch(/^\+7000\d{7}$/)
      expect(readPhone(phone)).toEqual({ ok: false, reason: 'impossible' })
    }
  })

  test('has the name of somebody in the sandbox or of a master', () => {
    const taken = [
      ...[...demoPeople.telegram, ...demoPeople.vk].map((one) => `${one.firstName} ${one.lastName}`),
      ...lavender.masters.map((master) => named(master.name, 'ru')),
    ]
    expect(demo.clients.filter((client) => taken.includes(client.name))).toEqual([])
  })
})
