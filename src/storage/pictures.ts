import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Picture } from '../domain/offers/picture.ts'
import type { PrismaClient } from './generated/client.ts'

export interface KeptPicture extends Picture {
  id: number
  bytes: Uint8Array
}

export interface PictureStorage {
  /** Keeps a picture; the same one twice is kept once. @returns its number */
  keep(picture: Picture & { bytes: Uint8Array }): Promise<number>
  byId(id: number): Promise<KeptPicture | undefined>
  /** What a messenger calls it, where it was given it by this token ("telegram:<bot's id>", "vk:<community's id>"). */
  nameOf(id: number, token: string): Promise<string | undefined>
  /** The messenger calls it so from now on: for all processes. Of a picture that is gone nothing is kept. */
  named(id: number, token: string, name: string): Promise<void>
  /** The messenger does not know this name any more. One that was given meanwhile stays. */
  forgot(id: number, token: string, name: string): Promise<void>
  /** Takes away what no offer has and nobody has brought for so long. @returns how many */
  clear(ageMs: number): Promise<number>
}

/** Pictures of offers: in the database, so that all processes have them. @param now epoch milliseconds */
export function createPictures({
  prisma,
  pool,
  now = Date.now,
}: {
  prisma: PrismaClient
  pool: pg.Pool
  now?: () => number
}): PictureStorage {
  return {
    async keep({ bytes, type, width, height }) {
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      const broughtAt = new Date(now())
      const { id } = await prisma.picture.upsert({
        where: { sha256 },
        create: { sha256, type, width, height, broughtAt, bytes: new Uint8Array(bytes) },
        update: { broughtAt },
        select: { id: true },
      })
      return id
    },
    async byId(id) {
      const row = await prisma.picture.findUnique({ where: { id } })
      if (!row) return undefined
      const { width, height, bytes } = row
      return { id, type: row.type === 'png' ? 'png' : 'jpg', width, height, bytes }
    },
    async nameOf(pictureId, token) {
      const row = await prisma.pictureName.findUnique({ where: { pictureId_token: { pictureId, token } } })
      return row?.name
    },
    async named(id, token, name) {
      await pool.query(nameText, [id, token, name, new Date(now())])
    },
    async forgot(pictureId, token, name) {
      await prisma.pictureName.deleteMany({ where: { pictureId, token, name } })
    },
    async clear(ageMs) {
      const { rowCount } = await pool.query(clearText, [new Date(now() - ageMs)])
      return rowCount ?? 0
    },
  }
}

const nameText = `
INSERT INTO "PictureName" ("pictureId", "token", "name", "givenAt")
SELECT p."id", $2, $3, $4 FROM "Picture" p WHERE p."id" = $1
ON CONFLICT ("pictureId", "token") DO UPDATE SET "name" = excluded."name", "givenAt" = excluded."givenAt"`

/** Also offers that are over have theirs: they may be sent once more. */
const clearText = `
DELETE FROM "Picture" p WHERE p."broughtAt" < $1
  AND NOT EXISTS (SELECT FROM "Offer" o WHERE o."spec" -> 'picture' = to_jsonb(p."id"))`
