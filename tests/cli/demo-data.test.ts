import path from 'node:path'
import { afterAll, expect, test } from 'vitest'

import { runCommandLine } from '../../src/cli/command-line.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { freshDatabase } from '../storage/fresh-database.ts'

const { connectionString } = await freshDatabase()
const silent = { debug() {}, info() {}, warn() {}, error() {} }
const { prisma, close } = await openDatabase({ connectionString, log: silent })
afterAll(() => close())

const root = path.join(import.meta.dirname, '../..')
const sandbox = { DATABASE_URL: connectionString, LANG: 'en_US.UTF-8', LOG_LEVEL: 'silent' }
const live = { ...sandbox, TELEGRAM_BOT_TOKEN: '101:client', ADMIN_BOT_TOKEN: '102:admin' }

async function run(argv: string, env: NodeJS.ProcessEnv = live) {
  const said: string[] = []
  const complained: string[] = []
  const code = await runCommandLine({
    argv: [...argv.split(' '), '--salon', path.join(root, 'salon.example.yaml')],
    env,
    cwd: root,
    say: (line) => said.push(line),
    complain: (line) => complained.push(line),
    loadProduct: () => Promise.reject(new Error('nothing is to be started here')),
    exit: (exitCode) => {
      throw new Error(`the process was ended with ${exitCode}`)
    },
  })
  return {
    code,
    said: said.join('\n'),
    complained: complained.filter((line) => line.startsWith('✗')).join('\n'),
  }
}

test('demo-data makes the demo and says what there is', async () => {
  const { code, said, complained } = await run('demo-data')
  expect({ code, complained }).toEqual({ code: 0, complained: '' })
  const visits = await prisma.visit.count({ where: { kopecks: { gte: 0 } } })
  const surveys = await prisma.dialogue.count({ where: { name: 'survey', status: 'finished' } })
  expect(said).toContain('random seed 2016')
  expect(said).toContain(`  540 clients\n  ${visits} visits\n  ${surveys} finished surveys\n`)
  expect(said).toContain('To take them away: npm run -s otklik -- demo-data --remove')
  expect(await prisma.client.count({ where: { demo: true } })).toBe(540)
  expect(await prisma.surveyVersion.count()).toBe(1)
})

test('a second time it refuses, and says how to begin anew', async () => {
  const { code, complained } = await run('demo-data')
  expect(code).toBe(1)
  expect(complained).toMatch(/^✗ The demo data are here already\./)
  expect(await prisma.client.count()).toBe(540)
})

test('--remove takes it away, and finds nothing the second time', async () => {
  const { code, said } = await run('demo-data --remove')
  expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('taken away: 540') as string })
  expect(await prisma.client.count()).toBe(0)
  expect((await run('demo-data --remove')).said).toBe('There are no demo data here.')
})

test.each([
  ['a live salon', live],
  ['a database server without tokens', sandbox],
])('beside real clients in %s it wants to be told twice', async (_, env) => {
  const { id } = await prisma.client.create({ data: { name: 'Anna', personalDataConsentAt: new Date() } })
  const refused = await run('demo-data', env)
  expect(refused.code).toBe(1)
  expect(refused.complained).toMatch(/^✗ There are real clients in this database.*--force/)
  expect(await prisma.client.count()).toBe(1)

  expect((await run('demo-data --force', env)).code).toBe(0)
  expect(await prisma.client.count()).toBe(541)
  expect((await run('demo-data --remove', env)).code).toBe(0)
  expect(await prisma.client.findMany({ select: { id: true } })).toEqual([{ id }])
  await prisma.client.deleteMany()
})
