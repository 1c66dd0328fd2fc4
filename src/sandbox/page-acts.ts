import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import type { Clock } from './clock.ts'
import type { Messenger, Platform } from './messenger.ts'
import { answerWith, checkChat, checkPosted, readJson, RefusedRequest } from './page-request.ts'
import { skipNames, skipTargets } from './skip-targets.ts'
import type { SalonHours, SkipName } from './skip-targets.ts'

interface ActsOptions {
  telegram: Messenger
  vk: Messenger
  clock: Clock
  hours: SalonHours
  /** Called after somebody was added. */
  announcePeople: () => void
}

const id = z.int().positive()
const index = z.int().min(0).max(300)
const phone = z.string().regex(/^\+[1-9]\d{6,14}$/, 'expected +79161234567')
const name = z.string().trim().min(1).max(64)
const chat = { platform: z.enum(['telegram', 'vk']), botId: id, personId: id }

const chatActs = [
  z.strictObject({
    act: z.literal('start'),
    ...chat,
    payload: z.string().max(512).optional(),
    source: z.string().max(512).optional(),
  }),
  z.strictObject({ act: z.literal('sendText'), ...chat, text: z.string().trim().min(1).max(4096) }),
  z.strictObject({ act: z.literal('press'), ...chat, messageId: id, row: index, column: index }),
  z.strictObject({ act: z.literal('pressKeyboard'), ...chat, row: index, column: index }),
  z.strictObject({
    act: z.literal('sendContact'),
    ...chat,
    other: z.strictObject({ phone, firstName: name, userId: id.optional() }).optional(),
  }),
  z.strictObject({
    act: z.literal('sendAttachment'),
    ...chat,
    kind: z.enum(['photo', 'sticker', 'voice', 'video', 'location', 'document']),
  }),
  z.strictObject({ act: z.literal('block'), ...chat }),
  z.strictObject({ act: z.literal('unblock'), ...chat }),
] as const

const addPerson = z.strictObject({
  act: z.literal('addPerson'),
  platforms: z.array(z.enum(['telegram', 'vk'])).min(1),
  firstName: name,
  lastName: name.optional(),
  language: z.enum(['ru', 'en']),
  phone: phone.optional(),
})

const skip = z.strictObject({ act: z.literal('skip'), to: z.enum(skipNames) })
const anyAct = z.discriminatedUnion('act', [...chatActs, addPerson, skip])

type AddPerson = z.infer<typeof addPerson>
type ChatAct = z.infer<(typeof chatActs)[number]>
/** What the page may ask for with POST /act. */
export type Act = z.infer<typeof anyAct>

/**
 * POST /act: does what the person at the page did, in a messenger or to the clock.
 * Answers 200 with `{ ok: true }` (addPerson: `{ ok: true, ids }` by platform), 4xx with `{ error }`, or, when time was
 * skipped but what became due with it went wrong, 500 with `{ error }`.
 */
export function createPageActs({ telegram, vk, clock, hours, announcePeople }: ActsOptions) {
  const messengers = { telegram, vk }
  const perform = async (act: Act): Promise<object> => {
    if (act.act === 'skip') await skipTo(act.to)
    else if (act.act !== 'addPerson') performInChat(messengers[act.platform], act)
    else {
      const ids = addTo(messengers, act)
      announcePeople()
      return { ids }
    }
    return {}
  }
  const skipTo = (name: SkipName): Promise<void> =>
    clock.skipTo(skipTargets(clock.now(), hours)[name]).catch((error: unknown) => {
      throw new RefusedRequest(500, error instanceof Error ? error.message : String(error))
    })
  return {
    serve(request: IncomingMessage, response: ServerResponse): void {
      answerWith(response, readAct(request).then(perform))
    },
  }
}

async function readAct(request: IncomingMessage): Promise<Act> {
  checkPosted(request)
  const body = await readJson(request)
  const parsed = anyAct.safeParse(body)
  if (!parsed.success) throw new RefusedRequest(400, z.prettifyError(parsed.error))
  return parsed.data
}

function performInChat(messenger: Messenger, act: ChatAct): void {
  const { botId, personId } = act
  checkChat(messenger, act)
  switch (act.act) {
    case 'start':
      return messenger.start(botId, personId, defined({ payload: act.payload, source: act.source }))
    case 'sendText':
      return messenger.sendText(botId, personId, act.text)
    case 'press':
      return messenger.press(botId, personId, act.messageId, act.row, act.column)
    case 'pressKeyboard':
      return messenger.pressKeyboard(botId, personId, act.row, act.column)
    case 'sendContact':
      return messenger.sendContact(botId, personId, ...(act.other ? [otherContact(act.other)] : []))
    case 'sendAttachment':
      return messenger.sendAttachment(botId, personId, act.kind)
    case 'block':
      return messenger.block(botId, personId)
    case 'unblock':
      return messenger.unblock(botId, personId)
  }
}

const otherContact = ({
  phone,
  firstName,
  userId,
}: NonNullable<Extract<ChatAct, { act: 'sendContact' }>['other']>) => ({
  phone,
  firstName,
  ...(userId === undefined ? {} : { userId }),
})

function addTo(messengers: Record<Platform, Messenger>, act: AddPerson): Partial<Record<Platform, number>> {
  const { firstName, lastName, language, phone } = act
  const ids: Partial<Record<Platform, number>> = {}
  for (const platform of new Set(act.platforms)) {
    const messenger = messengers[platform]
    const id = freeId(messenger)
    messenger.addPerson({ id, firstName, language, ...defined({ lastName, phone }) })
    ids[platform] = id
  }
  return ids
}

function freeId(messenger: Messenger): number {
  const bots = new Set(messenger.bots().map(({ id }) => id))
  let id = Math.max(0, ...messenger.people().map((person) => person.id)) + 1
  while (bots.has(id)) id += 1
  return id
}

/** Without the keys that hold undefined: optional keys of the contract are absent, not undefined. */
function defined(given: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
