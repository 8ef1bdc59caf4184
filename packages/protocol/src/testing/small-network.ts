// A network of two chains and one bridge of two verifiers, and well-formed, signed messages of it, for tests.
import { type Address, asChainId, asHash32, asNodeId, type Hash32, ZERO_HASH } from '@solvent/primitives'
import type { Award } from '../auction/award.ts'
import type { BridgeMessage } from '../bridge/bridge-message.ts'
import { attestationOf } from '../bridge/message-identity.ts'
import type { SignedAttestation } from '../bridge/signed-attestation.ts'
import type { BlockHeader } from '../chain/block-header.ts'
import { CALM_MARKET } from '../chain/block-market.ts'
import { attestationDigest } from '../eip712/attestation-digest.ts'
import { awardDigest } from '../eip712/award-digest.ts'
import { headerDigest } from '../eip712/header-digest.ts'
import { orderDigest } from '../eip712/order-digest.ts'
import type { QuorumVerification } from '../network/bridge-spec.ts'
import type { NetworkSpec } from '../network/network-spec.ts'
import type { Order } from '../order/order.ts'
import { addressOf, contractAddress, privateKeyOf } from '../signing/account.ts'
import { createStandInSigner } from '../signing/stand-in.ts'
import type { Message } from '../wire/message.ts'
import {
  gasTokens,
  l1Chain,
  noContracts,
  optimisticRollup,
  partyOf,
  quorumBridge,
  token,
} from './network-parts.ts'

export const SEED = 'small network'
export const GENESIS_SECONDS = 1_776_470_400
export const L1 = asChainId(1)
export const ROLLUP = asChainId(10)

export const account = (name: string): Address => addressOf(privateKeyOf(SEED, name))
const party = (name: string) => partyOf(SEED, name)
export const sign = (name: string, digest: Hash32) =>
  createStandInSigner({ seed: SEED, address: account(name) }).sign(digest)

export const bridge = contractAddress('bridge', 'small')
export const settlers = { l1: contractAddress('settler', 'l1'), rollup: contractAddress('settler', 'rollup') }
export const usdc = {
  l1: contractAddress('token', 'l1/USDC'),
  rollup: contractAddress('token', 'rollup/USDC'),
}

const smallBridge = quorumBridge({
  name: 'small',
  verifiers: [party('verifier-1'), party('verifier-2')],
  threshold: 2,
  setIndex: 1,
  relayers: [party('relayer')],
  issuer: party('issuer'),
  guardian: party('guardian'),
})

export const smallNetwork: NetworkSpec = {
  ...noContracts,
  networkId: asHash32(`0x${'5e'.repeat(32)}`),
  genesisMs: GENESIS_SECONDS * 1_000,
  signatures: 'stand-in',
  chains: [
    l1Chain({ chainId: L1, name: 'l1', producers: [party('proposer')], baseFee: 1_000_000_000n }),
    optimisticRollup({
      chainId: ROLLUP,
      name: 'rollup',
      slotMs: 250,
      producers: [party('sequencer')],
      baseFee: 10_000_000n,
      consensus: { l1: L1 },
    }),
  ],
  tokens: [...gasTokens([L1, ROLLUP]), token(L1, 'USDC', usdc.l1), token(ROLLUP, 'USDC', usdc.rollup)],
  bridges: [
    {
      ...smallBridge,
      verification: {
        ...(smallBridge.verification as QuorumVerification),
        retiredSets: [
          {
            setIndex: 0,
            verifiers: [account('verifier-0')],
            threshold: 1,
            validUntil: GENESIS_SECONDS + 3_600,
          },
        ],
      },
    },
  ],
  auctioneers: [party('auctioneer')],
  solvers: [party('solver-1'), party('solver-2')],
  operators: [asNodeId('operator')],
}

/** 100 USDC on the rollup for at least 99 on the L1, signed at genesis, auctioned for 30 s. */
export const sampleOrder: Order = {
  originChainId: ROLLUP,
  originSettler: settlers.rollup,
  user: account('user'),
  nonce: 3n,
  openDeadline: GENESIS_SECONDS + 300,
  fillDeadline: GENESIS_SECONDS + 600,
  expires: GENESIS_SECONDS + 3_600,
  input: { token: usdc.rollup, amount: 100_000_000n },
  output: {
    chainId: L1,
    settler: settlers.l1,
    token: usdc.l1,
    minAmount: 99_000_000n,
    recipient: account('user'),
  },
  prover: bridge,
  pricing: { rule: 'limit' },
  award: {
    by: 'auctioneer',
    auctioneer: account('auctioneer'),
    rule: 'first-price',
    closesAt: GENESIS_SECONDS + 30,
    exclusiveUntil: GENESIS_SECONDS + 90,
  },
}

export const sampleAward: Award = {
  orderId: orderDigest(sampleOrder),
  auctioneer: account('auctioneer'),
  winner: account('solver-1'),
  outputAmount: 99_500_000n,
  exclusiveUntil: GENESIS_SECONDS + 90,
  bids: [{ solver: account('solver-1'), outputAmount: 99_500_000n, bidHash: ZERO_HASH }],
}

export const sampleHeader: BlockHeader = {
  chainId: ROLLUP,
  number: 402,
  emptyBefore: 3,
  missedBefore: 0,
  parentHash: asHash32(`0x${'aa'.repeat(32)}`),
  timestamp: GENESIS_SECONDS + 100,
  producer: account('sequencer'),
  transactionsHash: ZERO_HASH,
  receiptsHash: ZERO_HASH,
  stateRoot: ZERO_HASH,
  outboxRoot: ZERO_HASH,
  transactionCount: 1,
  gasUsed: 146_306,
  baseFee: 10_000_000n,
  market: CALM_MARKET,
  votes: 0,
  justified: -1,
  finalized: -1,
}

export const sampleBridgeMessage: BridgeMessage = {
  bridge,
  srcChainId: L1,
  emitter: bridge,
  sequence: 4,
  dstChainId: ROLLUP,
  payload: { kind: 'transfer', token: usdc.rollup, amount: 5_000_000n, recipient: account('user') },
}

export function orderMessage(order: Order = sampleOrder, signer = 'user'): Message {
  return { type: 'order', body: { order, signature: sign(signer, orderDigest(order)) } }
}

export function awardMessage(award: Award = sampleAward, signer = 'auctioneer'): Message {
  return { type: 'award', body: { award, signature: sign(signer, awardDigest(award)) } }
}

export function headerMessage(header: BlockHeader = sampleHeader, signer = 'sequencer'): Message {
  return { type: 'header', body: { header, signature: sign(signer, headerDigest(header)) } }
}

export function signedAttestation(
  message: BridgeMessage = sampleBridgeMessage,
  { verifier = 'verifier-1', setIndex = 1 } = {},
): SignedAttestation {
  const attestation = attestationOf(message, setIndex)
  return {
    attestation,
    message,
    verifier: account(verifier),
    signature: sign(verifier, attestationDigest(attestation)),
  }
}
