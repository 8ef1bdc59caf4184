// Who runs the runs: threads of this process, or workers elsewhere behind a queue.
import type { RunOutcome } from './run-record.ts'
import type { PlannedRun } from './sweep-plan.ts'

export interface Executor {
  /** How many batches it works on at once, with what it keeps in hand. */
  readonly width: number
  /** How many runs the next batch should have; small at first, until it is known how long one takes. */
  batchSize(): number
  /** One outcome for each run, whatever became of it. Rejects only when the executor itself is closed or broken. */
  run(batch: readonly PlannedRun[]): Promise<readonly RunOutcome[]>
  /** Ends what is at work and lets nothing behind. */
  close(): Promise<void>
}
