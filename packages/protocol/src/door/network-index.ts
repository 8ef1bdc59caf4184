// The network's spec, indexed for the door's questions.
import type { Address, ChainId } from '@solvent/primitives'
import type { BridgeSpec } from '../network/bridge-spec.ts'
import type { ChainSpec } from '../network/chain-spec.ts'
import type { NetworkSpec } from '../network/network-spec.ts'

export interface NetworkIndex {
  readonly genesisMs: number
  readonly chains: ReadonlyMap<ChainId, ChainSpec>
  readonly producers: ReadonlyMap<ChainId, ReadonlySet<Address>>
  readonly tokens: ReadonlyMap<ChainId, ReadonlySet<Address>>
  readonly bridges: ReadonlyMap<Address, BridgeSpec>
  readonly auctioneers: ReadonlySet<Address>
  /** Who opens sealed bids; empty: their solvers. */
  readonly sealCommittee: ReadonlySet<Address>
  readonly solvers: ReadonlySet<Address>
}

export function indexNetwork(spec: NetworkSpec): NetworkIndex {
  return {
    genesisMs: spec.genesisMs,
    chains: new Map(spec.chains.map((chain) => [chain.chainId, chain])),
    producers: new Map(
      spec.chains.map((chain) => [chain.chainId, new Set(chain.producers.map(({ address }) => address))]),
    ),
    tokens: new Map(
      spec.chains.map(({ chainId }) => [
        chainId,
        new Set(spec.tokens.filter((token) => token.chainId === chainId).map(({ address }) => address)),
      ]),
    ),
    bridges: new Map(spec.bridges.map((bridge) => [bridge.address, bridge])),
    auctioneers: new Set(spec.auctioneers.map(({ address }) => address)),
    sealCommittee: new Set(
      spec.auctioneers
        .filter(({ node }) => spec.sealCommittee?.members.includes(node) === true)
        .map(({ address }) => address),
    ),
    solvers: new Set(spec.solvers.map(({ address }) => address)),
  }
}
