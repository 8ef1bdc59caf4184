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
import {
  addressOf,
  contractAddress,
  type NetworkSpec,
  type Order,
  type Party,
  privateKeyOf,
} from '@solvent/protocol'

export const SEED = 'small network'
export const GENESIS_MS = 1_700_000_000_000
export const GENESIS_SECONDS = GENESIS_MS / 1_000

export const L1 = asChainId(1)
export const ROLLUP = asChainId(10)

export const party = (node: string): Party => ({
  node: asNodeId(node),
  address: addressOf(privateKeyOf(SEED, node)),
})

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
  networkId: asHash32(`0x${'5e'.repeat(32)}`),
  genesisMs: GENESIS_MS,
  signatures: 'stand-in',
  chains: [
    {
      chainId: L1,
      name: 'ethereum',
      slotMs: 12_000,
      producers: [parties['l1-producer']],
      settler: settlerL1,
      gasLimit: 30_000_000,
      baseFee: 2_000_000_000n,
      consensus: { kind: 'l1', epochSlots: 8, finalityEpochs: 2 },
    },
    {
      chainId: ROLLUP,
      name: 'rollup',
      slotMs: 2_000,
      producers: [parties['rollup-producer']],
      settler: settlerRollup,
      gasLimit: 30_000_000,
      baseFee: 10_000_000n,
      consensus: {
        kind: 'optimistic',
        l1: L1,
        batchIntervalMs: 60_000,
        rootIntervalMs: 600_000,
        challengeWindowMs: 3_600_000,
        proposers: 'producers',
        rootBond: 10n ** 17n,
        challengers: [{ ...parties.challenger, delayMs: 60_000 }],
        sequencingWindowMs: 43_200_000,
        forcedDelayMs: 43_200_000,
      },
    },
  ],
  tokens: [
    { chainId: L1, address: tokens.gas, symbol: 'ETH', decimals: 18, wrappedBy: null },
    { chainId: ROLLUP, address: tokens.gas, symbol: 'ETH', decimals: 18, wrappedBy: null },
    { chainId: L1, address: tokens.usdcL1, symbol: 'USDC', decimals: 6, wrappedBy: null },
    { chainId: ROLLUP, address: tokens.usdcRollup, symbol: 'USDC', decimals: 6, wrappedBy: null },
    { chainId: L1, address: tokens.rsEthL1, symbol: 'rsETH', decimals: 18, wrappedBy: null },
    { chainId: ROLLUP, address: tokens.rsEthRollup, symbol: 'rsETH', decimals: 18, wrappedBy: weakBridge },
  ],
  bridges: [
    {
      name: 'weak',
      address: weakBridge,
      custody: { kind: 'lock-mint' },
      verification: {
        kind: 'quorum',
        verifiers: [parties['weak-verifier']],
        threshold: 1,
        setIndex: 0,
      },
      finality: 'finalized',
      relayers: [parties['weak-relayer']],
      issuer: parties.issuer,
      guardian: parties.guardian,
      routes: [rsEthRoute],
      sharedDecimals: 8,
    },
    {
      name: 'strong',
      address: strongBridge,
      custody: { kind: 'lock-mint' },
      verification: {
        kind: 'quorum',
        verifiers: [parties['strong-verifier-1'], parties['strong-verifier-2'], parties['strong-verifier-3']],
        threshold: 2,
        setIndex: 0,
      },
      finality: 'finalized',
      relayers: [parties['strong-relayer']],
      issuer: parties.issuer,
      guardian: parties.guardian,
      routes: [],
      sharedDecimals: 8,
    },
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
