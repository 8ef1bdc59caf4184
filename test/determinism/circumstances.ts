// Other processes to run the subjects in: fresh, elsewhere, under other Node versions, without a compiler, short of
// memory. Nothing of them may show in a digest.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { DeterminismId } from './harness.ts'
import { NODE_RELEASES, nodeBinary } from './node-versions.ts'

export interface Circumstance {
  readonly name: string
  readonly invariant: DeterminismId
  /** A version of `NODE_RELEASES`; null for the Node that runs this. */
  readonly version: string | null
  readonly flags: readonly string[]
  /** In place of those of this process. */
  readonly env: Readonly<Record<string, string>>
  /** Runs in an empty directory of its own rather than in the project's root. */
  readonly isElsewhere: boolean
  /** False where WebAssembly is missing: Node's own type stripping needs it, and so do keys of secp256k1. */
  readonly hasWasm: boolean
}

/** What a process said, subject by subject, or why it could not be started on this machine. */
export type ProcessOutcome =
  | { readonly status: 'ran'; readonly digests: ReadonlyMap<string, string> }
  | { readonly status: 'skipped'; readonly reason: string }

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const PROGRAM = fileURLToPath(new URL('./digest-program.ts', import.meta.url))
/** Node 22 warns that type stripping is experimental. */
const QUIET = '--disable-warning=ExperimentalWarning'
const here = { version: null, flags: [], env: {}, isElsewhere: false, hasWasm: true } as const

export const CIRCUMSTANCES: readonly Circumstance[] = [
  { ...here, name: 'in a fresh process', invariant: 'D-1' },
  {
    ...here,
    name: 'elsewhere: directory, home, time zone, language',
    invariant: 'D-4',
    // A zone with 45 minutes in it, and the language in which I has two lower cases.
    env: { TZ: 'Pacific/Chatham', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8', COLUMNS: '40', NO_COLOR: '1' },
    isElsewhere: true,
  },
  ...NODE_RELEASES.map(
    ({ version }): Circumstance => ({ ...here, name: `under Node ${version}`, invariant: 'D-3', version }),
  ),
  {
    ...here,
    name: 'with --jitless',
    invariant: 'D-3',
    flags: ['--jitless', '--import', 'tsx'],
    hasWasm: false,
  },
  {
    ...here,
    name: 'on a small heap, collected all the time',
    invariant: 'D-3',
    flags: ['--max-semi-space-size=1', '--max-old-space-size=160', '--gc-interval=20000'],
  },
]

/** Runs all subjects in a process of their own. */
export async function runIn(circumstance: Circumstance, seed: number): Promise<ProcessOutcome> {
  const { version, flags, env, isElsewhere, hasWasm } = circumstance
  const release = NODE_RELEASES.find((candidate) => candidate.version === version)
  const binary =
    release === undefined ? ({ status: 'ready', path: process.execPath } as const) : await nodeBinary(release)
  if (binary.status === 'unavailable') return { status: 'skipped', reason: binary.reason }
  const scratch = await mkdtemp(join(tmpdir(), 'solvent-determinism-'))
  try {
    const options = isElsewhere ? [`--seed=${seed}`] : ['--seed', String(seed)]
    const stdout = await output(
      binary.path,
      [QUIET, ...flags, PROGRAM, ...options, ...(hasWasm ? [] : ['--no-wasm'])],
      {
        cwd: isElsewhere ? scratch : ROOT,
        env: { PATH: process.env['PATH'], HOME: isElsewhere ? scratch : process.env['HOME'], ...env },
      },
    )
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { subject: string; digest: string })
    return { status: 'ran', digests: new Map(lines.map(({ subject, digest }) => [subject, digest])) }
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

/** What a process prints; rejects with what it complained of when it does not end well. */
function output(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, { ...options, timeout: 120_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout)
      else reject(new Error(`${error.message}\n${stderr}`))
    })
  })
}
