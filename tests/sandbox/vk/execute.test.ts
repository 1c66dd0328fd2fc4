import { expect, test } from 'vitest'
import { execute } from '../../../src/sandbox/vk/execute.ts'

const echo = (method: string, params: object): unknown => ({ method, ...params })

test.each<[string, string, unknown]>([
  ['a list', 'return [API.a.b({"x":1}),API.c.d({})];', [{ method: 'a.b', x: '1' }, { method: 'c.d' }]],
  ['an empty list', 'return [];', []],
  ['one call', 'return API.a.b({"x":"y"});', { method: 'a.b', x: 'y' }],
  ['a call without parameters', 'return [API.a.b()]', [{ method: 'a.b' }]],
  [
    'spaces and lines',
    ' return [\n API.a.b( {"x": 1} ) ,\n API.c.d({}) ] ; ',
    [{ method: 'a.b', x: '1' }, { method: 'c.d' }],
  ],
  [
    'brackets, quotes and commas within texts',
    String.raw`return [API.a.b({"x":"}),API.[\"{\\"}),API.c.d({})];`,
    [{ method: 'a.b', x: '}),API.["{\\' }, { method: 'c.d' }],
  ],
  [
    'values of all kinds',
    'return [API.a.b({"n":-1.5,"t":true,"f":false,"z":null,"l":[1,"b"],"o":{"p":{}}})];',
    [{ method: 'a.b', n: '-1.5', t: '1', f: '', z: '', l: '1,b', o: '{"p":{}}' }],
  ],
])('%s', (_, code, response) => {
  expect(execute(code, echo)).toEqual({ response })
})

test.each([
  '',
  'return 1;',
  'return [API.a.b({"x":1}) API.c.d({})];',
  'return [,API.a.b({})];',
  'return [API.a.b({"x":1]);',
  'return [API.a.b({x:1})];',
  'return [API.a.b({"x":1};',
  'return API.a.b({}), API.c.d({});',
  'var a = API.a.b({}); return a;',
])('not to be compiled: %s', (code) => {
  expect(() => execute(code, echo)).toThrow('Unable to compile code')
})
