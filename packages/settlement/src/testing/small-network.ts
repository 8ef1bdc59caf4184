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
  {
    chainId: L1,
    name: 'ethereum',
    slotMs: 12_000,
    producers: [party('l1-producer'), party('l1-rival')],
    settler: contractAddress('settler', 'ethereum'),
    gasLimit: 30_000_000,
    baseFee: 7n,
    // The producer alone has the two thirds that finality takes; the rival cannot finalise what it makes.
    consensus: {
      kind: 'l1',
      epochSlots: 4,
      finalityEpochs: 2,
      validators: {
        groups: [
          { name: 'most', validators: 900, producer: address('l1-producer') },
          { name: 'few', validators: 100, producer: address('l1-rival') },
        ],
        stakedOn: L1,
        inactivityQuotient: 2 ** 24,
      },
    },
  },
  {
    chainId: ORIGIN,
    name: 'origin',
    slotMs: 1_000,
    producers: [party('origin-producer'), party('origin-rival')],
    settler: contractAddress('settler', 'origin'),
    gasLimit: 30_000_000,
    baseFee: 7n,
    consensus: {
      kind: 'optimistic',
      l1: L1,
      batchIntervalMs: 60_000,
      rootIntervalMs: 60_000,
      challengeWindowMs: 600_000,
      proposers: 'producers',
      rootBond: 0n,
      challengers: [],
      sequencingWindowMs: 43_200_000,
      forcedDelayMs: 43_200_000,
    },
  },
  {
    chainId: DESTINATION,
    name: 'destination',
    slotMs: 1_000,
    producers: [party('destination-producer')],
    settler: contractAddress('settler', 'destination'),
    gasLimit: 30_000_000,
    baseFee: 7n,
    consensus: {
      kind: 'zk',
      l1: L1,
      batchIntervalMs: 60_000,
      sequencingWindowMs: 43_200_000,
      forcedDelayMs: 43_200_000,
      proofIntervalMs: 60_000,
      provingMs: 30_000,
      executionDelayMs: 0,
      prover: contractAddress('prover', 'destination'),
      proverFee: 0n,
    },
  },
]

function quorum(verifiers: readonly string[], threshold: number): QuorumVerification {
  return { kind: 'quorum', verifiers: verifiers.map(party), threshold, setIndex: 1 }
}

function bridgeSpec(
  name: string,
  bridge: Address,
  verifiers: readonly string[],
  threshold: number,
): BridgeSpec {
  return {
    name,
    address: bridge,
    custody: { kind: 'lock-mint' },
    verification: quorum(verifiers, threshold),
    finality: 'finalized',
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
    sharedDecimals: 8,
  }
}

const solidSpec = bridgeSpec('solid', solid, verifierNames, 2)

export const network: NetworkSpec = {
  networkId: asHash32(`0x${'5e'.repeat(32)}`),
  genesisMs: GENESIS_MS,
  signatures: 'stand-in',
  chains,
  tokens: [
    ...chains.map(({ chainId }) => ({ chainId, address: gas, symbol: 'ETH', decimals: 18, wrappedBy: null })),
    { chainId: ORIGIN, address: usdcOrigin, symbol: 'USDC', decimals: 6, wrappedBy: null },
    { chainId: DESTINATION, address: usdcDestination, symbol: 'USDC', decimals: 6, wrappedBy: null },
    { chainId: L1, address: rsEthHome, symbol: 'rsETH', decimals: 18, wrappedBy: null },
    { chainId: ORIGIN, address: rsEthOrigin, symbol: 'rsETH', decimals: 18, wrappedBy: solid },
    { chainId: DESTINATION, address: rsEthDestination, symbol: 'rsETH', decimals: 18, wrappedBy: solid },
  ],
  bridges: [
    {
      ...solidSpec,
      verification: {
        ...quorum(verifierNames, 2),
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
    bridgeSpec('frail', frail, ['verifier-1'], 1),
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
  const token = chainId === ORIGIN ? usdcOrigin : usdcDestination
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
            token,
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
