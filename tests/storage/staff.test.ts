import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type Database } from '../../src/storage/database.ts'
import { createStaff, inviteLifetimeMs, type Member, type Newcomer } from '../../src/storage/staff.ts'
import { freshDatabase } from './fresh-database.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }
const anna: Newcomer = { telegramId: 7_100_000_001, name: 'Анна', language: 'ru' }
const boris: Newcomer = { telegramId: 7_100_000_002, name: 'Борис', language: 'en' }
const vera: Newcomer = { telegramId: 7_100_000_003, name: 'Вера', language: 'ru' }

const database: Database = await openDatabase({ ...(await freshDatabase()), log: silent })
const { prisma } = database
let clockMs = Date.UTC(2026, 10, 20, 9)
let updates = 0
const nextKey = () => `ad:1:${(updates += 1)}`
const staff = createStaff({ prisma, now: () => clockMs })

beforeEach(async () => {
  await prisma.$executeRaw`TRUNCATE "Staff", "Invite", "SeenUpdate" CASCADE`
})
afterAll(() => database.close())

async function joinOwner(person: Newcomer = anna): Promise<Member> {
  const token = await staff.ownerInvite()
  const redeemed = await staff.redeem({ token: token!, person, updateKey: nextKey() })
  if (!redeemed.ok) throw new Error(redeemed.reason)
  return redeemed.member
}

async function inviteToken(by: Member, role: 'owner' | 'admin' = 'admin'): Promise<string> {
  const invited = await staff.invite({ role, by: by.id, updateKey: nextKey() })
  if (!invited.ok) throw new Error(invited.reason)
  return invited.token
}

const redeem = (token: string, person: Newcomer, updateKey = nextKey()) =>
  staff.redeem({ token, person, updateKey })

describe('the first run', () => {
  test('a salon without an owner gets a link that makes one', async () => {
    const owner = await joinOwner()
    expect(owner).toMatchObject({ ...anna, role: 'owner', reachable: true })
    expect(await staff.byTelegramId(anna.telegramId)).toEqual(owner)
  })

  test('a salon with an owner gets no link', async () => {
    await joinOwner()
    expect(await staff.ownerInvite()).toBeUndefined()
  })

  test('a new start replaces the link of the start before', async () => {
    const first = await staff.ownerInvite()
    const second = await staff.ownerInvite()
    expect(await redeem(first!, anna)).toEqual({ ok: false, reason: 'unknown' })
    expect(await redeem(second!, anna)).toMatchObject({ ok: true, joined: true })
  })

  test('the token fits a deep link, carries 192 bits, and is not kept', async () => {
    const token = await staff.ownerInvite()
    expect(token).toMatch(/^[\w-]{32}$/)
    const rows = await prisma.invite.findMany()
    expect(
      JSON.stringify(rows, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain(token)
  })
})

describe('one link, one person', () => {
  test('of two people at once exactly one comes in', async () => {
    const owner = await joinOwner()
    const token = await inviteToken(owner)
    const results = await Promise.all([redeem(token, boris), redeem(token, vera)])
    expect(results.map((result) => (result.ok ? 'in' : result.reason)).sort()).toEqual(['in', 'used'])
    expect(await staff.list()).toHaveLength(2)
  })

  test('a used link lets nobody else in', async () => {
    const token = await inviteToken(await joinOwner())
    await redeem(token, boris)
    expect(await redeem(token, vera)).toEqual({ ok: false, reason: 'used' })
  })

  test('the same person opening the same link again is welcomed again and stays one member', async () => {
    const token = await inviteToken(await joinOwner())
    const first = await redeem(token, boris)
    expect(await redeem(token, boris)).toEqual({ ...first, joined: false })
    expect(await staff.list()).toHaveLength(2)
  })

  test('a link is good until its last moment and not a moment longer', async () => {
    const owner = await joinOwner()
    const token = await inviteToken(owner)
    const late = await inviteToken(owner)
    clockMs += inviteLifetimeMs - 1
    expect(await redeem(token, boris)).toMatchObject({ ok: true })
    clockMs += 1
    expect(await redeem(late, vera)).toEqual({ ok: false, reason: 'expired' })
  })

  test('a made-up token is unknown', async () => {
    expect(await redeem('A'.repeat(32), vera)).toEqual({ ok: false, reason: 'unknown' })
  })

  test('a member who opens an admin link leaves it whole', async () => {
    const owner = await joinOwner()
    const token = await inviteToken(owner)
    expect(await redeem(token, anna)).toEqual({ ok: false, reason: 'own' })
    expect(await redeem(token, boris)).toMatchObject({ ok: true, joined: true })
  })

  test('an owner link makes an admin an owner', async () => {
    const owner = await joinOwner()
    await redeem(await inviteToken(owner), boris)
    expect(await redeem(await inviteToken(owner, 'owner'), boris)).toMatchObject({
      ok: true,
      member: { role: 'owner' },
    })
    expect(await staff.list()).toHaveLength(2)
  })
})

describe('who may invite and remove', () => {
  test('an admin may do neither', async () => {
    const owner = await joinOwner()
    await redeem(await inviteToken(owner), boris)
    const admin = (await staff.byTelegramId(boris.telegramId))!
    expect(await staff.invite({ role: 'admin', by: admin.id, updateKey: nextKey() })).toEqual({
      ok: false,
      reason: 'notOwner',
    })
    expect(await staff.remove({ id: owner.id, by: admin.id, updateKey: nextKey() })).toEqual({
      ok: false,
      reason: 'notOwner',
    })
  })

  test('a removed admin is gone, and the used link does not lead back', async () => {
    const owner = await joinOwner()
    const token = await inviteToken(owner)
    await redeem(token, boris)
    const admin = (await staff.byTelegramId(boris.telegramId))!
    expect(await staff.remove({ id: admin.id, by: owner.id, updateKey: nextKey() })).toEqual({
      ok: true,
      member: admin,
    })
    expect(await staff.byTelegramId(boris.telegramId)).toBeUndefined()
    expect(await redeem(token, boris)).toEqual({ ok: false, reason: 'used' })
  })

  test('the unused links of a removed owner die with the access', async () => {
    const owner = await joinOwner()
    await redeem(await inviteToken(owner, 'owner'), boris)
    const second = (await staff.byTelegramId(boris.telegramId))!
    const token = await inviteToken(second)
    await staff.remove({ id: second.id, by: owner.id, updateKey: nextKey() })
    expect(await redeem(token, vera)).toEqual({ ok: false, reason: 'unknown' })
  })

  test('nobody removes themselves, and two owners removing each other leave one', async () => {
    const owner = await joinOwner()
    await redeem(await inviteToken(owner, 'owner'), boris)
    const second = (await staff.byTelegramId(boris.telegramId))!
    expect(await staff.remove({ id: owner.id, by: owner.id, updateKey: nextKey() })).toEqual({
      ok: false,
      reason: 'self',
    })
    await Promise.all([
      staff.remove({ id: second.id, by: owner.id, updateKey: nextKey() }),
      staff.remove({ id: owner.id, by: second.id, updateKey: nextKey() }),
    ])
    expect(await staff.list()).toHaveLength(1)
  })
})

describe('a redelivered update', () => {
  test('makes no second link', async () => {
    const owner = await joinOwner()
    const updateKey = nextKey()
    expect(await staff.invite({ role: 'admin', by: owner.id, updateKey })).toMatchObject({ ok: true })
    expect(await staff.invite({ role: 'admin', by: owner.id, updateKey })).toEqual({
      ok: false,
      reason: 'repeated',
    })
    expect(await prisma.invite.count({ where: { usedAt: null } })).toBe(1)
  })

  test('does not undo a newer choice of language', async () => {
    const { id } = await joinOwner()
    const old = nextKey()
    await staff.setLanguage({ id, language: 'en', updateKey: old })
    await staff.setLanguage({ id, language: 'ru', updateKey: nextKey() })
    expect(await staff.setLanguage({ id, language: 'en', updateKey: old })).toBe(false)
    expect((await staff.byId(id))?.language).toBe('ru')
  })
})

test('owners stand first, then everybody by the day they joined', async () => {
  const owner = await joinOwner(vera)
  clockMs += 1000
  await redeem(await inviteToken(owner), boris)
  clockMs += 1000
  await redeem(await inviteToken(owner, 'owner'), anna)
  expect((await staff.list()).map((member) => member.name)).toEqual(['Вера', 'Анна', 'Борис'])
})
