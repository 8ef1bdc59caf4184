// Runs a command with the project's own Node and pnpm on a machine that has only Node >= 20 and npm.
// Installs when the manifests or the lock file changed since the last installation, then passes
// signals and the exit code through. Built-in modules only: nothing is installed yet when it starts.
//
// The command runs in the project's root, as under npm; INIT_CWD says where the user stood, and paths the
// user gave are relative to that. stdout is the command's alone; everything said here goes to stderr.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const PNPM = 'pnpm@12.21.0'
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const stampFile = join(root, 'node_modules', '.setup-stamp')

function manifests() {
  const members = ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(root, group))
      .sort()
      .map((name) => join(group, name, 'package.json')),
  )
  return ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml', join('test', 'package.json'), ...members]
    .map((file) => join(root, file))
    .filter((file) => existsSync(file))
}

function stamp() {
  const hash = createHash('sha256')
  for (const file of manifests()) hash.update(file.slice(root.length)).update(readFileSync(file))
  return hash.digest('hex')
}

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP']
const REPEAT_MS = 300

// Ctrl-C in a terminal reaches the whole foreground group, the command included, and npm passes it on once
// more. Forwarding it then would make one Ctrl-C look like two, which commands read as "do not wait".
// Without a terminal the signal was sent to one process, so it is forwarded, once for a burst of copies.
function forwarder(child) {
  const lastSentAt = new Map()
  return (signal) => {
    if (signal === 'SIGINT' && process.stdin.isTTY) return
    const now = performance.now()
    if (now - (lastSentAt.get(signal) ?? Number.NEGATIVE_INFINITY) < REPEAT_MS) return
    lastSentAt.set(signal, now)
    child.kill(signal)
  }
}

const PARENT_CHECK_MS = 500

// npm runs scripts in a shell and hands SIGTERM to that shell, which ends without telling anybody. Under npm the end of
// the parent therefore is the signal. (Elsewhere a parent may end and leave its child running on purpose, as nohup does.)
function whenOrphaned(act) {
  if (process.env.npm_lifecycle_event === undefined) return undefined
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    act()
  }, PARENT_CHECK_MS)
  return timer
}

function run(command, args, { env = process.env, stdio = 'inherit' } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio })
    const forward = forwarder(child)
    for (const signal of FORWARDED) process.on(signal, forward)
    const orphaned = whenOrphaned(() => child.kill('SIGTERM'))
    const end = (code) => {
      clearInterval(orphaned)
      for (const signal of FORWARDED) process.removeListener(signal, forward)
      resolve(code)
    }
    child.on('error', (error) => {
      process.stderr.write(`boot: cannot start ${command}: ${error.message}\n`)
      end(127)
    })
    child.on('exit', (code, signal) => end(code ?? 128 + (constants.signals[signal] ?? 0)))
  })
}

const [command, ...args] = process.argv.slice(2)
if (command === undefined) {
  process.stderr.write('boot: say which command to run, for example: node scripts/boot.mjs node --version\n')
  process.exit(2)
}
if (Number(process.versions.node.split('.')[0]) < 20) {
  process.stderr.write(`boot: Node 20 or newer is needed to install; this is ${process.version}\n`)
  process.exit(2)
}

const wanted = stamp()
const installed = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted
if (!installed) {
  process.stderr.write(
    existsSync(join(root, 'node_modules'))
      ? 'Checking dependencies ...\n'
      : 'Installing dependencies (once; about a minute with cold caches) ...\n',
  )
  rmSync(stampFile, { force: true })
  const frozen =
    existsSync(join(root, 'pnpm-lock.yaml')) && !process.env.SOLVENT_UPDATE_LOCK
      ? '--frozen-lockfile'
      : '--no-frozen-lockfile'
  // --prod=false: no setting of the machine may leave out the test runner and the linter, which `npm test` is made of.
  // The install reports on stderr: stdout belongs to the command's result.
  const install = ['install', frozen, '--prefer-offline', '--prod=false']
  const code = await run('npx', ['--yes', '--prefer-offline', PNPM, ...install], { stdio: ['ignore', 2, 2] })
  if (code !== 0) {
    process.stderr.write(
      'boot: the installation failed; the lines above say why. Run the same command to try again.\n',
    )
    process.exit(code)
  }
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, stamp())
}

const env = {
  ...process.env,
  PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
  INIT_CWD: process.env.INIT_CWD ?? process.cwd(),
}
process.exit(await run(command, args, { env }))
