/** A campaign in the middle of the day, with the whole program in this process. */
import { randomUUID } from 'node:crypto'
import { onTestFinished } from 'vitest'
import { createDeliver } from '../../src/jobs/deliver.ts'
import { createQueues } from '../../src/jobs/queues.ts'
import type { Messenger, ShownMessage } from '../../src/sandbox/messenger.ts'
import type { Jobs } from '../../src/wiring/storage.ts'
import { silent } from '../storage/talk.ts'
import { openCampaigns } from './campaign.ts'
import { clientBot, group, startWithWebhooks, temporaryFolder } from './product.ts'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** The program in this process, awake at any hour, and an admin's hand on its offers from another process. */
export async function openStory() {
  const salon = await openCampaigns()
  const folder = await temporaryFolder()
  const then = Temporal.Now.zonedDateTimeISO('Europe/Moscow').add({ hours: 12 })
  const time = (minutes: number) => then.add({ minutes }).toPlainTime().toString().slice(0, 5)
  const { messengers, url: connectionString } = salon
  const start = async () => {
    const product = await startWithWebhooks({
      messengers,
      dataDir: folder.folder,
      connectionString,
      salon: { quietHours: { from: time(0), to: time(5) } },
    })
    onTestFinished(() => product.stop())
  }
  const queues = createQueues<Jobs>({ connectionString, log: silent, prefix: randomUUID() })
  onTestFinished(async () => {
    await queues.close({ patienceMs: 500 })
    await folder.remove()
  })
  const { changed } = createDeliver({ ...salon, queues, log: silent })
  const people = async (count: number): Promise<number[]> => {
    const ids = []
    for (let index = 0; index < count; index += 1) ids.push(Number(await salon.person(index)))
    return ids
  }
  /** What the bot has shown to a client, the newest last. */
  const shownTo = (clientId: number): { messenger: Messenger; botId: number; messages: ShownMessage[] } => {
    const platform = clientId % 2 === 1 ? 'telegram' : 'vk'
    const botId = platform === 'telegram' ? clientBot : group
    const messages = messengers[platform].chat(botId, 1_000 + clientId).messages
    return { messenger: messengers[platform], botId, messages: messages.filter(({ from }) => from === 'bot') }
  }
  const progress = (id: number) => salon.deliveries.progress(id)
  const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await condition())) await pause(20)
  }
  return { ...salon, start, changed, people, shownTo, progress, until }
}

export const offersIn = (messages: readonly ShownMessage[]) =>
  messages.filter(({ text }) => text.includes('Дарим вам 10'))
