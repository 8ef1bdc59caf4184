// The network in which the model of proofs and the settlement core meet: clients of other chains' headers of every kind, a rollup's own
// bridge, and swaps under hash locks.
import { createHash } from 'node:crypto'
import { type Address, asHash32, type ChainId, type Hash32, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type BridgeSpec,
  type ChainSpec,
  contractAddress,
  type Genesis,
  type NetworkSpec,
  type Verification,
} from '@solvent/protocol'
import { optimisticRollup, token, zkRollup } from '@solvent/protocol/testing'
import {
  address,
  DESTINATION,
  L1,
  ORIGIN,
  party,
  spec as plainSpec,
  rsEthHome,
  usdc,
} from './audited-network.ts'

export const people = [
  'alice',
  'borealis',
  'poor',
  'l1-producer',
  'origin-producer',
  'destination-producer',
] as const
/** Whoever makes headers of the L1, as a rollup's client of it sees them. */
const committee = ['l1-producer', 'l1-second', 'l1-third', 'l1-fourth']

// Every length of time is whole slots of the L1, so that commands meet its edges.
const following = (form: 'headers' | 'zk', kind: 'light-client' | 'canonical' = 'light-client') =>
  ({ kind, form, provingMs: 0, trustingPeriodMs: 480_000 }) as Verification
export const clients = [
  ['final', following('headers'), 'finalized'],
  ['word', following('zk'), 'unsafe'],
  ['safe', following('headers'), 'safe'],
  ['exits', following('headers'), 'exitable'],
  ['own', following('headers', 'canonical'), 'exitable'],
] as const
export const wrappedOf = (name: string): Address => contractAddress('token', `far/${name}`)
export const bridgeOf = (name: string): Address => contractAddress('bridge', name)
export const swap = bridgeOf('swap')
const base = plainSpec.bridges[0] as BridgeSpec

export function specAt(chainId: ChainId): NetworkSpec {
  const [l1, ...rest] = plainSpec.chains as [ChainSpec, ...ChainSpec[]]
  const [optimistic, zk] = rest as [ChainSpec, ChainSpec]
  const windows = { sequencingWindowMs: 360_000 }
  return {
    ...plainSpec,
    chains: [
      // An L1 with one producer finalises; of one with four a client asks for three.
      { ...l1, producers: chainId === L1 ? l1.producers : committee.map(party) },
      optimisticRollup({
        ...optimistic,
        consensus: { ...windows, l1: L1, challengeWindowMs: 60_000, rootBond: 1_001n },
      }),
      zkRollup({
        ...zk,
        producers: ['destination-producer', 'destination-second'].map(party),
        consensus: {
          ...windows,
          l1: L1,
          executionDelayMs: 48_000,
          prover: address('borealis'),
          proverFee: 501n,
        },
      }),
    ],
    tokens: [
      ...plainSpec.tokens,
      ...clients.flatMap(([name]) =>
        [ORIGIN, DESTINATION].map((far) => token(far, 'rsETH', wrappedOf(name), bridgeOf(name))),
      ),
    ],
    bridges: [
      ...clients.map(([name, verification, finality]) => ({
        ...base,
        ...{ name, address: bridgeOf(name), verification, finality, sharedDecimals: 18 },
        routes: [
          {
            symbol: 'rsETH',
            home: { chainId: L1, token: rsEthHome },
            wrapped: [ORIGIN, DESTINATION].map((far) => ({ chainId: far, token: wrappedOf(name) })),
          },
        ],
      })),
      {
        ...base,
        ...{ name: 'swap', address: swap, verification: { kind: 'none' as const } },
        custody: {
          kind: 'hash-lock' as const,
          source: { withdrawAfter: 12, publicWithdrawAfter: 48, cancelAfter: 96, publicCancelAfter: 144 },
          destination: {
            withdrawAfter: 12,
            publicWithdrawAfter: 36,
            cancelAfter: 72,
            publicCancelAfter: 108,
          },
          safetyDeposit: 77n,
        },
        routes: [
          {
            symbol: 'rsETH',
            home: { chainId: L1, token: rsEthHome },
            wrapped: [{ chainId: ORIGIN, token: usdc }],
          },
        ],
      },
    ],
  }
}

export function genesisAt(chainId: ChainId): Genesis {
  const held = chainId === L1 ? rsEthHome : usdc
  const locks = clients.map(([name]) => ({
    ...{ kind: 'BRIDGE_LOCK' as const, owner: bridgeOf(name), token: held, amount: 2_500n },
  }))
  return {
    chainId,
    accounts: [],
    balances: [
      ...people.map((name) => ({
        ...{ kind: 'USER' as const, owner: address(name), token: ZERO_ADDRESS },
        amount: name === 'poor' ? 4_000_000n : 10n ** 18n,
      })),
      { kind: 'USER', owner: address('alice'), token: held, amount: 5_000n },
      ...(chainId === L1 ? locks : []),
    ],
  }
}

export const producerOf = (chainId: ChainId): string => (chainId === L1 ? 'l1-producer' : 'origin-producer')
const hash = (text: string): Hash32 => asHash32(`0x${createHash('sha256').update(text).digest('hex')}`)
export const opens = (preimage: string): Hash32 =>
  asHash32(
    `0x${createHash('sha256')
      .update(Buffer.from(preimage.slice(2), 'hex'))
      .digest('hex')}`,
  )
export const preimages = [0, 1, 2].map((n) => hash(`preimage ${n}`))
export const states = [0, 1, 2].map((n) => hash(`state ${n}`))
