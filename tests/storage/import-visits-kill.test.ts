import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/storage/database.ts'
import { createImports } from '../../src/storage/imports.ts'
import { freshDatabase } from './fresh-database.ts'
import { silent } from './talk.ts'

const { connectionString } = await freshDatabase()
const database = await openDatabase({ connectionString, log: silent })
const { prisma } = database
afterAll(() => database.close())

const count = 8_000

/** A process that goes on with this import; killed -9 when so many batches have been written, if told. */
async function carryOn(id: number, batches?: number): Promise<void> {
  const child = fork(path.join(import.meta.dirname, 'import-process.ts'), [
    JSON.stringify({ connectionString, id, count, ...(batches && { batches: batches + 2 }) }),
  ])
  let written = 0
  child.on('message', () => {
    written += 1
    if (written === batches) child.kill('SIGKILL')
  })
  await once(child, 'exit')
}

test('killed -9 three times on its way, an import goes on each time, and the account is exact', async () => {
  const imports = createImports({ prisma })
  const id = await imports.open({ state: 'asking', fileName: 'v.csv', fileId: 'BQAC', columns: {} })
  await imports.start(id)
  for (const batches of [3, 9, 2]) {
    await carryOn(id, batches)
    const { rows, state } = (await imports.byId(id))!
    expect(state).toBe('running')
    // What is counted is what is written.
    expect(await prisma.visit.count()).toBe(rows)
  }
  await carryOn(id)
  expect(await imports.byId(id)).toMatchObject({ state: 'done', rows: count, added: count, unchanged: 0 })
  expect([await prisma.client.count(), await prisma.visit.count()]).toEqual([300, count])
})
