// A network for tests: an L1 and an optimistic rollup, native USDC on both, rsETH wrapped on the rollup by a bridge
// with one verifier, and a second bridge with three. Times are short enough to read.
import {
  type Address,
  asAddress,
  asChainId,
  asHash32,
  asNodeId,
  type NodeId,
  ZERO_ADDRESS,
} from '@solvent/primitives'
import { contractAddress, type NetworkSpec, type Order, type Party } from '@solvent/protocol'
import {
  gasTokens,
  l1Chain,
  noContracts,
  optimisticRollup,
  partyOf,
  quorumBridge,
  token,
} from '@solvent/protocol/testing'

export const SEED = 'small network'
export const GENESIS_MS = 1_700_000_000_000
export const GENESIS_SECONDS = GENESIS_MS / 1_000

export const L1 = asChainId(1)
export const ROLLUP = asChainId(10)

export const party = (node: string): Party => partyOf(SEED, node)

const names = [
  'l1-producer',
  'rollup-producer',
  'auctioneer-1',
  'atlas',
  'borealis',
  'user-1',
  'weak-verifier',
  'weak-relayer',
  'strong-verifier-1',
  'strong-verifier-2',
  'strong-verifier-3',
  'strong-relayer',
  'issuer',
  'guardian',
  'challenger',
] as const
type Name = (typeof names)[number]

export const parties = Object.fromEntries(names.map((name) => [name, party(name)])) as Readonly<
  Record<Name, Party>
>
export const address = (name: Name): Address => parties[name].address
export const node = (name: Name): NodeId => parties[name].node

export const tokens = {
  gas: ZERO_ADDRESS,
  usdcL1: contractAddress('token', 'ethereum/USDC'),
  usdcRollup: contractAddress('token', 'rollup/USDC'),
  rsEthL1: contractAddress('token', 'ethereum/rsETH'),
  rsEthRollup: contractAddress('token', 'rollup/rsETH'),
}
export const weakBridge = contractAddress('bridge', 'weak')
export const strongBridge = contractAddress('bridge', 'strong')
export const settlerL1 = contractAddress('settler', 'ethereum')
export const settlerRollup = contractAddress('settler', 'rollup')

const rsEthRoute = {
  symbol: 'rsETH',
  home: { chainId: L1, token: tokens.rsEthL1 },
  wrapped: [{ chainId: ROLLUP, token: tokens.rsEthRollup }],
}

export const smallNetwork: NetworkSpec = {
  ...noContracts,
  networkId: asHash32(`0x${'5e'.repeat(32)}`),
  genesisMs: GENESIS_MS,
  signatures: 'stand-in',
  chains: [
    l1Chain({
      chainId: L1,
      name: 'ethereum',
      producers: [parties['l1-producer']],
      baseFee: 2_000_000_000n,
      consensus: { epochSlots: 8 },
    }),
    optimisticRollup({
      chainId: ROLLUP,
      name: 'rollup',
      producers: [parties['rollup-producer']],
      baseFee: 10_000_000n,
      consensus: {
        l1: L1,
        rootBond: 10n ** 17n,
        challengers: [{ ...parties.challenger, delayMs: 60_000 }],
      },
    }),
  ],
  tokens: [
    ...gasTokens([L1, ROLLUP]),
    token(L1, 'USDC', tokens.usdcL1),
    token(ROLLUP, 'USDC', tokens.usdcRollup),
    token(L1, 'rsETH', tokens.rsEthL1),
    token(ROLLUP, 'rsETH', tokens.rsEthRollup, weakBridge),
  ],
  bridges: [
    quorumBridge({
      name: 'weak',
      verifiers: [parties['weak-verifier']],
      threshold: 1,
      relayers: [parties['weak-relayer']],
      issuer: parties.issuer,
      guardian: parties.guardian,
      routes: [rsEthRoute],
    }),
    quorumBridge({
      name: 'strong',
      verifiers: [parties['strong-verifier-1'], parties['strong-verifier-2'], parties['strong-verifier-3']],
      threshold: 2,
      relayers: [parties['strong-relayer']],
      issuer: parties.issuer,
      guardian: parties.guardian,
    }),
  ],
  auctioneers: [parties['auctioneer-1']],
  solvers: [parties.atlas, parties.borealis],
  operators: [asNodeId('operator')],
}

export const prices = [
  { symbol: 'ETH', priceE8: 2_500n * 10n ** 8n },
  { symbol: 'USDC', priceE8: 10n ** 8n },
  { symbol: 'rsETH', priceE8: 2_600n * 10n ** 8n },
]

/** 10,000 USDC on the rollup for at least 9,950 USDC on the L1, auctioned for 30 s, signed `atSeconds` after genesis. */
export function sampleOrder(change: Partial<Order> = {}, atSeconds = 0): Order {
  const signed = GENESIS_SECONDS + atSeconds
  return {
    originChainId: ROLLUP,
    originSettler: settlerRollup,
    user: address('user-1'),
    nonce: 0n,
    openDeadline: signed + 300,
    fillDeadline: signed + 600,
    expires: signed + 1_800,
    input: { token: tokens.usdcRollup, amount: 10_000n * 10n ** 6n },
    output: {
      chainId: L1,
      settler: settlerL1,
      token: tokens.usdcL1,
      minAmount: 9_950n * 10n ** 6n,
      recipient: asAddress(`0x${'0'.repeat(38)}99`),
    },
    prover: strongBridge,
    pricing: { rule: 'limit' },
    award: {
      by: 'auctioneer',
      auctioneer: address('auctioneer-1'),
      rule: 'first-price',
      closesAt: signed + 30,
      exclusiveUntil: signed + 300,
    },
    ...change,
  }
}
