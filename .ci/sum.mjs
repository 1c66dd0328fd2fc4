// Adds up vitest's JSON reports (file names as arguments) and prints one plain line. Exit 1 when a test failed,
// when nothing ran, or when a report is missing.
import { readFileSync } from 'node:fs'

let passed = 0
let failed = 0
for (const file of process.argv.slice(2)) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    passed += report.numPassedTests
    // A file that could not even be loaded has no failed test of its own, but is a failure all the same.
    const brokenFiles = report.testResults.filter(
      (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
    )
    failed += report.numFailedTests + brokenFiles.length
  } catch {
    failed += 1
  }
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
