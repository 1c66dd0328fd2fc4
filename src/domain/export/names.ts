import type { Definitions } from './definitions.ts'
import type { Facet } from './facet.ts'
import type { Scale } from '../answer.ts'
import { named } from '../salon.ts'
import type { Language, ServiceLine } from '../salon.ts'
import type { Survey, SurveyQuestion } from '../survey.ts'
import type { Translate } from '../survey-words.ts'

export interface NamesOptions {
  definitions: Definitions
  /** How a version was worded. */
  wording: (survey: Survey) => Translate
  lines: readonly ServiceLine[]
  t: Translate
  language: Language
}

/** What columns and their values are called. */
export interface Names {
  header(facet: Facet): string
  /** The question as it was put; where its words were changed, each wording with the versions it belongs to. */
  question(id: string): string
  /** What the values mean, one a line. */
  values(facet: Facet): string
}

/** Names in the words of the newest version that has the thing. */
export function createNames(options: NamesOptions): Names {
  const { t } = options
  const word = (id: string, key: string) => say(options, id, key, () => true)
  const name = (id: string, part: string) => nameOf(options, id, part)
  return {
    header({ question, row, option, part }) {
      const thing = row ?? option
      const base = [word(question, 'short'), ...(thing === undefined ? [] : [name(question, thing)])].join(
        ': ',
      )
      if (part === 'noOpinion') return `${base} — ${word(question, 'noOpinion')}`
      return part === 'words' ? `${base} — ${t('export.values.inWords')}` : base
    },
    question: (id) => wordings(options, id),
    values(facet) {
      switch (facet.part) {
        case 'noOpinion':
          return meanings([
            [1, word(facet.question, 'noOpinion')],
            [0, t('export.values.answered')],
          ])
        case 'option':
          return meanings([
            [1, t('export.values.ticked')],
            [0, t('export.values.notTicked')],
          ])
        case 'words':
          return t('export.values.text')
        case 'value':
          return valueMeanings(options, facet)
      }
    },
  }
}

function valueMeanings(options: NamesOptions, facet: Facet): string {
  const { question: id, kind, scale } = facet
  const word = (key: string) => say(options, id, key, (one) => one.kind === kind)
  switch (kind) {
    case 'yesNo':
      return meanings([
        [1, word('yes')],
        [0, word('no')],
      ])
    case 'text':
    case 'date':
      return options.t(`export.values.${kind}`)
    default:
      return scale ? scaleMeanings(options, id, scale) : optionMeanings(options, id)
  }
}

function scaleMeanings(options: NamesOptions, id: string, { from, to }: Scale): string {
  const end = (key: string) =>
    say(options, id, key, ({ scale }) => scale?.from === from && scale.to === to) ??
    say(options, id, key, ({ scale }) => scale !== undefined)
  return meanings([
    [from, end('low')],
    [to, end('high')],
  ])
}

function optionMeanings(options: NamesOptions, id: string): string {
  const all = options.definitions.asking(id).flatMap(({ definition }) => definition.options ?? [])
  return meanings([...new Set(all.map((one) => one.id))].map((one) => [one, nameOf(options, id, one)]))
}

const meanings = (all: readonly (readonly [value: string | number, meaning: string | undefined])[]): string =>
  all.map(([value, meaning = '']) => `${value} = ${meaning}`).join('\n')

/** A row or an option: the salon's line, or what the newest version calls it that has it. */
function nameOf(options: NamesOptions, id: string, part: string): string {
  const line = options.lines.find((one) => one.id === part)
  const listed = ({ rows, options: all = [] }: SurveyQuestion) =>
    [...all, ...(typeof rows === 'object' ? rows : [])].some((one) => one.id === part)
  return (
    say(options, id, `options.${part}`, listed) ??
    (line === undefined ? part : named(line.name, options.language))
  )
}

/** In the words of the newest version that fits. */
function say(
  { definitions, wording }: NamesOptions,
  id: string,
  key: string,
  fits: (definition: SurveyQuestion) => boolean,
): string | undefined {
  const found = definitions.asking(id).find(({ definition }) => fits(definition))
  return found && wording(found.survey)(`survey.${id}.${key}`)
}

function wordings({ definitions, wording, t }: NamesOptions, id: string): string {
  const byText = new Map<string, number[]>()
  for (const { survey } of definitions.asking(id).toReversed()) {
    const text = wording(survey)(`survey.${id}.ask`)
    byText.set(text, [...(byText.get(text) ?? []), survey.version])
  }
  if (byText.size <= 1) return [...byText.keys()].join('')
  return [...byText]
    .map(([text, versions]) => t('export.values.wording', { text, versions: versions.join(', ') }))
    .join('\n')
}
