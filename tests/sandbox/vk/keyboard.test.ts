import { describe, expect, test } from 'vitest'
import { parseKeyboard } from '../../../src/sandbox/vk/keyboard.ts'

type Button = Record<string, unknown>
const text = (label = 'Да', more: Button = {}): Button => ({
  action: { type: 'text', label, payload: '{}', ...more },
})
const rows = (count: number, width: number): Button[][] =>
  Array.from({ length: count }, () => Array.from({ length: width }, () => text()))
const read = (keyboard: unknown) => parseKeyboard(JSON.stringify(keyboard))

describe('VK takes', () => {
  test.each<[string, unknown]>([
    ['an inline keyboard of 10 buttons in 5 rows', { inline: true, buttons: rows(5, 2) }],
    ['an inline keyboard of 6 rows', { inline: true, buttons: rows(6, 1) }],
    ['a keyboard of 40 buttons', { buttons: rows(8, 5) }],
    ['a keyboard of 10 rows', { one_time: true, buttons: rows(10, 4) }],
    ['a keyboard that hides the earlier one', { buttons: [] }],
    ['a label of 40', { buttons: [[text('я'.repeat(40))]] }],
    ['a payload of 255', { buttons: [[text('Да', { payload: `"${'x'.repeat(253)}"` })]] }],
    ['a payload that is an object', { buttons: [[text('Да', { payload: { a: 1 } })]] }],
    [
      'every colour',
      { buttons: ['primary', 'secondary', 'negative', 'positive'].map((color) => [{ ...text(), color }]) },
    ],
    [
      'a link',
      { inline: true, buttons: [[{ action: { type: 'open_link', label: 'Сайт', link: 'https://a.ru' } }]] },
    ],
    [
      'an app',
      { buttons: [[{ action: { type: 'open_app', label: 'Игра', app_id: 5, owner_id: -1, hash: 'x' } }]] },
    ],
    [
      'a location and a payment',
      { buttons: [[{ action: { type: 'location' } }], [{ action: { type: 'vkpay', hash: 'x' } }]] },
    ],
    ['fields it does not know', { buttons: [[{ ...text(), hide: false }]], version: 2 }],
  ])('%s', (_, keyboard) => {
    const { buttons } = keyboard as { buttons: unknown[][] }
    expect(read(keyboard).buttons.map((row) => row.length)).toEqual(buttons.map((row) => row.length))
  })
})

describe('VK refuses', () => {
  test.each<[string, unknown, string]>([
    [
      '11 inline buttons',
      { inline: true, buttons: [...rows(5, 2), [text()]] },
      'keyboard contains too much buttons',
    ],
    ['7 inline rows', { inline: true, buttons: rows(7, 1) }, 'keyboard contains too much rows'],
    ['6 buttons in a row', { buttons: [...rows(1, 5), ...rows(1, 6)] }, 'row 1 contains too much columns'],
    ['41 buttons', { buttons: [...rows(8, 5), [text()]] }, 'keyboard contains too much buttons'],
    ['11 rows', { buttons: rows(11, 1) }, 'keyboard contains too much rows'],
    ['an empty row', { buttons: [[]] }, 'row 0 is empty'],
    [
      'an inline keyboard for one time',
      { inline: true, one_time: true, buttons: [] },
      'inline keyboard can not be one_time',
    ],
    ['inline that is not boolean', { inline: 1, buttons: [] }, 'inline should be boolean'],
    ['no buttons', {}, 'buttons should be an array of arrays'],
    ['buttons without rows', { buttons: [text()] }, 'row 0 should be an array'],
    ['no action', { buttons: [[{ color: 'primary' }]] }, 'button [0][0] action is undefined'],
    [
      'an unknown type',
      { buttons: [[{ action: { type: 'call', label: 'x' } }]] },
      'button [0][0] action type is invalid',
    ],
    [
      'no label',
      { buttons: [[text('Да'), text('')]] },
      'button [0][1] label should be at least 1 letters length',
    ],
    [
      'a label of 41',
      { buttons: [[text('я'.repeat(41))]] },
      'button [0][0] label should be at most 40 letters length',
    ],
    [
      'a payload of 256',
      { buttons: [[text('Да', { payload: `"${'x'.repeat(254)}"` })]] },
      'button [0][0] payload should be at most 255 letters length',
    ],
    [
      'a payload that is not JSON',
      { buttons: [[text('Да', { payload: '{a:1}' })]] },
      'button [0][0] payload should be valid JSON',
    ],
    [
      'a payload of null',
      { buttons: [[text('Да', { payload: null })]] },
      'button [0][0] payload should be valid JSON',
    ],
    ['an unknown colour', { buttons: [[{ ...text(), color: 'red' }]] }, 'button [0][0] color is invalid'],
    [
      'a coloured link',
      {
        buttons: [[{ action: { type: 'open_link', label: 'Сайт', link: 'https://a.ru' }, color: 'primary' }]],
      },
      'button [0][0] color is not allowed for type open_link',
    ],
    [
      'a link to nowhere',
      { buttons: [[{ action: { type: 'open_link', label: 'Сайт', link: 'a.ru' } }]] },
      'button [0][0] link is invalid',
    ],
    [
      'an app without a number',
      { buttons: [[{ action: { type: 'open_app', label: 'Игра' } }]] },
      'button [0][0] app_id is undefined',
    ],
    [
      'a payment without a hash',
      { buttons: [[{ action: { type: 'vkpay' } }]] },
      'button [0][0] hash is undefined',
    ],
    [
      'a location beside another button',
      { buttons: [[text(), { action: { type: 'location' } }]] },
      'row 0 contains a button that takes the whole row',
    ],
  ])('%s', (_, keyboard, message) => {
    expect(() => read(keyboard)).toThrow(`Keyboard format is invalid: ${message}`)
  })

  test('what is not JSON', () => {
    expect(() => parseKeyboard('{"buttons":')).toThrow(
      'Keyboard format is invalid: keyboard should be a JSON object',
    )
  })
})
