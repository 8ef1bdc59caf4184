// The ledgers of all routes of all bridges, and which of them a token of a bridge on a chain belongs to.
import type { Address, ChainId } from '@solvent/primitives'
import type { BridgeRoute, BridgeSpec } from '@solvent/protocol'
import type { NetworkIndex } from './chain-record.ts'
import type { PoolLedger } from './pool-ledger.ts'
import { endKey, RouteLedger } from './route-ledger.ts'

export class RouteTable {
  readonly routes: readonly RouteLedger[]
  readonly #byEnd = new Map<string, RouteLedger>()

  constructor(index: NetworkIndex, pools: readonly PoolLedger[]) {
    this.routes = index.spec.bridges.flatMap((bridge) =>
      bridge.routes.map((route) => new RouteLedger(index, bridge, route, poolsOf(bridge, route, pools))),
    )
    for (const ledger of this.routes) {
      for (const { chainId, token } of [ledger.route.home, ...ledger.route.wrapped]) {
        this.#byEnd.set(`${ledger.bridge.address}/${endKey(chainId, token)}`, ledger)
      }
    }
  }

  find(bridge: Address, chainId: ChainId, token: Address): RouteLedger | undefined {
    return this.#byEnd.get(`${bridge}/${endKey(chainId, token)}`)
  }
}

function poolsOf(bridge: BridgeSpec, route: BridgeRoute, pools: readonly PoolLedger[]): PoolLedger[] {
  const ends = [route.home, ...route.wrapped]
  return pools.filter(
    (pool) =>
      pool.bridge === bridge.address &&
      ends.some(({ chainId, token }) => chainId === pool.chainId && token === pool.token),
  )
}
