/** What the engine stands on, made up: a translator that says its keys, a salon, a scene. */
import { place, step } from '../../src/flows/engine.ts'
import type { Move, Stepped } from '../../src/flows/engine.ts'
import type { Answers } from '../../src/domain/answer.ts'
import type { Dialogue, Scene } from '../../src/flows/question.ts'
import { readButtonValue } from '../../src/flows/value.ts'
import { salon } from './transcript.ts'

const words: Record<string, string> = {
  yes: 'yes|ok',
  agree: 'i agree',
  no: 'no',
  skip: 'skip|next|-',
  clear: 'clear',
  back: 'back',
  leave: 'later|stop',
  done: 'done',
  keep: 'keep',
  all: 'all',
  none: "don't know|can't rate",
}

/** Says the key and the values, so that a test sees which sentence it was. */
const t: Scene['t'] = (key, values = {}) => {
  const [area, word] = key.split('.')
  if (area === 'words' && word !== undefined) return words[word] ?? word
  return [key, ...Object.values(values)].join(' ')
}

export const scene: Scene = {
  t,
  language: 'en',
  salon,
  client: { lines: [], convenientTimes: [] },
  chat: {
    platform: 'telegram',
    externalId: 1,
    language: 'en',
    reachable: true,
    callbackButtons: true,
    lastSeenAt: 0,
  },
  reachableOn: ['telegram'],
  today: { day: 21, month: 11, year: 2026 },
  now: Date.UTC(2026, 10, 21),
  documents: { personalData: { text: '', hash: '' }, advertising: { text: '', hash: '' } },
  room: 24,
  contactButton: true,
  dialogues: {},
}

/** "question.row=token" is a press, anything else is typed. */
export function moveOf(said: string): Move {
  const press = readButtonValue(`d.${said}`)
  if (!press) return { kind: 'typed', text: said }
  const { question, row, token } = press
  return { kind: 'press', question, token, ...(row === undefined ? {} : { row }) }
}

/** Where the answers lead: "question", "question(row)", or "complete". */
export function placeName(dialogue: Dialogue, answers: Answers, in_: Scene = scene): string {
  const at = place(dialogue, in_, answers)
  if (!at) return 'complete'
  return at.row === undefined ? at.question.id : `${at.question.id}(${at.row})`
}

/** Plays moves from the beginning; every answer goes through JSON as it does in the database. */
export function play(dialogue: Dialogue, moves: readonly string[], from: Answers = {}) {
  let answers = from
  let last: Stepped | undefined
  for (const said of moves) {
    last = step(dialogue, scene, answers, moveOf(said))
    if ('answers' in last) answers = JSON.parse(JSON.stringify(last.answers)) as Answers
  }
  return { answers, last, at: placeName(dialogue, answers) }
}
