import { describe, expect, test } from 'vitest'
import { defaultPlaybook } from '../../../src/domain/offers/default-playbook.ts'
import { segmentDraft } from '../../../src/domain/offers/segment-draft.ts'
import { halvesSegments } from '../../../src/domain/value/halves.ts'
import { quintileSegments } from '../../../src/domain/value/quintiles.ts'
import { createTranslator } from '../../../src/locales.ts'

const words = createTranslator({ dir: new URL('../../../locales/', import.meta.url) })
const lines = ['nails', 'hair', 'cosmetology']
const options = (segments: readonly string[] = halvesSegments) => ({
  terms: { lines, segments, questions: ['card', 'regular', 'marital'] },
  playbook: defaultPlaybook,
  day: Temporal.PlainDate.from('2026-11-26'),
  salon: {
    languages: ['ru' as const],
    lines: lines.map((id) => ({ id, name: { ru: id }, services: [] })),
  },
  words,
})

describe('the playbook', () => {
  test.each([
    ['nails', 'vulnerable', 'playbook:comeBack:nails:2026-11'],
    ['nails', 'valuable', 'playbook:crossSell:nails:hair:2026-q4'],
    ['', 'valuable', 'playbook:family:2026-q4'],
    ['', 'new', 'playbook:newCard:2026-11'],
    ['nails', 'new', 'playbook:newCard:2026-11:nails'],
  ])('has for "%s" %s: %s', (line, segment, draftKey) => {
    expect(segmentDraft(line, segment, options())).toMatchObject({ draftKey })
  })

  test.each([
    ['', 'vulnerable'],
    ['nails', 'noValue'],
    ['', 'noValue'],
  ])('has nothing for "%s" %s', (line, segment) => {
    expect(segmentDraft(line, segment, options())).toBeUndefined()
  })

  test('is asked about the line, where it has only something for the whole salon', () => {
    expect(segmentDraft('nails', 'new', options())?.spec.audience).toEqual({
      kind: 'all',
      of: [
        { kind: 'segment', segments: ['new'], line: 'nails' },
        { kind: 'card', has: false },
      ],
    })
  })

  test('means only this one of several segments of a group, and it is another draft then', () => {
    const draft = segmentDraft('nails', 'atRisk', options(quintileSegments))
    expect(draft?.draftKey).toBe('playbook:comeBack:nails:2026-11:atRisk')
    expect(draft?.spec.audience).toMatchObject({ of: [{ segments: ['atRisk'], line: 'nails' }, {}] })
  })
})
