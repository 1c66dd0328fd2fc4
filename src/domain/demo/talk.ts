/** Which words a client finds. Nobody repeats another: once a stack of texts is used up, its clients press buttons. */
import type { Walk } from '../known.ts'
import type { Language } from '../salon.ts'
import type { Chance } from './chance.ts'
import { quotes } from './quotes.ts'
import { quotesInEnglish } from './quotes-in-english.ts'
import { moods, talks } from './speech.ts'
import type { Mood, Quotes, Talk } from './speech.ts'

/** A text that its client will find once all clients stand in line. Until then the answer is what a wordless one gives. */
export interface Wish {
  question: string
  stack: `${Talk | 'suggestions'}.${Mood}` | 'ill'
  at: number
}

export interface Draft extends Walk {
  wish?: Wish
}

/**
 * Hands out the texts in the order of time, so that what was said stays said when the simulation goes on.
 * @param drafts the walks of each client
 * @returns the same, without the wishes
 */
export function withWords(
  drafts: readonly (readonly Draft[])[],
  language: Language,
  chance: Chance,
): Walk[][] {
  const next = stacksOf(language === 'ru' ? quotes : quotesInEnglish, chance)
  const wishing = drafts
    .flat()
    .flatMap((draft) => (draft.wish ? [{ draft, wish: draft.wish }] : []))
    .sort((a, b) => a.wish.at - b.wish.at)
  const texts = new Map(wishing.map(({ draft, wish }) => [draft, next(wish.stack)]))
  return drafts.map((own) => own.map((draft) => spoken(draft, texts.get(draft))))
}

function spoken({ wish, ...walk }: Draft, text: string | undefined): Walk {
  if (wish === undefined || text === undefined) return walk
  return { ...walk, answers: { ...walk.answers, [wish.question]: { value: text, at: wish.at } } }
}

/** Every text once, in an order drawn for each stack; undefined when there is no other. */
function stacksOf({ said, ill, suggestions }: Quotes, chance: Chance) {
  const stacks = new Map<Wish['stack'], string[]>([['ill', chance.shuffled(ill)]])
  for (const mood of moods) {
    stacks.set(`suggestions.${mood}`, chance.shuffled(suggestions[mood]))
    for (const talk of talks) stacks.set(`${talk}.${mood}`, chance.shuffled(said[talk][mood]))
  }
  return (stack: Wish['stack']): string | undefined => stacks.get(stack)?.pop()
}
