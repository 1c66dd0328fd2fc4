/** Offers with a picture on their way through the whole program to phones in both messengers. */
import { expect, test } from 'vitest'
import { createPictures } from '../../src/storage/pictures.ts'
import { png } from '../domain/pictures.ts'
import { offersIn, openStory } from './campaign-story.ts'
import { clientBot, group } from './product.ts'

async function openGallery() {
  const story = await openStory()
  const { offers, until, shownTo } = story
  const pictures = createPictures({ ...story, now: Date.now })
  const keep = (bytes: Buffer = png(640, 480)) =>
    pictures.keep({ type: 'png', width: 640, height: 480, bytes })
  const done = (id: number) => until(async () => (await offers.byId(id))?.standing.state === 'done')
  /** Where the pictures under the offers of these people lie: the same place is the same upload. */
  const places = (ids: readonly number[]) => [
    ...new Set(ids.flatMap((id) => offersIn(shownTo(id).messages).map(({ picture }) => picture?.path))),
  ]
  return { ...story, pictures, keep, done, places }
}

const onTelegram = (ids: readonly number[]) => ids.filter((id) => id % 2 === 1)
const onVk = (ids: readonly number[]) => ids.filter((id) => id % 2 === 0)

test('a picture is brought to each messenger once, stands over the words of everybody, and the way out works under it', async () => {
  const { start, changed, people, shownTo, sendingOffer, keep, done, places, until, prisma } =
    await openGallery()
  const ids = await people(6)
  const picture = await keep()
  const first = await sendingOffer({ audience: { kind: 'clients', ids }, picture })
  await start()
  await done(first.id)
  for (const id of ids) {
    const [offer, ...others] = offersIn(shownTo(id).messages)
    expect(others).toEqual([])
    expect(offer?.text).toMatch(/^Анна, здравствуйте! Дарим вам 10.% до \d+ [а-я]+/)
    expect(offer?.picture).toBeDefined()
    expect(offer?.buttons.flat().map(({ label }) => label)).toEqual(['Не присылать предложения'])
  }
  expect(places(onTelegram(ids))).toHaveLength(1)
  expect(places(onVk(ids))).toHaveLength(1)
  const names = await prisma.pictureName.findMany({ orderBy: { token: 'asc' } })
  expect(names.map(({ token }) => token)).toEqual([`telegram:${clientBot}`, `vk:${group}`])
  for (const id of ids.slice(0, 2)) {
    const { messenger, botId, messages } = shownTo(id)
    messenger.press(botId, 1_000 + id, offersIn(messages)[0]?.id ?? 0, 0, 0)
  }
  await until(async () => (await prisma.client.count({ where: { advertisingConsentAt: null } })) === 2)
  for (const id of ids.slice(0, 2)) {
    await until(
      () => shownTo(id).messages.at(-1)?.text.includes('Хорошо, предложений больше не будет.') ?? false,
    )
    expect(offersIn(shownTo(id).messages)[0]?.picture).toBeDefined()
  }
  // Another offer with the same picture needs no upload any more.
  const second = await sendingOffer({ audience: { kind: 'clients', ids }, picture })
  await changed(second.id)
  await done(second.id)
  expect(offersIn(shownTo(ids[2]!).messages)).toHaveLength(2)
  expect(places(onTelegram(ids))).toHaveLength(1)
  expect(places(onVk(ids))).toHaveLength(1)
}, 60_000)

test('whatever becomes of a picture on its way, nobody gets an offer twice, or its words alone', async () => {
  const gallery = await openGallery()
  const { start, changed, people, sendingOffer, keep, done, places, rows, pictures, prisma } = gallery
  const { telegram, vk } = gallery.messengers
  const sent = async (picture: number, ids: readonly number[]) => {
    const { id } = await sendingOffer({ audience: { kind: 'clients', ids: [...ids] }, picture })
    await changed(id)
    await done(id)
    return rows(id)
  }
  await start()

  // A name that Telegram has forgotten is given anew, before anything was sent.
  const forgotten = await keep()
  const token = `telegram:${clientBot}`
  const row = { pictureId: forgotten, token, name: 'AgACforgotten', givenAt: new Date(0) }
  await prisma.pictureName.create({ data: row })
  const first = onTelegram(await people(4))
  expect((await sent(forgotten, first)).map(({ state }) => state)).toEqual(['sent', 'sent'])
  expect(places(first)).toHaveLength(1)
  expect(await pictures.nameOf(forgotten, token)).toMatch(/^AgACAgI/)

  // What no messenger takes for a picture fails, and says why.
  const nobodys = await keep(Buffer.from('neither a picture nor words'))
  const unlucky = await people(4)
  const failed = await sent(nobodys, unlucky)
  expect(failed.map(({ state, reason }) => `${state} ${reason}`)).toEqual(Array(4).fill('failed picture'))
  expect(places(unlucky)).toEqual([])

  // Connections are cut where it hurts most: what may have come in Telegram is left alone, and VK knows its repeats.
  const cut = { kind: 'disconnect', effect: 'after', times: 1 } as const
  telegram.faults.add({ ...cut, method: 'sendPhoto' })
  vk.faults.add({ ...cut, method: 'photos.saveMessagesPhoto' })
  vk.faults.add({ ...cut, method: 'messages.send' })
  const last = await people(6)
  const ended = await sent(await keep(png(640, 480, 90)), last)
  const states = (platform: string) =>
    ended.filter((one) => one.platform === platform).map(({ state }) => state)
  expect(states('telegram').toSorted()).toEqual(['sent', 'sent', 'unknown'])
  expect(states('vk')).toEqual(['sent', 'sent', 'sent'])
  expect(last.map((id) => offersIn(gallery.shownTo(id).messages).length)).toEqual(Array(6).fill(1))
}, 60_000)
