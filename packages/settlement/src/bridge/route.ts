// Which token stands for an asset on which chain, and which side of a lock-and-mint bridge a chain is.
import type { Address, ChainId } from '@solvent/primitives'
import type { BridgeRoute, BridgeSpec } from '@solvent/protocol'

/** `home`: locked and released. `away`: burned and minted. */
export interface RouteEnd {
  readonly route: BridgeRoute
  readonly side: 'home' | 'away'
}

/** The route on which a bridge carries a token of a chain, or undefined. */
export function routeOf(bridge: BridgeSpec, chainId: ChainId, token: Address): RouteEnd | undefined {
  for (const route of bridge.routes) {
    if (route.home.chainId === chainId && route.home.token === token) return { route, side: 'home' }
    for (const end of route.wrapped) {
      if (end.chainId === chainId && end.token === token) return { route, side: 'away' }
    }
  }
  return undefined
}

/** The token that a route has on a chain, or undefined. */
export function tokenOn(route: BridgeRoute, chainId: ChainId): Address | undefined {
  if (route.home.chainId === chainId) return route.home.token
  return route.wrapped.find((end) => end.chainId === chainId)?.token
}
