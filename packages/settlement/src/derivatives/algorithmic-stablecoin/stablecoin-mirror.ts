// A stablecoin's contract as whoever follows its chain knows it: where its virtual pools stand after each followed block, so that an
// exchange can be tried before it is sent. A block that is no longer followed is taken back.
import type { Hash32 } from '@solvent/primitives'
import type { Block, StablecoinSpec } from '@solvent/protocol'
import { UndoLog, type UndoSegment, undoSegment } from '../../ledger/undo-log.ts'
import { exchange } from './mint-and-burn.ts'
import { StablecoinContract } from './stablecoin-contract.ts'

/** Blocks with exchanges that may still be taken back. */
const KEPT_BLOCKS = 1_024

export class StablecoinMirror {
  readonly spec: StablecoinSpec
  readonly #log = new UndoLog()
  readonly #contract: StablecoinContract
  readonly #changes: { readonly hash: Hash32; readonly segment: UndoSegment }[] = []

  constructor(spec: StablecoinSpec) {
    this.spec = spec
    this.#contract = new StablecoinContract(this.#log, spec)
  }

  /** What burning so much of the stablecoin in that block would mint; 0 when the contract would refuse it. */
  redeemed(amount: bigint, block: number, priceE8: bigint | null): bigint {
    const { pool, rules } = this.#contract
    const exchanged = exchange(pool.get(), rules, { direction: 'redeem', amount }, block, priceE8)
    return exchanged.status === 'ok' ? exchanged.amountOut : 0n
  }

  followed({ header: { chainId, number }, hash, receipts }: Block): void {
    if (chainId !== this.spec.chainId) return
    for (const { events } of receipts)
      for (const event of events)
        if (event.kind === 'stablecoin-exchanged' && event.stablecoin === this.spec.address)
          this.#contract.pool.set({ delta: event.delta, block: number })
    if (this.#log.mark() === 0) return
    this.#changes.push({ hash, segment: this.#log.seal() })
    if (this.#changes.length > 2 * KEPT_BLOCKS) this.#changes.splice(0, KEPT_BLOCKS)
  }

  orphaned({ hash }: Block): void {
    const newest = this.#changes.at(-1)
    if (newest?.hash !== hash) return
    this.#changes.pop()
    undoSegment(newest.segment)
  }
}
