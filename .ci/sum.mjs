// Adds up vitest's JSON reports (file names as arguments) and prints one plain line, and before it the failed tests by name with
// what they said: whoever has only the end of a long output then knows which. Exit 1 when a test failed, when nothing ran, or when
// a report is missing.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'

/** At most this many characters of a failure's message: the assertion and what was expected, not the whole page. */
const MESSAGE_LENGTH = 1_500

let passed = 0
let failed = 0

function tell(suite, name, message = '') {
  failed += 1
  const lines = stripVTControlCharacters(message).trim().split('\n')
  const own = lines.filter((line) => !/^\s+at .*(node_modules|<anonymous>)/.test(line))
  const text = own.join('\n  ').slice(0, MESSAGE_LENGTH)
  console.log(`failed: ${path.relative('.', suite)}${name && ` > ${name}`}\n  ${text}`)
}

for (const file of process.argv.slice(2)) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'))
    passed += report.numPassedTests
    for (const suite of report.testResults) {
      const failures = suite.assertionResults.filter((result) => result.status === 'failed')
      for (const { fullName, failureMessages } of failures)
        tell(suite.name, fullName, failureMessages.join('\n'))
      // A file that could not be loaded, or whose preparation failed, has no failed test of its own, but is a failure all the same.
      if (suite.status === 'failed' && failures.length === 0) tell(suite.name, '', suite.message)
    }
  } catch (error) {
    tell(file, '', error.message)
  }
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 || passed === 0 ? 1 : 0
