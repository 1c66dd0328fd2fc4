import { expect, test } from 'vitest'
import { readPicture } from '../../../src/domain/offers/picture.ts'
import { specFrom } from '../../../src/domain/offers/offer.ts'
import { jpegHead, png } from '../pictures.ts'

const heavy = Buffer.concat([png(100, 100), Buffer.alloc(10 * 1024 * 1024)])
const gif = Buffer.concat([Buffer.from('GIF89a'), Buffer.from([100, 0, 50, 0]), Buffer.alloc(20)])

test.each<[string, Uint8Array, ReturnType<typeof readPicture>]>([
  ['a PNG', png(640, 480), { ok: true, picture: { type: 'png', width: 640, height: 480 } }],
  ['a JPEG', jpegHead(1280, 960), { ok: true, picture: { type: 'jpg', width: 1280, height: 960 } }],
  [
    'as large as it may be',
    jpegHead(5000, 5000),
    { ok: true, picture: { type: 'jpg', width: 5000, height: 5000 } },
  ],
  [
    'one pixel more',
    jpegHead(5000, 5001),
    { ok: false, reason: 'large', params: { width: 5000, height: 5001 } },
  ],
  ['a strip', png(2000, 100), { ok: true, picture: { type: 'png', width: 2000, height: 100 } }],
  ['a thinner one', png(2001, 100), { ok: false, reason: 'narrow', params: { width: 2001, height: 100 } }],
  ['too heavy', heavy, { ok: false, reason: 'heavy' }],
  ['another kind', gif, { ok: false, reason: 'type', params: { type: 'GIF' } }],
  ['without a side', jpegHead(0, 100), { ok: false, reason: 'notAPicture' }],
  ['words', Buffer.from('это вовсе не картинка, а слова'), { ok: false, reason: 'notAPicture' }],
  ['nothing', Buffer.alloc(0), { ok: false, reason: 'notAPicture' }],
  [
    'a JPEG that is cut off before its frame',
    jpegHead(9, 9).subarray(0, 12),
    { ok: false, reason: 'notAPicture' },
  ],
])('a picture: %s', (_, bytes, reading) => {
  expect(readPicture(bytes)).toEqual(reading)
})

test('a spec of an earlier version, with a name for each platform, is read without a picture', () => {
  const title = { ru: 'Осень' }
  expect(specFrom({ title, picture: { telegram: 'AgAC' } })).toEqual({ title })
  expect(specFrom({ title, picture: 7 })).toEqual({ title, picture: 7 })
})
