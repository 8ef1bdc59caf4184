// npm run check: types, lint and format, floors, unused code. One line each, all of them even when one fails.
// Types are checked by the native compiler, on one thread: the others have the second core.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const NAME_WIDTH = 12

/** Runs a tool of node_modules/.bin to its end and collects what it says. */
function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text
    })
    child.on('error', (error) => resolve({ ok: false, stdout, stderr: error.message }))
    child.on('close', (code) => resolve({ ok: code === 0, stdout, stderr }))
  })
}

const plain = (result) => ({ ok: result.ok, note: '', complaint: result.stdout + result.stderr })

/** dependency-cruiser ends well when it understood no file at all, so what it cruised is counted. */
function readCruise({ stdout, stderr }) {
  let summary
  try {
    summary = JSON.parse(stdout).summary
  } catch {
    return { ok: false, note: '', complaint: stdout + stderr }
  }
  const broken = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)
  if (summary.totalCruised === 0) broken.push('no module was cruised: the floors were not checked')
  return { ok: broken.length === 0, note: `${summary.totalCruised} modules`, complaint: broken.join('\n') }
}

const cruiseArgs = [
  'packages',
  'apps',
  'test',
  'scripts',
  '--config',
  '.dependency-cruiser.mjs',
  '--output-type',
  'json',
]
const TYPE_CHECKER = join(root, 'node_modules', 'typescript-native', 'bin', 'tsc')
const typesOf = (project) => [TYPE_CHECKER, '--noEmit', '-p', project, '--pretty', 'false', '--checkers', '1']

const lanes = [
  [
    { name: 'types', command: process.execPath, args: typesOf('.'), read: plain },
    {
      // The dashboard's page runs in a browser: another library of types.
      name: 'page types',
      command: process.execPath,
      args: typesOf('apps/dashboard/page'),
      read: plain,
    },
  ],
  [
    {
      name: 'lint',
      command: 'biome',
      args: ['check', '--max-diagnostics=50', '--error-on-warnings'],
      read: plain,
    },
    { name: 'floors', command: 'depcruise', args: cruiseArgs, read: readCruise },
    { name: 'unused', command: 'knip', args: ['--no-config-hints'], read: plain },
  ],
]

async function runLane(lane) {
  let ok = true
  for (const { name, command, args, read } of lane) {
    const startedAt = performance.now()
    const outcome = read(await run(command, args))
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    const verdict = outcome.ok ? 'ok' : 'FAILED'
    const note = outcome.note === '' ? '' : `  ${outcome.note}`
    process.stdout.write(`${name.padEnd(NAME_WIDTH)}${verdict.padEnd(8)}${seconds.padStart(5)} s${note}\n`)
    if (!outcome.ok) process.stdout.write(`${outcome.complaint.trimEnd()}\n`)
    ok &&= outcome.ok
  }
  return ok
}

const results = await Promise.all(lanes.map(runLane))
process.exitCode = results.every(Boolean) ? 0 : 1
