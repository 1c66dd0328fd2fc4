import type { Client, Prisma } from './generated/client.ts'
import { mergeCoupons } from './merge-coupons.ts'
import { mergeDeliveries } from './merge-deliveries.ts'
import { mergePrompts } from './merge-prompts.ts'
import { mergeVisits } from './merge-visits.ts'
import { countedDialogues, mergeWalks } from './merge-walks.ts'

/**
 * Makes two clients one: `from` moves into `into` with its chats, dialogues, consents, footprint and notices, and is gone.
 * What `into` knows stays; what it does not know is filled in. A consent decision made later wins. Of the survey, the short form
 * and the invitations nothing is lost: every walk, visit, coupon and follow-up of both stays.
 */
export async function mergeClients(tx: Prisma.TransactionClient, from: bigint, into: bigint): Promise<void> {
  // Walks get other numbers: nobody may write one of `into` by its old number meanwhile, nor add anything to who is gone.
  await tx.$queryRaw`SELECT FROM "Client" WHERE id IN (${from}, ${into}) ORDER BY id FOR UPDATE`
  const [old, kept] = await Promise.all([
    tx.client.findUniqueOrThrow({ where: { id: from }, include: { dialogues: true } }),
    tx.client.findUniqueOrThrow({ where: { id: into }, include: { dialogues: true } }),
  ])
  const move = { where: { clientId: from }, data: { clientId: into } }
  await tx.chat.updateMany(move)
  await tx.event.updateMany(move)
  await tx.notice.updateMany(move)
  await tx.consent.updateMany(move)
  await mergeVisits(tx, from, into)
  await mergePrompts(tx, from, into, await mergeWalks(tx, from, into))
  await mergeCoupons(tx, from, into)
  await mergeDeliveries(tx, from, into)
  const lacking = old.dialogues
    .filter((one) => !staying.has(one.name) && !kept.dialogues.some((other) => other.name === one.name))
    .map((one) => one.name)
  await tx.dialogue.updateMany({ where: { clientId: from, name: { in: lacking } }, data: { clientId: into } })
  await tx.client.delete({ where: { id: from } })
  await tx.client.update({
    where: { id: into },
    data: {
      ...gaps(old, kept),
      ...books(old, kept),
      ...(await advertising(tx, into, kept)),
      version: { increment: 1 },
    },
  })
}

/** The linking is over; the counted ones have moved already. */
const staying: ReadonlySet<string> = new Set(['link', ...countedDialogues])

const fillable = [
  'name',
  'sex',
  'city',
  'master',
  'heardFrom',
  'preferredPlatform',
  'onboardedAt',
  'personalDataConsentAt',
] as const

function gaps(old: Client, kept: Client): Prisma.ClientUpdateInput {
  const filled = fillable
    .filter((name) => kept[name] === null && old[name] !== null)
    .map((name): [string, unknown] => [name, old[name]])
  return {
    ...(Object.fromEntries(filled) as Prisma.ClientUpdateInput),
    // A birthday is one thing: somebody else's year does not belong to this day.
    ...(kept.birthDay === null
      ? { birthDay: old.birthDay, birthMonth: old.birthMonth, birthYear: old.birthYear }
      : {}),
    ...(kept.lines.length === 0 ? { lines: old.lines } : {}),
    ...(kept.convenientTimes.length === 0 ? { convenientTimes: old.convenientTimes } : {}),
  }
}

/**
 * What the salon's books say of both. One client has one number there, and one phone beside the confirmed one: those of `into`
 * stay; of two phones the confirmed one is known anyway, so the other one stays.
 */
function books(old: Client, kept: Client): Prisma.ClientUpdateInput {
  const phones = [kept.bookPhone, old.bookPhone].filter((phone) => phone !== null)
  const since = [kept.bookedAt, old.bookedAt].filter((at) => at !== null).sort((a, b) => +a - +b)
  return {
    bookPhone: phones.find((phone) => phone !== kept.confirmedPhone) ?? phones[0] ?? null,
    externalId: kept.externalId ?? old.externalId,
    bookedAt: since[0] ?? null,
  }
}

/** The ledger's last word on advertising, whichever chat it was said in. */
async function advertising(
  tx: Prisma.TransactionClient,
  clientId: bigint,
  kept: Client,
): Promise<Prisma.ClientUpdateInput> {
  const last = await tx.consent.findFirst({
    where: { clientId, purpose: 'advertising' },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
  })
  return { advertisingConsentAt: last ? (last.granted ? last.at : null) : kept.advertisingConsentAt }
}
