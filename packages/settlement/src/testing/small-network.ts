// A network for tests: an L1, an optimistic and a zk rollup. USDC is native on both rollups, rsETH is at home on the L1
// and wrapped on both. `solid` is a 2-of-3 bridge, `frail` a 1-of-1. The rollups have slots of one second, so that every
// deadline can be met, missed and hit exactly.
import {
  type Address,
  asAddress,
  asChainId,
  asHash32,
  asNodeId,
  type ChainId,
  ZERO_ADDRESS,
} from '@solvent/primitives'
import {
  type BridgeSpec,
  type ChainSpec,
  contractAddress,
  createStandInSigner,
  createStandInVerifier,
  type DigestSigner,
  type Genesis,
  type NetworkSpec,
  type Order,
  orderDigest,
  type Party,
  type QuorumVerification,
  type Signature,
} from '@solvent/protocol'
import {
  gasTokens,
  l1Chain,
  noContracts,
  optimisticRollup,
  quorumBridge,
  token,
  zkRollup,
} from '@solvent/protocol/testing'

export const GENESIS_MS = 1_700_000_000_000
export const GENESIS_SECONDS = 1_700_000_000

export const L1 = asChainId(1)
/** Optimistic; where orders of these tests are opened. */
export const ORIGIN = asChainId(10)
/** Zk; where they are filled. */
export const DESTINATION = asChainId(20)

const SEED = 'settlement tests'
export const verifier = createStandInVerifier({ seed: SEED })

/** An account by name; its address spells nothing and is the same everywhere. */
export function address(name: string): Address {
  return contractAddress('account', name)
}

export function signer(name: string): DigestSigner {
  return createStandInSigner({ seed: SEED, address: address(name) })
}

export function party(name: string): Party {
  return { node: asNodeId(name), address: address(name) }
}

/** Verifiers in address order, as a delivery must list them. */
export const verifierNames: readonly string[] = ['verifier-1', 'verifier-2', 'verifier-3'].sort((a, b) =>
  address(a) < address(b) ? -1 : 1,
)

export const gas: Address = ZERO_ADDRESS
export const usdcOrigin = contractAddress('token', 'origin/USDC')
export const usdcDestination = contractAddress('token', 'destination/USDC')
export const rsEthHome = contractAddress('token', 'ethereum/rsETH')
export const rsEthOrigin = contractAddress('token', 'origin/rsETH')
export const rsEthDestination = contractAddress('token', 'destination/rsETH')
export const solid = contractAddress('bridge', 'solid')
export const frail = contractAddress('bridge', 'frail')

const chains: readonly ChainSpec[] = [
  l1Chain({
    chainId: L1,
    name: 'ethereum',
    producers: [party('l1-producer'), party('l1-rival')],
    baseFee: 7n,
    // The producer alone has the two thirds that finality takes; the rival cannot finalise what it makes.
    consensus: {
      epochSlots: 4,
      validators: {
        groups: [
          { name: 'most', validators: 900, producer: address('l1-producer') },
          { name: 'few', validators: 100, producer: address('l1-rival') },
        ],
        stakedOn: L1,
        inactivityQuotient: 2 ** 24,
      },
    },
  }),
  optimisticRollup({
    chainId: ORIGIN,
    name: 'origin',
    slotMs: 1_000,
    producers: [party('origin-producer'), party('origin-rival')],
    baseFee: 7n,
    consensus: { l1: L1, rootIntervalMs: 60_000, challengeWindowMs: 600_000 },
  }),
  zkRollup({
    chainId: DESTINATION,
    name: 'destination',
    slotMs: 1_000,
    producers: [party('destination-producer')],
    baseFee: 7n,
    consensus: { l1: L1 },
  }),
]

function bridgeSpec(name: string, verifiers: readonly string[], threshold: number): BridgeSpec {
  return quorumBridge({
    name,
    verifiers: verifiers.map(party),
    threshold,
    setIndex: 1,
    relayers: [party('relayer')],
    issuer: party('issuer'),
    guardian: party('guardian'),
    routes: [
      {
        symbol: 'rsETH',
        home: { chainId: L1, token: rsEthHome },
        wrapped: [
          { chainId: ORIGIN, token: rsEthOrigin },
          { chainId: DESTINATION, token: rsEthDestination },
        ],
      },
    ],
  })
}

const solidSpec = bridgeSpec('solid', verifierNames, 2)

export const network: NetworkSpec = {
  ...noContracts,
  networkId: asHash32(`0x${'5e'.repeat(32)}`),
  genesisMs: GENESIS_MS,
  signatures: 'stand-in',
  chains,
  tokens: [
    ...gasTokens([L1, ORIGIN, DESTINATION]),
    token(ORIGIN, 'USDC', usdcOrigin),
    token(DESTINATION, 'USDC', usdcDestination),
    token(L1, 'rsETH', rsEthHome),
    token(ORIGIN, 'rsETH', rsEthOrigin, solid),
    token(DESTINATION, 'rsETH', rsEthDestination, solid),
  ],
  bridges: [
    {
      ...solidSpec,
      verification: {
        ...(solidSpec.verification as QuorumVerification),
        retiredSets: [
          {
            setIndex: 0,
            verifiers: [address('verifier-old')],
            threshold: 1,
            validUntil: GENESIS_SECONDS + 100,
          },
        ],
      },
    },
    bridgeSpec('frail', ['verifier-1'], 1),
  ],
  auctioneers: [party('auctioneer')],
  solvers: [party('solver'), party('rival')],
  operators: [],
}

/** Who has what at the start: everyone gas, users and solvers USDC and rsETH, the bridge's lock what is wrapped. */
export function genesisOf(chainId: ChainId): Genesis {
  const everyone = [
    'user',
    'other-user',
    'solver',
    'rival',
    'relayer',
    'issuer',
    'guardian',
    'origin-producer',
    'destination-producer',
    'l1-producer',
  ]
  const solvers = ['solver', 'rival']
  const kindOf = (name: string) => (solvers.includes(name) ? ('SOLVER' as const) : ('USER' as const))
  const usdc = chainId === ORIGIN ? usdcOrigin : usdcDestination
  const rsEth = chainId === L1 ? rsEthHome : chainId === ORIGIN ? rsEthOrigin : rsEthDestination
  const traders = ['user', 'other-user', 'solver', 'rival']
  return {
    chainId,
    accounts: solvers.map((name) => ({ address: address(name), kind: 'SOLVER' as const })),
    balances: [
      ...everyone.map((name) => ({
        kind: kindOf(name),
        owner: address(name),
        token: gas,
        amount: 10n ** 18n,
      })),
      ...(chainId === L1
        ? [{ kind: 'BRIDGE_LOCK' as const, owner: solid, token: rsEthHome, amount: 8n * 10n ** 18n }]
        : traders.map((name) => ({
            kind: kindOf(name),
            owner: address(name),
            token: usdc,
            amount: 1_000_000_000n,
          }))),
      ...traders.map((name) => ({
        kind: kindOf(name),
        owner: address(name),
        token: rsEth,
        amount: 10n ** 18n,
      })),
    ],
  }
}

/** An order of `user` over 100 USDC for at least 99, with every deadline well ahead; fields can be replaced. */
export function order(changes: Partial<Order> = {}): Order {
  return {
    originChainId: ORIGIN,
    originSettler: contractAddress('settler', 'origin'),
    user: address('user'),
    nonce: 1n,
    openDeadline: GENESIS_SECONDS + 100,
    fillDeadline: GENESIS_SECONDS + 200,
    expires: GENESIS_SECONDS + 300,
    input: { token: usdcOrigin, amount: 100_000_000n },
    output: {
      chainId: DESTINATION,
      settler: contractAddress('settler', 'destination'),
      token: usdcDestination,
      minAmount: 99_000_000n,
      recipient: address('user'),
    },
    prover: solid,
    pricing: { rule: 'limit' },
    award: { by: 'chain' },
    ...changes,
  }
}

/** The signature of an order's own user, `name`. */
export function signed(theOrder: Order, name = 'user'): Signature {
  return signer(name).sign(orderDigest(theOrder))
}

export const nobody: Address = asAddress(`0x${'00'.repeat(19)}99`)
