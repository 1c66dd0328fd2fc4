/** Who of the staff hears what happens to an offer, on a real PostgreSQL: written with it, told once. */
import { expect, test } from 'vitest'
import { createNotices } from '../../src/storage/notices.ts'
import type { OfferAct } from '../../src/storage/offers.ts'
import { afternoon, offerSpec, openOfferSalon } from './offer-salon.ts'

/** An owner, and two admins of whom the first has drafted an offer. */
async function open(wish: { ownerAbove?: { discountPercent: number }; origin?: 'manual' | 'newcomer' } = {}) {
  const { ownerAbove = {}, origin = 'manual' } = wish
  const announced: string[] = []
  const announce = async (ids: string[]) => void announced.push(...ids)
  const stage = await openOfferSalon({ offers: { ownerAbove, announce } })
  const { prisma, offers } = stage
  const staff = {
    owner: await stage.staff(),
    author: await stage.staff('admin'),
    other: await stage.staff('admin'),
  }
  await stage.client()
  const { id } = (await offers.create({ origin, spec: offerSpec(), by: staff.author }))!
  const notices = createNotices(stage)
  const act = async (one: OfferAct, who?: keyof typeof staff) => {
    const by = who && staff[who]
    return (await offers.change({ id, act: one, ...(by !== undefined && { by }) })).ok
  }
  const waits = () => notices.waiting(10)
  /** Tells all that waits to those whom it concerns, as the job would. @returns what, to whom */
  const told = async () => {
    const heard: string[] = []
    for (const notice of await waits()) {
      const about = await notices.undone(notice)
      const what = about?.kind === 'offer' ? (about.asks ? 'asks' : about.what) : 'something else'
      for (const member of await notices.untold(notice)) {
        await notices.told(notice, member.id)
        heard.push(`${what}: ${Object.entries(staff).find(([, number]) => number === member.id)?.[0]}`)
      }
      await notices.close(notice)
    }
    return heard
  }
  return { prisma, staff, notices, act, waits, told, announced, edited: offerSpec({ attributionDays: 20 }) }
}

test('an approval is asked of everybody but who asks, and its author reads what became of it', async () => {
  const { act, told, waits, announced } = await open()
  await act({ kind: 'submit' }, 'author')
  expect(await told()).toEqual(['asks: owner', 'asks: other'])
  expect(await told()).toEqual([])
  await act({ kind: 'approve', version: 1 }, 'other')
  expect(await told()).toEqual(['approved: author'])
  await act({ kind: 'start' })
  await act({ kind: 'pause' }, 'owner')
  await act({ kind: 'resume' }, 'owner')
  expect(await waits()).toEqual([])
  await act({ kind: 'expire' })
  expect(announced).toHaveLength(2)
})

test('how it ended is told to its author and to who has approved it', async () => {
  const { act, told, prisma } = await open()
  await act({ kind: 'submit' }, 'author')
  await act({ kind: 'approve', version: 1 }, 'other')
  await act({ kind: 'start' })
  await told()
  await prisma.delivery.updateMany({ data: { state: 'sent' } })
  await act({ kind: 'finish' })
  expect(await told()).toEqual(['done: author', 'done: other'])
})

test('only owners hear of what only they may approve; a refused approval is no news', async () => {
  const { act, told, prisma, staff, waits } = await open({ ownerAbove: { discountPercent: 5 } })
  // She can't be reached now, and must hear of it all the same.
  await prisma.staff.update({ where: { id: staff.owner }, data: { reachable: false } })
  await act({ kind: 'submit' }, 'author')
  expect(await act({ kind: 'approve', version: 1 }, 'other')).toBe(false)
  expect(await told()).toEqual([])
  expect(await waits()).toHaveLength(1)
  await prisma.staff.update({ where: { id: staff.owner }, data: { reachable: true } })
  expect(await told()).toEqual(['asks: owner'])
  expect(await waits()).toEqual([])
})

test('an edit after the approval asks for another; while one waits, further edits ask for nothing', async () => {
  const { act, told, edited } = await open()
  await act({ kind: 'submit' }, 'author')
  await act({ kind: 'edit', version: 1, spec: edited }, 'author')
  await act({ kind: 'approve', version: 2 }, 'owner')
  expect(await told()).toEqual(['asks: owner', 'asks: other', 'approved: author'])
  await act({ kind: 'edit', version: 2, spec: edited }, 'owner')
  expect(await told()).toEqual(['asks: author', 'asks: other'])
})

test('whom it concerned and who is not among the staff any more holds nothing up', async () => {
  const { act, told, waits, prisma, staff } = await open()
  await act({ kind: 'submit' }, 'author')
  await told()
  await act({ kind: 'reject', why: 'too generous' }, 'owner')
  await prisma.staff.delete({ where: { id: staff.author } })
  expect(await told()).toEqual([])
  expect(await waits()).toEqual([])
})

test('what the program submits, and the end of a newcomer’s offer, are told otherwise', async () => {
  const { act, waits, told, prisma } = await open({ origin: 'newcomer' })
  await act({ kind: 'submit' })
  expect(await waits()).toEqual([])
  await act({ kind: 'approve', version: 1 }, 'owner')
  await act({ kind: 'start' })
  await prisma.delivery.updateMany({ data: { state: 'sent', sentAt: new Date(afternoon) } })
  await act({ kind: 'finish' })
  expect(await told()).toEqual(['approved: author'])
})
