// What finality and re-orgs cost: a re-org of 64 blocks with 10,000 transactions at a producer (goal 200 ms), and a week of
// ten L1s with a heartbeat an epoch and a payment an hour, produced and followed (goal 3 s). Stand-in signatures.
import { type Address, asChainId, asHash32, asNodeId, type ChainId, ZERO_ADDRESS } from '@solvent/primitives'
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
import { type ChainEngine, createChainEngine, createChainView, gasOf } from '@solvent/settlement'

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
const verifier = createStandInVerifier({ seed: SEED })
const account = (which: string): Address => contractAddress('account', which)
const party = (which: string) => ({ node: asNodeId(which), address: account(which) })
const producers = ['producer', 'rival'].map(party)

/** L1s with two producers, or with one. */
function network(chains: number, producing: NetworkSpec['chains'][number]['producers']): NetworkSpec {
  return {
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
    bridges: [],
    auctioneers: [],
    solvers: [],
    operators: [],
  }
}

function engineOf(spec: NetworkSpec, chainId: ChainId, producer: string): ChainEngine {
  const owners = Array.from({ length: SENDERS }, (_, i) => account(`sender-${i}`))
  const genesis: Genesis = {
    chainId,
    accounts: [],
    balances: owners.map((owner) => ({ kind: 'USER', owner, token: ZERO_ADDRESS, amount: 10n ** 24n })),
  }
  const signer = createStandInSigner({ seed: SEED, address: account(producer) })
  return createChainEngine({ spec, chainId, genesis, verifier, signer })
}

/** Payment `i` of many, from the senders in turn. */
function payment(chainId: ChainId, i: number, amount: bigint): SignedTransaction {
  const from = account(`sender-${i % SENDERS}`)
  const transaction = {
    chainId,
    from,
    nonce: Math.floor(i / SENDERS),
    gasLimit: gasOf('transfer'),
    maxFeePerGas: 10n,
    maxPriorityFeePerGas: 2n,
    call: { kind: 'transfer', token: ZERO_ADDRESS, to: account('sender-0'), amount },
  } as const
  const signer = createStandInSigner({ seed: SEED, address: from })
  return { transaction, signature: signer.sign(transactionDigest(transaction)) }
}

/** A branch of so many blocks from genesis, in the odd or the even slots. */
function branch(
  engine: ChainEngine,
  blocks: number,
  slots: { readonly first: number },
  amount: bigint,
): Block[] {
  const inBlock = Math.ceil(TRANSACTIONS / blocks)
  return Array.from({ length: blocks }, (_, i) => {
    for (let j = i * inBlock; j < Math.min(TRANSACTIONS, (i + 1) * inBlock); j++)
      engine.submit(payment(asChainId(1), j, amount))
    return engine.produce({ number: 2 * i + slots.first, allowEmpty: true }) as Block
  })
}

/** Milliseconds of a whole re-org at a producer: to the rival's branch, which it must run, and back, which it has run. */
function reorganise(): { readonly there: number; readonly back: number } {
  const spec = network(1, producers)
  const [own, rival] = [engineOf(spec, asChainId(1), 'producer'), engineOf(spec, asChainId(1), 'rival')]
  branch(own, DEPTH, { first: 1 }, 1n)
  const rivals = branch(rival, DEPTH + 1, { first: 2 }, 2n)
  const ownTip = own.head()
  for (const block of rivals.slice(0, -1)) own.import(block)
  const start = performance.now()
  own.import(rivals.at(-1) as Block)
  const there = performance.now() - start
  if (own.head().hash !== rivals.at(-1)?.hash) throw new Error('The better branch was not followed.')
  // Two blocks on the old tip make the old branch the better one again.
  const startBack = performance.now()
  let parent = ownTip.hash
  for (const number of [2 * DEPTH + 5, 2 * DEPTH + 7])
    parent = own.produce({ number, allowEmpty: true, parent })?.hash ?? parent
  const back = performance.now() - startBack
  if (own.head().hash !== parent) throw new Error('The old branch was not followed again.')
  return { there, back }
}

/** Milliseconds of a week of ten chains. */
function quietWeek(): number {
  const spec = network(CHAINS, [party('producer')])
  const engines = spec.chains.map(({ chainId }) => engineOf(spec, chainId, 'producer'))
  const paying = engines.map((_, i) =>
    Array.from({ length: Math.ceil(WEEK_SLOTS / PAYMENT_SLOTS) }, (_unused, j) =>
      payment(asChainId(i + 1), j, 1n),
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

export function run(): void {
  reorganise()
  const { there, back } = reorganise()
  console.log(
    `a re-org of ${DEPTH} blocks, ${TRANSACTIONS} transactions run anew ${there.toFixed(0)} ms; back again ${back.toFixed(0)} ms`,
  )
  console.log(`a week of ${CHAINS} L1s, a heartbeat an epoch, a payment an hour ${quietWeek().toFixed(0)} ms`)
}
