import { expect, test } from 'vitest'
import { createPictures } from '../../src/storage/pictures.ts'
import { png } from '../domain/pictures.ts'
import { afternoon, offerSpec, openOfferSalon } from './offer-salon.ts'

const dayMs = 24 * 3600_000

async function openGallery() {
  const salon = await openOfferSalon()
  const clock = { at: afternoon }
  const pictures = createPictures({ ...salon, now: () => clock.at })
  const keep = (grey: number) =>
    pictures.keep({ type: 'png', width: 10, height: 20, bytes: png(10, 20, grey) })
  return { ...salon, pictures, keep, clock }
}

test('the same picture is kept once, byte for byte', async () => {
  const { pictures, keep } = await openGallery()
  const [one, again, other] = [await keep(1), await keep(1), await keep(2)]
  expect(again).toBe(one)
  expect(other).not.toBe(one)
  const kept = await pictures.byId(one)
  expect(kept).toMatchObject({ id: one, type: 'png', width: 10, height: 20 })
  expect(Buffer.from(kept!.bytes).equals(png(10, 20, 1))).toBe(true)
  expect(await pictures.byId(other + 1)).toBeUndefined()
})

test('each token has its own name for a picture, the last one that was given', async () => {
  const { pictures, keep } = await openGallery()
  const [one, other] = [await keep(1), await keep(2)]
  await pictures.named(one, 'telegram:1', 'old')
  await pictures.named(one, 'telegram:1', 'new')
  await pictures.named(one, 'vk:2', 'photo-2_1')
  expect(await pictures.nameOf(one, 'telegram:1')).toBe('new')
  expect(await pictures.nameOf(one, 'vk:2')).toBe('photo-2_1')
  expect(await pictures.nameOf(other, 'telegram:1')).toBeUndefined()
  // Another process was told of the old one, late.
  await pictures.forgot(one, 'telegram:1', 'old')
  expect(await pictures.nameOf(one, 'telegram:1')).toBe('new')
  await pictures.forgot(one, 'telegram:1', 'new')
  expect(await pictures.nameOf(one, 'telegram:1')).toBeUndefined()
  // It was cleared away meanwhile.
  await pictures.named(other + 1, 'telegram:1', 'late')
})

test('a picture that no offer has is cleared away after a day, unless somebody brings it again', async () => {
  const { pictures, keep, clock, offers, staff } = await openGallery()
  const [used, left, again] = [await keep(1), await keep(2), await keep(3)]
  await offers.create({ origin: 'manual', spec: offerSpec({ picture: used }), by: await staff() })
  await pictures.named(left, 'telegram:1', 'name')
  expect(await pictures.clear(dayMs)).toBe(0)
  clock.at += dayMs + 1
  await keep(3)
  expect(await pictures.clear(dayMs)).toBe(1)
  const kept = await Promise.all([used, left, again].map((id) => pictures.byId(id)))
  expect(kept.map((one) => one?.id)).toEqual([used, undefined, again])
})
