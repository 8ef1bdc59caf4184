// What a solver's own transfer over a bridge would cost and how long it would take, by the bridge's custody: a lock takes
// nothing, an issuer its fee, a pool the fee of its utilisation, and a pool without cash takes for ever.
import { type Address, assertNever, BPS, type ChainId, mulDivUp, WAD } from '@solvent/primitives'
import type { BridgeSpec } from '@solvent/protocol'
import { mintFee, payoutFeeE18 } from '@solvent/settlement'
import type { NetworkFacts } from './network-facts.ts'
import type { PoolMonitor } from './pool-monitor.ts'
import { finalitySeconds, inclusionSeconds } from './route-times.ts'

export interface CrossingPlan {
  readonly bridge: BridgeSpec
  readonly from: ChainId
  readonly to: { readonly chainId: ChainId; readonly token: Address }
  /** Base units of the arriving token. */
  readonly amount: bigint
}

export interface CrossingEstimate {
  readonly feeBps: number
  /** From the transaction to the payout, at worst; null: nobody can say. */
  readonly waitSeconds: number | null
}

/** From a final block to the delivery, besides blocks: gossip, signatures, the relayer. */
const RELAY_SECONDS = 30

export function estimateCrossing(
  { bridge, from, to, amount }: CrossingPlan,
  facts: NetworkFacts,
  pools: PoolMonitor,
): CrossingEstimate {
  const [source, destination] = [facts.chain(from), facts.chain(to.chainId)]
  const waitSeconds =
    source === undefined || destination === undefined
      ? null
      : inclusionSeconds(source) +
        finalitySeconds(facts, from, bridge.finality) +
        RELAY_SECONDS +
        inclusionSeconds(destination)
  const { custody } = bridge
  switch (custody.kind) {
    case 'lock-mint':
      return { feeBps: 0, waitSeconds }
    case 'burn-mint':
      return { feeBps: bpsOf(mintFee(amount, custody.feeBps).fee, amount), waitSeconds }
    case 'pool': {
      const pool = pools.view(bridge.address, to.chainId, to.token)
      const isPaidAtOnce = pool.waiting === 0 && pool.cash >= amount
      const feeBps = Number((payoutFeeE18(custody.fee, pool, amount) * BPS + WAD - 1n) / WAD)
      return { feeBps, waitSeconds: isPaidAtOnce ? waitSeconds : null }
    }
    case 'hash-lock':
      return { feeBps: 0, waitSeconds: null }
    default:
      return assertNever(custody)
  }
}

function bpsOf(fee: bigint, amount: bigint): number {
  return amount === 0n ? 0 : Number(mulDivUp(fee, BPS, amount))
}
