/** What the playbook says, as it is drafted at night, approved, and read by real clients of a real PostgreSQL. */
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { instrument } from '../../src/domain/instrument.ts'
import type { Salon } from '../../src/domain/salon.ts'
import { offerMessage } from '../../src/flows/offer-message.ts'
import { createOfferDrafts, type OfferDraftsJob } from '../../src/jobs/offer-drafts.ts'
import { createQueues } from '../../src/jobs/queues.ts'
import { createTranslator } from '../../src/locales.ts'
import { readSalonFile } from '../../src/settings/salon-file.ts'
import { createDraftStorage } from '../../src/storage/offer-drafts.ts'
import { afternoon, openOfferSalon } from '../storage/offer-salon.ts'
import { silent } from '../storage/talk.ts'

const root = path.resolve(import.meta.dirname, '../..')
const words = createTranslator({ dir: path.join(root, 'locales') })
const reading = readSalonFile(path.join(root, 'salon.example.yaml'))
if (!reading.ok) throw new Error('salon.example.yaml can’t be read')
const example = reading.read
const today = Temporal.PlainDate.from('1970-01-01').until('2026-11-26').days
const dayMs = 24 * 3600_000

/** @param own what this salon does otherwise in its playbook */
async function open(own: Salon['offers']['playbook'] = {}) {
  const stage = await openOfferSalon()
  const playbook = { ...example.offers.playbook, holdoutShare: 0, leastClients: 1, ...own }
  const salon = { ...example, offers: { ...example.offers, playbook } }
  const queues = createQueues<{ offerDrafts: OfferDraftsJob }>({ connectionString: stage.url, log: silent })
  onTestFinished(() => queues.close({ patienceMs: 1000 }))
  const jobs = createOfferDrafts({
    queues,
    drafts: createDraftStorage({ ...stage, audience: stage.policy, now: () => afternoon }),
    offers: stage.offers,
    changed: async () => {},
    announce: async () => {},
    salon,
    survey: { version: 1, questions: instrument },
    words,
    log: silent,
    now: () => afternoon,
  })
  const by = await stage.staff()

  /** In these segments by line; "" overall. Away for 40 days. */
  const client = async (
    name: string,
    segments: Readonly<Record<string, string>> = {},
    answers?: object,
  ): Promise<bigint> => {
    const clientId = await stage.client({ name })
    const value = { firstDay: today - 90, lastDay: today - 40, visits: 4, kopecks: 0, firstDayKopecks: 0 }
    await stage.prisma.clientValue.createMany({
      data: Object.entries(segments).map(([line, segment]) => ({
        clientId,
        line,
        segment,
        code: 'x',
        ...value,
      })),
    })
    const at = new Date(afternoon)
    const walk = {
      clientId,
      name: 'survey',
      run: 1,
      version: 1,
      status: 'finished',
      startedAt: at,
      changedAt: at,
    }
    if (answers) await stage.prisma.dialogue.create({ data: { ...walk, answers } })
    return clientId
  }
  const visit = (clientId: bigint, line: string, master: string, daysAgo: number) =>
    stage.prisma.visit.create({ data: { clientId, line, master, at: new Date(afternoon - daysAgo * dayMs) } })

  /** As the recompute counts them. */
  const night = async () => {
    const all = await stage.prisma.clientValue.groupBy({ by: ['line', 'segment'], _count: true })
    await stage.prisma.segmentCount.deleteMany()
    await stage.prisma.segmentCount.createMany({
      data: all.map(({ line, segment, _count: clients }) => ({
        day: today,
        line,
        scheme: 'halves',
        segment,
        clients,
        kopecks: 0,
      })),
    })
    await jobs.run()
  }
  const drafts = () => stage.offers.list({ states: ['pending'], offset: 0, limit: 100 })

  /** Approves every draft and sends it. @returns who reads what, by the draft's key */
  const sent = async () => {
    const read: Record<string, Record<string, string>> = {}
    for (const { id, draftKey = '', standing } of await drafts()) {
      // Each draft is looked at for itself.
      await stage.prisma.delivery.deleteMany()
      const approved = await stage.offers.change({
        id,
        by,
        act: { kind: 'approve', version: standing.version },
      })
      if (!approved.ok || draftKey.split(':').length < 3) continue
      await stage.offers.change({ id, act: { kind: 'start' } })
      for (;;) {
        const claim = await stage.deliveries.claim({ offerId: id, platform: 'telegram', limit: 20 })
        if (claim.what === 'none') break
        if (claim.what !== 'message') continue
        const { delivery } = claim
        const { language } = delivery.chat
        const message = offerMessage(
          { spec: delivery.offer.spec, variant: delivery.variant },
          {
            delivery: delivery.id,
            platform: 'telegram',
            language,
            addressee: delivery.addressee,
            code: delivery.code ?? 'ABCDEFGHJK',
            at: afternoon,
          },
          { salon, t: words(language) },
        )
        const { name } = await stage.prisma.client.findUniqueOrThrow({
          where: { id: BigInt(delivery.clientId) },
        })
        const key = draftKey.split(':').slice(1, -1).join(':')
        read[key] = { ...read[key], [name ?? '']: message.text.text }
        await stage.deliveries.end(delivery.id, { state: 'sent' })
      }
    }
    return read
  }
  return { ...stage, client, visit, night, drafts, sent }
}

const who = (read: Record<string, Record<string, string>>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(read).map(([key, texts]) => [key, Object.keys(texts).sort()]))

describe('at night', () => {
  test('each group gets what the playbook has for it, and those of no value nothing', async () => {
    const { client, night, sent, drafts } = await open()
    const wantsCard = { regular: { value: true }, card: { value: false } }
    await client('Нелли', { nails: 'valuable', '': 'valuable' })
    await client('Косма', { cosmetology: 'valuable', nails: 'valuable', '': 'valuable' })
    await client('Новая', { hair: 'new', '': 'new' })
    await client('Уля', { nails: 'vulnerable', '': 'vulnerable' })
    await client('Рита', { hair: 'vulnerable', '': 'vulnerable' }, wantsCard)
    await client('Ноль', { nails: 'noValue', hair: 'noValue', '': 'noValue' }, wantsCard)
    await night()
    await night()
    const all = await drafts()
    expect(new Set(all.map(({ draftKey }) => draftKey)).size).toBe(all.length)
    const discounts = all
      .filter(({ draftKey }) => draftKey?.includes('comeBack'))
      .map(({ spec }) => spec.discount)
    expect(discounts).toEqual([
      { kind: 'percent', percent: 5 },
      { kind: 'percent', percent: 5 },
    ])
    expect(who(await sent())).toEqual({
      // Косма knows nails already.
      'crossSell:cosmetology:hair': ['Косма'],
      'crossSell:nails:hair': ['Косма', 'Нелли'],
      'bonusCard:cosmetology': ['Косма'],
      'bonusCard:nails': ['Косма', 'Нелли'],
      newCard: ['Новая'],
      regularCard: ['Рита'],
      'comeBack:nails': ['Уля'],
      'comeBack:hair': ['Рита'],
    })
  })

  test('the salon’s own rules and its map of lines are drafted like ours, once', async () => {
    const { client, night, sent, drafts } = await open({
      off: ['bonusCard', 'newCard', 'regularCard', 'family', 'comeBack', 'birthday', 'overdue', 'firstVisit'],
      crossSell: [{ from: 'hair', to: ['cosmetology'] }],
      own: [
        {
          id: 'brows',
          each: 'line',
          lines: ['hair'],
          title: { ru: 'Брови' },
          text: { ru: '{name}, здравствуйте! Любите «{line}»? Дарим {discount}.' },
          discount: { kind: 'gift', words: { ru: 'укладку' } },
          validDays: 14,
          conditions: [{ kind: 'lastVisit', days: { from: 30 }, line: '*' }],
          every: 'month',
        },
      ],
    })
    await client('Вера', { hair: 'valuable', '': 'valuable' })
    await client('Нелли', { nails: 'valuable', '': 'valuable' })
    await client('Ноль', { hair: 'noValue', '': 'noValue' })
    await night()
    await night()
    expect(await drafts()).toHaveLength(2)
    expect(await sent()).toEqual({
      'crossSell:hair:cosmetology': { Вера: expect.stringContaining('«Косметология»') as string },
      'brows:hair': { Вера: 'Вера, здравствуйте! Любите «Парикмахерский зал»? Дарим укладку.' },
    })
  })

  test('the client’s own master of the line is named, and no other', async () => {
    const { client, visit, night, sent, prisma } = await open()
    const anna = await client('Анна', { nails: 'vulnerable', '': 'vulnerable' })
    await visit(anna, 'nails', 'olga', 50)
    await visit(anna, 'nails', 'dasha', 40)
    await visit(anna, 'hair', 'inna', 3)
    // Came for nails to somebody who has left; wishes for a hairdresser.
    const vera = await client('Вера', { nails: 'vulnerable', '': 'vulnerable' })
    await visit(vera, 'nails', 'gone', 40)
    await prisma.client.update({ where: { id: vera }, data: { master: 'inna' } })
    // Books without masters; wishes for one of the line.
    const zoya = await client('Зоя', { nails: 'vulnerable', '': 'vulnerable' })
    await prisma.client.update({ where: { id: zoya }, data: { master: 'sveta' } })
    await night()
    const texts = (await sent())['comeBack:nails']
    expect(texts?.['Анна']).toContain('Ваш мастер Дарья Климова вас ждёт.')
    expect(texts?.['Анна']).toContain('«Ногтевой сервис»')
    expect(texts?.['Вера']).not.toContain('мастер')
    expect(texts?.['Зоя']).toContain('Ваш мастер Светлана Мороз вас ждёт.')
  })
})

describe('whoever agreed to a text that names no personal offers', () => {
  test('is not called by name, and no newcomer’s offer is prepared, until they agree to one that does', async () => {
    const { client, night, sent, prisma, drafts } = await open()
    const documents = ['old', 'new'].map((hash) => ({
      hash,
      language: 'ru',
      text: hash,
      offers: hash === 'new',
    }))
    await prisma.consentDocument.createMany({
      data: documents.map((one) => ({ ...one, purpose: 'personalData' as const })),
    })
    const agrees = (clientId: bigint, documentHash: string) =>
      prisma.consent.create({
        data: {
          clientId,
          documentHash,
          subject: `s${clientId}`,
          purpose: 'personalData',
          granted: true,
          platform: 'telegram',
          evidence: 'yes',
          at: new Date(afternoon),
        },
      })
    const anna = await client('Анна', { nails: 'vulnerable', '': 'vulnerable' })
    const vera = await client('Вера', { nails: 'vulnerable', '': 'vulnerable' })
    const onboardedAt = new Date(afternoon - 60_000)
    await prisma.client.updateMany({ where: { id: { in: [anna, vera] } }, data: { onboardedAt } })
    await agrees(anna, 'old')
    await agrees(vera, 'old')
    await agrees(vera, 'new')
    await night()
    const personal = async () =>
      (await drafts()).flatMap(({ draftKey }) => (draftKey?.startsWith('newcomer') ? [draftKey] : []))
    expect(await personal()).toEqual([`newcomer:${vera}`])
    const texts = (await sent())['comeBack:nails']
    expect(texts?.['Анна']).toMatch(/^Здравствуйте! Давно вас не видели/)
    expect(texts?.['Вера']).toMatch(/^Вера, здравствуйте! Давно вас не видели/)
    await agrees(anna, 'new')
    await night()
    expect(await personal()).toEqual([`newcomer:${anna}`])
  })
})
