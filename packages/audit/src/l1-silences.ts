// When nobody made a block of an L1: every slot between two of its blocks was missed, by the word of the later one.
import { type ChainId, MS_PER_SECOND } from '@solvent/primitives'
import type { BlockHeader } from '@solvent/protocol'
import type { ChainRecord } from './chain-record.ts'
import type { Period } from './fault-book.ts'

export class L1Silences {
  /** Oldest first. */
  readonly #periods = new Map<ChainId, Period[]>()

  of(l1: ChainId): readonly Period[] {
    return this.#periods.get(l1) ?? []
  }

  note({ chainId, spec }: ChainRecord, { timestamp, missedBefore, emptyBefore }: BlockHeader): void {
    if (missedBefore === 0 || missedBefore < emptyBefore) return
    const untilMs = timestamp * MS_PER_SECOND
    const periods = this.#periods.get(chainId) ?? []
    periods.push({ fromMs: untilMs - missedBefore * spec.slotMs, untilMs })
    this.#periods.set(chainId, periods)
  }

  /** Takes back what blocks after this time (Unix seconds) said. */
  rewind(l1: ChainId, timestamp: number): void {
    const kept = this.#periods.get(l1)?.filter(({ untilMs }) => untilMs <= timestamp * MS_PER_SECOND)
    if (kept !== undefined) this.#periods.set(l1, kept)
  }
}
