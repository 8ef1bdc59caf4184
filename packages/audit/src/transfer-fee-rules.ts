// Tokens that burn a part of every transfer, L-7: what is burned is the fee, rounded up, of what was given, by the audit's own
// arithmetic.
import { BPS } from '@solvent/primitives'
import type { EntryCause, JournalEntry } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import type { Tally } from './tally.ts'

/** Entries by which a token moves between holders. */
const MOVING: ReadonlySet<EntryCause> = new Set<EntryCause>(['transfer', 'bridge-lock', 'bridge-release'])

export class TransferFeeRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex

  constructor(tally: Tally, index: NetworkIndex) {
    this.#tally = tally
    this.#index = index
  }

  entry({ chain, atMs, block }: Scope, { index, cause, legs }: JournalEntry): void {
    const token = legs[0]?.token
    if (token === undefined || !MOVING.has(cause)) return
    const feeBps = this.#index.transferFeeBps(chain.chainId, token)
    if (feeBps === 0) return
    this.#tally.checked['L-7']++
    const giver = legs[0]!.owner
    let given = 0n
    let burned = 0n
    for (const { kind, owner, amount } of legs) {
      if (kind === 'BURN') burned += amount
      // Dust of a crossing goes back to the sender in the same entry, and was never given.
      else if (amount < 0n || (cause === 'bridge-lock' && owner === giver)) given -= amount
    }
    const fee = transferFee(given, feeBps)
    if (burned === fee) return
    this.#tally.breach(
      'L-7',
      atMs,
      chain.chainId,
      `block ${block.header.number}, entry ${index} (${cause}) burns ${burned} of ${given} given, the fee is ${fee}`,
    )
  }
}

/** What a token with a fee burns of an amount. */
export function transferFee(amount: bigint, feeBps: number): bigint {
  return (amount * BigInt(feeBps) + BPS - 1n) / BPS
}
