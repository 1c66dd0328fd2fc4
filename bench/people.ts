/**
 * People who walk whatever dialogue they are shown: they press one of the offered buttons, type where text is asked for,
 * share their contact where that is asked for. One act at a time, the next one when the bot has answered.
 */
import type { Messenger, MessengerEvent, ShownMessage } from '../src/sandbox/messenger.ts'

export interface Manners {
  /** Labels of buttons that nobody presses: those that lead out of the dialogue. */
  avoid: ReadonlySet<string>
  /** Until they are in their stride, who is asked this types that, whatever buttons there are; '' is their phone. */
  typed: { asked: string; say: string }[]
  /** Who presses this has walked to the end: a new person takes the place. Absent: everybody walks for ever. */
  lastLabel?: string
  /** A person is in their stride once a message offers this. Absent: from the first answer on. */
  strideLabel?: string
  /** A person's phone, E.164. */
  phoneOf: (personId: number) => string
}

export interface PeopleOptions {
  messenger: Messenger
  botId: number
  manners: Manners
  /**
   * How long people in their stride look at an answer before they act, in milliseconds: evenly spread between half and
   * one and a half of it.
   */
  thinkMs?: number
}

export interface People {
  /** Lets the first `count` act, the others wait before their next act. Newcomers press Start. */
  setActive(count: number): void
  /** Resolves when the first `count` are in their stride. Rejects after a minute without progress. */
  inStride(): Promise<void>
  /** Forgets what was measured so far. */
  beginMeasuring(): void
  measured(): { answers: number; seconds: number; latenciesMs: Float64Array; stuck: number }
  /** How much was done in all, measured or not. */
  acts(): number
  /** Resolves when nobody waits for an answer any more. */
  settled(): Promise<void>
  close(): void
}

interface Person {
  id: number
  place: number
  waitsSinceMs: number | undefined
  inStride: boolean
  isLast: boolean
  next: (() => void) | undefined
}

const stuckAfterMs = 10_000

export function createPeople({ messenger, botId, manners, thinkMs = 0 }: PeopleOptions): People {
  const places: Person[] = []
  const byId = new Map<number, Person>()
  let active = 0
  let nextId = 1_000_001
  let strides = 0
  let acts = 0
  let answers = 0
  let stuck = 0
  let latencies: number[] = []
  let startedAtMs = performance.now()
  const unsubscribe = messenger.subscribe(hear)
  const watch = setInterval(freeTheStuck, 1_000)

  return {
    setActive(count) {
      active = count
      for (let place = 0; place < count; place += 1) {
        const person = places[place]
        if (!person) enter(place)
        else if (person.next) go(person, person.next)
      }
    },
    async inStride() {
      let before = -1
      for (let silentMs = 0; strides < active; silentMs += 100) {
        if (strides + answers !== before) silentMs = 0
        before = strides + answers
        if (silentMs > 60_000) throw new Error(`Only ${strides} of ${active} people got into their stride`)
        await pause(100)
      }
    },
    beginMeasuring() {
      answers = 0
      stuck = 0
      latencies = []
      startedAtMs = performance.now()
    },
    measured: () => ({
      answers,
      seconds: (performance.now() - startedAtMs) / 1000,
      latenciesMs: Float64Array.from(latencies).sort(),
      stuck,
    }),
    acts: () => acts,
    async settled() {
      while (places.some((one) => one.waitsSinceMs !== undefined)) await pause(20)
    },
    close() {
      unsubscribe()
      clearInterval(watch)
      active = 0
    },
  }

  function enter(place: number): void {
    const id = nextId
    nextId += 1
    messenger.addPerson({ id, firstName: 'Анна', language: 'ru', phone: manners.phoneOf(id) })
    const person: Person = {
      id,
      place,
      waitsSinceMs: undefined,
      inStride: false,
      isLast: false,
      next: undefined,
    }
    places[place] = person
    byId.set(id, person)
    act(person, () => messenger.start(botId, id))
  }

  function act(person: Person, what: () => void): void {
    acts += 1
    person.waitsSinceMs = performance.now()
    what()
  }

  function go(person: Person, what: () => void): void {
    person.next = undefined
    what()
  }

  function hear(event: MessengerEvent): void {
    const person = byId.get(event.personId)
    if (person?.waitsSinceMs === undefined) return
    const next = answerTo(event, person)
    if (!next) return
    answers += 1
    latencies.push(performance.now() - person.waitsSinceMs)
    person.waitsSinceMs = undefined
    if (person.isLast) return replace(person)
    plan(person, () => act(person, next))
  }

  function plan(person: Person, next: () => void): void {
    if (person.place >= active) {
      person.next = next
      return
    }
    const begin = () => (person.place < active ? go(person, next) : void (person.next = next))
    if (thinkMs > 0 && person.inStride) setTimeout(begin, thinkMs * (0.5 + Math.random()))
    // Not inside of the stand-in's own step: it may not be done with this message.
    else setImmediate(begin)
  }

  function replace(person: Person): void {
    byId.delete(person.id)
    plan(person, () => enter(person.place))
  }

  /** What the person does now that this has come; undefined when it is no answer yet. */
  function answerTo(event: MessengerEvent, person: Person): (() => void) | undefined {
    if (event.type === 'keyboard') {
      const asksContact = event.keyboard.flat().some((one) => one.kind === 'contact')
      return asksContact ? () => messenger.sendContact(botId, person.id) : undefined
    }
    if ((event.type !== 'message' && event.type !== 'edit') || event.message.from !== 'bot') return undefined
    const { message } = event
    const rule = person.inStride ? undefined : manners.typed.find((one) => message.text.includes(one.asked))
    if (rule) return () => messenger.sendText(botId, person.id, rule.say || manners.phoneOf(person.id))
    return pressOf(message, person)
  }

  function pressOf(message: ShownMessage, person: Person): (() => void) | undefined {
    const offered: { row: number; column: number; label: string }[] = []
    for (const [row, buttons] of message.buttons.entries())
      for (const [column, { label }] of buttons.entries()) {
        if (label === manners.strideLabel) stride(person)
        if (!manners.avoid.has(label)) offered.push({ row, column, label })
      }
    const chosen = offered[Math.floor(Math.random() * offered.length)]
    if (!chosen) return undefined
    if (manners.strideLabel === undefined) stride(person)
    return () => {
      person.isLast = chosen.label === manners.lastLabel
      messenger.press(botId, person.id, message.id, chosen.row, chosen.column)
    }
  }

  function stride(person: Person): void {
    if (!person.inStride) strides += 1
    person.inStride = true
  }

  /** Nobody should be stuck, and who is counts in the report; pressing Start brings the question again. */
  function freeTheStuck(): void {
    for (const person of places) {
      if (person.waitsSinceMs === undefined || performance.now() - person.waitsSinceMs < stuckAfterMs)
        continue
      stuck += 1
      act(person, () => messenger.start(botId, person.id))
    }
  }
}

const pause = (delayMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, delayMs))
