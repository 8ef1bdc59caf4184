// On which chains a loss lies: where the coins, shares and accounts are that have lost. Values are in the numeraire times 10^8.
import { heldParts, ownersOf } from './held-parts.ts'
import type { Trial } from './trial.ts'

export interface ChainLoss {
  /** Null: of orders, fills and transfers, which lie on no chain alone. */
  readonly chain: string | null
  readonly lossE8: bigint
}

/** In the order of the network's chains; the parts sum to the whole. The first trial is without the shock. */
export function lossByChain(before: Trial, after: Trial, wholeE8: bigint): ChainLoss[] {
  const owners = ownersOf(after)
  const lost = new Map<number, bigint>()
  for (const [trial, sign] of [
    [before, 1n],
    [after, -1n],
  ] as const)
    for (const { chainId, keptE8 } of heldParts(trial, owners, 'lenders'))
      lost.set(chainId, (lost.get(chainId) ?? 0n) + sign * keptE8)
  const placed = after.plan.spec.chains.map(({ chainId, name }) => ({
    chain: name,
    lossE8: lost.get(chainId) ?? 0n,
  }))
  const rest = placed.reduce((left, { lossE8 }) => left - lossE8, wholeE8)
  return [...placed, { chain: null, lossE8: rest }]
}
