import { createHmac, randomBytes } from 'node:crypto'
import type { ConsentPurpose } from '../domain/client.ts'
import type { ChatAddress } from '../domain/known.ts'
import type { Language } from '../domain/salon.ts'
import type { Prisma, PrismaClient } from './generated/client.ts'

export interface ConsentText {
  purpose: ConsentPurpose
  language: Language
  text: string
  /** SHA-256 of the text, hex. */
  hash: string
  /** It names the preparing of personal offers. */
  offers: boolean
}

export interface Ledger {
  record(tx: Prisma.TransactionClient, entry: LedgerEntry): Promise<void>
  /** What proves that a ledger row is about this chat, after the person was forgotten. */
  subjectOf(chat: ChatAddress): string
}

interface LedgerEntry {
  clientId: bigint
  chat: ChatAddress
  purpose: ConsentPurpose
  granted: boolean
  documentHash: string
  evidence: string
  at: Date
}

const keyName = 'ledgerKey'

/**
 * The append-only ledger of consents. Every text that may be agreed to is kept word for word before it is shown.
 * @param documents the consent texts of all purposes and languages
 */
export async function openLedger(prisma: PrismaClient, documents: readonly ConsentText[]): Promise<Ledger> {
  await prisma.consentDocument.createMany({
    data: documents.map((document) => ({ ...document })),
    skipDuplicates: true,
  })
  await prisma.setting.createMany({
    data: [{ name: keyName, value: randomBytes(32).toString('hex') }],
    skipDuplicates: true,
  })
  const { value } = await prisma.setting.findUniqueOrThrow({ where: { name: keyName } })
  const key = Buffer.from(value, 'hex')
  const subjectOf = ({ platform, externalId }: ChatAddress) =>
    createHmac('sha256', key).update(`${platform}:${externalId}`).digest('hex')
  return {
    subjectOf,
    async record(tx, { chat, clientId, purpose, granted, documentHash, evidence, at }) {
      await tx.consent.create({
        data: {
          clientId,
          subject: subjectOf(chat),
          purpose,
          granted,
          documentHash,
          platform: chat.platform,
          evidence,
          at,
        },
      })
    },
  }
}
