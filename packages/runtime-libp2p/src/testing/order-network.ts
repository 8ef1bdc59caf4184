// The smallest network that real signed orders can be gossiped on: one L1, one rollup, an auctioneer. For the
// benchmark and its node processes, which must agree on it.
import { asChainId, asHash32, asNodeId, type NodeId } from '@solvent/primitives'
import {
  contractAddress,
  createSecp256k1Signer,
  type Message,
  type NetworkSpec,
  type Order,
  orderDigest,
  type Party,
  privateKeyOf,
} from '@solvent/protocol'
import {
  gasTokens,
  l1Chain,
  noContracts,
  optimisticRollup,
  partyOf,
  quorumBridge,
  token,
} from '@solvent/protocol/testing'

export const SEED = 'libp2p bench'
export const GENESIS_MS = 1_776_470_400_000
const L1 = asChainId(1)
const ROLLUP = asChainId(10)

const party = (node: string): Party => partyOf(SEED, node)

export const orderNetwork: NetworkSpec = {
  ...noContracts,
  networkId: asHash32(`0x${'be'.repeat(32)}`),
  genesisMs: GENESIS_MS,
  signatures: 'secp256k1',
  chains: [
    l1Chain({ chainId: L1, name: 'ethereum', producers: [party('proposer')], baseFee: 1_000_000_000n }),
    optimisticRollup({
      chainId: ROLLUP,
      name: 'rollup',
      producers: [party('sequencer')],
      baseFee: 1_000_000n,
      consensus: { l1: L1 },
    }),
  ],
  tokens: [
    ...gasTokens([L1, ROLLUP]),
    token(L1, 'USDC', contractAddress('token', 'ethereum/USDC')),
    token(ROLLUP, 'USDC', contractAddress('token', 'rollup/USDC')),
  ],
  bridges: [
    quorumBridge({
      name: 'hub',
      verifiers: [party('verifier')],
      threshold: 1,
      finality: 'safe',
      relayers: [party('relayer')],
      issuer: party('issuer'),
      guardian: party('guardian'),
    }),
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
