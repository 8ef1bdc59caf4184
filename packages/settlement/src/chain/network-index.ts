// Look-ups in a network's specification, built once for each engine and view.
import { type Address, type ChainId, SolventError, ZERO_ADDRESS } from '@solvent/primitives'
import type { BridgeSpec, ChainSpec, NetworkSpec, PurchaseSpec, TokenSpec } from '@solvent/protocol'

export interface NetworkIndex {
  readonly spec: NetworkSpec
  chain(chainId: ChainId): ChainSpec | undefined
  token(chainId: ChainId, address: Address): TokenSpec | undefined
  bridge(address: Address): BridgeSpec | undefined
  /** The contract that buys a derivative with what a fill delivers to it. */
  purchase(address: Address): PurchaseSpec | undefined
  /** Contracts and the zero address: nothing may be paid to them, because nothing could come back (S-8). */
  isProtected(address: Address): boolean
}

export function indexNetwork(spec: NetworkSpec): NetworkIndex {
  const chains = new Map(spec.chains.map((chain) => [chain.chainId, chain]))
  const bridges = new Map(spec.bridges.map((bridge) => [bridge.address, bridge]))
  const purchases = new Map((spec.purchases ?? []).map((purchase) => [purchase.address, purchase]))
  const tokens = new Map<ChainId, Map<Address, TokenSpec>>(
    spec.chains.map(({ chainId }) => [chainId, new Map()]),
  )
  for (const token of spec.tokens) tokens.get(token.chainId)?.set(token.address, token)
  const contracts = new Set<Address>([
    ZERO_ADDRESS,
    ...spec.chains.map((chain) => chain.settler),
    ...spec.bridges.map((bridge) => bridge.address),
    ...spec.oracles.map((oracle) => oracle.address),
    ...spec.lendingPools.map((pool) => pool.address),
    ...spec.isolatedMarkets.map((market) => market.address),
    ...spec.markets.map((market) => market.address),
    ...spec.stablecoins.map((stablecoin) => stablecoin.address),
    ...spec.derivatives.map((derivative) => derivative.address),
    ...purchases.keys(),
  ])
  return {
    spec,
    chain: (chainId) => chains.get(chainId),
    token: (chainId, address) => tokens.get(chainId)?.get(address),
    bridge: (address) => bridges.get(address),
    purchase: (address) => purchases.get(address),
    isProtected: (address) => contracts.has(address),
  }
}

/**
 * The chain of a network.
 *
 * @throws E_UNKNOWN_CHAIN
 */
export function chainOf(index: NetworkIndex, chainId: ChainId): ChainSpec {
  const chain = index.chain(chainId)
  if (chain !== undefined) return chain
  throw new SolventError({
    code: 'E_UNKNOWN_CHAIN',
    message: 'This network has no such chain.',
    details: { chainId, allowed: index.spec.chains.map((known) => String(known.chainId)) },
  })
}
