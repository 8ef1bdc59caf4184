// Chains, tokens and bridges of small networks, for tests: what a test does not care about has a value here, once.
import { type Address, asNodeId, type ChainId, ZERO_ADDRESS } from '@solvent/primitives'
import { NO_CONTROLS } from '../controls/control-spec.ts'
import type { BridgeSpec, QuorumVerification } from '../network/bridge-spec.ts'
import type { ChainSpec, Consensus, OptimisticConsensus, ZkConsensus } from '../network/chain-spec.ts'
import type { TokenSpec } from '../network/network-spec.ts'
import type { Party } from '../network/party.ts'
import { addressOf, contractAddress, privateKeyOf } from '../signing/account.ts'

/** What every chain of a test says of itself; its settler is named after it, its gas limit is 30,000,000. */
interface ChainDraft {
  readonly chainId: ChainId
  readonly name: string
  readonly producers: readonly Party[]
  readonly slotMs?: number
  readonly baseFee?: bigint
}

type Drafted<C extends Consensus> = ChainDraft & { readonly consensus?: Partial<C> }
type RollupDraft<C extends OptimisticConsensus | ZkConsensus> = ChainDraft & {
  readonly consensus: Partial<C> & { readonly l1: ChainId }
}

/** The contracts of a network that has none: spread first into a specification. */
export const noContracts = {
  markets: [],
  oracles: [],
  lendingPools: [],
  isolatedMarkets: [],
  stablecoins: [],
  controls: NO_CONTROLS,
  derivatives: [],
} as const

/** A party whose key and address follow from the seed and its name. */
export function partyOf(seed: string, name: string): Party {
  return { node: asNodeId(name), address: addressOf(privateKeyOf(seed, name)) }
}

/** Slots of 12 s; final after two epochs of 32. */
export function l1Chain({ consensus, ...draft }: Drafted<Extract<Consensus, { kind: 'l1' }>>): ChainSpec {
  return chain({ slotMs: 12_000, ...draft }, { kind: 'l1', epochSlots: 32, finalityEpochs: 2, ...consensus })
}

/** Slots of 2 s; a batch a minute, a root every ten, challenged for an hour, by nobody in particular. */
export function optimisticRollup({ consensus, ...draft }: RollupDraft<OptimisticConsensus>): ChainSpec {
  return chain(
    { slotMs: 2_000, ...draft },
    {
      kind: 'optimistic',
      batchIntervalMs: 60_000,
      rootIntervalMs: 600_000,
      challengeWindowMs: 3_600_000,
      proposers: 'producers',
      rootBond: 0n,
      challengers: [],
      sequencingWindowMs: 43_200_000,
      forcedDelayMs: 43_200_000,
      ...consensus,
    },
  )
}

/** Slots of 2 s; a batch and a proof a minute, half a minute to prove, exits at once. */
export function zkRollup({ consensus, ...draft }: RollupDraft<ZkConsensus>): ChainSpec {
  return chain(
    { slotMs: 2_000, ...draft },
    {
      kind: 'zk',
      batchIntervalMs: 60_000,
      proofIntervalMs: 60_000,
      provingMs: 30_000,
      executionDelayMs: 0,
      prover: contractAddress('prover', draft.name),
      proverFee: 0n,
      sequencingWindowMs: 43_200_000,
      forcedDelayMs: 43_200_000,
      ...consensus,
    },
  )
}

/** ETH, the native token of each chain. */
export function gasTokens(chainIds: readonly ChainId[]): TokenSpec[] {
  return chainIds.map((chainId) => ({
    chainId,
    address: ZERO_ADDRESS,
    symbol: 'ETH',
    decimals: 18,
    wrappedBy: null,
  }))
}

/** A token of 6 (USDC) or 18 decimals; `wrappedBy`: the bridge that mints it there. */
export function token(
  chainId: ChainId,
  symbol: string,
  address: Address,
  wrappedBy: Address | null = null,
): TokenSpec {
  return { chainId, address, symbol, decimals: symbol === 'USDC' ? 6 : 18, wrappedBy }
}

/** A lock-and-mint bridge that believes `threshold` of its verifiers about finalised blocks. */
export function quorumBridge({
  verifiers,
  threshold,
  setIndex = 0,
  ...own
}: Pick<QuorumVerification, 'verifiers' | 'threshold'> &
  Partial<Pick<QuorumVerification, 'setIndex'>> &
  Pick<BridgeSpec, 'name' | 'relayers' | 'issuer' | 'guardian'> &
  Partial<BridgeSpec>): BridgeSpec {
  return {
    address: contractAddress('bridge', own.name),
    custody: { kind: 'lock-mint' },
    verification: { kind: 'quorum', verifiers, threshold, setIndex },
    finality: 'finalized',
    routes: [],
    sharedDecimals: 8,
    ...own,
  }
}

function chain(draft: ChainDraft & { readonly slotMs: number }, consensus: Consensus): ChainSpec {
  return {
    baseFee: 1n,
    gasLimit: 30_000_000,
    settler: contractAddress('settler', draft.name),
    ...draft,
    consensus,
  }
}
