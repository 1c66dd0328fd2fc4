/** The demo's clients as rows of the tables. */
import type {
  DemoBookRow,
  DemoClient,
  DemoCoupon,
  DemoFollowUp,
  DemoFormer,
  DemoPrompt,
  DemoVisit,
} from '../domain/demo/demo-client.ts'
import type { Walk } from '../domain/known.ts'
import type { Prisma } from './generated/client.ts'

/** The bot knows of no consent here: what it may show of a client hangs on this column, and the ledger stays empty. */
export function clientRow(id: bigint, client: DemoClient): Prisma.ClientCreateManyInput {
  const { birthday, createdAt, sex, master } = client
  const at = new Date(createdAt)
  return {
    id,
    demo: true,
    name: client.name,
    phone: client.phone,
    ...(birthday && { birthDay: birthday.day, birthMonth: birthday.month }),
    ...(birthday?.year !== undefined && { birthYear: birthday.year }),
    ...(sex && { sex }),
    ...(master !== undefined && { master }),
    lines: client.lines,
    convenientTimes: client.convenientTimes,
    heardFrom: client.heardFrom,
    personalDataConsentAt: at,
    onboardedAt: at,
    createdAt: at,
  }
}

/** Known by the books alone: no consent, and nothing that the bot may show of a person. */
export function formerRow(id: bigint, { name, phone, books }: DemoFormer): Prisma.ClientCreateManyInput {
  const at = new Date(books[0]?.at ?? 0)
  return { id, demo: true, name, bookPhone: phone, bookedAt: at, createdAt: at }
}

export const visitRow = (id: bigint, clientId: bigint, visit: DemoVisit): Prisma.VisitCreateManyInput => ({
  id,
  ...bookRow(clientId, { ...visit, timeKnown: true }),
})

export function bookRow(
  clientId: bigint,
  { line, at, timeKnown, service, master, kopecks }: DemoBookRow,
): Prisma.VisitCreateManyInput {
  return {
    clientId,
    line,
    at: new Date(at),
    timeKnown,
    createdAt: new Date(at),
    ...(service !== undefined && { service }),
    ...(master !== undefined && { master }),
    ...(kopecks !== undefined && { kopecks }),
  }
}

export function walkRow(clientId: bigint, walk: Walk): Prisma.DialogueCreateManyInput {
  const { name, run, version, startedAt } = walk
  return { clientId, name, run, version, startedAt: new Date(startedAt), ...walkState(walk) }
}

/** What of a walk changes as it goes on. */
export const walkState = ({ status, answers, changedAt }: Walk) => ({
  status,
  answers: answers as unknown as Prisma.InputJsonObject,
  changedAt: new Date(changedAt),
})

/** @param about the run of the survey, or the id of the visit */
export function promptRow(
  clientId: bigint,
  about: bigint,
  { kind, number, source, dueAt }: DemoPrompt,
): Prisma.PromptCreateManyInput {
  const at = new Date(dueAt)
  return { clientId, kind, about, number, source, state: 'sent', dueAt: at, changedAt: at, createdAt: at }
}

export function followUpRow(
  clientId: bigint,
  { dialogue, run, createdAt, callWanted, handledAt }: DemoFollowUp,
): Prisma.FollowUpCreateManyInput {
  return {
    clientId,
    dialogue,
    run,
    createdAt: new Date(createdAt),
    ...(callWanted !== undefined && { callWanted }),
    ...(handledAt !== undefined && { handledAt: new Date(handledAt) }),
  }
}

export function couponRow(
  clientId: bigint,
  code: string,
  { issuedAt, expiresAt, redeemedAt }: DemoCoupon,
): Prisma.CouponCreateManyInput {
  return {
    clientId,
    code,
    reward: 'survey',
    issuedAt: new Date(issuedAt),
    expiresAt: new Date(expiresAt),
    ...(redeemedAt !== undefined && { redeemedAt: new Date(redeemedAt) }),
  }
}
