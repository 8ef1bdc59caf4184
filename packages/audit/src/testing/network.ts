// A network for the audit's tests: an L1 and an optimistic rollup, a token of 18 decimals that is wrapped on the
// rollup by a bridge of two verifiers out of three, native USDC on both. Times are short enough to read.

import type { Hash32 } from '@solvent/primitives'
import { type Address, asChainId, asHash32, asNodeId, type NodeId, ZERO_ADDRESS } from '@solvent/primitives'
import {
  addressOf,
  contractAddress,
  createStandInSigner,
  createStandInVerifier,
  type Genesis,
  type NetworkSpec,
  type Order,
  type Party,
  privateKeyOf,
  type Signature,
} from '@solvent/protocol'
import {
  gasTokens,
  l1Chain,
  noContracts,
  optimisticRollup,
  quorumBridge,
  token,
} from '@solvent/protocol/testing'

const SEED = 'audit'
export const GENESIS_SECONDS = 1_700_000_000
export const L1 = asChainId(1)
export const ROLLUP = asChainId(10)

const names = [
  'l1-producer',
  'rollup-producer',
  'auctioneer',
  'atlas',
  'borealis',
  'alice',
  'v1',
  'v2',
  'v3',
  'relayer',
  'guardian',
  'issuer',
  'challenger',
] as const
export type Name = (typeof names)[number]

const addresses = new Map<Name, Address>(names.map((name) => [name, addressOf(privateKeyOf(SEED, name))]))

export const address = (name: Name): Address => addresses.get(name)!
export const node = (name: Name): NodeId => asNodeId(name)
export const party = (name: Name): Party => ({ node: node(name), address: address(name) })
export const sign = (name: Name, digest: Hash32): Signature =>
  createStandInSigner({ seed: SEED, address: address(name) }).sign(digest)
export const verifier = createStandInVerifier({ seed: SEED })

/** The verifiers in ascending order of address, as a delivery must name them. */
export const sortedVerifiers = (['v1', 'v2', 'v3'] as Name[]).sort((a, b) =>
  address(a) < address(b) ? -1 : 1,
)

export const GAS = ZERO_ADDRESS
export const usdcL1 = contractAddress('token', 'l1/USDC')
export const usdcRollup = contractAddress('token', 'rollup/USDC')
export const rsEthL1 = contractAddress('token', 'l1/rsETH')
export const rsEthRollup = contractAddress('token', 'rollup/rsETH')
export const bridge = contractAddress('bridge', 'bridge')
export const settlerL1 = contractAddress('settler', 'l1')
export const settlerRollup = contractAddress('settler', 'rollup')

export const spec: NetworkSpec = {
  ...noContracts,
  networkId: asHash32(`0x${'ab'.repeat(32)}`),
  genesisMs: GENESIS_SECONDS * 1_000,
  signatures: 'stand-in',
  chains: [
    // A block is final 24 to 48 s after its slot.
    l1Chain({ chainId: L1, name: 'l1', producers: [party('l1-producer')], consensus: { epochSlots: 2 } }),
    optimisticRollup({
      chainId: ROLLUP,
      name: 'rollup',
      producers: [party('rollup-producer')],
      consensus: {
        l1: L1,
        batchIntervalMs: 24_000,
        rootIntervalMs: 60_000,
        challengeWindowMs: 120_000,
        challengers: [{ ...party('challenger'), delayMs: 0 }],
      },
    }),
  ],
  tokens: [
    ...gasTokens([L1, ROLLUP]),
    token(L1, 'USDC', usdcL1),
    token(ROLLUP, 'USDC', usdcRollup),
    token(L1, 'rsETH', rsEthL1),
    token(ROLLUP, 'rsETH', rsEthRollup, bridge),
  ],
  bridges: [
    quorumBridge({
      name: 'bridge',
      verifiers: [party('v1'), party('v2'), party('v3')],
      threshold: 2,
      relayers: [party('relayer')],
      issuer: party('issuer'),
      guardian: party('guardian'),
      routes: [
        {
          symbol: 'rsETH',
          home: { chainId: L1, token: rsEthL1 },
          wrapped: [{ chainId: ROLLUP, token: rsEthRollup }],
        },
      ],
    }),
  ],
  auctioneers: [party('auctioneer')],
  solvers: [party('atlas'), party('borealis')],
  operators: [],
}

const GAS_MONEY = 10n ** 18n
const payers: readonly Name[] = [
  'atlas',
  'borealis',
  'alice',
  'v1',
  'v2',
  'v3',
  'relayer',
  'guardian',
  'issuer',
  'l1-producer',
  'rollup-producer',
]
const isSolver = (name: Name): boolean => name === 'atlas' || name === 'borealis'
export const kindOf = (name: Name): 'SOLVER' | 'USER' => (isSolver(name) ? 'SOLVER' : 'USER')

const gasMoney = payers.map((name) => ({
  kind: kindOf(name),
  owner: address(name),
  token: GAS,
  amount: GAS_MONEY,
}))
/** rsETH that is locked on the L1 and minted on the rollup from the start. */
export const BACKED = 500n * 10n ** 18n

export const genesis: readonly Genesis[] = [
  {
    chainId: L1,
    accounts: [],
    balances: [
      ...gasMoney,
      { kind: 'SOLVER', owner: address('atlas'), token: usdcL1, amount: 1_000_000n },
      { kind: 'SOLVER', owner: address('borealis'), token: usdcL1, amount: 1_000_000n },
      { kind: 'SOLVER', owner: address('atlas'), token: rsEthL1, amount: 10n ** 19n },
      { kind: 'BRIDGE_LOCK', owner: bridge, token: rsEthL1, amount: BACKED },
    ],
  },
  {
    chainId: ROLLUP,
    accounts: [],
    balances: [
      ...gasMoney,
      { kind: 'USER', owner: address('alice'), token: usdcRollup, amount: 1_000_000n },
      { kind: 'USER', owner: address('alice'), token: rsEthRollup, amount: BACKED },
    ],
  },
]

/** 1,000 USDC units on the rollup for at least 990 on the L1, to be filled by anyone within 10 minutes. */
export function sampleOrder(change: Partial<Order> = {}): Order {
  return {
    originChainId: ROLLUP,
    originSettler: settlerRollup,
    user: address('alice'),
    nonce: 0n,
    openDeadline: GENESIS_SECONDS + 300,
    fillDeadline: GENESIS_SECONDS + 600,
    expires: GENESIS_SECONDS + 1_200,
    input: { token: usdcRollup, amount: 1_000n },
    output: { chainId: L1, settler: settlerL1, token: usdcL1, minAmount: 990n, recipient: address('alice') },
    prover: bridge,
    pricing: { rule: 'limit' },
    award: { by: 'chain' },
    ...change,
  }
}
