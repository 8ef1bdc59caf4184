// What makes a run what it is beside its plan: results of two engines do not go into one directory.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ENGINE_VERSION } from '../run/engine-version.ts'

const PROJECT = resolve(import.meta.dirname, '../../../..')

export interface EngineFacts {
  readonly engine: string
  /** Null outside a working copy. */
  readonly commit: string | null
  /** SHA-256 of the lock file of the dependencies. */
  readonly lockfile: string | null
  readonly node: string
  readonly platform: string
}

export function engineFacts(): EngineFacts {
  return {
    engine: ENGINE_VERSION,
    commit: commit(),
    lockfile: lockfileHash(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
  }
}

function commit(): string | null {
  try {
    const out = execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: PROJECT,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return out.toString().trim()
  } catch {
    return null
  }
}

function lockfileHash(): string | null {
  try {
    return createHash('sha256')
      .update(readFileSync(join(PROJECT, 'pnpm-lock.yaml')))
      .digest('hex')
  } catch {
    return null
  }
}
