// Real chains under audit, without nodes: an L1, an optimistic and a zk rollup whose engines a test drives call by call.
// Every block goes to an auditor and to a follower's view. Rules and verifier of the engines may be altered: planted
// bugs. The audit knows nothing of that.
import { type Auditor, createAuditor, type InvariantId } from '@solvent/audit'
import { type Address, asChainId, asHash32, asNodeId, type ChainId, ZERO_ADDRESS } from '@solvent/primitives'
import {
  type Award,
  addressOf,
  attestationDigest,
  attestationOf,
  awardDigest,
  type Block,
  type BridgeMessage,
  type BridgeSpec,
  type Call,
  contractAddress,
  createStandInSigner,
  createStandInVerifier,
  type DigestSigner,
  type Genesis,
  type NetworkSpec,
  type Order,
  orderDigest,
  type Party,
  privateKeyOf,
  type Receipt,
  type SignatureVerifier,
  type SignedAward,
  transactionDigest,
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
import {
  type ChainEngine,
  type ChainView,
  createChainEngine,
  createChainView,
  gasOfCall,
  type SettlementRules,
  settlementRules,
} from '@solvent/settlement'

export const SEED = 'planted'
export const GENESIS_SECONDS = 1_700_000_000
export const L1 = asChainId(1)
export const ORIGIN = asChainId(10)
export const DESTINATION = asChainId(20)

const addresses = new Map<string, Address>()
/** An account by name, derived once. */
export const address = (name: string): Address => {
  const known = addresses.get(name) ?? addressOf(privateKeyOf(SEED, name))
  addresses.set(name, known)
  return known
}
export const signer = (name: string): DigestSigner =>
  createStandInSigner({ seed: SEED, address: address(name) })
export const party = (name: string): Party => ({ node: asNodeId(name), address: address(name) })
export const verifier = createStandInVerifier({ seed: SEED })
export const at = (second: number): number => GENESIS_SECONDS + second

export const bridge = contractAddress('bridge', 'bridge')
export const rsEthHome = contractAddress('token', 'ethereum/rsETH')
/** One address on both rollups, as deterministic deployment gives it. */
export const rsEthFar = contractAddress('token', 'rollup/rsETH')
export const usdc = contractAddress('token', 'rollup/USDC')
export const verifierNames = ['verifier-1', 'verifier-2', 'verifier-3'].sort((a, b) =>
  address(a) < address(b) ? -1 : 1,
)

const producers = new Map([
  [L1, 'l1-producer'],
  [ORIGIN, 'origin-producer'],
  [DESTINATION, 'destination-producer'],
])
/** A week: tests leap over days without posting a batch, and lose no block by it. */
const LEISURE_MS = 7 * 86_400_000
const settler = (name: string): Address => contractAddress('settler', name)

export const spec: NetworkSpec = {
  ...noContracts,
  networkId: asHash32(`0x${'cd'.repeat(32)}`),
  genesisMs: GENESIS_SECONDS * 1_000,
  signatures: 'stand-in',
  chains: [
    l1Chain({
      chainId: L1,
      name: 'ethereum',
      producers: [party('l1-producer')],
      baseFee: 7n,
      consensus: { epochSlots: 2 },
    }),
    optimisticRollup({
      chainId: ORIGIN,
      name: 'origin',
      slotMs: 1_000,
      producers: [party('origin-producer')],
      baseFee: 7n,
      consensus: {
        l1: L1,
        rootIntervalMs: 60_000,
        challengeWindowMs: 600_000,
        sequencingWindowMs: LEISURE_MS,
      },
    }),
    zkRollup({
      chainId: DESTINATION,
      name: 'destination',
      slotMs: 1_000,
      producers: [party('destination-producer')],
      baseFee: 7n,
      consensus: { l1: L1, sequencingWindowMs: LEISURE_MS },
    }),
  ],
  tokens: [
    ...gasTokens([L1, ORIGIN, DESTINATION]),
    token(ORIGIN, 'USDC', usdc),
    token(DESTINATION, 'USDC', usdc),
    token(L1, 'rsETH', rsEthHome),
    token(ORIGIN, 'rsETH', rsEthFar, bridge),
    token(DESTINATION, 'rsETH', rsEthFar, bridge),
  ],
  bridges: [
    quorumBridge({
      name: 'bridge',
      verifiers: verifierNames.map(party),
      threshold: 2,
      relayers: [party('relayer')],
      issuer: party('issuer'),
      guardian: party('guardian'),
      routes: [
        {
          symbol: 'rsETH',
          home: { chainId: L1, token: rsEthHome },
          wrapped: [
            { chainId: ORIGIN, token: rsEthFar },
            { chainId: DESTINATION, token: rsEthFar },
          ],
        },
      ],
    }),
  ],
  auctioneers: [party('auctioneer')],
  solvers: [party('atlas'), party('borealis')],
  operators: [],
}

const ETHER = 10n ** 18n
const people = [
  'atlas',
  'borealis',
  'alice',
  'relayer',
  'guardian',
  'issuer',
  'l1-producer',
  'origin-producer',
  'destination-producer',
  ...verifierNames,
]

export const genesis: readonly Genesis[] = [L1, ORIGIN, DESTINATION].map((chainId) => ({
  chainId,
  accounts: ['atlas', 'borealis'].map((name) => ({ address: address(name), kind: 'SOLVER' as const })),
  balances: [
    ...people.map((name) => ({
      kind: kindOf(name),
      owner: address(name),
      token: ZERO_ADDRESS,
      amount: ETHER,
    })),
    ...(chainId === L1
      ? [
          { kind: 'USER' as const, owner: address('alice'), token: rsEthHome, amount: 10n * ETHER },
          { kind: 'BRIDGE_LOCK' as const, owner: bridge, token: rsEthHome, amount: 100n * ETHER },
        ]
      : [
          ...['atlas', 'borealis', 'alice'].map((name) => ({
            kind: kindOf(name),
            owner: address(name),
            token: usdc,
            amount: 1_000_000n,
          })),
          { kind: 'USER' as const, owner: address('alice'), token: rsEthFar, amount: 50n * ETHER },
        ]),
  ],
}))

function kindOf(name: string): 'SOLVER' | 'USER' {
  return name === 'atlas' || name === 'borealis' ? 'SOLVER' : 'USER'
}

/** 1,000 units of USDC on the origin for at least 990 on the destination, for anyone; signed at genesis. */
export function sampleOrder(change: Partial<Order> = {}): Order {
  return {
    originChainId: ORIGIN,
    originSettler: settler('origin'),
    user: address('alice'),
    nonce: 0n,
    openDeadline: at(300),
    fillDeadline: at(600),
    expires: at(1_200),
    input: { token: usdc, amount: 1_000n },
    output: {
      chainId: DESTINATION,
      settler: settler('destination'),
      token: usdc,
      minAmount: 990n,
      recipient: address('alice'),
    },
    prover: bridge,
    pricing: { rule: 'limit' },
    award: { by: 'chain' },
    ...change,
  }
}

export function signedAward(award: Award): SignedAward {
  return { award, signature: signer('auctioneer').sign(awardDigest(award)) }
}

/** A delivery signed by these verifiers, in this order. */
export function delivery(
  message: BridgeMessage,
  names: readonly string[] = verifierNames.slice(0, 2),
): Extract<Call, { kind: 'deliver' }> {
  const digest = attestationDigest(attestationOf(message, 0))
  return {
    kind: 'deliver',
    message,
    proof: {
      kind: 'quorum',
      setIndex: 0,
      signatures: names.map((name) => ({ verifier: address(name), signature: signer(name).sign(digest) })),
    },
  }
}

export interface Planted {
  readonly rules?: Partial<SettlementRules>
  readonly verifier?: SignatureVerifier
  /** Keys of the bridge that the network has in addition; known to the audit as well. */
  readonly bridge?: Partial<BridgeSpec>
  /** Contracts that the network has in addition; known to the audit as well. */
  readonly contracts?: Partial<Pick<NetworkSpec, keyof typeof noContracts>>
  /** What those contracts hold on the origin at the start. */
  readonly balances?: Genesis['balances']
}

export class AuditedNetwork {
  readonly auditor: Auditor
  readonly view: ChainView
  readonly rules: SettlementRules
  readonly #engines = new Map<ChainId, ChainEngine>()

  constructor(planted: Planted = {}) {
    this.rules = { ...settlementRules, ...planted.rules }
    const whole = {
      ...spec,
      ...planted.contracts,
      bridges: spec.bridges.map((each) => ({ ...each, ...planted.bridge })),
    }
    const begun = genesis.map((each) =>
      each.chainId === ORIGIN ? { ...each, balances: [...each.balances, ...(planted.balances ?? [])] } : each,
    )
    this.auditor = createAuditor({ spec: whole, genesis: begun, verifier, applicable: 'sim' })
    this.view = createChainView({ spec: whole })
    for (const each of begun) {
      const engine = createChainEngine({
        spec: whole,
        chainId: each.chainId,
        genesis: each,
        rules: this.rules,
        verifier: planted.verifier ?? verifier,
        signer: signer(producers.get(each.chainId)!),
      })
      this.#engines.set(each.chainId, engine)
      this.#follow(engine.genesisBlock)
    }
  }

  /** One call of `name` in the block of `second` after genesis (default: the next slot). */
  call(chainId: ChainId, name: string, call: Call, second?: number): Receipt {
    const engine = this.#engines.get(chainId)!
    const transaction = {
      chainId,
      from: address(name),
      nonce: engine.nextNonce(address(name)),
      gasLimit: gasOfCall(call),
      maxFeePerGas: 10n,
      maxPriorityFeePerGas: 2n,
      call,
    }
    const hash = transactionDigest(transaction)
    const { accepted, reason } = engine.submit({ transaction, signature: signer(name).sign(hash) })
    if (!accepted) throw new Error(`The pool refused a ${call.kind}: ${reason}.`)
    const block = this.produce(chainId, second)
    return block!.receipts.find(({ transactionHash }) => transactionHash === hash)!
  }

  /** As `call`, for a call that must succeed. */
  done(chainId: ChainId, name: string, call: Call, second?: number): Receipt {
    const receipt = this.call(chainId, name, call, second)
    if (receipt.status !== 'ok') throw new Error(`The ${call.kind} reverted: ${receipt.reason}.`)
    return receipt
  }

  produce(chainId: ChainId, second?: number, allowEmpty = false): Block | null {
    const engine = this.#engines.get(chainId)!
    const { slotMs } = spec.chains.find((each) => each.chainId === chainId)!
    const number =
      second === undefined ? engine.head().header.number + 1 : Math.floor((second * 1_000) / slotMs)
    const block = engine.produce({ number, allowEmpty })
    if (block !== null) this.#follow(block)
    return block
  }

  /** Takes the head of a chain back; the audit hears of it with the next block. */
  undo(chainId: ChainId): void {
    this.#engines.get(chainId)!.undo()
  }

  /** Opens at second 1 and fills at `second`; the proof's message. */
  openAndFill(
    order: Order,
    {
      second = 10,
      amount = order.output.minAmount,
      by = 'atlas',
    }: { second?: number; amount?: bigint; by?: string } = {},
  ): BridgeMessage {
    this.done(ORIGIN, by, {
      kind: 'open',
      order,
      signature: signer('alice').sign(orderDigest(order)),
      award: null,
    })
    return sentMessage(
      this.done(DESTINATION, by, { kind: 'fill', order, award: null, amount, payee: address(by) }, second),
    )
  }

  /** Posts the destination's blocks to the L1 with a proof, around `second`. */
  settleDestination(second: number): void {
    const { header, hash } = this.#engines.get(DESTINATION)!.head()
    const toBlock = second - 12
    const batched = this.view.finalized(DESTINATION)
    this.done(
      L1,
      'destination-producer',
      { kind: 'post-batch', rollup: DESTINATION, fromBlock: batched + 1, toBlock, after: null, tip: hash },
      second,
    )
    this.done(
      L1,
      'destination-producer',
      {
        kind: 'post-proof',
        rollup: DESTINATION,
        block: toBlock,
        stateRoot: header.stateRoot,
        outboxRoot: header.outboxRoot,
        header,
      },
      second + 12,
    )
  }

  /** L1 heartbeats from one second to another. */
  heartbeats(from: number, to: number): void {
    for (let second = from; second <= to; second += 12) this.produce(L1, second, true)
  }

  /** The second (at least `from`) at which honest verifiers sign a message of this destination block. */
  attestableFrom(block: number, from: number): number {
    const { finality } = spec.bridges[0]!
    for (let second = from; second < from + 600; second += 12) {
      if (this.rules.attestable(this.view.level(DESTINATION, block), finality)) return second
      this.produce(L1, second, true)
    }
    throw new Error('The fill never became attestable.')
  }

  /** Ids that broke by the end, in the order of the catalogue. */
  broken(): InvariantId[] {
    for (const [chainId, engine] of this.#engines) this.auditor.live(chainId, engine.balances())
    const report = this.auditor.finish()
    return [...report.checked.keys()].filter((id) => report.broken.some((breach) => breach.id === id))
  }

  #follow(block: Block): void {
    this.auditor.block(block, block.header.timestamp * 1_000)
    this.view.applyBlock(block)
  }
}

/** The message that a receipt says was sent. */
export function sentMessage(receipt: Receipt): BridgeMessage {
  for (const event of receipt.events) if (event.kind === 'message-sent') return event.message
  throw new Error(`No message was sent: ${receipt.status} ${receipt.reason}.`)
}
