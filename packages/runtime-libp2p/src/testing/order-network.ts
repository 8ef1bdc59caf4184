// The smallest network that real signed orders can be gossiped on: one L1, one rollup, an auctioneer. For the
// benchmark and its node processes, which must agree on it.
import { asChainId, asHash32, asNodeId, type NodeId, ZERO_ADDRESS } from '@solvent/primitives'
import {
  addressOf,
  contractAddress,
  createSecp256k1Signer,
  type Message,
  type NetworkSpec,
  type Order,
  orderDigest,
  type Party,
  privateKeyOf,
} from '@solvent/protocol'

export const SEED = 'libp2p bench'
export const GENESIS_MS = 1_776_470_400_000
const L1 = asChainId(1)
const ROLLUP = asChainId(10)

const party = (node: string): Party => ({
  node: asNodeId(node),
  address: addressOf(privateKeyOf(SEED, node)),
})

export const orderNetwork: NetworkSpec = {
  networkId: asHash32(`0x${'be'.repeat(32)}`),
  genesisMs: GENESIS_MS,
  signatures: 'secp256k1',
  chains: [
    {
      chainId: L1,
      name: 'ethereum',
      slotMs: 12_000,
      producers: [party('proposer')],
      settler: contractAddress('settler', 'ethereum'),
      gasLimit: 30_000_000,
      baseFee: 1_000_000_000n,
      consensus: { kind: 'l1', epochSlots: 32, finalityEpochs: 2 },
    },
    {
      chainId: ROLLUP,
      name: 'rollup',
      slotMs: 2_000,
      producers: [party('sequencer')],
      settler: contractAddress('settler', 'rollup'),
      gasLimit: 30_000_000,
      baseFee: 1_000_000n,
      consensus: {
        kind: 'optimistic',
        l1: L1,
        batchIntervalMs: 60_000,
        rootIntervalMs: 600_000,
        challengeWindowMs: 3_600_000,
        proposers: 'producers',
        rootBond: 0n,
        challengers: [],
        sequencingWindowMs: 43_200_000,
        forcedDelayMs: 43_200_000,
      },
    },
  ],
  tokens: [
    { chainId: L1, address: ZERO_ADDRESS, symbol: 'ETH', decimals: 18, wrappedBy: null },
    { chainId: ROLLUP, address: ZERO_ADDRESS, symbol: 'ETH', decimals: 18, wrappedBy: null },
    {
      chainId: L1,
      address: contractAddress('token', 'ethereum/USDC'),
      symbol: 'USDC',
      decimals: 6,
      wrappedBy: null,
    },
    {
      chainId: ROLLUP,
      address: contractAddress('token', 'rollup/USDC'),
      symbol: 'USDC',
      decimals: 6,
      wrappedBy: null,
    },
  ],
  bridges: [
    {
      name: 'hub',
      address: contractAddress('bridge', 'hub'),
      custody: { kind: 'lock-mint' },
      verification: {
        kind: 'quorum',
        verifiers: [party('verifier')],
        threshold: 1,
        setIndex: 0,
      },
      finality: 'safe',
      relayers: [party('relayer')],
      issuer: party('issuer'),
      guardian: party('guardian'),
      routes: [],
      sharedDecimals: 8,
    },
  ],
  auctioneers: [party('auctioneer')],
  solvers: [party('solver')],
  operators: [asNodeId('operator')],
}

/** The n-th order of a node, signed with secp256k1. */
export function signedOrder(node: NodeId, n: number): Message {
  const signer = createSecp256k1Signer(privateKeyOf(SEED, node))
  const genesis = GENESIS_MS / 1_000
  const order: Order = {
    originChainId: L1,
    originSettler: contractAddress('settler', 'ethereum'),
    user: signer.address,
    nonce: BigInt(n),
    openDeadline: genesis + 600,
    fillDeadline: genesis + 1_200,
    expires: genesis + 2_400,
    input: { token: contractAddress('token', 'ethereum/USDC'), amount: 1_000_000_000n },
    output: {
      chainId: ROLLUP,
      settler: contractAddress('settler', 'rollup'),
      token: contractAddress('token', 'rollup/USDC'),
      minAmount: 998_000_000n,
      recipient: signer.address,
    },
    prover: contractAddress('bridge', 'hub'),
    pricing: { rule: 'limit' },
    award: {
      by: 'auctioneer',
      auctioneer: party('auctioneer').address,
      rule: 'first-price',
      closesAt: genesis + 300,
      exclusiveUntil: genesis + 900,
    },
  }
  return { type: 'order', body: { order, signature: signer.sign(orderDigest(order)) } }
}
