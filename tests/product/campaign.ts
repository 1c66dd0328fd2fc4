/** A salon with clients in both messengers, whose offers the whole program sends. */
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { Platform } from '../../src/domain/platform.ts'
import type { Messenger } from '../../src/sandbox/messenger.ts'
import { openOfferSalon } from '../storage/offer-salon.ts'
import { clientBot, group, openMessengers, startProgram, temporaryFolder } from './product.ts'
import type { Started } from './product.ts'

/** An offer that came at a person's phone, and when (the stand-in's clock, which is this process's). */
export interface Arrived {
  platform: Platform
  clientId: bigint
  at: number
}

/**
 * A salon whose clients are known to the messengers, on an own database.
 * @param onEnd takes what is to be done in the end; absent: of this test
 * @param perSecond of advertising on each messenger; absent: as fast as may be
 */
export async function openCampaigns({
  onEnd = onTestFinished,
  perSecond,
}: { onEnd?: (end: () => Promise<void>) => void; perSecond?: number } = {}) {
  const messengers = await openMessengers()
  const folder = await temporaryFolder()
  const salon = await openOfferSalon({ now: Date.now, onEnd })
  const salonFile = await awakeSalon(folder.folder, perSecond)
  const { telegram, vk } = messengers
  onEnd(async () => {
    await messengers.close()
    await folder.remove()
  })
  const arrived: Arrived[] = []
  const listeners = new Set<(arrival: Arrived) => void>()
  for (const messenger of [telegram, vk] as Messenger[])
    messenger.subscribe((event) => {
      if (event.type !== 'message' || !event.message.text.includes('Дарим вам')) return
      const { platform } = messenger
      const arrival = { platform, clientId: BigInt(event.personId - 1_000), at: Date.now() }
      arrived.push(arrival)
      for (const listener of listeners) listener(arrival)
    })
  /** Hears of each before the messenger answers. Returns the way to stop listening. */
  const onArrival = (listener: (arrival: Arrived) => void): (() => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }

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

  return { ...salon, messengers, folder: folder.folder, salonFile, person, startWorker, arrived, onArrival }
}

/** The example's salon with its quiet hours in the other half of the day: the worker lives by the machine's clock. */
async function awakeSalon(folder: string, perSecond: number | undefined): Promise<string> {
  const example = await readFile(path.join(import.meta.dirname, '../../salon.example.yaml'), 'utf8')
  const then = Temporal.Now.zonedDateTimeISO('Europe/Moscow').add({ hours: 12 })
  const time = (minutes: number) => then.add({ minutes }).toPlainTime().toString().slice(0, 5)
  const file = path.join(folder, 'salon.yaml')
  const quiet = `quietHours:\n  from: '${time(0)}'\n  to: '${time(5)}'\n`
  const paced = perSecond === undefined ? example : example.replace(/(broadcast\w+: )\d+/g, `$1${perSecond}`)
  await writeFile(file, paced.replace(/^quietHours:\n(?: .*\n)+/m, quiet))
  return file
}
