// Reads vitest's JSON report and prints, as the last line, "N passed, N failed[, N skipped]".
// Usage: node scripts/test-summary.mjs REPORT EXIT_CODE_OF_THE_TESTS FAILED_STEPS_BEFORE
// A file that could not be loaded, a run that ended badly without a failed test, and a failed step before the
// tests count as one failure each: the line must never look better than the run was.
import { readFileSync } from 'node:fs'

const [reportFile = '', testStatus = '1', failedSteps = '0'] = process.argv.slice(2)

function readReport() {
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8'))
  } catch {
    process.stdout.write('The tests ended without a report.\n')
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }
  }
}

const report = readReport()
const unloaded = report.testResults.filter(
  (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
)
for (const { name, message } of unloaded) process.stdout.write(`not run: ${name}\n${message}\n`)

let failed = report.numFailedTests + unloaded.length
if (failed === 0 && Number(testStatus) !== 0) {
  process.stdout.write(`The tests ended with exit code ${testStatus} although none failed.\n`)
  failed = 1
}
if (Number(failedSteps) > 0) process.stdout.write('npm run check failed; it counts as a failure below.\n')
failed += Number(failedSteps)

const skipped = report.numPendingTests + report.numTodoTests
const skippedPart = skipped > 0 ? `, ${skipped} skipped` : ''
process.stdout.write(`${report.numPassedTests} passed, ${failed} failed${skippedPart}\n`)
process.exitCode = failed === 0 ? 0 : 1
