/**
 * Run by import-visits-kill.test.ts as a process of its own: goes on with an import and tells each batch, until it is killed.
 * After so many batches it waits for that, however late it comes.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { VisitRecord } from '../../src/domain/visit-file/visit-record.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { writeVisits } from '../../src/storage/import-visits.ts'
import { createImports } from '../../src/storage/imports.ts'

const { connectionString, id, count, batches } = JSON.parse(process.argv[2] ?? '') as {
  connectionString: string
  id: number
  count: number
  batches?: number
}
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }
const database = await openDatabase({ connectionString, log })
const imports = createImports({ ...database, leaseMs: 0 })
const records = Array.from({ length: count }, (_, index): VisitRecord => ({
  row: index + 2,
  client: { externalId: `K-${index % 300}`, phone: `+7916${1_000_000 + (index % 300)}`, name: 'Анна' },
  at: Date.UTC(2026, 0, 1 + (index % 200)),
  timeKnown: true,
  service: `s${index}`,
}))
const now = Date.now()
let written = 0
for (let { rows } = (await imports.claim(id)) ?? { rows: count }; rows < count;) {
  const batch = records.slice(rows, rows + 250)
  const alongside = imports.counting({ id, before: rows, rows: batch.length, refused: 0 })
  await writeVisits(database.pool, batch, { importId: id, timeZone: 'Europe/Moscow', now, alongside })
  rows += batch.length
  process.send?.(rows)
  written += 1
  if (written === batches) await sleep(60_000)
}
await imports.end(id, 'done')
await database.close()
process.disconnect?.()
