// A wrapped asset loses its peg: its holders sell, wherever wraps of the bridge trade, by transactions of their own and at whatever is
// paid. How much that takes the seller reads from the pools as they are at each wave.
import { asNodeId, BPS, formatUnits, parseUnits, secondsToMs } from '@solvent/primitives'
import { marketAddress } from '@solvent/protocol'
import { tokenAddress } from '../assembly/addresses.ts'
import { decimalsOn } from '../scenario/asset-chains.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { DelayedFault, FaultDoubt, FaultFamily, FaultOf } from './fault-context.ts'
import { saleAtStart, type WrapPool, wrapPools } from './wrap-sales.ts'

type Depeg = FaultOf<'depeg'>

export const depegFaults: FaultFamily<'depeg'> = {
  depeg: {
    check({ bridge, asset, seller }, { scenario, path, findings }) {
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
    },
    doubt(fault, { scenario }) {
      const pools = wrapPools(scenario, fault.bridge, fault.asset)
      return depthDoubt(fault, scenario, pools) ?? holdingsDoubt(fault, scenario, pools)
    },
    resolve(fault, { scenario }) {
      const { bridge, asset, seller, waves, everySeconds, atSeconds } = fault
      return wrapPools(scenario, bridge, asset).flatMap((pool): DelayedFault[] =>
        Array.from({ length: waves }, (_, wave) => ({
          afterMs: secondsToMs(wave * everySeconds),
          fault: {
            kind: 'control',
            to: asNodeId(seller),
            message: {
              kind: 'press-price',
              fall: `${bridge}/${atSeconds}`,
              market: marketAddress(pool.venue.name),
              token: tokenAddress(scenario, pool.venue.market.chain, pool.symbol),
              fromBps: left(fault, wave),
              toBps: left(fault, wave + 1),
            },
          },
        })),
      )
    },
  },
}

/** What is left of the price after so many waves. */
function left({ bps, waves }: Depeg, wave: number): bigint {
  return BPS + BigInt(Math.trunc((bps * wave) / waves))
}

function depthDoubt({ bps }: Depeg, scenario: Scenario, pools: readonly WrapPool[]): FaultDoubt | null {
  const narrow = pools.find((pool) => saleAtStart(scenario, pool, bps) === null)
  if (narrow === undefined) return null
  return {
    field: 'bps',
    message: `no sale moves ${narrow.venue.name} so far (${bps} bps) as it stands at the start: unless it gets deeper, nothing is sold there`,
  }
}

/** What all pools of a chain take together, as they stand at the start. */
function holdingsDoubt(
  { bps, seller }: Depeg,
  scenario: Scenario,
  pools: readonly WrapPool[],
): FaultDoubt | null {
  const needed = new Map<string, { readonly pool: WrapPool; amount: bigint }>()
  for (const pool of pools) {
    const key = `${pool.venue.market.chain} ${pool.symbol}`
    const amount = (needed.get(key)?.amount ?? 0n) + (saleAtStart(scenario, pool, bps) ?? 0n)
    needed.set(key, { pool, amount })
  }
  for (const { pool, amount } of needed.values()) {
    const { symbol } = pool
    const { chain } = pool.venue.market
    const decimals = decimalsOn(scenario, symbol, chain)
    const held = scenario.actors[seller]!.holdings[chain]?.[symbol] ?? '0'
    if (parseUnits(held, decimals) < amount)
      return {
        field: 'seller',
        message: `${seller} holds ${held} ${symbol} on ${chain}, and as the pools stand at the start such a fall takes ${formatUnits(amount, decimals)}: unless they get shallower, the price falls less far`,
      }
  }
  return null
}
