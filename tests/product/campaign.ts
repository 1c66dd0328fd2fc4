/** A campaign of the whole program against stand-ins that make trouble, with a worker process that is killed again and again. */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Messenger } from '../../src/sandbox/messenger.ts'
import { openOfferSalon } from '../storage/offer-salon.ts'
import { clientBot, group, openMessengers, startProgram, temporaryFolder } from './product.ts'
import type { Started } from './product.ts'

/** An offer that came at a person's phone, and when (the stand-in's clock, which is this process's). */
export interface Arrived {
  clientId: bigint
  at: number
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A salon whose clients are known to both messengers. @param random in [0, 1) */
export async function openCampaigns(random: () => number) {
  const messengers = await openMessengers()
  const folder = await temporaryFolder()
  const salon = await openOfferSalon({ now: Date.now })
  const salonFile = await awakeSalon(folder.folder)
  const { telegram, vk } = messengers
  onTestFinished(async () => {
    await messengers.close()
    await folder.remove()
  })
  const arrived: Arrived[] = []
  for (const messenger of [telegram, vk] as Messenger[])
    messenger.subscribe((event) => {
      if (event.type === 'message' && event.message.text.includes('Дарим вам'))
        arrived.push({ clientId: BigInt(event.personId - 1_000), at: Date.now() })
    })

  /** A client on one of the two messengers, who has begun to talk to the salon. */
  const person = async (index: number): Promise<bigint> => {
    const platform = index % 2 === 0 ? 'telegram' : 'vk'
    const clientId = await salon.client({ chats: [{ platform }] })
    const id = 1_000 + Number(clientId)
    messengers[platform].addPerson({ id, firstName: 'Анна', language: 'ru' })
    messengers[platform].start(platform === 'telegram' ? clientBot : group, id)
    return clientId
  }

  const startWorker = (): Promise<Started> =>
    startProgram({
      messengers,
      dataDir: folder.folder,
      role: 'worker',
      salonFile,
      env: { DATABASE_URL: salon.url, LOG_LEVEL: 'info' },
    })

  /** Something that goes wrong with a few of the next messages. */
  const trouble = (): void => {
    const messenger = random() < 0.5 ? telegram : vk
    const times = 1 + Math.floor(random() * 3)
    const method = messenger === telegram ? 'sendMessage' : 'messages.send'
    const kinds = [
      { kind: 'tooManyRequests', retryAfterSeconds: 1 },
      { kind: 'serverError', status: 502 },
      { kind: 'disconnect', effect: 'before' },
      { kind: 'disconnect', effect: 'after' },
      { kind: 'slow', delayMs: 300, effect: 'after' },
    ] as const
    messenger.faults.add({ ...kinds[Math.floor(random() * kinds.length)]!, method, times })
  }

  /** Some of them take their consent back while it runs. @returns when it was committed, by client */
  const withdraw = async (clients: readonly bigint[]): Promise<Map<bigint, number>> => {
    const withdrawnAt = new Map<bigint, number>()
    for (const id of clients.filter(() => random() < 0.2)) {
      await pause(random() * 100)
      await salon.prisma.client.update({ where: { id }, data: { advertisingConsentAt: null } })
      withdrawnAt.set(id, Date.now())
    }
    return withdrawnAt
  }

  /** One offer to new people: the worker is killed at random moments, and goes on with the next one. */
  const campaign = async ({ people, kills }: { people: number; kills: number }) => {
    const clients: bigint[] = []
    for (let index = 0; index < people; index += 1) clients.push(await person(index))
    const ids = clients.map(Number)
    const offer = await salon.sendingOffer({ audience: { kind: 'clients', ids } })
    const before = arrived.length
    let worker = await startWorker()
    const withdrawing = withdraw(clients)
    for (let kill = 0; kill < kills; kill += 1) {
      for (let more = 0; more < 3; more += 1) trouble()
      await pause(random() * 700)
      await worker.kill()
      worker = await startWorker()
    }
    for (const messenger of [telegram, vk] as Messenger[]) messenger.faults.clear()
    const withdrawnAt = await withdrawing
    while ((await salon.offers.byId(offer.id))?.standing.state !== 'done') await pause(50)
    await worker.stop()
    return { rows: await salon.rows(offer.id), arrived: arrived.slice(before), withdrawnAt, clients }
  }

  return { ...salon, messengers, campaign, person, startWorker, arrived, trouble }
}

/** The example's salon with its quiet hours in the other half of the day: the worker lives by the machine's clock. */
async function awakeSalon(folder: string): Promise<string> {
  const example = await readFile(path.join(import.meta.dirname, '../../salon.example.yaml'), 'utf8')
  const then = Temporal.Now.zonedDateTimeISO('Europe/Moscow').add({ hours: 12 })
  const time = (minutes: number) => then.add({ minutes }).toPlainTime().toString().slice(0, 5)
  const file = path.join(folder, 'salon.yaml')
  const quiet = `quietHours:\n  from: '${time(0)}'\n  to: '${time(5)}'\n`
  await writeFile(file, example.replace(/^quietHours:\n(?: .*\n)+/m, quiet))
  return file
}
