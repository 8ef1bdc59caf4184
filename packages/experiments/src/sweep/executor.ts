// Who runs the runs: threads of this process, or workers elsewhere behind a queue.
import type { RecordBatch } from './record-batch.ts'

export interface Executor {
  /** How many batches it works on at once, with what it keeps in hand. */
  readonly width: number
  /** How many runs the next batch should have; small at first, until it is known how long one takes. */
  batchSize(): number
  /** One record for each run, whatever became of it, in any order. Rejects only when the executor itself is closed or broken. */
  run(indexes: readonly number[]): Promise<RecordBatch>
  /** Ends what is at work and lets nothing behind. */
  close(): Promise<void>
}
