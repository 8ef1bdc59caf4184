// The command line as a person uses it: a process of its own, with its streams, its exit code and its signals.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const MAIN = join(ROOT, 'apps/cli/src/main.ts')

export interface Setting {
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  readonly timeoutMs?: number
}

export interface Ended {
  /** 128 + n after signal n, as a shell has it. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const TIMEOUT_MS = 60_000
const LOOK_MS = 50

/** A command that runs. */
export class Command {
  stdout = ''
  stderr = ''
  readonly ended: Promise<Ended>
  readonly #child: ChildProcess
  readonly #words: string

  constructor(args: readonly string[], { env = {}, cwd = ROOT }: Setting = {}) {
    this.#words = ['solvent', ...args].join(' ')
    this.#child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...args], {
      cwd,
      env: {
        PATH: process.env['PATH'],
        HOME: process.env['HOME'],
        TMPDIR: process.env['TMPDIR'] ?? tmpdir(),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => {
      this.stdout += text
    })
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.stderr += text
    })
    this.ended = new Promise((resolve, reject) => {
      this.#child.once('error', reject)
      this.#child.once('close', (code, signal) =>
        resolve({
          code: code ?? 128 + constants.signals[signal!],
          stdout: this.stdout,
          stderr: this.stderr,
        }),
      )
    })
  }

  get pid(): number {
    return this.#child.pid!
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** As `solvent … | head` does when it has seen enough. */
  closeStdout(): void {
    this.#child.stdout!.destroy()
  }

  /** The end, or an error that tells what the command has said so far. */
  async end(timeoutMs = TIMEOUT_MS): Promise<Ended> {
    return await this.#inTime(this.ended, timeoutMs, 'did not end')
  }

  /** Waits until the command has said something; ends with it. */
  async says(stream: 'stdout' | 'stderr', what: RegExp, timeoutMs = TIMEOUT_MS): Promise<void> {
    const seen = async () => {
      while (!what.test(this[stream])) {
        if (!this.isRunning)
          throw new Error(`${this.#words} ended without a word like ${what}.\n${this.#said()}`)
        await sleep(LOOK_MS)
      }
    }
    await this.#inTime(seen(), timeoutMs, `did not say ${what}`)
  }

  async #inTime<T>(promise: Promise<T>, timeoutMs: number, what: string): Promise<T> {
    const timer = Promise.withResolvers<never>()
    const timeout = setTimeout(
      () => timer.reject(new Error(`${this.#words} ${what} in ${timeoutMs} ms.\n${this.#said()}`)),
      timeoutMs,
    )
    try {
      return await Promise.race([promise, timer.promise])
    } finally {
      clearTimeout(timeout)
    }
  }

  #said(): string {
    return `stdout: ${this.stdout}\nstderr: ${this.stderr}`
  }
}

/** Runs a command to its end; one that takes too long is killed. */
export async function solvent(args: readonly string[], setting: Setting = {}): Promise<Ended> {
  const command = new Command(args, setting)
  try {
    return await command.end(setting.timeoutMs)
  } finally {
    if (command.isRunning) command.kill('SIGKILL')
  }
}

/** A new folder that goes when the test that asked for it ends. */
export function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'solvent-e2e-'))
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }))
  return directory
}
