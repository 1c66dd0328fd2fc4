/** Run by migrate.test.ts as a process of its own: migrates and reports what it applied. */
import { migrate } from '../../src/storage/migrate.ts'

const { applied } = await migrate(JSON.parse(process.argv[2] ?? '') as Parameters<typeof migrate>[0])
process.send?.(applied)
process.disconnect?.()
