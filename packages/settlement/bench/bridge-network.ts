// Ten bridges between an L1 and three rollups, of different custody and verification: what the benchmark of bridges runs.
import { type Address, asChainId, asHash32, asNodeId, type ChainId, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type BridgeSpec,
  type Custody,
  contractAddress,
  type Genesis,
  type NetworkSpec,
  type Party,
  type Verification,
} from '@solvent/protocol'
import { gasTokens, l1Chain, noContracts, optimisticRollup, token, zkRollup } from '@solvent/protocol/testing'

export const L1 = asChainId(1)
export const OPTIMISTIC = asChainId(10)
export const OTHER = asChainId(11)
export const ZK = asChainId(20)
export const CHAINS: readonly ChainId[] = [L1, OPTIMISTIC, OTHER, ZK]

/** Liveness of optimistic bridges and challenge window of roots: an hour here, so that few empty slots pass. */
export const WINDOW_SECONDS = 3_600
export const EPOCH_SLOTS = 4
/** Base units of a transfer: 18 decimals, of which 8 cross. */
export const AMOUNT = 10n ** 12n

export const account = (which: string): Address => contractAddress('account', which)
export const party = (which: string): Party => ({ node: asNodeId(which), address: account(which) })

/** One bridge and the way its messages go. */
export interface Crossing {
  readonly spec: BridgeSpec
  readonly from: ChainId
  readonly to: ChainId
  readonly sent: Address
  readonly arriving: Address
}

const quorum = (members: number, threshold: number): Verification => ({
  kind: 'quorum',
  // In address order, as a delivery must list them.
  verifiers: Array.from({ length: members }, (_, i) => party(`verifier-${i}`)).sort((a, b) =>
    a.address < b.address ? -1 : 1,
  ),
  threshold,
  setIndex: 0,
})
const optimistic: Verification = {
  kind: 'optimistic',
  proposers: [party('proposer')],
  disputers: [party('disputer')],
  arbiter: party('arbiter'),
  bond: 1_000n,
  livenessSeconds: WINDOW_SECONDS,
  arbitrationSeconds: 1_200,
  bundleIntervalSeconds: 0,
}
const lightClient = (form: 'headers' | 'zk'): Verification => ({
  kind: 'light-client',
  form,
  provingMs: 0,
  trustingPeriodMs: 14 * 86_400_000,
})
const canonical: Verification = {
  kind: 'canonical',
  form: 'headers',
  provingMs: 0,
  trustingPeriodMs: 14 * 86_400_000,
}
const lockMint: Custody = { kind: 'lock-mint' }
const burnMint: Custody = { kind: 'burn-mint', feeBps: 1 }
// UMIP-136: ETH. No fee at no utilisation, 8 % a year at 65 %, 108 % at full use.
const pool: Custody = {
  kind: 'pool',
  fee: { kinkE18: 65n * 10n ** 16n, r0E18: 0n, r1E18: 8n * 10n ** 16n, r2E18: 10n ** 18n },
}

/** Light clients follow an L1; the canonical bridges are the rollup's own, one way each. */
export const crossings: readonly Crossing[] = [
  crossing('guardians', lockMint, quorum(19, 13), L1, OPTIMISTIC),
  crossing('two-of-three', lockMint, quorum(3, 2), L1, ZK),
  crossing('issuer', burnMint, quorum(2, 2), OPTIMISTIC, ZK),
  crossing('depot', pool, quorum(3, 2), OPTIMISTIC, OTHER),
  crossing('bundles', pool, optimistic, OTHER, OPTIMISTIC),
  crossing('updates', lockMint, optimistic, L1, OTHER),
  crossing('headers', lockMint, lightClient('headers'), L1, OPTIMISTIC),
  crossing('proofs', burnMint, lightClient('zk'), L1, ZK),
  crossing('deposits', lockMint, canonical, L1, OTHER),
  crossing('exits', lockMint, canonical, OPTIMISTIC, L1),
]

function crossing(
  name: string,
  custody: Custody,
  verification: Verification,
  from: ChainId,
  to: ChainId,
): Crossing {
  const tokenOn = (chainId: ChainId): Address => contractAddress('token', `${chainId}/${name}`)
  // An asset is at home on the L1 where the L1 is on its way.
  const [home, away] = to === L1 ? [to, from] : [from, to]
  const spec: BridgeSpec = {
    name,
    address: contractAddress('bridge', name),
    custody,
    verification,
    finality: 'safe',
    relayers: [party(`relayer-of-${name}`)],
    issuer: party(`issuer-of-${name}`),
    guardian: party(`guardian-of-${name}`),
    routes: [
      {
        symbol: name,
        home: { chainId: home, token: tokenOn(home) },
        wrapped: [{ chainId: away, token: tokenOn(away) }],
      },
    ],
    sharedDecimals: 8,
  }
  return { spec, from, to, sent: tokenOn(from), arriving: tokenOn(to) }
}

export const producerOf = (chainId: ChainId): string => `producer-${chainId}`

const rollup = { slotMs: 1_000, gasLimit: 10_000_000_000 }
const drafts = [
  l1Chain({
    chainId: L1,
    name: 'l1',
    producers: [party(producerOf(L1))],
    consensus: { epochSlots: EPOCH_SLOTS },
  }),
  ...[OPTIMISTIC, OTHER].map((chainId) =>
    optimisticRollup({
      chainId,
      name: `optimistic-${chainId}`,
      producers: [party(producerOf(chainId))],
      slotMs: rollup.slotMs,
      consensus: { l1: L1, challengeWindowMs: WINDOW_SECONDS * 1_000 },
    }),
  ),
  zkRollup({
    chainId: ZK,
    name: 'zk',
    producers: [party(producerOf(ZK))],
    slotMs: rollup.slotMs,
    consensus: { l1: L1 },
  }),
]

export const spec: NetworkSpec = {
  ...noContracts,
  networkId: asHash32(`0x${'5e'.repeat(32)}`),
  genesisMs: 1_700_000_000_000,
  signatures: 'stand-in',
  chains: drafts.map((chain) => ({ ...chain, gasLimit: rollup.gasLimit })),
  markets: [],
  tokens: [
    ...gasTokens(CHAINS),
    ...crossings.flatMap(({ spec: bridge, from, to, sent, arriving }) => {
      const wrapper = bridge.custody.kind === 'lock-mint' ? bridge.address : null
      const isExit = to === L1
      return [
        token(from, bridge.name, sent, isExit ? wrapper : null),
        token(to, bridge.name, arriving, isExit ? null : wrapper),
      ]
    }),
  ],
  bridges: crossings.map(({ spec: bridge }) => bridge),
  auctioneers: [],
  solvers: [],
  operators: [],
}

/** Everyone has gas; senders have what they send, liquidity providers what pools pay, the lock what exits take out. */
export function genesisOf(chainId: ChainId, senders: readonly Address[], messages: number): Genesis {
  const owners = [
    ...senders,
    ...['provider', 'proposer', producerOf(L1), producerOf(OPTIMISTIC)].map(account),
  ]
  const whole = AMOUNT * BigInt(messages)
  const held = crossings.flatMap(({ spec: bridge, from, to, sent, arriving }) => [
    ...(from === chainId
      ? senders.map((owner) => ({ kind: 'USER' as const, owner, token: sent, amount: whole }))
      : []),
    ...(to === chainId && bridge.custody.kind === 'pool'
      ? [{ kind: 'USER' as const, owner: account('provider'), token: arriving, amount: 100n * whole }]
      : []),
    ...(to === chainId && to === L1
      ? [
          {
            kind: 'BRIDGE_LOCK' as const,
            owner: bridge.address,
            token: arriving,
            amount: whole * BigInt(senders.length),
          },
        ]
      : []),
  ])
  const gas = [...owners, ...crossings.map(({ spec: bridge }) => bridge.relayers[0]!.address)].map(
    (owner) => ({
      kind: 'USER' as const,
      owner,
      token: ZERO_ADDRESS,
      amount: 10n ** 24n,
    }),
  )
  return { chainId, accounts: [], balances: [...gas, ...held] }
}
