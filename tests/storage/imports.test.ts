import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/storage/database.ts'
import { writeVisits } from '../../src/storage/import-visits.ts'
import { createImports, ImportLost } from '../../src/storage/imports.ts'
import { freshDatabase } from './fresh-database.ts'
import { silent } from './talk.ts'

const database = await openDatabase({ ...(await freshDatabase()), log: silent })
const { prisma, pool } = database
afterAll(() => database.close())

const leaseMs = 60_000
let clockMs = Date.UTC(2026, 10, 20, 9)
const imports = createImports({ prisma, now: () => clockMs, leaseMs })
const sent = { fileName: 'визиты.csv', fileId: 'BQAC', columns: { date: 0 } } as const
const asked = () => imports.open({ state: 'asking', ...sent })
const waiting = async () => {
  const id = await asked()
  await imports.start(id)
  return id
}
beforeEach(async () => void (await prisma.$executeRaw`TRUNCATE "Import", "Client", "Visit", "Staff" CASCADE`))

describe('a file that was sent', () => {
  test('is asked about, and its columns may be chosen anew until somebody says yes', async () => {
    const id = await asked()
    expect(await imports.choose(id, { date: 1 })).toBe(true)
    expect(await imports.byId(id)).toEqual({
      id,
      ...sent,
      state: 'asking',
      columns: { date: 1 },
      rows: 0,
      added: 0,
      updated: 0,
      unchanged: 0,
      refused: 0,
    })
    expect([await imports.start(id), await imports.start(id)]).toEqual([true, false])
    expect([await imports.choose(id, {}), await imports.cancel(id)]).toEqual([false, false])
    expect(await imports.due()).toEqual([])
    clockMs += leaseMs + 1
    expect(await imports.due()).toEqual([id])
  })

  test('sent twice by one person, it is asked about once; by another one, again', async () => {
    const staff = await Promise.all(
      [1, 2].map((telegramId) =>
        prisma.staff.create({ data: { telegramId, role: 'admin', name: 'Ира', language: 'ru' } }),
      ),
    )
    const [ira, olga] = staff.map(({ id }) => id)
    const open = (startedBy?: number) =>
      imports.open({ state: 'asking', ...sent, ...(startedBy !== undefined && { startedBy }) })
    const id = await open(ira)
    expect(await open(ira)).toBe(id)
    expect(await open(olga)).not.toBe(id)
    await imports.start(id)
    expect(await open(ira)).not.toBe(id)
  })

  test('called off, it is never imported', async () => {
    const id = await asked()
    expect([await imports.cancel(id), await imports.start(id)]).toEqual([true, false])
    expect([await imports.claim(id), await imports.due()]).toEqual([undefined, []])
  })

  test('is taken by one process; by another only when the first was silent for too long', async () => {
    const id = await waiting()
    const both = await Promise.all([imports.claim(id), imports.claim(id)])
    expect(both.filter((one) => one !== undefined)).toMatchObject([{ id, state: 'running' }])
    clockMs += leaseMs - 1
    await imports.touch(id)
    clockMs += leaseMs
    expect([await imports.claim(id), await imports.due()]).toEqual([undefined, []])
    clockMs += 1
    expect(await imports.due()).toEqual([id])
    expect(await imports.claim(id)).toMatchObject({ state: 'running' })
    await imports.release(id)
    expect(await imports.claim(id)).toMatchObject({ state: 'running' })
    await imports.end(id, 'done')
    clockMs += 2 * leaseMs
    expect([await imports.claim(id), await imports.due()]).toEqual([undefined, []])
  })
})

describe('what was written', () => {
  const record = (row: number) => ({
    row,
    client: { phone: '+79161234567' },
    at: Date.UTC(2026, 10, row),
    timeKnown: true,
  })
  const batch = (id: number, before: number, rows: number[], refused = 0) =>
    writeVisits(pool, rows.map(record), {
      importId: id,
      timeZone: 'Europe/Moscow',
      now: clockMs,
      alongside: imports.counting({ id, before, rows: rows.length + refused, refused }),
    })

  test('is counted with it, row by row', async () => {
    const id = await waiting()
    await imports.claim(id)
    await batch(id, 0, [2, 3, 4], 2)
    await batch(id, 5, [4, 5, 5])
    expect(await imports.byId(id)).toMatchObject({ rows: 8, added: 4, updated: 0, unchanged: 2, refused: 2 })
  })

  test('by a process that was taken for dead is not written, once another goes on', async () => {
    const id = await waiting()
    await imports.claim(id)
    await batch(id, 0, [2, 3])
    clockMs += leaseMs + 1
    expect(await imports.claim(id)).toMatchObject({ rows: 2 })
    await batch(id, 2, [4, 5])
    await expect(batch(id, 2, [4, 6])).rejects.toThrow(ImportLost)
    expect([await prisma.visit.count(), (await imports.byId(id))?.rows]).toEqual([4, 4])
  })

  test('goes on counting where nobody waits for it: an import from the command line is never given away', async () => {
    const id = await imports.open({ state: 'running', fileName: 'визиты.xlsx', columns: {} })
    clockMs += 2 * leaseMs
    expect([await imports.due(), await imports.claim(id)]).toEqual([[], undefined])
    await batch(id, 0, [2])
    await imports.end(id, 'failed')
    expect(await imports.byId(id)).toMatchObject({ state: 'failed', rows: 1, added: 1 })
  })
})
