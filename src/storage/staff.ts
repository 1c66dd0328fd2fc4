import { createHash, randomBytes } from 'node:crypto'
import type { Language } from '../domain/salon.ts'
import { firstTime } from './first-time.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'

export type StaffRole = 'owner' | 'admin'

/** One of the salon's people. `telegramId` is the private chat's id too. */
export interface Member {
  id: number
  telegramId: number
  role: StaffRole
  name: string
  language: Language
  reachable: boolean
  createdAt: Date
  /** The question that the next typed words answer, as a button's data; absent: the words are a search. */
  asked?: string
}

/** Who pressed the link, as Telegram tells it. */
export interface Newcomer {
  telegramId: number
  name: string
  language: Language
}

export type Redeemed =
  | { ok: true; member: Member; joined: boolean }
  /** `own`: the person is among the staff already, and the link stays good for somebody else. */
  | { ok: false; reason: 'unknown' | 'expired' | 'used' | 'own' }

export type Invited = { ok: true; token: string } | { ok: false; reason: 'notOwner' | 'repeated' }
export type Removed =
  | { ok: true; member: Member }
  | { ok: false; reason: 'notOwner' | 'self' | 'gone' | 'repeated' }

export interface StaffStorage {
  /**
   * The first run's link: a new token while the salon has no owner, undefined once it has one.
   * It replaces the unused token of an earlier start.
   */
  ownerInvite(): Promise<string | undefined>
  /** A link for one more person, made by the owner `by` (staff id). */
  invite(wish: { role: StaffRole; by: number; updateKey: string }): Promise<Invited>
  /** Turns a token into a place among the staff. Of two people at once exactly one succeeds. */
  redeem(wish: { token: string; person: Newcomer; updateKey: string }): Promise<Redeemed>
  byTelegramId(telegramId: number): Promise<Member | undefined>
  byId(id: number): Promise<Member | undefined>
  /** Everybody, owners first, then by the day they joined. */
  list(): Promise<Member[]>
  /** The owner `by` shows member `id` the door; links that the member had made and nobody used die too. */
  remove(wish: { id: number; by: number; updateKey: string }): Promise<Removed>
  /** False when the update was taken before: a late copy must not undo a newer choice. */
  setLanguage(wish: { id: number; language: Language; updateKey: string }): Promise<boolean>
  /** What the next typed words answer; undefined: they are a search. */
  setAsked(id: number, asked: string | undefined): Promise<void>
  /** Whether Telegram lets the bot write to this person. Unknown people are ignored. */
  setReachable(telegramId: number, reachable: boolean): Promise<void>
}

export const inviteLifetimeMs = 24 * 60 * 60 * 1000

/** Any constant will do: it only has to be the same in every process. */
const staffLock = 7_021_604

/**
 * The salon's people and the one-time links that bring them in. Of a token only the SHA-256 is kept.
 *
 * Whatever changes the staff is done one at a time, across processes: who may do it is looked up under the same lock, so that
 * two owners removing each other, or two people with one link, leave a salon that makes sense. Each change marks its update
 * as seen in its own transaction.
 *
 * @param now epoch milliseconds
 */
export function createStaff({
  prisma,
  now = Date.now,
}: {
  prisma: PrismaClient
  now?: () => number
}): StaffStorage {
  const alone = <T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> =>
    prisma.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(${staffLock})::text`
      return work(tx)
    })

  return {
    ownerInvite: () =>
      alone(async (tx) => {
        if ((await tx.staff.count({ where: { role: 'owner' } })) > 0) return undefined
        await tx.invite.deleteMany({ where: { role: 'owner', usedAt: null } })
        return createInvite(tx, { role: 'owner', now: now() })
      }),
    invite: ({ role, by, updateKey }) =>
      alone(async (tx) => {
        if (!(await isOwner(tx, by))) return { ok: false, reason: 'notOwner' }
        if (!(await firstTime(tx, updateKey))) return { ok: false, reason: 'repeated' }
        return { ok: true, token: await createInvite(tx, { role, by, now: now() }) }
      }),
    redeem: (wish) => alone((tx) => redeem(tx, wish, new Date(now()))),
    remove: (wish) => alone((tx) => remove(tx, wish)),
    async byTelegramId(telegramId) {
      const row = await prisma.staff.findUnique({ where: { telegramId } })
      return row ? toMember(row) : undefined
    },
    async byId(id) {
      const row = await prisma.staff.findUnique({ where: { id } })
      return row ? toMember(row) : undefined
    },
    async list() {
      const rows = await prisma.staff.findMany({
        orderBy: [{ role: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
      })
      return rows.map(toMember)
    },
    setLanguage: ({ id, language, updateKey }) =>
      prisma.$transaction(async (tx) => {
        if (!(await firstTime(tx, updateKey))) return false
        await tx.staff.updateMany({ where: { id }, data: { language } })
        return true
      }),
    async setAsked(id, asked) {
      await prisma.staff.updateMany({ where: { id }, data: { asked: asked ?? null } })
    },
    async setReachable(telegramId, reachable) {
      await prisma.staff.updateMany({ where: { telegramId, reachable: !reachable }, data: { reachable } })
    },
  }
}

async function createInvite(
  tx: Prisma.TransactionClient,
  { role, by, now }: { role: StaffRole; by?: number; now: number },
): Promise<string> {
  const token = randomBytes(24).toString('base64url')
  await tx.invite.create({
    data: {
      tokenHash: hashOf(token),
      role,
      invitedBy: by ?? null,
      createdAt: new Date(now),
      expiresAt: new Date(now + inviteLifetimeMs),
    },
  })
  return token
}

async function redeem(
  tx: Prisma.TransactionClient,
  { token, person, updateKey }: { token: string; person: Newcomer; updateKey: string },
  at: Date,
): Promise<Redeemed> {
  const invite = await tx.invite.findUnique({ where: { tokenHash: hashOf(token) } })
  if (!invite) return { ok: false, reason: 'unknown' }
  const known = await tx.staff.findUnique({ where: { telegramId: person.telegramId } })
  if (invite.usedAt) {
    // The same update again, after a crash between the commit and the greeting: greet.
    const mine = known !== null && invite.usedBy === BigInt(person.telegramId)
    return mine ? { ok: true, member: toMember(known), joined: false } : { ok: false, reason: 'used' }
  }
  if (invite.expiresAt <= at) return { ok: false, reason: 'expired' }
  // An owner's link makes an admin an owner; any other link has nothing to give to somebody who is in.
  if (known && (known.role === 'owner' || invite.role === 'admin')) return { ok: false, reason: 'own' }

  await firstTime(tx, updateKey)
  await tx.invite.update({
    where: { tokenHash: invite.tokenHash },
    data: { usedAt: at, usedBy: person.telegramId },
  })
  const row = await tx.staff.upsert({
    where: { telegramId: person.telegramId },
    create: { ...person, role: invite.role, createdAt: at },
    update: { role: invite.role, reachable: true },
  })
  return { ok: true, member: toMember(row), joined: true }
}

async function remove(
  tx: Prisma.TransactionClient,
  { id, by, updateKey }: { id: number; by: number; updateKey: string },
): Promise<Removed> {
  if (!(await isOwner(tx, by))) return { ok: false, reason: 'notOwner' }
  if (id === by) return { ok: false, reason: 'self' }
  if (!(await firstTime(tx, updateKey))) return { ok: false, reason: 'repeated' }
  const row = await tx.staff.findUnique({ where: { id } })
  if (!row) return { ok: false, reason: 'gone' }
  await tx.invite.deleteMany({ where: { invitedBy: id, usedAt: null } })
  await tx.staff.delete({ where: { id } })
  return { ok: true, member: toMember(row) }
}

async function isOwner(tx: Prisma.TransactionClient, id: number): Promise<boolean> {
  const row = await tx.staff.findUnique({ where: { id }, select: { role: true } })
  return row?.role === 'owner'
}

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Telegram's ids have at most 52 significant bits, so a number holds them exactly. */
function toMember(row: Prisma.StaffGetPayload<object>): Member {
  return {
    id: row.id,
    telegramId: Number(row.telegramId),
    role: row.role,
    name: row.name,
    language: row.language === 'en' ? 'en' : 'ru',
    reachable: row.reachable,
    createdAt: row.createdAt,
    ...(row.asked !== null && { asked: row.asked }),
  }
}
