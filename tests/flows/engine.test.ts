/** The engine by itself, with a survey made up for it. */
import { describe, expect, test } from 'vitest'
import type { Answers } from '../../src/domain/answer.ts'
import { cardOf, closedCard } from '../../src/flows/card.ts'
import { place, step } from '../../src/flows/engine.ts'
import { givenTo, linesOf } from '../../src/flows/spot.ts'
import {
  choice,
  choices,
  confirm,
  date,
  dialogue,
  grid,
  phone,
  scale,
  summary,
  text,
} from '../../src/flows/question.ts'
import type { Dialogue, Option } from '../../src/flows/question.ts'
import { moveOf, placeName, play, scene } from './scenes.ts'

const options = (...values: string[]): Option[] => values.map((value) => ({ value, label: `the ${value}` }))
const services = options('hair', 'nails', 'face')

/** Satisfaction is asked for what is used at all, a master for what was rated low. */
const survey = dialogue({
  name: 'survey',
  version: 1,
  leave: 'stop',
  progress: true,
  questions: [
    confirm('regular'),
    choice('why', {
      optional: true,
      when: (_, answers) => answers['regular']?.value === false,
      options: () => options('price', 'far', 'quality'),
    }),
    grid('often', { rows: () => services, from: 0, to: 3, optional: true }),
    grid('liked', { rows: (_, answers) => used(answers), from: 1, to: 7, noOpinion: true, optional: true }),
    scale('recommend', { from: 1, to: 10, noOpinion: true }),
    choices('wishes', { optional: true, options: () => options('tea', 'music', 'silence') }),
    text('suggestions', { optional: true, maxLength: 20 }),
    summary('check'),
  ],
})

const used = (answers: Answers): Option[] => {
  const often = (answers['often']?.value ?? {}) as Record<string, number>
  return services.filter(({ value }) => (often[value] ?? 0) > 0)
}

const oneOf = (...questions: Dialogue['questions']) =>
  dialogue({ name: 'one', version: 1, leave: 'later', questions })

const untilOften = ['yes']
const untilLiked = [...untilOften, '3', '1', '0']
const untilRecommend = [...untilLiked, '7', '5']
const untilCheck = [...untilRecommend, '9', 'tea', 'Nothing']

describe('an answer is read', () => {
  test.each<[string, Dialogue['questions'][number], string, unknown]>([
    ['a yes', confirm('q'), 'q=yes', true],
    ['a no', confirm('q'), 'q=no', false],
    ['a typed yes', confirm('q'), 'OK!', true],
    ['a typed no', confirm('q'), 'No.', false],
    ['the label of a yes', confirm('q'), 'one.q.yes', true],
    ['whoever passes over a yes-or-no has not said yes', confirm('q'), 'skip', false],
    ['an option', choice('q', { options: () => services }), 'q=nails', 'nails'],
    ['an option by its label', choice('q', { options: () => services }), 'The NAILS', 'nails'],
    ['an option by its beginning', choice('q', { options: () => options('a1', 'b2') }), 'the b', 'b2'],
    ['an option by its number', choice('q', { options: () => services }), '3', 'face'],
    ['several options', choices('q', { options: () => services }), 'the face, the hair', ['hair', 'face']],
    [
      'several options with "and"',
      choices('q', { options: () => services }),
      'the face and the hair',
      ['hair', 'face'],
    ],
    ['several options by number', choices('q', { options: () => services }), '1 3', ['hair', 'face']],
    ['all options', choices('q', { options: () => services }), 'all', ['hair', 'nails', 'face']],
    ['a number', scale('q', { from: 1, to: 10 }), 'q=10', 10],
    ['a typed number', scale('q', { from: 1, to: 10 }), ' 7! ', 7],
    ['nought', scale('q', { from: 0, to: 3 }), '0', 0],
    ['no opinion', scale('q', { from: 1, to: 10, noOpinion: true }), 'q=!none', null],
    ['no opinion in words', scale('q', { from: 1, to: 10, noOpinion: true }), "Can't rate", null],
    ['no opinion by its label', scale('q', { from: 1, to: 10, noOpinion: true }), 'one.q.noOpinion', null],
    [
      'a row of a grid',
      grid('q', { rows: () => services.slice(0, 1), from: 1, to: 7 }),
      'q.hair=6',
      { hair: 6 },
    ],
    ['a typed row', grid('q', { rows: () => services.slice(0, 1), from: 1, to: 7 }), '6', { hair: 6 }],
    ['words', text('q', { maxLength: 20 }), '  as they are  ', 'as they are'],
    ['a suggestion', text('q', { maxLength: 20, suggestion: () => 'Anna' }), 'q=suggested', 'Anna'],
    ['a yes to a suggestion', text('q', { maxLength: 20, suggestion: () => 'Anna' }), 'yes', 'Anna'],
    [
      'words instead of a suggestion',
      text('q', { maxLength: 20, suggestion: () => 'Anna' }),
      'Maria',
      'Maria',
    ],
    ['a phone', phone('q'), '8 912 345-67-89', '+79123456789'],
    ['a date', date('q'), '17 April', { day: 17, month: 4 }],
    [
      'a suggested date',
      date('q', { suggestion: () => ({ day: 1, month: 2 }) }),
      'q=suggested',
      { day: 1, month: 2 },
    ],
    [
      'a yes to a suggested date',
      date('q', { suggestion: () => ({ day: 1, month: 2 }) }),
      'yes',
      { day: 1, month: 2 },
    ],
  ])('%s', (_, question, said, value) => {
    const { answers, at } = play(oneOf(question), [said])
    expect(answers).toEqual({ q: { value } })
    expect(at).toBe('complete')
  })

  test.each<[string, Dialogue['questions'][number], string, string]>([
    ['neither yes nor no', confirm('q'), 'perhaps', 'dialogue.choose'],
    ['a yes that is not meant', confirm('q', { explicit: true }), 'ok', 'one.q.unclear'],
    ['an unknown option', choice('q', { options: () => services }), 'massage', 'dialogue.choose'],
    ['an ambiguous beginning', choice('q', { options: () => services }), 'the', 'dialogue.choose'],
    ['a number that no option has', choice('q', { options: () => services }), '4', 'dialogue.choose'],
    ['nought as an option', choice('q', { options: () => services }), '0', 'dialogue.choose'],
    ['an option that has gone', choice('q', { options: () => services }), 'q=massage', 'dialogue.gone'],
    [
      'a name that every object has',
      choice('q', { options: () => services }),
      'q=constructor',
      'dialogue.gone',
    ],
    [
      'one of several unknown',
      choices('q', { options: () => services }),
      'the hair, massage',
      'dialogue.choose',
    ],
    ['done with nothing', choices('q', { options: () => services }), 'q=!done', 'dialogue.chooseOne'],
    ['done with nothing, typed', choices('q', { options: () => services }), 'done', 'dialogue.chooseOne'],
    ['too much', scale('q', { from: 1, to: 10 }), '11', 'dialogue.outOfScale 1 10'],
    ['too little', scale('q', { from: 1, to: 10 }), '0', 'dialogue.outOfScale 1 10'],
    ['less than nothing', scale('q', { from: 1, to: 10 }), '-3', 'dialogue.outOfScale 1 10'],
    ['between two', scale('q', { from: 1, to: 10 }), '7.5', 'dialogue.outOfScale 1 10'],
    ['a forged number', scale('q', { from: 1, to: 10 }), 'q=1e0', 'dialogue.outOfScale 1 10'],
    ['an opinion is asked for', scale('q', { from: 1, to: 10 }), "don't know", 'dialogue.outOfScale 1 10'],
    ['a forged "no opinion"', scale('q', { from: 1, to: 10 }), 'q=!none', 'dialogue.outOfScale 1 10'],
    ['no words', text('q', { maxLength: 20 }), '   ', 'one.q.invalid'],
    ['too many words', text('q', { maxLength: 20 }), 'x'.repeat(21), 'dialogue.tooLong 20'],
    ['words that do not look right', text('q', { maxLength: 20, pattern: /^\d+$/ }), 'six', 'one.q.invalid'],
    ['a suggestion that there is not', text('q', { maxLength: 20 }), 'q=suggested', 'one.q.invalid'],
    [
      'a yes to no suggestion',
      text('q', { maxLength: 20, suggestion: () => undefined }),
      'yes',
      'one.q.invalid',
    ],
    ['a no to a suggestion', text('q', { maxLength: 20, suggestion: () => 'Anna' }), 'no', 'one.q.invalid'],
    ['no phone', phone('q'), 'none of yours', 'dialogue.phone.unreadable'],
    ['an impossible phone', phone('q'), '8 912 345-67', 'dialogue.phone.impossible'],
    ['a forged phone', phone('q'), 'q=79123456789', 'dialogue.phone.unreadable'],
    ['no date', date('q'), 'tomorrow', 'dialogue.date.unreadable'],
    ['no such day', date('q'), '30.02', 'dialogue.date.noSuchDay'],
    ['skipping what is needed', text('q', { maxLength: 20 }), 'skip', 'dialogue.required'],
    ['keeping what never was', choice('q', { options: () => services }), 'q=!keep', 'dialogue.choose'],
    ['back from the beginning', text('q', { maxLength: 20 }), 'back', 'dialogue.nothingBefore'],
  ])('%s is refused', (_, question, said, problem) => {
    expect(step(oneOf(question), scene, {}, moveOf(said))).toEqual({ what: 'refused', problem })
  })

  test("a contact answers a phone, if it is the person's own", () => {
    const one = oneOf(phone('q'))
    const own = step(one, scene, {}, { kind: 'contact', phone: '79123456789', own: true })
    expect(own).toMatchObject({ answers: { q: { value: '+79123456789' } } })
    const other = step(one, scene, {}, { kind: 'contact', phone: '79123456789', own: false })
    expect(other).toEqual({ what: 'refused', problem: 'dialogue.phone.notOwn' })
  })

  test.each([
    confirm('q'),
    choice('q', { options: () => services }),
    choices('q', { options: () => services }),
    scale('q', { from: 1, to: 3 }),
    grid('q', { rows: () => services, from: 1, to: 3 }),
    text('q', { maxLength: 5 }),
    date('q'),
    summary('q'),
  ])('a contact is no answer to a $kind', (question) => {
    expect(step(oneOf(question), scene, {}, { kind: 'contact', phone: '79123456789', own: true }).what).toBe(
      'refused',
    )
  })
})

describe('several choices', () => {
  const wishes = oneOf(
    choices('wishes', { optional: true, options: () => options('tea', 'music', 'silence') }),
    text('end', { maxLength: 9 }),
  )

  test.each<[string, string[], string, unknown]>([
    ['a tick', ['wishes=tea'], 'wishes', { value: ['tea'], open: true }],
    [
      'two ticks, in the order of the list',
      ['wishes=music', 'wishes=tea'],
      'wishes',
      { value: ['tea', 'music'], open: true },
    ],
    ['a tick taken back', ['wishes=tea', 'wishes=tea'], 'wishes', { value: [], open: true }],
    ['done', ['wishes=tea', 'wishes=!done'], 'end', { value: ['tea'] }],
    ['done, typed', ['wishes=tea', 'done'], 'end', { value: ['tea'] }],
    [
      'words beside ticks add to them',
      ['wishes=tea', 'the music'],
      'wishes',
      { value: ['tea', 'music'], open: true },
    ],
    ['words alone are the answer', ['the music'], 'end', { value: ['music'] }],
    ['"next" with ticks is done', ['wishes=tea', 'next'], 'end', { value: ['tea'] }],
    ['"next" without is skipped', ['next'], 'end', { skipped: true }],
    [
      'ticks stay when it is opened again',
      ['the tea', 'back', 'wishes=music'],
      'wishes',
      { value: ['tea', 'music'], open: true },
    ],
  ])('%s', (_, moves, at, answer) => {
    const played = play(wishes, moves)
    expect(played.at).toBe(at)
    expect(played.answers['wishes']).toEqual(answer)
  })
})

describe('grids', () => {
  test.each<[string, string[], string, unknown]>([
    ['row by row', ['often.hair=3', 'often.nails=1'], 'often(face)', { value: { hair: 3, nails: 1 } }],
    ['typed', ['3', '1', '0'], 'liked(hair)', { value: { hair: 3, nails: 1, face: 0 } }],
    [
      'a row that was answered is stale',
      ['often.hair=3', 'often.hair=1'],
      'often(nails)',
      { value: { hair: 3 } },
    ],
    ['a row out of turn is stale', ['often.face=3'], 'often(hair)', undefined],
    ['no row is stale', ['often=3'], 'often(hair)', undefined],
    [
      'a skip in the middle keeps the rows that were given',
      ['3', 'skip'],
      'liked(hair)',
      { value: { hair: 3 }, skipped: true },
    ],
    [
      'back to the row before',
      ['3', '1', 'back'],
      'often(nails)',
      { value: { hair: 3, nails: 1 }, again: ['nails'] },
    ],
    [
      'back twice',
      ['3', '1', 'back', 'back'],
      'often(hair)',
      { value: { hair: 3, nails: 1 }, again: ['hair', 'nails'] },
    ],
    ['back and another number', ['3', '1', 'back', '2'], 'often(face)', { value: { hair: 3, nails: 2 } }],
    ['back and keep', ['3', '1', 'back', 'keep'], 'often(face)', { value: { hair: 3, nails: 1 } }],
    [
      'back twice, keep, keep',
      ['3', '1', 'back', 'back', 'keep', 'keep'],
      'often(face)',
      { value: { hair: 3, nails: 1 } },
    ],
    ['back from the first row leaves the grid', ['back'], 'regular', undefined],
    [
      'back into a grid is its last row',
      ['3', '1', '0', 'back'],
      'often(face)',
      { value: { hair: 3, nails: 1, face: 0 }, again: ['face'] },
    ],
    [
      'back into a skipped grid is where it was skipped',
      ['3', 'skip', 'back'],
      'often(nails)',
      { value: { hair: 3 }, skipped: true, again: ['nails'] },
    ],
    [
      'a skipped grid goes on after that',
      ['3', 'skip', 'back', '2'],
      'often(face)',
      { value: { hair: 3, nails: 2 } },
    ],
  ])('%s', (_, moves, at, often) => {
    const played = play(survey, [...untilOften, ...moves])
    expect(played.at).toBe(at)
    expect(played.answers['often']).toEqual(often)
  })

  test.each<[string, string[], string]>([
    ['rows depend on what was answered before', ['3', '1', '0'], 'liked(hair)'],
    ['a grid without rows is not asked', ['0', '0', '0'], 'recommend'],
    [
      'a row that is not used any more is not asked',
      ['3', '1', '0', '7', 'back', 'back', 'back', 'back', '0', 'keep', 'keep'],
      'liked(nails)',
    ],
    [
      'a row that is used from now on is asked',
      ['3', '0', '0', '7', 'back', 'back', '2', 'keep'],
      'liked(face)',
    ],
    [
      'answers of rows that stay stay',
      ['3', '1', '0', '7', '5', 'back', 'back', 'back', '2', 'keep', 'keep'],
      'liked(face)',
    ],
  ])('%s', (_, moves, at) => expect(play(survey, [...untilOften, ...moves]).at).toBe(at))

  test('ids that every object has are rows like others', () => {
    const odd = oneOf(
      grid('q', { rows: () => options('constructor', '__proto__', 'toString'), from: 1, to: 3 }),
    )
    expect(placeName(odd, {})).toBe('q(constructor)')
    expect(play(odd, ['1', '2']).at).toBe('q(toString)')
    const { answers, at } = play(odd, ['1', '2', '3'])
    expect(at).toBe('complete')
    expect(JSON.stringify(answers)).toBe('{"q":{"value":{"constructor":1,"__proto__":2,"toString":3}}}')
  })
})

describe('conditions', () => {
  test.each<[string, string[], string]>([
    ['a question that does not apply is passed by', ['yes'], 'often(hair)'],
    ['and asked when it does', ['no'], 'why'],
    ['back passes it by, too', ['yes', 'back'], 'regular'],
    ['after a change it is asked', ['yes', 'back', 'no'], 'why'],
    [
      'after a change back its answer still counts',
      ['no', 'the far', 'back', 'back', 'yes', 'back', 'no'],
      'why',
    ],
  ])('%s', (_, moves, at) => expect(play(survey, moves).at).toBe(at))

  test('an answer to what is not asked any more counts for nothing, and is not lost', () => {
    const before = play(survey, ['no', 'the far'])
    expect(givenTo(survey, 'why', scene, before.answers)).toBe('far')
    const after = play(survey, ['back', 'back', 'yes'], before.answers)
    expect(givenTo(survey, 'why', scene, after.answers)).toBeUndefined()
    const again = play(survey, ['back', 'no', 'keep'], after.answers)
    expect(givenTo(survey, 'why', scene, again.answers)).toBe('far')
  })

  test('an option that goes with another answer takes its answer along', () => {
    const masters = oneOf(
      choices('lines', { options: () => services }),
      choice('master', {
        options: (_, { lines }) =>
          options(...((lines?.value ?? []) as string[]).map((line) => `${line}-master`)),
      }),
      summary('check'),
    )
    const chosen = play(masters, ['the hair, the nails', '1'])
    expect(chosen.at).toBe('check')
    const changed = play(masters, ['check=!edit-lines', 'lines=hair', 'lines=!done'], chosen.answers)
    expect(changed.at).toBe('master')
    expect(linesOf(masters, scene, changed.answers).map((line) => line.answer)).toEqual(['the nails', '—'])
    expect(play(masters, ['the nails'], changed.answers).at).toBe('check')
  })
})

describe('back and forth', () => {
  test.each<[string, string[], string, Answers]>([
    ['back opens, the answer stays', ['yes', 'back'], 'regular', { regular: { value: true, open: true } }],
    ['keep closes it', ['yes', 'back', 'regular=!keep'], 'often(hair)', { regular: { value: true } }],
    ['"next" keeps', ['yes', 'back', 'next'], 'often(hair)', { regular: { value: true } }],
    ['a new answer replaces', ['yes', 'back', 'no'], 'why', { regular: { value: false } }],
    [
      'a skipped question opened again can be skipped again',
      ['no', 'skip', 'back', 'skip'],
      'often(hair)',
      { regular: { value: false }, why: { skipped: true } },
    ],
    [
      'clearing is a skip',
      ['no', 'the far', 'back', 'clear'],
      'often(hair)',
      { regular: { value: false }, why: { skipped: true } },
    ],
    [
      'clearing by the button is a skip',
      ['no', 'the far', 'back', 'why=!skip'],
      'often(hair)',
      { regular: { value: false }, why: { skipped: true } },
    ],
    ['back is not offered behind a final question', [], 'regular', {}],
  ])('%s', (_, moves, at, answers) => {
    const played = play(survey, moves)
    expect(played.at).toBe(at)
    expect(played.answers).toEqual(answers)
  })

  test('behind a final question there is no way', () => {
    const strict = oneOf(confirm('sure', { final: true }), text('name', { maxLength: 9 }))
    expect(play(strict, ['yes', 'back']).last).toEqual({ what: 'refused', problem: 'dialogue.nothingBefore' })
  })

  test('leaving changes nothing', () => {
    expect(play(survey, ['yes', 'stop']).last).toEqual({ what: 'left' })
    expect(play(survey, ['yes', 'often.hair=!leave']).last).toEqual({ what: 'left' })
  })

  test('a dialogue that cannot be left says so; a side dialogue is left by any way out', () => {
    const bare = dialogue({ name: 'one', version: 1, questions: [text('q', { maxLength: 9 })] })
    expect(play(bare, ['q=!leave']).last).toEqual({ what: 'refused', problem: 'dialogue.choose' })
    const side = dialogue({ name: 'one', version: 1, side: true, questions: [text('q', { maxLength: 9 })] })
    for (const word of ['back', 'skip', 'later', 'q=!leave'])
      expect(play(side, [word]).last).toEqual({ what: 'left' })
  })
})

describe('the summary', () => {
  test('lists what was asked, in words', () => {
    const { answers, at } = play(survey, untilCheck)
    expect(at).toBe('check')
    expect(linesOf(survey, scene, answers).map((line) => `${line.name}: ${line.answer}`)).toEqual([
      'survey.regular.short: survey.regular.yes',
      'survey.often.short: the hair — 3, the nails — 1, the face — 0',
      'survey.liked.short: the hair — 7, the nails — 5',
      'survey.recommend.short: 9',
      'survey.wishes.short: the tea',
      'survey.suggestions.short: Nothing',
    ])
  })

  test.each<[string, string[], string]>([
    ['all right, by button', ['check=!done'], 'complete'],
    ['all right, typed', ['yes'], 'complete'],
    ['"next" is all right', ['next'], 'complete'],
    ['an edit by button', ['check=!edit-recommend'], 'recommend'],
    ['an edit by the name of the line', ['survey.recommend.short'], 'recommend'],
    ['an edit by number', ['4'], 'recommend'],
    ['an edit leads back', ['4', '8'], 'check'],
    ['an edit that keeps leads back', ['4', 'keep'], 'check'],
    ['back in an edit leads back', ['4', 'back'], 'check'],
    ['an edit of ticks', ['5', 'wishes=music'], 'wishes'],
    ['an edit of ticks leads back', ['5', 'wishes=music', 'done'], 'check'],
    ['back out of ticks leads back', ['5', 'wishes=music', 'back'], 'check'],
    ['an edit of a grid begins with its first row', ['3'], 'liked(hair)'],
    ['goes through its rows', ['3', '6'], 'liked(nails)'],
    ['goes back in its rows', ['3', '6', 'back'], 'liked(hair)'],
    ['and leads back', ['3', '6', 'keep'], 'check'],
    ['leaving the edit of a grid keeps the rest', ['3', 'back'], 'check'],
    ['an edit that changes a condition asks what it means', ['1', 'no'], 'why'],
    ['rows that come with an edit are asked', ['2', '3', '1', '2'], 'liked(face)'],
    ['back is the last question', ['back'], 'suggestions'],
    ['back from there goes on back', ['back', 'back'], 'wishes'],
  ])('%s', (_, moves, at) => expect(play(survey, [...untilCheck, ...moves]).at).toBe(at))

  test('after an edit only what was edited has changed', () => {
    const before = play(survey, untilCheck).answers
    const after = play(survey, ['check=!edit-liked', '6', 'keep'], before).answers
    expect(after).toEqual({ ...before, liked: { value: { hair: 6, nails: 5 } } })
  })

  test.each([
    ['check=!edit-check'],
    ['check=!edit-why'],
    ['check=!edit-nothing'],
    ['check=!edit-constructor'],
    ['check=!edit-'],
  ])('what can not be edited is not: %s', (said) =>
    expect(['stale', 'refused']).toContain(play(survey, [...untilCheck, said]).last?.what),
  )

  test("an edit is the summary's alone", () => {
    expect(play(survey, ['yes', 'often.hair=!edit-regular']).last?.what).toBe('refused')
  })
})

describe('old buttons', () => {
  test.each([
    ['regular=no'],
    ['why=far'],
    ['liked.hair=3'],
    ['recommend=1'],
    ['nothing=1'],
    ['constructor=1'],
    ['regular=!back'],
  ])('%s belongs to another question', (said) =>
    expect(step(survey, scene, play(survey, untilOften).answers, moveOf(said))).toEqual({ what: 'stale' }),
  )

  test('when all is said every button is old', () => {
    const { answers } = play(survey, [...untilCheck, 'yes'])
    expect(step(survey, scene, answers, moveOf('check=!done'))).toEqual({ what: 'stale' })
    expect(step(survey, scene, answers, moveOf('yes'))).toEqual({ what: 'stale' })
  })
})

describe('cards', () => {
  const card = (moves: string[], from?: string) => {
    const { answers } = play(survey, moves)
    const at = place(survey, scene, answers)
    if (!at) throw new Error('complete')
    const { text: words, groups } = cardOf(survey, scene, answers, at, { from })
    return [words.text, ...groups.map((group) => group.buttons.map((button) => button.label).join(' | '))]
  }

  test('a grid shows its row, its scale, and the ways out', () => {
    expect(card([...untilLiked])).toEqual([
      'dialogue.progress 3 6\nsurvey.liked.ask\n▸ the hair\ndialogue.ends 1 7 survey.liked.low survey.liked.high',
      '1 | 2 | 3 | 4 | 5 | 6 | 7',
      'survey.liked.noOpinion | dialogue.skip | dialogue.back | dialogue.leave.stop',
    ])
  })

  test('a row that is asked again shows its number', () => {
    expect(card([...untilLiked, '7', 'back'])).toEqual([
      'dialogue.progress 3 6\nsurvey.liked.ask\n▸ the hair\ndialogue.ends 1 7 survey.liked.low survey.liked.high\ndialogue.was 7',
      '1 | 2 | 3 | 4 | 5 | 6 | 7',
      'survey.liked.noOpinion | dialogue.keep | dialogue.clear | dialogue.back | dialogue.leave.stop',
    ])
  })

  test('what was answered in this message stands above', () => {
    expect(card([...untilRecommend], 'often')[0]).toBe(
      '✓ survey.often.short: the hair — 3, the nails — 1, the face — 0\n' +
        '✓ survey.liked.short: the hair — 7, the nails — 5\n\ndialogue.progress 4 6\nsurvey.recommend.ask\ndialogue.ends 1 10 survey.recommend.low survey.recommend.high',
    )
  })

  test('a correction shows the old answer and one way out', () => {
    expect(card([...untilCheck, 'check=!edit-recommend'], 'often')).toEqual([
      'survey.recommend.ask\ndialogue.ends 1 10 survey.recommend.low survey.recommend.high\ndialogue.was 9',
      '1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10',
      'survey.recommend.noOpinion | dialogue.keep',
    ])
  })

  test('no opinion is shown as such', () => {
    const { answers } = play(survey, [...untilRecommend, "don't know"])
    const [question] = survey.questions.filter((one) => one.id === 'recommend')
    if (!question) throw new Error('no such question')
    expect(closedCard(survey, scene, answers, question).text).toBe(
      '✓ survey.recommend.short: dialogue.noOpinion',
    )
  })

  test('a long text is shown shortened, never in half an emoji', () => {
    const letter = oneOf(text('q', { maxLength: 4000 }), summary('check'))
    const { answers } = play(letter, ['💅🏽'.repeat(900)])
    const [line] = linesOf(letter, scene, answers)
    expect(line?.answer.length).toBeLessThanOrEqual(200)
    expect(line?.answer).toMatch(/^(💅🏽)+…$/u)
  })

  test('a suggestion that would not be taken is not offered', () => {
    const name = (offered: string) =>
      oneOf(text('q', { maxLength: 9, pattern: /^\p{L}+$/u, suggestion: () => offered }))
    const buttons = (offered: string) =>
      cardOf(name(offered), scene, {}, { question: name(offered).questions[0]! }).groups.flatMap((group) =>
        group.buttons.map((button) => button.label),
      )
    expect(buttons('Anna')).toContain('Anna')
    for (const offered of ['', '🌸', 'R2D2', 'Wolfgangerl'])
      expect(buttons(offered)).toEqual(['dialogue.leave.later'])
  })
})
