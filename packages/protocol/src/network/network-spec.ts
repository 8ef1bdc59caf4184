// What every node of a network knows before it starts: chains, tokens, bridges and who may act. Plain data,
// produced by the scenario's assembly, identical on both runtimes.
import type { Address, ChainId, Hash32, NodeId } from '@solvent/primitives'
import type { NetworkControls } from '../controls/control-spec.ts'
import type { DerivativeSpec } from '../derivatives/derivative-spec.ts'
import type { PurchaseSpec } from '../derivatives/purchase.ts'
import type { MarketSpec } from '../market/market-spec.ts'
import type { SignatureScheme } from '../signature.ts'
import type { StablecoinSpec } from '../stablecoin/stablecoin-spec.ts'
import type { BridgeSpec } from './bridge-spec.ts'
import type { ChainSpec } from './chain-spec.ts'
import type { IsolatedMarketSpec } from './isolated-market-spec.ts'
import type { LendingPoolSpec } from './lending-spec.ts'
import type { OracleSpec } from './oracle-spec.ts'
import type { Party } from './party.ts'
import type { SealCommittee } from './seal-committee.ts'

export interface NetworkSpec {
  /** Binds every wire message to one network: hash of scenario and seed. */
  readonly networkId: Hash32
  /** Unix ms at which virtual time begins; also the timestamp of every genesis block. */
  readonly genesisMs: number
  readonly signatures: SignatureScheme
  readonly chains: readonly ChainSpec[]
  readonly tokens: readonly TokenSpec[]
  readonly bridges: readonly BridgeSpec[]
  readonly oracles: readonly OracleSpec[]
  readonly lendingPools: readonly LendingPoolSpec[]
  readonly isolatedMarkets: readonly IsolatedMarketSpec[]
  readonly markets: readonly MarketSpec[]
  readonly stablecoins: readonly StablecoinSpec[]
  readonly controls: NetworkControls
  readonly derivatives: readonly DerivativeSpec[]
  /** Through which orders buy derivatives; none by default. */
  readonly purchases?: readonly PurchaseSpec[]
  readonly auctioneers: readonly Party[]
  /** To whom bids of sealed-encrypted auctions are sealed; none: solvers open their own. */
  readonly sealCommittee?: SealCommittee
  readonly solvers: readonly Party[]
  /** Whose control messages nodes obey (`solvent fault`, `solvent status`). */
  readonly operators: readonly NodeId[]
}

export interface TokenSpec {
  readonly chainId: ChainId
  /** The zero address is the chain's gas token. */
  readonly address: Address
  /** The asset's symbol; the same on every chain, wrapped or not. */
  readonly symbol: string
  readonly decimals: number
  /** The bridge that mints it here, or null where the asset is at home (or issued natively). */
  readonly wrappedBy: Address | null
  /** Basis points of every transfer that the token burns, rounded up; none by default. */
  readonly transferFeeBps?: number
}
