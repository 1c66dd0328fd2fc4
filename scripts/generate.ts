/**
 * Generates Prisma's client into src/storage/generated from prisma/schema.prisma. `npm ci` runs it (postinstall); run
 * it by hand after changing the schema:
 *
 *     node scripts/generate.ts [--force]
 *
 * Does nothing when the client is up to date. Needs no network: `prisma generate` insists on a schema engine, a
 * separate binary that it would download and never start, so it is pointed at an existing file instead.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..')
const schemaPath = join(root, 'prisma', 'schema.prisma')
const generated = join(root, 'src', 'storage', 'generated')
const stampPath = join(generated, '.stamp')

const main = (): void => {
  const prisma = findPrisma()
  const stamp = createHash('sha256').update(prisma.version).update(readFileSync(schemaPath)).digest('hex')
  if (!process.argv.includes('--force') && isUpToDate(stamp)) return
  const { status, stdout, stderr, error } = spawnSync(
    process.execPath,
    [prisma.program, 'generate', '--schema', schemaPath, '--no-hints'],
    { cwd: root, encoding: 'utf8', env: { ...process.env, ...OFFLINE } },
  )
  if (status === 0) return writeFileSync(stampPath, stamp)
  console.error('Could not generate the database client from prisma/schema.prisma:')
  console.error(error?.message ?? `${stdout}${stderr}`.trim())
  process.exitCode = 1
}

const OFFLINE = {
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
}

const findPrisma = (): { program: string; version: string } => {
  const manifestPath = createRequire(import.meta.url).resolve('prisma/package.json')
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as {
    version: string
    bin: { prisma: string }
  }
  return { program: join(dirname(manifestPath), manifest.bin.prisma), version: manifest.version }
}

const isUpToDate = (stamp: string): boolean =>
  existsSync(join(generated, 'client.ts')) &&
  existsSync(stampPath) &&
  readFileSync(stampPath, 'utf8') === stamp

main()
