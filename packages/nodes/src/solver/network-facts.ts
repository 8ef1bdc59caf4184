// What a solver looks up in its network: tokens with their prices, chains, bridges, auctioneers, the cost of gas.
import {
  type Address,
  type ChainId,
  mulDivUp,
  type NodeId,
  wholeUnit,
  ZERO_ADDRESS,
} from '@solvent/primitives'
import type { BlockHeader, BridgeSpec, CallKind, ChainSpec, NetworkSpec, PriceBook } from '@solvent/protocol'
import { valueE8 } from '@solvent/protocol'
import { gasOf } from '@solvent/settlement'

/** A token that the price book knows. */
export interface TokenFacts {
  readonly symbol: string
  readonly decimals: number
  /** Per whole unit. */
  readonly priceE8: bigint
  /** The bridge that mints it on this chain, or null. */
  readonly wrappedBy: Address | null
  /** The bridge whose forged messages would dilute it: the one that wraps it, or that burns and mints it. */
  readonly dilutedBy: Address | null
}

/** What calls on one chain cost at a base fee (wei per gas). */
interface CallCosts {
  readonly baseFee: bigint
  readonly originE8: bigint
  readonly destinationE8: bigint
}

export interface NetworkFacts {
  readonly spec: NetworkSpec
  chain(chainId: ChainId): ChainSpec | undefined
  bridge(address: Address): BridgeSpec | undefined
  /** Undefined for tokens that the network or the price book does not have. */
  token(chainId: ChainId, address: Address): TokenFacts | undefined
  /** Rounded down; 0 for unknown tokens. */
  valueE8(chainId: ChainId, address: Address, amount: bigint): bigint
  auctioneer(address: Address): NodeId | undefined
  /** A followed block: gas on its chain costs what it did there. */
  onHeader(header: Pick<BlockHeader, 'chainId' | 'baseFee'>): void
  /** Gas for open and claim on one chain and fill on the other, with the usual tip, rounded up. */
  gasCostE8(originChainId: ChainId, destinationChainId: ChainId): bigint
  /** Gas for these calls on one chain, with the usual tip, rounded up. */
  callCostE8(chainId: ChainId, kinds: readonly CallKind[]): bigint
}

/** The sender of transactions tips a tenth of the base fee unless told otherwise. */
const TIP_DIVISOR = 10n

/** The burn-and-mint bridge that carries a token, or null. */
function issuedBy(spec: NetworkSpec, chainId: ChainId, token: Address): Address | null {
  const issuer = spec.bridges.find(
    ({ custody, routes }) =>
      custody.kind === 'burn-mint' &&
      routes.some(({ home, wrapped }) =>
        [home, ...wrapped].some((end) => end.chainId === chainId && end.token === token),
      ),
  )
  return issuer?.address ?? null
}

/** Builds the look-ups once. */
export function createNetworkFacts(spec: NetworkSpec, prices: PriceBook): NetworkFacts {
  const priceOfSymbol = new Map(prices.map(({ symbol, priceE8 }) => [symbol, priceE8]))
  const chains = new Map(spec.chains.map((chain) => [chain.chainId, chain]))
  const bridges = new Map(spec.bridges.map((bridge) => [bridge.address, bridge]))
  const auctioneers = new Map(spec.auctioneers.map(({ address, node }) => [address, node]))
  const tokens = new Map<ChainId, Map<Address, TokenFacts>>()
  for (const { chainId, address, symbol, decimals, wrappedBy } of spec.tokens) {
    const priceE8 = priceOfSymbol.get(symbol)
    if (priceE8 === undefined || priceE8 <= 0n) continue
    const ofChain = tokens.get(chainId) ?? new Map<Address, TokenFacts>()
    const dilutedBy = wrappedBy ?? issuedBy(spec, chainId, address)
    tokens.set(chainId, ofChain.set(address, { symbol, decimals, priceE8, wrappedBy, dilutedBy }))
  }
  const costs = new Map(spec.chains.map(({ chainId, baseFee }) => [chainId, callCosts(chainId, baseFee)]))

  function callCosts(chainId: ChainId, baseFee: bigint): CallCosts {
    return {
      baseFee,
      originE8: callCostE8(chainId, baseFee, ['open', 'claim']),
      destinationE8: callCostE8(chainId, baseFee, ['fill']),
    }
  }

  function callCostE8(chainId: ChainId, baseFee: bigint, kinds: readonly CallKind[]): bigint {
    const gasToken = tokens.get(chainId)?.get(ZERO_ADDRESS)
    if (gasToken === undefined) return 0n
    const gas = kinds.reduce((sum, kind) => sum + BigInt(gasOf(kind)), 0n)
    const fee = gas * (baseFee + baseFee / TIP_DIVISOR)
    return mulDivUp(fee, gasToken.priceE8, wholeUnit(gasToken.decimals))
  }

  return {
    spec,
    chain: (chainId) => chains.get(chainId),
    bridge: (address) => bridges.get(address),
    token: (chainId, address) => tokens.get(chainId)?.get(address),
    valueE8(chainId, address, amount) {
      const token = tokens.get(chainId)?.get(address)
      return token === undefined ? 0n : valueE8(amount, token.decimals, token.priceE8)
    },
    auctioneer: (address) => auctioneers.get(address),
    onHeader({ chainId, baseFee }) {
      if (costs.get(chainId)?.baseFee !== baseFee) costs.set(chainId, callCosts(chainId, baseFee))
    },
    gasCostE8: (originChainId, destinationChainId) =>
      (costs.get(originChainId)?.originE8 ?? 0n) + (costs.get(destinationChainId)?.destinationE8 ?? 0n),
    callCostE8: (chainId, kinds) => callCostE8(chainId, costs.get(chainId)?.baseFee ?? 0n, kinds),
  }
}
