// Backing per bridge and asset, with both loss rules. Ratios are cut to 12 decimals from exact fractions.
import type { RouteBacking } from '@solvent/audit'
import type { Address, ChainId } from '@solvent/primitives'
import type { NetworkSpec } from '@solvent/protocol'
import { claimsOf, keepOf } from './marks.ts'
import type { BridgeOutcome, LossRule } from './run-report.ts'

const RATIO_SCALE = 1_000_000_000_000n

/** What the caller knows beyond the backing. */
export interface BridgeFacts {
  readonly circulating: (chainId: ChainId, token: Address) => bigint
  readonly isPaused: (bridge: Address) => boolean
  readonly receivables: (bridge: Address) => BridgeOutcome['receivables']
}

export function bridgeOutcomes(
  spec: NetworkSpec,
  backing: readonly RouteBacking[],
  facts: BridgeFacts,
): BridgeOutcome[] {
  return spec.bridges.flatMap((bridge) => {
    const paused = facts.isPaused(bridge.address)
    const receivables = facts.receivables(bridge.address)
    return bridge.routes.map(({ symbol, home }): BridgeOutcome => {
      const route = backing.find((line) => line.bridge === bridge.address && line.symbol === symbol)
      const { locked, issued, minted, inTransit, deficit, ...traffic } = route ?? {
        locked: 0n,
        issued: 0n,
        minted: 0n,
        inTransit: 0n,
        deficit: 0n,
        arrived: 0,
        asked: 0n,
        paid: 0n,
        queued: 0,
        releasedByTimeout: 0,
        censored: 0,
        recovered: 0n,
        borne: 0n,
      }
      const circulatingHome = facts.circulating(home.chainId, home.token)
      const claims = claimsOf(backing, bridge, symbol, circulatingHome)
      const far = minted + inTransit
      const haircut = (rule: LossRule): number => {
        const { numerator, denominator } = keepOf(claims, rule).far
        return ratio(denominator - numerator, denominator)
      }
      return {
        id: bridge.name,
        address: bridge.address,
        asset: symbol,
        locked,
        issued,
        minted,
        inTransit,
        deficit,
        arrived: traffic.arrived,
        asked: traffic.asked,
        paid: traffic.paid,
        queued: traffic.queued,
        releasedByTimeout: traffic.releasedByTimeout,
        censored: traffic.censored,
        recovered: traffic.recovered,
        borne: traffic.borne,
        circulatingHome,
        backingRatio: locked + issued >= far ? 1 : ratio(locked + issued, far),
        haircutAllHolders: haircut('all-holders'),
        haircutFarHolders: haircut('far-holders'),
        paused,
        receivables,
      }
    })
  })
}

/** A fraction between 0 and 1 as a number, cut to 12 decimals. */
function ratio(numerator: bigint, denominator: bigint): number {
  return Number((numerator * RATIO_SCALE) / denominator) / Number(RATIO_SCALE)
}
