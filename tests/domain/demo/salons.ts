/** Two salons to simulate, and how to read what came of it. */
import path from 'node:path'

import { demoSeed } from '../../../src/domain/demo-salon.ts'
import type { DemoOptions, DemoSalon } from '../../../src/domain/demo-salon.ts'
import { instrument, spend } from '../../../src/domain/instrument.ts'
import type { Walk } from '../../../src/domain/known.ts'
import type { Salon } from '../../../src/domain/salon.ts'
import type { SurveyQuestion } from '../../../src/domain/survey.ts'
import { readSalonFile } from '../../../src/settings/salon-file.ts'

const example = readSalonFile(path.join(import.meta.dirname, '../../../salon.example.yaml'))
if (!example.ok) throw new Error('salon.example.yaml is wrong')
export const lavender: Salon = example.read

/** A Wednesday afternoon in Moscow. */
export const now = Date.UTC(2026, 10, 25, 12)
export const dayMs = 24 * 60 * 60_000
export const weekMs = 7 * dayMs
/** Monday, 17 August 2026, midnight in Moscow. */
const from = Date.UTC(2026, 7, 16, 21)
/** 1 for the first week of the simulation that leads up to `now`. */
export const weekOf = (at: number): number => Math.floor((at - from) / weekMs) + 1

/** The salon of the sandbox. */
export const usual: DemoOptions = {
  seed: demoSeed,
  now,
  salon: lavender,
  survey: { version: 1, questions: instrument },
}

const own: Record<'person' | 'salon', SurveyQuestion[]> = {
  person: [
    { id: 'drinks', block: 'person', kind: 'choices', options: ['tea', 'coffee'].map((id) => ({ id })) },
    { id: 'wedding', block: 'person', kind: 'date' },
    { id: 'pets', block: 'person', kind: 'yesNo' },
    { id: 'poem', block: 'person', kind: 'text' },
  ],
  salon: [
    { id: 'cozy', block: 'salon', kind: 'scale', scale: { from: 0, to: 5 }, noOpinion: true },
    {
      id: 'when',
      block: 'salon',
      kind: 'grid',
      rows: ['week', 'weekend'].map((id) => ({ id })),
      options: ['day', 'evening'].map((id) => ({ id })),
    },
  ],
}

/** Another salon in every respect: other lines, another order, a scale from 0, questions of its own, clocks that change. */
export const strange: DemoOptions = {
  seed: 5,
  now: Date.UTC(2027, 3, 20, 9),
  salon: {
    ...lavender,
    timeZone: 'America/New_York',
    languages: ['en'],
    lines: ['nails', 'brows', 'tattoo', 'massage'].map((id) => ({ id, name: { ru: id }, services: [] })),
    masters: [],
    quietHours: { from: '00:00', to: '10:30' },
    reminders: { surveyAfterDays: [2] },
    rewards: {},
    survey: { everyDays: 30, eveningAt: '18:30', afterVisitHours: 0 },
  },
  survey: {
    version: 7,
    questions: [
      ...instrument.filter((one) => one.block === 'person' && one.id !== 'age'),
      ...own.person,
      ...instrument
        .filter((one) => one.block === 'salon' && one.id !== 'card')
        .map((one) => (one.id === 'recommend' ? { ...one, scale: { from: 0, to: 10 } } : one)),
      ...own.salon,
      spend,
    ],
  },
}

/** One line, no survey, no reminders. */
export const small: DemoOptions = {
  ...usual,
  salon: { ...lavender, lines: lavender.lines.slice(1, 2), reminders: { surveyAfterDays: [] } },
  survey: { version: 2, questions: [] },
}

export const walksOf = ({ clients }: DemoSalon, name: string): Walk[] =>
  clients.flatMap((client) => client.walks.filter((walk) => walk.name === name))

export interface Score {
  client: number
  line: string
  score: number
  at: number
}

/** Every number that was given to "would you recommend it?", in the survey and after a visit. */
export function scoresOf({ clients }: DemoSalon): Score[] {
  return clients.flatMap(({ number: client, walks }) =>
    walks.flatMap(({ answers }) => {
      const { value, at = 0 } = answers['recommend'] ?? {}
      const line = answers['line']?.value as string
      const given = typeof value === 'object' ? value : { [line]: value }
      return Object.entries(given ?? {}).flatMap(([row, score]) =>
        typeof score === 'number' ? [{ client, line: row, score, at }] : [],
      )
    }),
  )
}

export function npsOf(scores: readonly Score[]): number {
  const share = (holds: (score: number) => boolean) =>
    scores.filter(({ score }) => holds(score)).length / scores.length
  return Math.round(100 * (share((score) => score >= 9) - share((score) => score <= 6)))
}

export const npsOfLine = (salon: DemoSalon, line: string): number =>
  npsOf(scoresOf(salon).filter((one) => one.line === line))
