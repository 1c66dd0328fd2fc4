/** The whole program in the sandbox, driven as its page drives it. */
import { expect } from 'vitest'
import { createLog } from '../../src/log.ts'
import { startProduct } from '../../src/main.ts'
import type { Product } from '../../src/main.ts'
import { demoPeople, demoStaff } from '../../src/sandbox/demo-people.ts'
import type { ShownMessage } from '../../src/sandbox/messenger.ts'
import type { Act } from '../../src/sandbox/page-acts.ts'
import type { PageEvent, PageState, PhoneName } from '../../src/sandbox/page-protocol.ts'
import { readSettings } from '../../src/settings.ts'

/** Whose phone each one is at first. */
export const firstOn = {
  telegram: demoPeople.telegram[0]!.id,
  vk: demoPeople.vk[0]!.id,
  admin: demoStaff[0]!.id,
}

/** @param connectionString the program's database, which outlives its restarts */
export function sandboxOn({ connectionString, folder }: { connectionString: string; folder: string }) {
  let product: Product

  /** Everything that the page shows. */
  async function shown(): Promise<PageState> {
    const stop = new AbortController()
    const response = await fetch(`${product.url}/events`, { signal: stop.signal })
    let text = ''
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk
      const first = /^data: (.*)\n\n/m.exec(text)?.[1]
      if (first === undefined) continue
      stop.abort()
      const event = JSON.parse(first) as PageEvent
      if (event.type === 'state') return event.state
    }
    throw new Error('The page was told nothing')
  }

  async function act(body: Act): Promise<unknown> {
    const headers = { 'Content-Type': 'application/json', 'X-Otklik-Page': '1' }
    const response = await fetch(`${product.url}/act`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    })
    return response.json()
  }

  return {
    async start(): Promise<void> {
      const env = { DATABASE_URL: connectionString, DATA_DIR: folder, PORT: '0' }
      const settings = readSettings({ cwd: folder, env })
      product = await startProduct({ settings, role: 'all', log: createLog({ level: 'silent' }) })
    },
    stop: () => product.stop(),
    shown,
    act,
    /** The time on the phones, epoch milliseconds. */
    now: async () => Date.now() + (await shown()).clock.offsetMs,
    /** Puts the clock on, and waits until all is done that has become due. */
    skip: async (to: (Act & { act: 'skip' })['to']) =>
      expect(await act({ act: 'skip', to })).toEqual({ ok: true }),

    /** The first person of one of the phones. */
    at(name: PhoneName) {
      const personId = firstOn[name]
      const place = async () => {
        const { platform, bot } = (await shown()).phones[name]
        return { platform, botId: bot.id, personId }
      }
      const messages = async (): Promise<ShownMessage[]> => {
        const { botId } = await place()
        const chat = (await shown()).chats.find((one) => one.botId === botId && one.personId === personId)
        return chat?.messages ?? []
      }
      return {
        messages,
        start: async (payload?: string) =>
          act({ act: 'start', ...(await place()), ...(payload === undefined ? {} : { payload }) }),
        says: async (text: string) => act({ act: 'sendText', ...(await place()), text }),
        /** Waits for a message of the bot that says this, or has it on a button. */
        async hears(words: string): Promise<ShownMessage> {
          for (;;) {
            const said = (await messages()).findLast(
              ({ from, text, buttons }) =>
                from === 'bot' &&
                [text, ...buttons.flat().map(({ label }) => label)].join('\n').includes(words),
            )
            if (said) return said
            await new Promise((resolve) => setTimeout(resolve, 50))
          }
        },
        async press(label: string): Promise<void> {
          const { id, buttons } = await this.hears(label)
          const row = buttons.findIndex((one) => one.some((button) => button.label === label))
          const column = buttons[row]!.findIndex((button) => button.label === label)
          expect(await act({ act: 'press', ...(await place()), messageId: id, row, column })).toEqual({
            ok: true,
          })
        },
      }
    },
  }
}

export type Sandbox = ReturnType<typeof sandboxOn>
