// What finality and re-orgs cost: a re-org of 64 blocks with 10,000 transactions at a producer (goal 200 ms), and a week of
// ten L1s with a heartbeat an epoch and a payment an hour, produced and followed (goal 3 s). Stand-in signatures.
import {
  type Address,
  asChainId,
  asHash32,
  asNodeId,
  type ChainId,
  decodeCanonical,
  deepFreeze,
  encodeCanonical,
  type Hash32,
  ZERO_ADDRESS,
} from '@solvent/primitives'
import {
  type Block,
  contractAddress,
  createStandInSigner,
  createStandInVerifier,
  type Genesis,
  type NetworkSpec,
  type SignedTransaction,
  transactionDigest,
} from '@solvent/protocol'
import { noContracts } from '@solvent/protocol/testing'
import { type ChainEngine, createChainEngine, createChainView, gasOf } from '@solvent/settlement'
import { BARE_ADDITIONS, bareLoop } from './bare-loop.ts'

export const name = 'consensus: re-orgs, and finality of chains that nobody uses'

const SEED = 'bench'
const SLOT_MS = 12_000
const EPOCH_SLOTS = 32
const WEEK_SLOTS = (7 * 86_400_000) / SLOT_MS
const PAYMENT_SLOTS = 3_600_000 / SLOT_MS
const CHAINS = 10
const DEPTH = 64
const TRANSACTIONS = 10_000
const SENDERS = 100
const FUNDS = 10n ** 24n
const ROUNDS = 5
const verifier = createStandInVerifier({ seed: SEED })
const account = (which: string): Address => contractAddress('account', which)
const party = (which: string) => ({ node: asNodeId(which), address: account(which) })
const producers = ['producer', 'rival'].map(party)

/** L1s with two producers, or with one. */
function network(chains: number, producing: NetworkSpec['chains'][number]['producers']): NetworkSpec {
  return {
    ...noContracts,
    networkId: asHash32(`0x${'5e'.repeat(32)}`),
    genesisMs: 1_700_000_000_000,
    signatures: 'stand-in',
    chains: Array.from({ length: chains }, (_, i) => ({
      chainId: asChainId(i + 1),
      name: `l1-${i + 1}`,
      slotMs: SLOT_MS,
      producers: producing,
      settler: contractAddress('settler', `l1-${i + 1}`),
      gasLimit: 1_000_000_000,
      baseFee: 7n,
      consensus: { kind: 'l1', epochSlots: EPOCH_SLOTS, finalityEpochs: 2 },
    })),
    tokens: [],
    markets: [],
    bridges: [],
    auctioneers: [],
    solvers: [],
    operators: [],
  }
}

function engineOf(spec: NetworkSpec, chainId: ChainId, producer: string): ChainEngine {
  const owners = Array.from({ length: 2 * SENDERS }, (_, i) => account(`sender-${i}`))
  const genesis: Genesis = {
    chainId,
    accounts: [],
    balances: owners.map((owner) => ({ kind: 'USER', owner, token: ZERO_ADDRESS, amount: FUNDS })),
  }
  const signer = createStandInSigner({ seed: SEED, address: account(producer) })
  return createChainEngine({ spec, chainId, genesis, verifier, signer })
}

/** Payment `i` of many, from so many senders in turn, of which the first is named. */
function payment(chainId: ChainId, i: number, firstSender = 0): SignedTransaction {
  const from = account(`sender-${firstSender + (i % SENDERS)}`)
  const transaction = {
    chainId,
    from,
    nonce: Math.floor(i / SENDERS),
    gasLimit: gasOf('transfer'),
    maxFeePerGas: 10n,
    maxPriorityFeePerGas: 2n,
    call: { kind: 'transfer', token: ZERO_ADDRESS, to: account('sender-0'), amount: 1n },
  } as const
  const signer = createStandInSigner({ seed: SEED, address: from })
  return { transaction, signature: signer.sign(transactionDigest(transaction)) }
}

/** A branch of so many blocks from genesis, in the odd or the even slots, with its own senders. */
function branch(
  engine: ChainEngine,
  blocks: number,
  { firstSlot, firstSender }: { readonly firstSlot: number; readonly firstSender: number },
): Block[] {
  const inBlock = Math.ceil(TRANSACTIONS / blocks)
  return Array.from({ length: blocks }, (_, i) => {
    for (let j = i * inBlock; j < Math.min(TRANSACTIONS, (i + 1) * inBlock); j++)
      engine.submit(payment(asChainId(1), j, firstSender))
    return engine.produce({ number: 2 * i + firstSlot, allowEmpty: true }) as Block
  })
}

/** What a re-org at a producer takes, ms. */
interface Reorg {
  /** Both branches grow: the rival's blocks arrive one by one, are checked and wait. In all of them together. */
  readonly arrival: number
  /** The block that makes the rival's branch the better one: every block of the own branch is undone, every other run. */
  readonly there: number
  /** To the own branch again, whose writes are known. */
  readonly back: number
}

/**
 * Two branches of 64 blocks with 10,000 payments each, no payment on both: what one branch loses goes back to the pool.
 * The rival's blocks come as off a wire, with nothing of them remembered.
 */
function reorganise(): Reorg {
  const spec = network(1, producers)
  const [own, rival] = [engineOf(spec, asChainId(1), 'producer'), engineOf(spec, asChainId(1), 'rival')]
  branch(own, DEPTH, { firstSlot: 1, firstSender: 0 })
  const rivals = branch(rival, DEPTH + 1, { firstSlot: 2, firstSender: SENDERS }).map(
    (block) => deepFreeze(decodeCanonical(encodeCanonical(block))) as unknown as Block,
  )
  const ownTip = own.head()
  const arrival = timeMs(() => {
    for (const block of rivals.slice(0, -1)) own.import(block)
  })
  const there = timeMs(() => own.import(rivals.at(-1) as Block))
  if (own.head().hash !== rivals.at(-1)?.hash) throw new Error('The better branch was not followed.')
  if (own.poolSize() !== TRANSACTIONS) throw new Error('Not all orphaned payments are back in the pool.')
  // Two blocks on the old tip make the old branch the better one again; the first waits beside.
  const ahead = own.produce({ number: 2 * DEPTH + 5, allowEmpty: true, parent: ownTip.hash })?.hash
  const back = timeMs(() => own.follow(ahead as Hash32))
  if (own.head().hash !== ahead) throw new Error('The old branch was not followed again.')
  if (own.balance('USER', account(`sender-${SENDERS}`), ZERO_ADDRESS) !== FUNDS)
    throw new Error('The old branch does not have its old balances.')
  return { arrival, there, back }
}

/** Milliseconds of a week of ten chains. */
function quietWeek(): number {
  const spec = network(CHAINS, [party('producer')])
  const engines = spec.chains.map(({ chainId }) => engineOf(spec, chainId, 'producer'))
  const paying = engines.map((_, i) =>
    Array.from({ length: Math.ceil(WEEK_SLOTS / PAYMENT_SLOTS) }, (_unused, j) =>
      payment(asChainId(i + 1), j),
    ),
  )
  const view = createChainView({ spec })
  const start = performance.now()
  for (let number = 1; number <= WEEK_SLOTS; number++) {
    for (const [i, engine] of engines.entries()) {
      const isPaying = number % PAYMENT_SLOTS === 0
      if (isPaying) engine.submit(paying[i]?.[number / PAYMENT_SLOTS - 1] as SignedTransaction)
      if (!isPaying && number % EPOCH_SLOTS !== 0) continue
      const block = engine.produce({ number, allowEmpty: number % EPOCH_SLOTS === 0 })
      if (block !== null) view.applyBlock(block)
    }
  }
  const elapsed = performance.now() - start
  for (const { chainId } of spec.chains)
    if (view.finalized(chainId) < WEEK_SLOTS - 3 * EPOCH_SLOTS) throw new Error('A chain does not finalise.')
  return elapsed
}

function timeMs(work: () => unknown): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

function best<T>(times: readonly T[], of: (time: T) => number): number {
  return Math.min(...times.map(of))
}

export function run(): void {
  reorganise()
  const reorgs: Reorg[] = []
  const bare: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(timeMs(bareLoop))
    reorgs.push(reorganise())
  }
  const loop = Math.min(...bare)
  const line = (what: string, ms: number): void =>
    console.log(
      `${what.padEnd(64)} ${ms.toFixed(0).padStart(5)} ms  ${(ms / loop).toFixed(2).padStart(5)} loops`,
    )
  console.log(`best of ${ROUNDS}; a loop is ${BARE_ADDITIONS} float additions, here ${loop.toFixed(0)} ms`)
  console.log(`a re-org of ${DEPTH} blocks, ${TRANSACTIONS} transactions on either branch (goal 200 ms):`)
  line(
    '  to a branch that must be run',
    best(reorgs, ({ there }) => there),
  )
  line(
    '  back to one that ran before',
    best(reorgs, ({ back }) => back),
  )
  line(
    '  (before: its blocks arrive one by one and are checked)',
    best(reorgs, ({ arrival }) => arrival),
  )
  line(
    `a week of ${CHAINS} L1s, a heartbeat an epoch, a payment an hour (goal 3 s)`,
    best(Array.from({ length: ROUNDS }, quietWeek), (ms) => ms),
  )
}
