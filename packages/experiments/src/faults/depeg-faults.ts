// A wrapped asset loses its peg: its holders sell, wherever wraps of the bridge trade, by transactions of their own and at whatever is
// paid. How much that takes is read from the pools as they are when the run begins.
import { asNodeId, formatUnits, parseUnits, secondsToMs } from '@solvent/primitives'
import { type Fault, marketAddress } from '@solvent/protocol'
import { accountOf, tokenAddress } from '../assembly/addresses.ts'
import { decimalsOn } from '../scenario/asset-chains.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { DelayedFault, FaultCheck, FaultFamily, FaultOf } from './fault-context.ts'
import { salesThatMove, type WrapPool, wrapPools } from './wrap-sales.ts'

type Depeg = FaultOf<'depeg'>

/** The last second that 32 bits can say. */
const NEVER = 2 ** 32 - 1

export const depegFaults: FaultFamily<'depeg'> = {
  depeg: {
    check(fault, check) {
      const { scenario, path, findings } = check
      const { bridge, asset, seller } = fault
      if (!findings.reference([...path, 'bridge'], 'bridge', bridge, Object.keys(scenario.bridges))) return
      const assets = Object.keys(scenario.bridges[bridge]!.assets)
      if (
        asset !== undefined &&
        !findings.reference([...path, 'asset'], 'asset of the bridge', asset, assets)
      )
        return
      if (!findings.reference([...path, 'seller'], 'actor', seller, Object.keys(scenario.actors))) return
      const pools = wrapPools(scenario, bridge, asset)
      if (pools.length === 0)
        findings.add('E_VALUE', [...path, 'bridge'], 'no wrap of the bridge trades anywhere', {
          got: asset === undefined ? bridge : `${bridge}, ${asset}`,
          allowed: 'a bridge with a pool of the asset on a chain other than its home',
        })
      else checkHoldings(fault, pools, check)
    },
    resolve(fault, { scenario, seed }) {
      const { bridge, asset, seller, everySeconds } = fault
      return wrapPools(scenario, bridge, asset).flatMap((pool): DelayedFault[] =>
        (salesThatMove(scenario, pool, fault) ?? []).map((amountIn, wave) => ({
          afterMs: secondsToMs(wave * everySeconds),
          fault: sale(scenario, seller, pool, { amountIn, seed }),
        })),
      )
    },
  },
}

/** The seller has enough for all of it when the run begins. */
function checkHoldings(fault: Depeg, pools: readonly WrapPool[], { scenario, path, findings }: FaultCheck) {
  const needed = new Map<string, { readonly pool: WrapPool; amount: bigint }>()
  for (const pool of pools) {
    const sales = salesThatMove(scenario, pool, fault)
    if (sales === null)
      return findings.add('E_RANGE', [...path, 'bps'], 'no sale moves the pool so far', {
        got: `${fault.bps} at ${pool.venue.name}`,
        allowed: 'a fall for which the pool has the depth',
      })
    const key = `${pool.venue.market.chain} ${pool.symbol}`
    needed.set(key, { pool, amount: sales.reduce((sum, each) => sum + each, needed.get(key)?.amount ?? 0n) })
  }
  for (const { pool, amount } of needed.values()) {
    const { symbol } = pool
    const { chain } = pool.venue.market
    const decimals = decimalsOn(scenario, symbol, chain)
    const held = scenario.actors[fault.seller]!.holdings[chain]?.[symbol] ?? '0'
    if (parseUnits(held, decimals) < amount)
      findings.add('E_RANGE', [...path, 'seller'], 'the seller holds too little for such a fall', {
        got: `${held} ${symbol} on ${chain}`,
        allowed: `at least ${formatUnits(amount, decimals)} ${symbol} on ${chain}`,
      })
  }
}

function sale(
  scenario: Scenario,
  seller: string,
  { venue, symbol }: WrapPool,
  { amountIn, seed }: { readonly amountIn: bigint; readonly seed: string },
): Fault {
  const { chain } = venue.market
  return {
    kind: 'control',
    to: asNodeId(seller),
    message: {
      kind: 'trade',
      chainId: chainIdOf(scenario, chain),
      call: {
        ...{ kind: 'swap', market: marketAddress(venue.name) },
        ...{ tokenIn: tokenAddress(scenario, chain, symbol), amountIn, minAmountOut: 0n },
        ...{ recipient: accountOf(seed, seller), deadline: NEVER },
      },
    },
  }
}
