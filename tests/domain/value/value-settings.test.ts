import { expect, test } from 'vitest'
import { defaultValueSettings, schemeOf } from '../../../src/domain/value/value-settings.ts'

test('a salon divides its clients by the halves, by the quintiles, or by the halves with a code moved', () => {
  const segmentOf = (code: string, settings: Parameters<typeof schemeOf>[0]) => {
    const { codes, segmentOf: segments } = schemeOf(settings)
    return segments[codes.indexOf(code)]
  }
  expect(segmentOf('HLH', defaultValueSettings)).toBe('new')
  expect(segmentOf('HLH', { ...defaultValueSettings, segments: { HLH: 'noValue' } })).toBe('noValue')
  expect(segmentOf('555', { ...defaultValueSettings, scheme: 'quintiles' })).toBe('champions')
})
