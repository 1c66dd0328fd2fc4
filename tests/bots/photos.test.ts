/** How a token's pictures get their names: with a real database behind it. */
import { expect, test } from 'vitest'
import { createPhotos } from '../../src/bots/photos.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { createPictures } from '../../src/storage/pictures.ts'
import { png } from '../domain/pictures.ts'
import { freshDatabase } from '../storage/fresh-database.ts'
import { silent } from '../storage/talk.ts'

test('of many at once one brings the file, the others wait for its name, and so do other processes later', async () => {
  const database = await openDatabase({ ...(await freshDatabase()), log: silent })
  const clock = { at: 1_000 }
  const now = () => clock.at
  const pictures = createPictures({ ...database, now })
  const id = await pictures.keep({ type: 'png', width: 64, height: 48, bytes: png(64, 48) })
  const ofProcess = (token = 'telegram:1') => createPhotos({ pictures, token, log: silent, now })
  const photos = ofProcess()

  const taken = await Promise.all(Array.from({ length: 10 }, () => photos.take(id)))
  const files = taken.filter((one) => one.by === 'file')
  expect(files).toHaveLength(1)
  expect(taken.filter((one) => one.by === 'nothing' && one.why === 'onItsWay')).toHaveLength(9)
  const [file] = files
  expect(file?.file.name).toBe('picture.png')

  // It did not get there: the next one tries.
  const waiting = photos.settled(id)
  file?.failed()
  await waiting
  const next = await photos.take(id)
  if (next.by !== 'file') throw new Error('nobody brings it')
  await next.given('first')
  // Whoever was first ends late, and disturbs nobody.
  file?.failed()
  expect(await photos.take(id)).toMatchObject({ by: 'name', name: 'first' })
  expect(await ofProcess().take(id)).toMatchObject({ by: 'name', name: 'first' })
  expect(await ofProcess('telegram:2').take(id)).toMatchObject({ by: 'file' })

  // A name may be forgotten, which several messages find out at once; one that is lost again would be lost for ever.
  clock.at += 3600_000
  const old = await photos.take(id)
  if (old.by === 'name') await Promise.all([old.lost(), old.lost()])
  const anew = await photos.take(id)
  if (anew.by !== 'file') throw new Error('nobody brings it')
  await anew.given('second')
  const lostAgain = await photos.take(id)
  if (lostAgain.by === 'name') await lostAgain.lost()
  expect(await photos.take(id)).toEqual({ by: 'nothing', why: 'unfit' })
  clock.at += 3600_000
  expect(await photos.take(id)).toMatchObject({ by: 'file' })
  expect(await photos.take(id + 1)).toEqual({ by: 'nothing', why: 'gone' })
  await database.close()
})
