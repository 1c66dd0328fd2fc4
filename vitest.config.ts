import { defineConfig } from 'vitest/config'

// CI asks for a machine-readable report beside the one for people.
const report = process.env['TEST_REPORT']

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/storage/database-server.ts'],
    // The tests wait for servers more than they compute: also two cores carry two files at a time.
    maxWorkers: 2,
    // Tests meet real servers: a first PostgreSQL start on a busy machine takes seconds, a hang must still end.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
  },
})
