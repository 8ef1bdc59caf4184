// The runs that the page can open: those that the dashboard was started with, and runs of a sweep, which are run again when
// somebody wants to see them (in a process of their own, so that the page is still answered) and kept until the end.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { SolventError } from '@solvent/primitives'
import { type OpenRun, openRun } from './read-frame.ts'
import type { WatchedSweep } from './watched-sweep.ts'

const REPLAY_PROGRAM = join(import.meta.dirname, 'replay-program.ts')
const MOST_REPLAYED = 32
const MOST_OUTPUT_BYTES = 1_048_576

export class RunShelf {
  readonly runs: OpenRun[]
  /** Run of the sweep → place on the shelf. */
  readonly #replayed = new Map<number, Promise<number>>()
  #directory: Promise<string> | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(runs: readonly OpenRun[]) {
    this.runs = [...runs]
  }

  /** The place of a run of a sweep; one after the other. @throws SolventError E_USAGE, E_REPLAY */
  place(sweep: WatchedSweep, index: number): Promise<number> {
    const given = this.#given(sweep, index)
    if (given >= 0) return Promise.resolve(given)
    const known = this.#replayed.get(index)
    if (known !== undefined) return known
    if (this.#replayed.size >= MOST_REPLAYED)
      throw new SolventError({
        code: 'E_USAGE',
        message: 'So many runs are open that no other is opened.',
        details: { most: MOST_REPLAYED },
        hint: 'Start the dashboard again.',
      })
    const placed = this.#turn.catch(() => undefined).then(() => this.#replay(sweep, index))
    this.#turn = placed
    this.#replayed.set(index, placed)
    placed.catch(() => this.#replayed.delete(index))
    return placed
  }

  async close(): Promise<void> {
    for (const { results } of this.runs) results.close()
    if (this.#directory !== null) await rm(await this.#directory, { recursive: true, force: true })
  }

  /** Whether the dashboard was started with the results of this very run. */
  #given(sweep: WatchedSweep, index: number): number {
    const record = this.runs.length === 0 ? undefined : sweep.record(index)
    if (record === undefined) return -1
    const { hashes, policies } = sweep.plan
    const hash = hashes[record.point * policies.length + record.policy]
    return this.runs.findIndex((run) => run.scenarioHash === hash && run.frame.seed === record.seed)
  }

  async #replay({ directory }: WatchedSweep, index: number): Promise<number> {
    this.#directory ??= mkdtemp(join(tmpdir(), 'solvent-view-'))
    const out = join(await this.#directory, `run-${index}`)
    await promisify(execFile)(
      process.execPath,
      [...process.execArgv, REPLAY_PROGRAM, directory, String(index), out],
      { maxBuffer: MOST_OUTPUT_BYTES },
    ).catch((cause: Error & { stderr?: string }) => {
      throw new SolventError({
        code: 'E_REPLAY',
        message: 'The run could not be run again.',
        details: { run: index, said: (cause.stderr ?? cause.message).trim().split('\n')[0] },
        cause,
      })
    })
    this.runs.push(await openRun(out))
    return this.runs.length - 1
  }
}
