import { defineConfig } from 'vitest/config'

// CI asks for a machine-readable report beside the one for people.
const report = process.env['TEST_REPORT']
/** They start programs, change the environment, or are stopped in the middle: each has a process of its own. */
const apart = ['browser', 'cli', 'jobs', 'product', 'storage', 'wiring'].map(
  (room) => `tests/${room}/**/*.test.ts`,
)

export default defineConfig({
  test: {
    globalSetup: ['tests/storage/database-server.ts'],
    // The tests wait for servers more than they compute: also two cores carry two files at a time.
    maxWorkers: 2,
    // Tests meet real servers: on a slow and busy machine a first PostgreSQL start or a walk in a browser takes long. A hang must end.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 20_000 } },
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
    projects: [
      { extends: true, test: { name: 'apart', include: apart } },
      // The others leave nothing behind, and a process that has loaded the program once need not load it again.
      {
        extends: true,
        test: { name: 'together', include: ['tests/**/*.test.ts'], exclude: apart, isolate: false },
      },
    ],
  },
})
