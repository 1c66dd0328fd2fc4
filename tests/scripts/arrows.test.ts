import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

import { checkArrows, importsOf } from '../../scripts/arrows.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(path.join(os.tmpdir(), 'arrows-'))
})
afterEach(() => rm(root, { recursive: true }))

async function house(files: Record<string, string>): Promise<string[]> {
  for (const [name, source] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true })
    await writeFile(path.join(root, name), source)
  }
  return checkArrows(root)
}

test.each([
  ['a flow that uses the rules', { 'src/flows/a.ts': `import { b } from '../domain/b.ts'` }],
  ['a bot that uses a flow and the log', { 'src/bots/a.ts': `import '../flows/b.ts'\nimport '../log.ts'` }],
  [
    'the composition root that uses everything',
    { 'src/main.ts': `import './bots/b.ts'\nimport './cli/c.ts'` },
  ],
  [
    'an import that only a comment speaks of',
    { 'src/domain/a.ts': `/* import '../bots/b.ts' */ // from '../bots/b.ts'` },
  ],
])('%s is allowed', async (_, files) => {
  expect(await house(files)).toEqual([])
})

test.each([
  [
    'the rules reach for a flow',
    'src/domain/a.ts',
    `import { b } from '../flows/b.ts'`,
    'domain may not import flows',
  ],
  [
    'the rules read files',
    'src/domain/a.ts',
    `import fs from 'node:fs'`,
    'domain is pure and may not use "node:fs"',
  ],
  [
    'a flow knows a messenger',
    'src/flows/a.ts',
    `import { Bot } from 'grammy'`,
    'flows is pure and may not use "grammy"',
  ],
  [
    'a type points up',
    'src/storage/a.ts',
    `import type { b } from '../flows/b.ts'`,
    'storage may not import flows',
  ],
  [
    'the sandbox knows our storage',
    'src/sandbox/a.ts',
    `export * from '../storage/b.ts'`,
    'sandbox may not import storage',
  ],
  ['a dynamic import points up', 'src/jobs/a.ts', `await import('../main.ts')`, 'jobs may not import top'],
  [
    'an import runs over lines',
    'src/flows/a.ts',
    `import {\n  b,\n  c,\n} from '../bots/b.ts'`,
    'flows may not import bots',
  ],
  ['a bot leans on another branch', 'src/bots/a.ts', `import '../jobs/b.ts'`, 'bots may not import jobs'],
  ['a folder that nobody knows', 'src/helpers/a.ts', ``, 'src/helpers/ is not a room of the house'],
  ['a relative import without .ts', 'src/bots/a.ts', `import './b'`, 'must end in .ts'],
])('%s: reported', async (_, file, source, trouble) => {
  const troubles = await house({ [file]: source })
  expect(troubles).toEqual([expect.stringContaining(trouble)])
})

test('a circle of imports is reported with its way round', async () => {
  const troubles = await house({
    'src/domain/a.ts': `import './b.ts'`,
    'src/domain/b.ts': `import type { C } from './c.ts'`,
    'src/domain/c.ts': `import './a.ts'`,
  })
  expect(troubles).toEqual([
    'cycle: src/domain/a.ts -> src/domain/b.ts -> src/domain/c.ts -> src/domain/a.ts',
  ])
})

describe('reading imports', () => {
  test('a URL in a string does not hide what follows it', () => {
    expect(importsOf(`const a = 'http://x'\nimport './b.ts'`)).toEqual(['./b.ts'])
  })

  test('a word "from" in ordinary code is no import', () => {
    expect(importsOf(`const words = ['from', "x"]\nArray.from('abc')`)).toEqual([])
  })
})
