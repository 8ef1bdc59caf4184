// A stablecoin's contract as whoever follows its chain knows it: where its virtual pools stand after each followed block, so that an
// exchange can be tried before it is sent. A block that is no longer followed is taken back.
import type { Block, StablecoinSpec } from '@solvent/protocol'
import { KeptBlocks } from '../../ledger/kept-blocks.ts'
import { UndoLog } from '../../ledger/undo-log.ts'
import { exchange } from './mint-and-burn.ts'
import { StablecoinContract } from './stablecoin-contract.ts'

export class StablecoinMirror {
  readonly spec: StablecoinSpec
  readonly #log = new UndoLog()
  readonly #contract: StablecoinContract
  readonly #kept = new KeptBlocks(this.#log)

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
    this.#kept.followed(hash, null)
  }

  orphaned({ hash }: Block): void {
    this.#kept.orphaned(hash)
  }
}
