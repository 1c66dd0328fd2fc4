import { randomBytes } from 'node:crypto'
import type { PrismaClient } from './generated/client.ts'

/** The random name of this database, made once: two salons may share a Redis without doing each other's jobs. */
export async function installationId(prisma: PrismaClient): Promise<string> {
  const name = 'installation'
  await prisma.setting.createMany({
    data: [{ name, value: randomBytes(4).toString('hex') }],
    skipDuplicates: true,
  })
  return (await prisma.setting.findUniqueOrThrow({ where: { name } })).value
}
