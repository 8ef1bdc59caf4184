// The ledgers of all routes of all bridges, and which of them a token of a bridge on a chain belongs to.
import type { Address, ChainId } from '@solvent/primitives'
import type { NetworkIndex } from './chain-record.ts'
import { endKey, RouteLedger } from './route-ledger.ts'

export class RouteTable {
  readonly routes: readonly RouteLedger[]
  readonly #byEnd = new Map<string, RouteLedger>()

  constructor(index: NetworkIndex) {
    this.routes = index.spec.bridges.flatMap((bridge) =>
      bridge.routes.map((route) => new RouteLedger(index, bridge, route)),
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
