import type { SurveyOption, SurveyQuestion } from './survey.ts'

const ids = (...all: string[]): SurveyOption[] => all.map((id) => ({ id }))

/** What decides the choice of a salon. */
export const factors = ids('master', 'reputation', 'location', 'price', 'quality', 'habit', 'other')

const toSeven = { from: 1, to: 7 } as const

/**
 * The built-in instrument: ten questions about the salon, seven about the person. Facts and scales come from a master's thesis
 * on customer lifetime value in small business (2016), fieldwork in a beauty centre; the wording is ours.
 */
export const instrument: readonly SurveyQuestion[] = [
  { id: 'regular', block: 'salon', kind: 'yesNo' },
  { id: 'card', block: 'salon', kind: 'yesNo' },
  {
    id: 'tenure',
    block: 'salon',
    kind: 'choice',
    options: ids('first', 'under6m', '6to12m', '1to2y', '2to5y', 'over5y'),
  },
  {
    id: 'frequency',
    block: 'salon',
    kind: 'grid',
    rows: 'lines',
    options: ids('never', 'upTo1y', '1to2y', '3to4y', 'every2m', 'monthly'),
  },
  {
    id: 'satisfaction',
    block: 'salon',
    kind: 'grid',
    rows: 'usedLines',
    scale: toSeven,
    noOpinion: true,
  },
  {
    id: 'recommend',
    block: 'salon',
    kind: 'grid',
    rows: 'usedLines',
    scale: { from: 1, to: 10 },
    noOpinion: true,
  },
  { id: 'importance', block: 'salon', kind: 'grid', rows: factors, scale: toSeven },
  { id: 'retention', block: 'salon', kind: 'grid', rows: factors, scale: toSeven },
  {
    id: 'intention',
    block: 'salon',
    kind: 'grid',
    rows: 'usedLines',
    scale: toSeven,
    noOpinion: true,
  },
  { id: 'suggestions', block: 'salon', kind: 'text', maxLength: 20_000, several: true },
  { id: 'sex', block: 'person', kind: 'choice', options: ids('female', 'male') },
  {
    id: 'age',
    block: 'person',
    kind: 'choice',
    options: ids('under18', '18to25', '26to35', '36to45', 'over45'),
  },
  {
    id: 'marital',
    block: 'person',
    kind: 'choice',
    options: ids('single', 'married', 'divorced', 'widowed', 'other'),
  },
  {
    id: 'education',
    block: 'person',
    kind: 'choice',
    options: ids('secondary', 'vocational', 'unfinished', 'higher', 'other'),
  },
  {
    id: 'employment',
    block: 'person',
    kind: 'choice',
    options: ids('notWorking', 'looking', 'fullTime', 'partTime', 'studying'),
  },
  { id: 'income', block: 'person', kind: 'scale', scale: toSeven },
  { id: 'incomeAmount', block: 'person', kind: 'text', maxLength: 60, partOf: 'income' },
  {
    id: 'travel',
    block: 'person',
    kind: 'choice',
    options: ids('under10', '10to20', 'over20', 'transport'),
  },
]

/**
 * The spending question of the same study: per line and half-year, in roubles. Off unless the salon switches it on, because
 * visits answer it better.
 */
export const spend: SurveyQuestion = {
  id: 'spend',
  block: 'salon',
  kind: 'grid',
  rows: 'usedLines',
  options: ids('0', 'to1500', 'to3000', 'to4500', 'to6000', 'over6000'),
}
