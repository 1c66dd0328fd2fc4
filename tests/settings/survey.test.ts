import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { saySettingsProblems } from '../../src/cli/say-settings.ts'
import { instrument } from '../../src/domain/instrument.ts'
import { surveyKinds } from '../../src/domain/survey.ts'
import { surveyDialogue } from '../../src/flows/survey.ts'
import { createTranslator } from '../../src/locales.ts'
import { SettingsError, type SettingsProblem } from '../../src/settings/problem.ts'
import { readSettings, type Settings } from '../../src/settings.ts'

const root = path.resolve(import.meta.dirname, '../..')
const example = readFileSync(path.join(root, 'survey.example.yaml'), 'utf8')
/** The example with all that it only shows switched on. */
const everything = example.replaceAll(/(?<=^(?:wording|add):\n)(?:#(?: {2}.*)?\n)+/gm, (lines) =>
  lines.replaceAll(/^#/gm, ''),
)

let cwd: string
beforeEach(async () => {
  cwd = await mkdtemp(path.join(os.tmpdir(), 'survey-'))
})
afterEach(() => rm(cwd, { recursive: true }))

const withSurvey = (text: string): Promise<void> => writeFile(path.join(cwd, 'survey.yaml'), text)
const read = (file?: string): Settings => readSettings({ env: {}, cwd, ...(file !== undefined && { file }) })

function problemsOf(): readonly SettingsProblem[] {
  try {
    read()
  } catch (error) {
    if (error instanceof SettingsError) return error.problems
    throw error
  }
  throw new Error('the settings were expected to be wrong')
}

/** "KEY: what is expected", short. */
const brief = (problems: readonly SettingsProblem[]): string[] =>
  problems.map(({ key, expected }) => `${key}: ${expected.key.replace('settings.', '')}`)

/** The questions of a survey.yaml with these lines. */
async function asked(...lines: string[]): Promise<Settings['survey']> {
  await withSurvey(lines.join('\n'))
  return read().survey
}

describe('the file', () => {
  test('is not needed: the survey is the built-in one then', () => {
    const { survey, surveyFile } = read()
    expect([survey, surveyFile]).toEqual([instrument, undefined])
  })

  test.each([
    ['the example as it is', example],
    ['nothing but comments', '# later\n'],
    ['keys without values', 'off:\nadd:\nwording:\n  sex:\n'],
  ])('may change nothing: %s', async (_, text) => {
    await withSurvey(text)
    const { survey, surveyFile } = read()
    expect(survey).toEqual(instrument)
    expect(surveyFile).toBe(path.join(cwd, 'survey.yaml'))
  })

  test('lies beside the file of the salon that was named', async () => {
    await mkdir(path.join(cwd, 'mine'))
    await withSurvey('off: [card]')
    await writeFile(path.join(cwd, 'mine', 'salon.yaml'), readFileSync(path.join(root, 'salon.example.yaml')))
    expect(read('mine/salon.yaml').survey).toEqual(instrument)
    await writeFile(path.join(cwd, 'mine', 'survey.yaml'), 'off: [travel]')
    expect(read('mine/salon.yaml').survey.map(({ id }) => id)).not.toContain('travel')
    expect(read('mine/salon.yaml').survey.map(({ id }) => id)).toContain('card')
  })

  test('all that the example shows is right, and a question of every kind is among it', async () => {
    await withSurvey(everything)
    const own = read().survey.filter((one) => one.own)
    expect(new Set(own.map(({ kind }) => kind))).toEqual(new Set(surveyKinds))
    expect(own.map(({ id, block }) => `${id} ${block}`)).toEqual([
      'parking salon',
      'drink salon',
      'news salon',
      'waiting salon',
      'comfort salon',
      'lastTime salon',
      'wedding person',
      'wish person',
    ])
    expect(read().survey.find(({ id }) => id === 'satisfaction')?.words?.noOpinion).toEqual({
      ru: 'Пока не знаю',
      en: "Don't know yet",
    })
  })
})

describe('what it changes', () => {
  test('the scale of the NPS question, the order, what is asked', async () => {
    const survey = await asked('recommendScale: 0-10', 'first: person', 'off: [card, income]', 'on: [spend]')
    expect(survey[0]?.id).toBe('sex')
    expect(survey.find(({ id }) => id === 'recommend')?.scale).toEqual({ from: 0, to: 10 })
    const ids = survey.map(({ id }) => id)
    expect(ids.filter((id) => ['card', 'income', 'incomeAmount', 'spend'].includes(id))).toEqual(['spend'])
  })

  test('words: a string alone is Russian', async () => {
    const survey = await asked('wording:', '  sex: { short: Пол, options: { male: Он } }')
    expect(survey.find(({ id }) => id === 'sex')).toEqual({
      id: 'sex',
      block: 'person',
      kind: 'choice',
      options: [{ id: 'female' }, { id: 'male', name: { ru: 'Он' } }],
      words: { short: { ru: 'Пол' } },
    })
  })

  test('whatever the program asks beside, no question of its own can be taken for it', async () => {
    const asked = surveyDialogue({ version: 1, questions: instrument }).questions.map(({ id }) => id)
    const beside = asked.filter((id) => !instrument.some((one) => one.id === id))
    expect(beside).not.toEqual([])
    for (const id of beside) {
      await withSurvey(`add: [{ id: ${id}, kind: text, ask: А?, short: А }]`)
      expect(brief(problemsOf())).toEqual(['add[0].id: survey.uniqueId'])
    }
  })

  test('questions of its own', async () => {
    const survey = await asked(
      'add:',
      '  - { id: a, kind: choice, after: sex, ask: Что?, short: Что, options: [{ id: 1, name: Раз }, { id: 02-x, name: Два }] }',
      '  - { id: b, kind: grid, after: a, ask: Как?, short: Как, rows: usedLines, scale: 0 – 10, low: да, high: нет, noOpinion: true }',
      '  - { id: c, kind: scale, ask: Как?, short: Как, scale: 1-5, low: да, high: нет, noOpinion: Не знаю }',
      '  - { id: d, kind: yesNo, ask: Да?, short: Да, yes: Ага, hint: "{{name}}" }',
      '  - { id: e, kind: text, ask: Что?, short: Что, noOpinion: }',
      '  - { id: f, kind: scale, ask: Как?, short: Как, scale: 1-5, low: да, high: нет, noOpinion: false }',
    )
    const words = (rest: object = {}) => ({ ask: { ru: 'Как?' }, short: { ru: 'Как' }, ...rest })
    const ends = { low: { ru: 'да' }, high: { ru: 'нет' } }
    expect(survey.filter((one) => one.own).map(({ own: _, ...one }) => one)).toEqual([
      {
        id: 'c',
        kind: 'scale',
        block: 'salon',
        scale: { from: 1, to: 5 },
        noOpinion: true,
        words: words({ ...ends, noOpinion: { ru: 'Не знаю' } }),
      },
      {
        id: 'd',
        kind: 'yesNo',
        block: 'salon',
        words: { ask: { ru: 'Да?' }, short: { ru: 'Да' }, yes: { ru: 'Ага' }, hint: { ru: '{{name}}' } },
      },
      {
        id: 'e',
        kind: 'text',
        block: 'salon',
        maxLength: 20_000,
        several: true,
        words: { ask: { ru: 'Что?' }, short: { ru: 'Что' } },
      },
      { id: 'f', kind: 'scale', block: 'salon', scale: { from: 1, to: 5 }, words: words(ends) },
      {
        id: 'a',
        kind: 'choice',
        block: 'person',
        options: [
          { id: '1', name: { ru: 'Раз' } },
          { id: '02-x', name: { ru: 'Два' } },
        ],
        words: { ask: { ru: 'Что?' }, short: { ru: 'Что' } },
      },
      {
        id: 'b',
        kind: 'grid',
        block: 'person',
        rows: 'usedLines',
        scale: { from: 0, to: 10 },
        noOpinion: true,
        words: words(ends),
      },
    ])
  })
})

const long = (length: number): string => 'а'.repeat(length)
const many = (count: number): string =>
  Array.from({ length: count }, (_, at) => `{ id: o${at}, name: О }`).join(', ')
/** One question of one's own. */
const question = (rest: string): string => `add: [{ id: a, kind: yesNo, ask: А?, short: А, ${rest} }]`
const kind = (rest: string): string => `add: [{ id: a, ask: А?, short: А, kind: ${rest} }]`

const mistakes: [what: string, text: string, expected: string[]][] = [
  ['a list in place of everything', '- a', ['survey.yaml: survey.surveyFile']],
  ['a misspelt key', 'recomendScale: 0-10', ['recomendScale: advice.didYouMean']],
  ['a scale for the NPS that is none', 'recommendScale: 1-5', ['recommendScale: survey.recommendScale']],
  ['a number as the scale', 'recommendScale: 10', ['recommendScale: survey.recommendScale']],
  ['a block that is none', 'first: client', ['first: survey.first']],
  ['one question that is off, not in a list', 'off: card', ['off: survey.off']],
  ['a misspelt question', 'off: [satisfacton]', ['off[0]: survey.didYouMeanQuestion']],
  ['a question that is none', 'off: [card, 5]', ['off[1]: survey.noSuchQuestion']],
  ['the NPS question off', 'off: [recommend]', ['off[0]: survey.recommendStays']],
  ['one question that is on, not in a list', 'on: spend', ['on: survey.on']],
  ['a misspelt question that is on', 'on: [spending]', ['on[0]: survey.noSuchQuestion']],
  ['words as a list', 'wording: [a]', ['wording: survey.wording']],
  [
    'words for a misspelt question',
    'wording: { satisfacton: { ask: А? } }',
    ['wording.satisfacton: advice.didYouMean'],
  ],
  ['words for a question as a string', 'wording: { sex: Пол }', ['wording.sex: survey.wordingOf']],
  [
    'words that a question does not have',
    'wording: { sex: { low: А } }',
    ['wording.sex.low: advice.unknownKey'],
  ],
  ['an end of nothing', "wording: { income: { low: '' } }", ['wording.income.low.ru: survey.end']],
  ['a question in English only', 'wording: { sex: { ask: { en: A? } } }', ['wording.sex.ask.ru: survey.ask']],
  [
    'names of answers as a list',
    'wording: { sex: { options: [А, Б] } }',
    ['wording.sex.options: survey.wordingOptions'],
  ],
  [
    'a name for a misspelt answer',
    'wording: { sex: { options: { mael: А } } }',
    ['wording.sex.options.mael: advice.didYouMean'],
  ],
  [
    'an answer too long for a button',
    `wording: { sex: { options: { male: ${long(37)} } } }`,
    ['wording.sex.options.male.ru: survey.buttonName'],
  ],
  [
    '"can\'t say" too long for a button',
    `wording: { recommend: { noOpinion: ${long(37)} } }`,
    ['wording.recommend.noOpinion.ru: survey.buttonName'],
  ],
  [
    'a row with too long a name',
    `wording: { retention: { options: { price: ${long(61)} } } }`,
    ['wording.retention.options.price.ru: survey.rowName'],
  ],
  ['questions of its own that are a word', 'add: да', ['add: survey.add']],
  ['a question of its own that is a word', 'add: [парковка]', ['add[0]: survey.added']],
  [
    'a question without anything',
    'add: [{}]',
    [
      'add[0].id: survey.questionId',
      'add[0].kind: survey.kind',
      'add[0].ask: survey.ask',
      'add[0].short: survey.short',
    ],
  ],
  [
    'an id in Russian',
    'add: [{ id: парковка, kind: text, ask: А?, short: А }]',
    ['add[0].id: survey.questionId'],
  ],
  [
    'an id that begins with a digit',
    'add: [{ id: 1a, kind: text, ask: А?, short: А }]',
    ['add[0].id: survey.questionId'],
  ],
  [
    'an id too long for a button',
    'add: [{ id: abcdefghijklmnopq, kind: text, ask: А?, short: А }]',
    ['add[0].id: survey.questionId'],
  ],
  [
    'an id that every object has',
    'add: [{ id: constructor, kind: text, ask: А?, short: А }]',
    ['add[0].id: survey.questionId'],
  ],
  [
    'the id of a built-in question',
    'add: [{ id: spend, kind: text, ask: А?, short: А }]',
    ['add[0].id: survey.uniqueId'],
  ],
  [
    'an id twice',
    'add: [{ id: a, kind: text, ask: А?, short: А }, { id: a, kind: text, ask: А?, short: А }]',
    ['add[1].id: survey.uniqueId'],
  ],
  ['a kind that is none', kind('stars'), ['add[0].kind: survey.kind']],
  ['a block that is none', question('block: client'), ['add[0].block: survey.block']],
  [
    'another block than that of the question before',
    question('block: salon, after: sex'),
    ['add[0].block: survey.sameBlock'],
  ],
  ['after a number', question('after: 5'), ['add[0].after: survey.after']],
  ['after a misspelt question', question('after: regula'), ['add[0].after: survey.didYouMeanQuestion']],
  ['after a question that is none', question('after: coffee'), ['add[0].after: survey.noSuchQuestion']],
  ['after itself', question('after: a'), ['add[0].after: survey.noSuchQuestion']],
  [
    'after one that is added below',
    'add: [{ id: a, kind: text, ask: А?, short: А, after: b }, { id: b, kind: text, ask: А?, short: А }]',
    ['add[0].after: survey.afterLater'],
  ],
  [
    'too long a question',
    question(`hint: ${long(301)}`)
      .replace('А?', long(501))
      .replace('short: А', `short: ${long(41)}`),
    ['add[0].ask.ru: survey.ask', 'add[0].short.ru: survey.short', 'add[0].hint.ru: survey.hint'],
  ],
  ['a "yes" too long for a button', question(`yes: ${long(37)}`), ['add[0].yes.ru: survey.buttonName']],
  ['a misspelt key', question('hnt: А'), ['add[0].hnt: advice.didYouMean']],
  ['a key of another kind', question('scale: 1-5'), ['add[0].scale: survey.keyOfOtherKind']],
  ['a choice of nothing', kind('choice'), ['add[0].options: survey.options']],
  ['a choice of one', kind('choices, options: [{ id: b, name: Б }]'), ['add[0].options: survey.options']],
  ['a choice of too many', kind(`choice, options: [${many(21)}]`), ['add[0].options: survey.options']],
  [
    'answers that are words',
    kind('choice, options: [Чай, Кофе]'),
    ['add[0].options[0]: survey.option', 'add[0].options[1]: survey.option'],
  ],
  [
    'an answer without a name',
    kind('choice, options: [{ id: b, name: Б }, { id: c }]'),
    ['add[0].options[1].name: survey.buttonName'],
  ],
  [
    'an answer whose id has spaces',
    kind('choice, options: [{ id: b, name: Б }, { id: c d, name: В }]'),
    ['add[0].options[1].id: survey.optionId'],
  ],
  [
    'an answer twice',
    kind('choice, options: [{ id: 1, name: Б }, { id: 1, name: В }]'),
    ['add[0].options[1].id: survey.uniqueId'],
  ],
  [
    'a scale of nothing',
    kind('scale'),
    ['add[0].scale: survey.scale', 'add[0].low: survey.end', 'add[0].high: survey.end'],
  ],
  ['a scale from two', kind('scale, scale: 2-5, low: а, high: б'), ['add[0].scale: survey.scale']],
  ['a scale to eleven', kind('scale, scale: 1-11, low: а, high: б'), ['add[0].scale: survey.scale']],
  ['a scale as a number', kind('scale, scale: 5, low: а, high: б'), ['add[0].scale: survey.scale']],
  ['a scale with one end', kind('scale, scale: 1-5, low: а'), ['add[0].high: survey.end']],
  [
    '"can\'t say" as a number',
    kind('scale, scale: 1-5, low: а, high: б, noOpinion: 5'),
    ['add[0].noOpinion: survey.noOpinion'],
  ],
  [
    '"can\'t say" in many words',
    kind(`scale, scale: 1-5, low: а, high: б, noOpinion: ${long(37)}`),
    ['add[0].noOpinion.ru: survey.buttonName'],
  ],
  ['a grid of nothing', kind('grid'), ['add[0].rows: survey.rows', 'add[0].scale: survey.gridAnswers']],
  [
    'a grid of numbers and answers',
    kind(`grid, rows: lines, scale: 1-5, low: а, high: б, options: [${many(2)}]`),
    ['add[0].options: survey.gridAnswers'],
  ],
  [
    'a grid of answers with ends',
    kind(`grid, rows: lines, low: а, options: [${many(2)}]`),
    ['add[0].low: survey.keyOfOtherKind'],
  ],
  ['rows that are a word', kind(`grid, rows: used, options: [${many(2)}]`), ['add[0].rows: survey.rows']],
  [
    'too many rows',
    kind(`grid, rows: [${many(13)}], scale: 1-5, low: а, high: б`),
    ['add[0].rows: survey.rows'],
  ],
  [
    'a row that is a word',
    kind('grid, rows: [Музыка], scale: 1-5, low: а, high: б'),
    ['add[0].rows[0]: survey.row'],
  ],
  [
    'a row with too long a name',
    kind(`grid, rows: [{ id: b, name: ${long(61)} }], scale: 1-5, low: а, high: б`),
    ['add[0].rows[0].name.ru: survey.rowName'],
  ],
  [
    'a row with the id of an answer',
    kind(`grid, rows: [{ id: o1, name: А }], options: [${many(2)}]`),
    ['add[0].options[1].id: survey.uniqueId'],
  ],
  [
    'too many questions',
    `add: [${Array.from({ length: 31 }, (_, at) => `{ id: a${at}, kind: text, ask: А?, short: А }`).join(', ')}]`,
    ['add: survey.add'],
  ],
  ['a tab', 'add:\n\t- a', ['survey.yaml:2:1: advice.yamlTab']],
]

describe('mistakes in survey.yaml', () => {
  test.each(mistakes)('%s', async (_, text, expected) => {
    await withSurvey(text)
    expect(brief(problemsOf())).toEqual(expected)
  })

  test('are told together with those of salon.yaml, each with its file and line', async () => {
    await writeFile(
      path.join(cwd, 'salon.yaml'),
      readFileSync(path.join(root, 'salon.example.yaml'), 'utf8').replace('price: 1300', 'price: дорого'),
    )
    await withSurvey('first: salon\noff:\n  - satisfacton\nwording:\n  spend:\n    options:\n      0: ""\n')
    const translate = createTranslator({ dir: path.join(root, 'locales') })
    expect(saySettingsProblems(problemsOf(), translate('ru'))).toBe(
      [
        'В настройках 3 ошибки:',
        '',
        '✗ lines[0].services[0].price  (salon.yaml, строка 43)',
        '  Указано: дорого',
        '  Нужно: цена в рублях: 1500 или 1500.50',
        '',
        '✗ off[0]  (survey.yaml, строка 3)',
        '  Указано: satisfacton',
        '  Нужно: id вопроса. Может быть, satisfaction?',
        '',
        '✗ wording.spend.options.0.ru  (survey.yaml, строка 7)',
        '  Не указано',
        '  Нужно: название до 36 знаков (оно станет кнопкой): одна строка или две, ru и en',
      ].join('\n'),
    )
  })

  test.each(['ru', 'en'] as const)('can all be said (%s), and no sentence is left over', async (language) => {
    const t = createTranslator({ dir: path.join(root, 'locales') })(language)
    const said = new Set<string>()
    for (const [, text] of mistakes) {
      await withSurvey(text)
      const problems = problemsOf()
      for (const { expected } of problems) said.add(expected.key)
      expect(saySettingsProblems(problems, t)).toMatch(/✗ /)
    }
    const { survey } = JSON.parse(
      readFileSync(path.join(root, 'locales', language, 'settings.json'), 'utf8'),
    ) as { survey: Record<string, string> }
    expect(Object.keys(survey).filter((key) => !said.has(`settings.survey.${key}`))).toEqual([])
  })
})
