// Runs a command with the project's own Node and pnpm on a machine that has only Node >= 20 and npm.
// Installs when the manifests or the lock file changed since the last installation, then passes
// signals and the exit code through. Built-in modules only: nothing is installed yet when it starts.
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

function run(command, args, { env = process.env, stdio = 'inherit' } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, env, stdio })
    const forward = (signal) => child.kill(signal)
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward)
    child.on('error', (error) => {
      process.stderr.write(`boot: cannot start ${command}: ${error.message}\n`)
      resolve(127)
    })
    child.on('exit', (code, signal) => {
      for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(name, forward)
      resolve(code ?? 128 + (constants.signals[signal] ?? 0))
    })
  })
}

const wanted = stamp()
const installed = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted
if (!installed) {
  process.stderr.write('Installing dependencies (once; about a minute with cold caches) ...\n')
  rmSync(stampFile, { force: true })
  const frozen =
    existsSync(join(root, 'pnpm-lock.yaml')) && !process.env.SOLVENT_UPDATE_LOCK
      ? '--frozen-lockfile'
      : '--no-frozen-lockfile'
  // The install reports on stderr: stdout belongs to the command's result.
  const code = await run('npx', ['--yes', '--prefer-offline', PNPM, 'install', frozen, '--prefer-offline'], {
    stdio: ['ignore', 2, 2],
  })
  if (code !== 0) {
    process.stderr.write(
      'boot: the installation failed; the lines above say why. Run the same command to try again.\n',
    )
    process.exit(code)
  }
  mkdirSync(dirname(stampFile), { recursive: true })
  writeFileSync(stampFile, stamp())
}

const [command, ...args] = process.argv.slice(2)
const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter)
process.exit(await run(command, args, { env: { ...process.env, PATH: path, npm_config_yes: undefined } }))
