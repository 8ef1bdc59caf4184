// What befalls a bridge's custody. The bridge's operator sends the calls, so that they stand in blocks like everything else.
import { asNodeId, parseUnits } from '@solvent/primitives'
import type { CustodyCall, Fault } from '@solvent/protocol'
import { bridgeAddress, tokenAddress } from '../assembly/addresses.ts'
import { FIRST_SHARES } from '../assembly/bridge-holdings.ts'
import { chainsOfAsset, decimalsOn } from '../scenario/asset-chains.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import { scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import type { FaultCheck, FaultFamily } from './fault-context.ts'

const RATE_DECIMALS = 18
/** A run is this many providers, one after the other: the first are served, the last find no cash. */
const PROVIDERS = 20
const SHARE_SCALE = 1_000_000

/** A pool of a scenario. */
interface PoolName {
  readonly bridge: string
  readonly asset: string
  readonly chain: string
}

export const custodyFaults: FaultFamily<'pool-run' | 'wrong-rate'> = {
  'pool-run': {
    check: (fault, check) => void checkPool(fault, check),
    resolve(fault, { scenario }) {
      const decimals = decimalsOn(scenario, fault.asset, fault.chain)
      const liquidity = scenario.bridges[fault.bridge]!.assets[fault.asset]!.liquidity[fault.chain] ?? '0'
      const all = parseUnits(liquidity, decimals) * FIRST_SHARES
      const leaving = (all * BigInt(Math.round(fault.share * SHARE_SCALE))) / BigInt(SHARE_SCALE)
      const shares = leaving / BigInt(PROVIDERS)
      if (shares === 0n) return []
      const leave = order(scenario, fault, { kind: 'pool-withdraw', ...contractOf(scenario, fault), shares })
      return Array.from({ length: PROVIDERS }, () => leave)
    },
  },
  'wrong-rate': {
    check(fault, check) {
      if (!checkPool(fault, check) || parseUnits(fault.rate, RATE_DECIMALS) > 0n) return
      check.findings.add('E_RANGE', [...check.path, 'rate'], 'nothing is paid for anything', {
        got: fault.rate,
        allowed: 'more than 0',
      })
    },
    resolve(fault, { scenario }) {
      const rateE18 = parseUnits(fault.rate, RATE_DECIMALS)
      return [order(scenario, fault, { kind: 'pool-rate', ...contractOf(scenario, fault), rateE18 })]
    },
  },
}

/** True when there is such a pool. */
function checkPool(pool: PoolName, { scenario, path, findings }: FaultCheck): boolean {
  const { bridge, asset, chain } = pool
  const pools = Object.keys(scenario.bridges).filter(
    (name) => scenario.bridges[name]!.custody.kind === 'pool',
  )
  if (!findings.reference([...path, 'bridge'], 'pool bridge', bridge, pools)) return false
  const assets = Object.keys(scenario.bridges[bridge]!.assets)
  if (!findings.reference([...path, 'asset'], 'asset of the bridge', asset, assets)) return false
  const chains = chainsOfAsset(scenario, asset)
  return findings.reference([...path, 'chain'], 'chain of the asset', chain, chains)
}

function contractOf(scenario: Scenario, { bridge, asset, chain }: PoolName) {
  return { bridge: bridgeAddress(bridge), token: tokenAddress(scenario, chain, asset) }
}

/** The bridge's operator makes this call on the pool's chain. */
function order(scenario: Scenario, { bridge, chain }: PoolName, call: CustodyCall): Fault {
  const { operator } = scenarioNodes(scenario).bridges.find((names) => names.bridge === bridge)!
  const message = { kind: 'custody', chainId: chainIdOf(scenario, chain), call } as const
  return { kind: 'control', to: asNodeId(operator), message }
}
