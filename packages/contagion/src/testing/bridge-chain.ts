// A chain of debts as a bridge makes it, small enough to reckon by hand.
import type { ExposureNetwork } from '../exposure/exposure-network.ts'

/**
 * The bridge owes the escrow 60 and the fund 40, the escrow owes the solver 60, the solver owes 50 outside and has 10.
 *
 * @param lock what stands behind the bridge's debts; at 100 all are paid
 */
export function bridgeChain(
  atMs: number,
  lock: number,
  more: Partial<ExposureNetwork> = {},
): ExposureNetwork {
  return {
    format: 'solvent-exposures',
    version: 2,
    atMs,
    nodes: [
      { id: 'solver', kind: 'solver', externalAssets: 10, externalLiabilities: 50 },
      { id: 'escrow', kind: 'prover', externalAssets: 0, externalLiabilities: 0 },
      { id: 'bridge', kind: 'bridge', externalAssets: lock, externalLiabilities: 0 },
      { id: 'fund', externalAssets: 0, externalLiabilities: 0 },
    ],
    claims: [
      { debtor: 'bridge', creditor: 'escrow', amount: 60 },
      { debtor: 'bridge', creditor: 'fund', amount: 40 },
      { debtor: 'escrow', creditor: 'solver', amount: 60 },
    ],
    ...more,
  }
}
