/** A client who answers the survey as people do: presses, types, goes back, hesitates, taps twice, uses two phones, leaves. */
import type { Chance } from '../../../src/domain/demo/chance.ts'
import { believeAnswer, believeSkip, believeWords, doubts, newBelief } from './belief.ts'
import type { Belief } from './belief.ts'
import type { Device, Heard } from './device.ts'
import { movedFrom } from './device.ts'
import { samePlace } from './shown-card.ts'
import type { AnswerValue, Card, Place, Words } from './shown-card.ts'

export interface SimulatedClient {
  name: string
  belief: Belief
  /** Messages that went to the salon. */
  written: number
  /** How the survey stands, as the client knows it. */
  status: 'none' | 'open' | 'paused' | 'stopped' | 'finished'
  /** Opens the survey. */
  begin(): Promise<void>
  /** One act on the survey, whatever it is. */
  act(): Promise<void>
  /** From now on the survey is answered on another phone. */
  takeUp(device: Device): Promise<void>
  leave(): Promise<void>
  goOff(): Promise<void>
  comeBack(): Promise<void>
}

const garbage = ['ааа', '😀', '99999', 'ну такое', '…', 'A'.repeat(3000)]
const letters = [
  'Поставьте кулер',
  'Больше света! 💡',
  'Всё нравится, спасибо.\n\nМузыку бы потише',
  '=1+1',
  '👩🏽‍🎨'.repeat(20),
]

export function createClient({
  name,
  device: first,
  known = {},
  calm = false,
  chance,
  words,
}: {
  name: string
  device: Device
  /** What the salon knows before, by question. */
  known?: Readonly<Record<string, AnswerValue>>
  /** One act at a time, and whatever shows the next question will do: the program may die on each. */
  calm?: boolean
  chance: Chance
  words: Words
}): SimulatedClient {
  const belief = newBelief(known)
  let device = first
  /** Where the client knows the survey to stand, whichever phone showed it. */
  let place: Place | undefined
  const client: SimulatedClient = {
    name,
    belief,
    written: 0,
    status: 'none',
    begin,
    act,
    takeUp,
    leave,
    goOff,
    comeBack,
  }
  return client

  async function begin(): Promise<void> {
    const way = chance.weighted({ word: 3, command: 3, link: 2 })
    const heard = await device.after(
      () => {
        if (way === 'link') device.start('survey')
        // In VK a link says nothing by itself: it goes along with what is said next.
        if (way === 'link' && device.messages().at(-1)?.from !== 'person') device.start()
        if (way === 'word') device.says(words.survey)
        if (way === 'command') device.says('/survey')
      },
      ({ cards }) => cards.some((card) => card.place),
    )
    client.status = 'open'
    arrive(heard.cards.find((card) => card.place))
  }

  async function act(): Promise<void> {
    if (!place) throw new Error(`${name} does not know where the survey stands`)
    if (!samePlace(device.live()?.card.place, place)) return lookAgain()
    if (place.question === 'check')
      return press(words.allRight, () => believeAnswer(belief, { question: 'check' }, true))
    if (place.more) return chance.yes(0.4) ? write() : press(words.done, () => (belief.taken += 1))
    const asked = words.asked.get(place.question)
    const does = chance.weighted({
      answer: 70,
      type: 8,
      // Long lists are what people pass over.
      skip: isLong() ? 200 : 7,
      back: 3,
      garbage: asked?.kind === 'text' ? 0 : 3,
      ask: calm || asked?.kind === 'text' ? 0 : 1,
      twice: calm || asked?.kind === 'text' ? 0 : 4,
      hasty: !calm && canBeHasty() ? 6 : 0,
    })
    switch (does) {
      case 'answer':
        return answer()
      case 'type':
        return answer(true)
      case 'skip':
        return skip()
      case 'back':
        return back()
      case 'garbage':
        return stays(chance.pick(garbage))
      case 'ask':
        client.written += 1
        return stays('А сколько стоит маникюр?')
      case 'twice':
        return twice()
      case 'hasty':
        return hasty()
    }
  }

  /** A label and what it means. Most people come for a line or two. */
  function choice(): [label: string, value: AnswerValue] {
    const all = [...(words.asked.get(place?.question ?? '')?.answers ?? [])]
    const never = all.find(([, value]) => value === 'never')
    return never && chance.yes(0.4) ? never : chance.pick(all)
  }

  async function answer(typed = false): Promise<void> {
    const at = place as Place
    if (words.asked.get(at.question)?.kind === 'text') return write()
    const [label, value] = choice()
    const take = () => believeAnswer(belief, at, value)
    return typed || !shown().includes(label) ? says(label, take) : press(label, take)
  }

  async function write(): Promise<void> {
    const at = place as Place
    const text = at.question === 'incomeAmount' ? '80–90 тысяч' : chance.pick(letters)
    const { cards } = await device.after(
      () => device.says(text),
      (heard) => movedFrom(at, heard) !== undefined || (at.more === true && heard.cards.length > 0),
    )
    believeWords(belief, at, text.trim())
    arrive(cards.findLast((card) => card.place ?? card.isMenu))
  }

  async function skip(): Promise<void> {
    const at = place as Place
    const clears = shown().includes(words.clear) || device.live()?.card.was !== undefined
    const label = clears ? words.clear : words.skip
    const take = () => believeSkip(belief, at, clears)
    return shown().includes(label) ? press(label, take) : says(label, take)
  }

  async function back(): Promise<void> {
    const at = place as Place
    if (at.question === 'regular') return stays(words.back)
    if (device.live()?.card.was !== undefined && chance.yes(0.5)) return keep()
    return shown().includes(words.back) ? press(words.back) : says(words.back)
  }

  async function keep(): Promise<void> {
    const take = () => (belief.taken += 1)
    return shown().includes(words.keep) ? press(words.keep, take) : says(words.keep, take)
  }

  /** The thumb trembles: the second tap is one on a question that is behind. */
  async function twice(): Promise<void> {
    const at = place as Place
    const [label, value] = choice()
    if (!shown().includes(label)) return answer()
    const heard = await device.after(
      () => {
        device.press(label)
        device.press(label)
      },
      (all) => movedFrom(at, all) !== undefined && all.toasts.length > 0 && all.answered >= 2,
    )
    believeAnswer(belief, at, value)
    note(heard)
    arrive(movedFrom(at, heard))
  }

  /** At the first row of one of the long grids. */
  function isLong(): boolean {
    const rows = [...(words.asked.get(place?.question ?? '')?.rows?.values() ?? [])]
    return rows.length === 7 && rows[0] === place?.row
  }

  /** In the middle of the long grids, where the next card shows what became of both answers. */
  function canBeHasty(): boolean {
    const { question = '', row = '' } = place ?? {}
    const rows = [...(words.asked.get(question)?.rows?.values() ?? [])]
    const ahead = rows.slice(rows.indexOf(row))
    const believed = belief.answers.get(question)?.rows
    return rows.length === 7 && ahead.length >= 4 && ahead.every((one) => believed?.has(one) !== true)
  }

  /** The next answer is on its way before the last one was taken. Which one came first, the card tells. */
  async function hasty(): Promise<void> {
    const at = place as Place
    const [one, other] = [chance.whole(1, 7), chance.whole(1, 7)]
    const before = belief.answers.get(at.question)?.rows ?? new Map<string, AnswerValue>()
    const news = ({ given }: Card) => given.filter(([row]) => !before.has(row)).length
    const best = (cards: readonly Card[]) => cards.toSorted((a, b) => news(b) - news(a))[0]
    const { cards } = await device.after(
      () => {
        device.press(String(one))
        device.says(String(other))
      },
      // Both were taken one after the other; or the words came first, and the press was behind the times.
      (all) => {
        const card = best(all.cards)
        return all.answered > 0 && card !== undefined && news(card) >= (all.toasts.length > 0 ? 1 : 2)
      },
    )
    const card = best(cards)
    for (const [row, said] of card?.given ?? [])
      if (!before.has(row)) believeAnswer(belief, { question: at.question, row }, Number(said))
    const now = belief.answers.get(at.question)?.rows?.get(at.row ?? '')
    if (now !== one && now !== other) throw new Error(`${name}: ${one} or ${other} became ${now}`)
    arrive(card)
  }

  async function press(label: string, take: () => unknown = () => {}): Promise<void> {
    const at = place as Place
    const heard = await device.after(
      () => device.press(label),
      (all) => isEnough(at, all) && (calm || all.answered >= 1),
    )
    take()
    note(heard)
    arrive(movedFrom(at, heard))
  }

  async function says(text: string, take: () => unknown = () => {}): Promise<void> {
    const at = place as Place
    const heard = await device.after(
      () => device.says(text),
      (all) => isEnough(at, all),
    )
    take()
    note(heard)
    arrive(movedFrom(at, heard))
  }

  /** A program that dies while it draws the gift has said the last word, but not the menu. */
  function isEnough(at: Place, heard: Heard): boolean {
    return movedFrom(at, heard) !== undefined || (calm && heard.texts.some((text) => words.isThanks(text)))
  }

  /** What is no answer changes nothing: the same question comes again. */
  async function stays(text: string): Promise<void> {
    const heard = await device.after(
      () => device.says(text),
      ({ cards }) => cards.some((card) => samePlace(card.place, place)),
    )
    arrive(heard.cards.find((card) => samePlace(card.place, place)))
  }

  async function takeUp(other: Device): Promise<void> {
    device = other
    return lookAgain()
  }

  /** An old question may still stand here: pressing it must change nothing, and shows the one that is asked. */
  async function lookAgain(): Promise<void> {
    const live = device.live()?.card
    const answers = [...(words.asked.get(live?.place?.question ?? '')?.answers.keys() ?? [])]
    const label = answers.find((one) => live?.labels.includes(one))
    const isStale = label !== undefined && !samePlace(live?.place, place)
    const heard = await device.after(
      () => (isStale ? device.press(label) : device.says('привет')),
      ({ cards, toasts }) =>
        (!isStale || toasts.includes(words.stale)) && cards.some((card) => samePlace(card.place, place)),
    )
    arrive(heard.cards.find((card) => samePlace(card.place, place)))
  }

  async function leave(): Promise<void> {
    await device.after(
      () => device.says(words.leave),
      ({ cards }) => cards.some((card) => card.isMenu),
    )
    client.status = 'stopped'
  }

  async function goOff(): Promise<void> {
    await device.after(
      () => device.says(words.menu),
      ({ cards }) => cards.some((card) => card.isMenu),
    )
    client.status = 'paused'
  }

  async function comeBack(): Promise<void> {
    const heard = await device.after(
      () => device.says('/survey'),
      ({ cards }) => cards.some((card) => card.place),
    )
    client.status = 'open'
    const card = heard.cards.find((one) => one.place)
    if (!samePlace(card?.place, place))
      throw new Error(
        `${name} came back to ${JSON.stringify(card?.place)} instead of ${JSON.stringify(place)}`,
      )
    arrive(card)
  }

  function shown(): string[] {
    return device.live()?.card.labels ?? []
  }

  /** The end of the survey and the gift. */
  function note({ texts, cards }: Heard): void {
    // A program that dies on the last word has not said it; that nothing is asked any more says the same.
    const isOver = texts.some((text) => words.isThanks(text)) || (calm && cards.some((card) => card.isMenu))
    if (!isOver) return
    belief.finished = true
    client.status = 'finished'
    const code = texts.map((text) => words.coupon(text)).find((one) => one !== undefined)
    if (code !== undefined) belief.coupon = code
  }

  /** A card came: what it shows of earlier answers must be what was given. */
  function arrive(card: Card | undefined): void {
    if (!card && client.status === 'finished') return
    if (!card) throw new Error(`${name}: no card came`)
    place = card.place
    const wrong = doubts(belief, card, words)
    if (wrong.length > 0)
      throw new Error(`${name} is shown something else than they answered: ${wrong.join(', ')}`)
  }
}
