/** Drafts that make themselves, on a real PostgreSQL: once each, whoever looks and however often. */
import path from 'node:path'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { instrument } from '../../src/domain/instrument.ts'
import { draftWords } from '../../src/domain/offers/draft-about.ts'
import type { OfferState } from '../../src/domain/offers/transitions.ts'
import type { Salon } from '../../src/domain/salon.ts'
import { createOfferDrafts, type OfferDraftsJob } from '../../src/jobs/offer-drafts.ts'
import { createQueues } from '../../src/jobs/queues.ts'
import { createTranslator } from '../../src/locales.ts'
import { readSalonFile } from '../../src/settings/salon-file.ts'
import { eraseClient } from '../../src/storage/erase.ts'
import { createNotices } from '../../src/storage/notices.ts'
import { createDraftStorage } from '../../src/storage/offer-drafts.ts'
import { afternoon, openOfferSalon } from '../storage/offer-salon.ts'
import { silent } from '../storage/talk.ts'

const root = path.resolve(import.meta.dirname, '../..')
const words = createTranslator({ dir: path.join(root, 'locales') })
const reading = readSalonFile(path.join(root, 'salon.example.yaml'))
if (!reading.ok) throw new Error('salon.example.yaml can’t be read')
const example = reading.read
const dayMs = 24 * 3600_000
const today = Temporal.PlainDate.from('1970-01-01').until('2026-11-26').days

async function open({
  offers = {},
  personal = true,
}: { offers?: Partial<Salon['offers']>; personal?: boolean } = {}) {
  let at = afternoon
  const now = () => at
  const stage = await openOfferSalon({ now })
  const { newcomer: gift, ...others } = example.offers
  const salon = { ...example, offers: { ...others, ...(personal && gift && { newcomer: gift }), ...offers } }
  const queues = createQueues<{ offerDrafts: OfferDraftsJob }>({ connectionString: stage.url, log: silent })
  onTestFinished(() => queues.close({ patienceMs: 1000 }))
  const announced: string[] = []
  const changed: number[] = []
  const jobs = createOfferDrafts({
    queues,
    drafts: createDraftStorage({ ...stage, audience: stage.policy, now }),
    offers: stage.offers,
    changed: async (id) => void changed.push(id),
    announce: async (ids) => void announced.push(...ids),
    salon,
    survey: { version: 1, questions: instrument },
    words,
    log: silent,
    now,
  })
  /** So many clients are in a segment of a line. */
  const counted = (line: string, segment: string, clients: number) =>
    stage.prisma.segmentCount.create({
      data: { day: today, line, scheme: 'halves', segment, clients, kopecks: 0 },
    })
  const newcomer = (more: Parameters<typeof stage.client>[0] = {}) =>
    stage.client({ onboardedAt: new Date(afternoon - 60_000), ...more })
  const list = (states: OfferState[] = ['pending']) => stage.offers.list({ states, offset: 0, limit: 100 })
  const keys = async (states?: OfferState[]) =>
    (await list(states))
      .map(({ draftKey }) => draftKey)
      .toSorted((one = '', other = '') => (one < other ? -1 : 1))
  /** Approves what has this key, and begins to send it. */
  const approve = async (draftKey: string) => {
    const offer = (await list()).find((one) => one.draftKey === draftKey)!
    const by = await stage.staff()
    expect(
      await stage.offers.change({ id: offer.id, by, act: { kind: 'approve', version: 1 } }),
    ).toMatchObject({ ok: true })
    expect(await stage.offers.change({ id: offer.id, act: { kind: 'start' } })).toMatchObject({ ok: true })
    return { id: offer.id, by }
  }
  const valued = (clientId: bigint, value: { firstDay: number; lastDay: number; visits: number }) =>
    stage.prisma.clientValue.create({
      data: {
        clientId,
        line: '',
        ...value,
        kopecks: 0,
        firstDayKopecks: 0,
        code: 'LHH',
        segment: 'valuable',
      },
    })
  const pass = (ms: number) => void (at += ms)
  return {
    ...stage,
    salon,
    jobs,
    notices: createNotices(stage),
    announced,
    changed,
    counted,
    newcomer,
    list,
    keys,
    approve,
    valued,
    pass,
  }
}

const standing = ['playbook:birthday', 'playbook:firstVisit', 'playbook:overdue']
/** Only those of the vulnerable nails, and the standing ones. */
const forNails = [...standing.slice(0, 1), 'playbook:comeBack:nails:2026-11', ...standing.slice(1)]

test('the playbook’s drafts wait for approval, with the reason; nothing is drafted for small groups and those of no value', async () => {
  const { jobs, counted, keys, list, salon } = await open()
  await counted('nails', 'vulnerable', 34)
  await counted('hair', 'vulnerable', 4)
  await counted('hair', 'noValue', 400)
  await jobs.run()
  expect(await keys()).toEqual(forNails)
  const comeBack = (await list()).find(({ draftKey }) => draftKey?.includes('comeBack'))
  expect(draftWords(comeBack!.about!, 'ru', { salon, words })[0]).toBe(
    'Черновик по правилам: уязвимые клиенты, Ногтевой сервис, 34 человека.',
  )
  expect(comeBack).toMatchObject({ origin: 'playbook', standing: { state: 'pending', version: 1 } })
})

test('before the first recompute nothing is drafted', async () => {
  const { jobs, keys } = await open()
  await jobs.run()
  expect(await keys()).toEqual([])
})

test('a rule that the salon has switched off drafts nothing', async () => {
  const { jobs, counted, keys } = await open({ offers: { playbook: { off: ['comeBack', 'overdue'] } } })
  await counted('nails', 'vulnerable', 34)
  await jobs.run()
  expect(await keys()).toEqual(['playbook:birthday', 'playbook:firstVisit'])
})

test('the mark of advertising stands on what the program drafts', async () => {
  const mark = { advertiser: 'ООО «Лаванда»', erid: '2Vtzq123' }
  const { jobs, counted, newcomer, list } = await open({ offers: { mark } })
  await counted('nails', 'vulnerable', 34)
  await newcomer()
  await jobs.run()
  expect((await list()).map(({ spec }) => spec.mark)).toEqual([mark, mark, mark, mark, mark])
})

test('next month what nobody has decided goes, and is drafted anew; what somebody has edited stays', async () => {
  const { jobs, counted, keys, list, offers, staff, pass } = await open()
  await counted('nails', 'vulnerable', 34)
  await counted('hair', 'vulnerable', 34)
  await jobs.run()
  const by = await staff()
  const edited = (await list()).find(({ draftKey }) => draftKey?.includes('hair'))!
  await offers.change({ id: edited.id, by, act: { kind: 'edit', version: 1, spec: edited.spec } })
  pass(10 * dayMs)
  await jobs.run()
  expect(await keys(['expired'])).toEqual(['playbook:comeBack:nails:2026-11'])
  expect((await keys()).filter((key) => key?.includes('comeBack'))).toEqual([
    'playbook:comeBack:hair:2026-11',
    'playbook:comeBack:hair:2026-12',
    'playbook:comeBack:nails:2026-12',
  ])
})

test('what was put away rests for the same people for its days, and no other draft does; brought back it does not', async () => {
  const { jobs, counted, keys, list, offers, staff, pass } = await open({
    offers: { playbook: { restDays: 40 } },
  })
  for (const line of ['nails', 'hair']) await counted(line, 'vulnerable', 34)
  await jobs.run()
  const by = await staff()
  for (const { id, draftKey } of await list())
    if (draftKey?.includes('comeBack')) {
      await offers.change({ id, by, act: { kind: 'cancel' } })
      await offers.change({ id, by, act: { kind: 'retire' } })
    }
  const hair = (await list(['cancelled'])).find(({ draftKey }) => draftKey?.includes('hair'))!
  await offers.change({ id: hair.id, by, act: { kind: 'bringBack' } })
  const drafted = async () => (await keys()).filter((key) => key?.includes('comeBack'))
  pass(10 * dayMs)
  await jobs.run()
  expect(await drafted()).toEqual(['playbook:comeBack:hair:2026-12'])
  pass(35 * dayMs)
  await jobs.run()
  expect(await drafted()).toEqual(['playbook:comeBack:hair:2027-01', 'playbook:comeBack:nails:2027-01'])
})

test('a draft that a dead process has not submitted is submitted by the next one', async () => {
  const { jobs, counted, keys, offers } = await open()
  await counted('nails', 'vulnerable', 34)
  await jobs.run()
  const { spec } = (await offers.list({ states: ['pending'], offset: 0, limit: 1 }))[0]!
  await offers.create({ origin: 'playbook', spec, draftKey: 'playbook:newCard:2026-11' })
  await jobs.run()
  expect(await keys(['draft'])).toEqual([])
  expect(await keys()).toContain('playbook:newCard:2026-11')
})

test('the staff hear of new drafts once, by day, and not again before there are others', async () => {
  const { jobs, counted, announced, notices, pass } = await open()
  pass(10 * 3600_000)
  await counted('nails', 'vulnerable', 34)
  await jobs.run()
  expect(announced).toEqual([])
  pass(10 * 3600_000)
  await jobs.run()
  await jobs.run()
  expect(announced).toHaveLength(1)
  expect(await notices.undone(announced[0]!)).toMatchObject({ kind: 'offers', waiting: 4 })
  pass(dayMs)
  await jobs.run()
  expect(announced).toHaveLength(1)
  await counted('hair', 'vulnerable', 34)
  await jobs.run()
  expect(announced).toHaveLength(2)
})

test('any number of processes at any number of times draft each once', { timeout: 60_000 }, async () => {
  const { jobs, counted, newcomer, keys, prisma } = await open()
  await counted('nails', 'vulnerable', 34)
  const clients = [await newcomer(), await newcomer()]
  const expected = [...clients.map((id) => `newcomer:${id}`), ...forNails].sort()
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.constantFrom('run', 'first', 'second'), { minLength: 1, maxLength: 4 }), {
        minLength: 1,
        maxLength: 3,
      }),
      async (rounds) => {
        await prisma.$executeRaw`TRUNCATE "Offer", "OfferEvent", "Delivery", "Notice" CASCADE`
        for (const round of rounds)
          await Promise.all(
            round.map((what) =>
              what === 'run' ? jobs.run() : jobs.forNewcomer(Number(clients[what === 'first' ? 0 : 1])),
            ),
          )
        await jobs.run()
        expect(await keys()).toEqual(expected)
        // Drafted and submitted, each once.
        expect(await prisma.offerEvent.count()).toBe(2 * expected.length)
        expect(await prisma.notice.count()).toBe(1)
      },
    ),
    { numRuns: 15 },
  )
})

test('a newcomer’s personal offer is for them alone, with the reasons, and shares the holdout of all newcomers', async () => {
  const { jobs, newcomer, list, salon } = await open()
  const id = await newcomer({ lines: ['nails'], convenientTimes: ['evening'], phone: '+79123456789' })
  const draft = await jobs.forNewcomer(Number(id))
  expect(draftWords(draft!.about, 'ru', { salon, words })).toEqual([
    '🎁 Готово личное предложение на первый визит.',
    'Почему такое: интересует «Ногтевой сервис», телефон уже есть, удобно вечером в будни.',
  ])
  const other = await newcomer()
  await jobs.forNewcomer(Number(other))
  const [second, first] = await list()
  expect(first).toMatchObject({
    origin: 'newcomer',
    spec: { audience: { kind: 'clients', ids: [Number(id)] } },
  })
  expect(second!.seed).toBe(first!.seed)
})

test.each<[string, NonNullable<Parameters<Awaited<ReturnType<typeof open>>['newcomer']>[0]>]>([
  ['takes no offers', { advertisingConsentAt: null }],
  ['has not finished', { onboardedAt: null }],
  ['is invented', { demo: true }],
  ['can’t be written to', { chats: [{ platform: 'telegram', reachable: false }] }],
  ['has come already', { visits: { create: { at: new Date(afternoon) } } }],
  ['came long ago', { onboardedAt: new Date(afternoon - 30 * dayMs) }],
])('who %s gets no personal offer', async (_, more) => {
  const { jobs, newcomer, keys } = await open()
  const id = await newcomer(more)
  expect(await jobs.forNewcomer(Number(id))).toBeUndefined()
  await jobs.run()
  expect(await keys()).toEqual([])
})

test('a salon may do without personal offers', async () => {
  const { jobs, newcomer, keys } = await open({ personal: false })
  const id = await newcomer()
  expect(await jobs.forNewcomer(Number(id))).toBeUndefined()
  await jobs.run()
  expect(await keys()).toEqual([])
})

test('the offer of a newcomer who comes before it was decided upon goes', async () => {
  const { jobs, newcomer, keys, prisma } = await open()
  const id = await newcomer()
  await jobs.run()
  await prisma.visit.create({ data: { clientId: id, at: new Date(afternoon) } })
  await jobs.run()
  expect(await keys(['expired'])).toEqual([`newcomer:${id}`])
})

test('a birthday offer, approved once, reaches each on their birthday, once a year, until it is revoked', async () => {
  const stage = await open()
  const { jobs, counted, client, approve, rows, changed, pass, offers } = stage
  await counted('nails', 'vulnerable', 34)
  await jobs.run()
  const { id, by } = await approve('playbook:birthday')
  expect(await rows(id)).toEqual([])
  const anna = await client({ birthDay: 26, birthMonth: 11 })
  const vera = await client({ birthDay: 27, birthMonth: 11 })
  await client({ birthDay: 26, birthMonth: 11, demo: true, chats: [], advertisingConsentAt: null })
  await jobs.run()
  await jobs.run()
  const told = async () => (await rows(id)).map(({ clientId, occasion }) => [clientId, occasion])
  expect(await told()).toEqual([[anna, '2026']])
  expect(changed).toEqual([id])
  pass(dayMs)
  await jobs.run()
  expect(await told()).toEqual([
    [anna, '2026'],
    [vera, '2026'],
  ])
  pass(364 * dayMs)
  await jobs.run()
  expect(await told()).toEqual([
    [anna, '2026'],
    [vera, '2026'],
    [anna, '2027'],
  ])
  await offers.change({ id, by, act: { kind: 'cancel' } })
  pass(dayMs)
  await jobs.run()
  expect(await told()).toHaveLength(3)
})

test('birthday wishes are due at eleven in the morning', async () => {
  const { jobs, counted, client, approve, rows, pass } = await open()
  await counted('nails', 'vulnerable', 34)
  await jobs.run()
  const { id } = await approve('playbook:birthday')
  await client({ birthDay: 27, birthMonth: 11 })
  pass(12 * 3600_000)
  await jobs.run()
  expect((await rows(id)).map(({ dueAt }) => dueAt.toISOString())).toEqual(['2026-11-27T08:00:00.000Z'])
})

test('who is overdue is reached once for each absence; who has just come for the first time, once', async () => {
  const { jobs, counted, client, approve, rows, valued } = await open()
  await counted('nails', 'vulnerable', 34)
  await jobs.run()
  const overdue = await approve('playbook:overdue')
  const first = await approve('playbook:firstVisit')
  // Usually every 20 days; 27 days ago, and 26.
  const late = await client()
  const newOne = await client()
  await valued(late, { firstDay: today - 27 - 60, lastDay: today - 27, visits: 4 })
  await valued(await client(), { firstDay: today - 26 - 60, lastDay: today - 26, visits: 4 })
  await valued(newOne, { firstDay: today - 1, lastDay: today - 1, visits: 1 })
  await valued(await client(), { firstDay: today, lastDay: today, visits: 1 })
  await jobs.run()
  await jobs.run()
  expect((await rows(overdue.id)).map((row) => [row.clientId, row.occasion])).toEqual([
    [late, `since:${today - 27}`],
  ])
  expect((await rows(first.id)).map((row) => [row.clientId, row.occasion])).toEqual([[newOne, 'first']])
})

test('no more people than it is for are reached by a standing offer, over all its days', async () => {
  const { jobs, counted, client, rows, offers, staff, list, pass } = await open()
  await counted('nails', 'vulnerable', 34)
  await jobs.run()
  const { id, spec } = (await list()).find(({ draftKey }) => draftKey === 'playbook:birthday')!
  const by = await staff()
  const few = { ...spec, holdoutShare: 0, limits: { ...spec.limits, recipients: 2 } }
  await offers.change({ id, by, act: { kind: 'edit', version: 1, spec: few } })
  await client({ birthDay: 26, birthMonth: 11 })
  for (const day of [27, 27]) await client({ birthDay: day, birthMonth: 11 })
  await offers.change({ id, by, act: { kind: 'approve', version: 2 } })
  await offers.change({ id, act: { kind: 'start' } })
  await jobs.run()
  expect(await rows(id)).toHaveLength(1)
  pass(dayMs)
  await jobs.run()
  await jobs.run()
  expect(await rows(id)).toHaveLength(2)
})

test('why it was drafted is forgotten with the newcomer, and the offer goes', async () => {
  const { jobs, newcomer, keys, prisma } = await open()
  const id = await newcomer({ lines: ['nails'] })
  await jobs.run()
  await prisma.$transaction((tx) => eraseClient(tx, id))
  expect(await prisma.offer.findMany({ select: { about: true } })).toEqual([{ about: null }])
  await jobs.run()
  expect(await keys(['expired'])).toEqual([`newcomer:${id}`])
})

test('while it is paused a standing offer reaches nobody more', async () => {
  const { jobs, counted, client, approve, rows, offers } = await open()
  await counted('nails', 'vulnerable', 34)
  await jobs.run()
  const { id, by } = await approve('playbook:birthday')
  await client({ birthDay: 26, birthMonth: 11 })
  await offers.change({ id, by, act: { kind: 'pause' } })
  await jobs.run()
  expect(await rows(id)).toEqual([])
  await offers.change({ id, by, act: { kind: 'resume' } })
  await jobs.run()
  expect(await rows(id)).toHaveLength(1)
})

/** A standing offer that is under way, and the claims of its messages. */
async function openStanding(draftKey: string) {
  const stage = await open()
  const { jobs, counted, approve, deliveries, prisma, client, rows, valued } = stage
  await counted('nails', 'vulnerable', 34)
  await jobs.run()
  const { id } = await approve(draftKey)
  await prisma.offer.updateMany({ data: { sendingSince: new Date(afternoon - 30 * dayMs) } })
  const claim = () => deliveries.claim({ offerId: id, platform: 'telegram', limit: 20 })
  /** What became of it, as it stands in the rows. */
  const ends = async () => (await rows(id)).map(({ occasion, state, reason }) => [occasion, reason ?? state])
  const visit = (clientId: bigint, daysAgo: number) =>
    prisma.visit.create({ data: { clientId, at: new Date(afternoon - daysAgo * dayMs), kopecks: 100_000n } })
  /** A client with visits so many days ago, as the last recompute knew them. */
  const visitor = async (...daysAgo: number[]) => {
    const clientId = await client()
    for (const days of daysAgo) await visit(clientId, days)
    const [firstDay, lastDay] = [today - Math.max(...daysAgo), today - Math.min(...daysAgo)]
    await valued(clientId, { firstDay, lastDay, visits: daysAgo.length })
    return clientId
  }
  return { ...stage, id, claim, ends, visit, visitor }
}

test('who has come since is not told that they were missed, and the one who has not is', async () => {
  const { jobs, visitor, visit, claim, ends, prisma } = await openStanding('playbook:overdue')
  const anna = await visitor(120, 90, 60)
  const vera = await visitor(120, 90, 60)
  await jobs.run()
  await prisma.delivery.updateMany({ data: { heldOut: false, dueAt: new Date(afternoon) } })
  // Anna came this morning; the recompute is of last night.
  await visit(anna, 0.2)
  expect(await claim()).toMatchObject({ what: 'message', delivery: { clientId: String(vera) } })
  expect(await ends()).toEqual([
    [`since:${today - 60}`, 'noOccasion'],
    [`since:${today - 60}`, 'sending'],
  ])
})

test('a birthday that was corrected brings no wish on the wrong day, and one on the right day', async () => {
  const { jobs, client, claim, ends, prisma, pass } = await openStanding('playbook:birthday')
  const anna = await client({ birthDay: 26, birthMonth: 11 })
  await jobs.run()
  await prisma.delivery.updateMany({ data: { heldOut: false } })
  await prisma.client.update({ where: { id: anna }, data: { birthDay: 28 } })
  expect(await claim()).toEqual({ what: 'passed', deliveries: 1 })
  expect(await ends()).toEqual([['2026', 'noOccasion']])
  pass(dayMs)
  await jobs.run()
  expect(await ends()).toEqual([['2026', 'noOccasion']])
  pass(dayMs)
  await jobs.run()
  await prisma.delivery.updateMany({ data: { heldOut: false } })
  expect(await claim()).toMatchObject({ what: 'message', delivery: { clientId: String(anna) } })
})

test('a first visit that was taken back is none', async () => {
  const { jobs, visitor, claim, ends, prisma } = await openStanding('playbook:firstVisit')
  await visitor(2)
  await jobs.run()
  await prisma.delivery.updateMany({ data: { heldOut: false, dueAt: new Date(afternoon) } })
  await prisma.visit.deleteMany()
  expect(await claim()).toEqual({ what: 'passed', deliveries: 1 })
  expect(await ends()).toEqual([['first', 'noOccasion']])
})

test('days when nothing ran are made up for, for three days and once; a wish that waited longer does not come', async () => {
  const { jobs, client, claim, ends, prisma, pass } = await openStanding('playbook:birthday')
  const anna = await client({ birthDay: 27, birthMonth: 11 })
  await client({ birthDay: 26, birthMonth: 11 })
  pass(4 * dayMs)
  await jobs.run()
  await jobs.run()
  expect(await ends()).toEqual([['2026', 'waiting']])
  await prisma.delivery.updateMany({ data: { heldOut: false } })
  pass(dayMs)
  await jobs.run()
  expect(await claim()).toEqual({ what: 'passed', deliveries: 1 })
  expect(await ends()).toEqual([['2026', 'noOccasion']])
  expect((await prisma.delivery.findFirstOrThrow()).clientId).toBe(anna)
})
