// What a transaction costs the settlement core, with the stand-in signatures of sweeps: the life of an order on two
// chains (open, fill, delivery, claim), journal and hashes included, and a day of chains on which nearly nothing happens.
import { type Address, asChainId, asHash32, asNodeId, ZERO_ADDRESS } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type Block,
  type BridgeMessage,
  type Call,
  contractAddress,
  createStandInSigner,
  createStandInVerifier,
  type Genesis,
  type NetworkSpec,
  type Order,
  orderDigest,
  type SignedTransaction,
  transactionDigest,
} from '@solvent/protocol'
import { noContracts } from '@solvent/protocol/testing'
import { type ChainEngine, createChainEngine, createChainView, gasOf } from '@solvent/settlement'

export const name = 'settlement: µs a transaction through pool, execution, journal and block'

const SEED = 'bench'
const ORDERS = 4_000
const ORDERS_IN_BLOCK = 50
const ACCOUNTS = 10_000
const L1 = asChainId(1)
const ORIGIN = asChainId(10)
const DESTINATION = asChainId(20)
const verifier = createStandInVerifier({ seed: SEED })
const account = (which: string): Address => contractAddress('account', which)
const party = (which: string) => ({ node: asNodeId(which), address: account(which) })
const usdc = contractAddress('token', 'USDC')
const bridge = contractAddress('bridge', 'solid')
const verifierName = 'verifier'
const genesisMs = 1_700_000_000_000
const FAR_SECONDS = genesisMs / 1_000 + 100_000_000

const chain = (chainId: typeof L1, chainName: string, slotMs: number) => ({
  chainId,
  name: chainName,
  slotMs,
  producers: [party('producer')],
  settler: contractAddress('settler', chainName),
  gasLimit: 1_000_000_000,
  baseFee: 7n,
  consensus: {
    kind: 'optimistic' as const,
    l1: L1,
    batchIntervalMs: 60_000,
    rootIntervalMs: 600_000,
    challengeWindowMs: 3_600_000,
    proposers: 'producers' as const,
    rootBond: 0n,
    challengers: [],
    sequencingWindowMs: 43_200_000,
    forcedDelayMs: 43_200_000,
  },
})

const spec: NetworkSpec = {
  ...noContracts,
  networkId: asHash32(`0x${'5e'.repeat(32)}`),
  genesisMs,
  signatures: 'stand-in',
  chains: [
    { ...chain(L1, 'l1', 12_000), consensus: { kind: 'l1', epochSlots: 32, finalityEpochs: 2 } },
    chain(ORIGIN, 'origin', 1_000),
    chain(DESTINATION, 'destination', 1_000),
  ],
  tokens: [ORIGIN, DESTINATION].map((chainId) => ({
    chainId,
    address: usdc,
    symbol: 'USDC',
    decimals: 6,
    wrappedBy: null,
  })),
  markets: [],
  bridges: [
    {
      name: 'solid',
      address: bridge,
      custody: { kind: 'lock-mint' },
      verification: {
        kind: 'quorum',
        verifiers: [party(verifierName)],
        threshold: 1,
        setIndex: 1,
      },
      finality: 'safe',
      relayers: [party('relayer')],
      issuer: party('issuer'),
      guardian: party('guardian'),
      routes: [],
      sharedDecimals: 8,
    },
  ],
  auctioneers: [],
  solvers: [party('solver')],
  operators: [],
}

function genesisOf(chainId: typeof L1): Genesis {
  const owners = ['solver', 'relayer', 'user', ...Array.from({ length: ACCOUNTS }, (_, i) => `account-${i}`)]
  const balances = owners.flatMap((owner) =>
    [ZERO_ADDRESS, usdc].map((token) => ({
      kind: 'USER' as const,
      owner: account(owner),
      token,
      amount: 10n ** 24n,
    })),
  )
  return { chainId, accounts: [], balances }
}

function engineOf(chainId: typeof L1): ChainEngine {
  const signer = createStandInSigner({ seed: SEED, address: account('producer') })
  return createChainEngine({ spec, chainId, genesis: genesisOf(chainId), verifier, signer })
}

function orderOf(nonce: number): Order {
  return {
    originChainId: ORIGIN,
    originSettler: contractAddress('settler', 'origin'),
    user: account('user'),
    nonce: BigInt(nonce),
    openDeadline: FAR_SECONDS,
    fillDeadline: FAR_SECONDS + 1,
    expires: FAR_SECONDS + 2,
    input: { token: usdc, amount: 1_000_000n },
    output: {
      chainId: DESTINATION,
      settler: contractAddress('settler', 'destination'),
      token: usdc,
      minAmount: 990_000n,
      recipient: account('user'),
    },
    prover: bridge,
    pricing: { rule: 'limit' },
    award: { by: 'chain' },
  }
}

/** Signing is not what is measured: transactions are made before the clock starts. */
class Sender {
  readonly #chainId: typeof L1
  readonly #from: string
  #nonce = 0

  constructor(chainId: typeof L1, from: string) {
    this.#chainId = chainId
    this.#from = from
  }

  sign(call: Call): SignedTransaction {
    const transaction = {
      chainId: this.#chainId,
      from: account(this.#from),
      nonce: this.#nonce++,
      gasLimit: gasOf(call.kind),
      maxFeePerGas: 10n,
      maxPriorityFeePerGas: 2n,
      call,
    }
    const signer = createStandInSigner({ seed: SEED, address: transaction.from })
    return { transaction, signature: signer.sign(transactionDigest(transaction)) }
  }
}

/** `shared`: as a simulation passes them, digests remembered. `copied`: as off the wire, everything hashed anew. */
type Passing = 'shared' | 'copied'

/** Runs one kind of call in blocks of 50; microseconds each, and the messages that were sent. */
function measure(engine: ChainEngine, given: readonly SignedTransaction[], passing: Passing) {
  const transactions = passing === 'copied' ? given.map(copy) : given
  const messages: BridgeMessage[] = []
  const start = performance.now()
  for (let i = 0; i < transactions.length; i += ORDERS_IN_BLOCK) {
    for (const each of transactions.slice(i, i + ORDERS_IN_BLOCK)) {
      const { accepted, reason } = engine.submit(each)
      if (!accepted) throw new Error(`The pool refused a transaction: ${reason}.`)
    }
    const block = engine.produce({ number: engine.head().header.number + 1, allowEmpty: false }) as Block
    for (const receipt of block.receipts) {
      if (receipt.status !== 'ok') throw new Error(`A transaction reverted: ${receipt.reason}.`)
      for (const event of receipt.events) if (event.kind === 'message-sent') messages.push(event.message)
    }
  }
  return { micros: ((performance.now() - start) * 1_000) / transactions.length, messages }
}

/** New objects, so that no digest is remembered from the signing. */
function copy({ transaction, signature }: SignedTransaction): SignedTransaction {
  return { transaction: structuredClone(transaction), signature }
}

function orders(
  count: number,
  first: number,
  engines: { origin: ChainEngine; destination: ChainEngine },
  senders: Sender[],
  passing: Passing,
) {
  const [opener, filler, relayer, claimer] = senders as [Sender, Sender, Sender, Sender]
  const { origin, destination } = engines
  const all = Array.from({ length: count }, (_, i) => orderOf(first + i))
  const user = createStandInSigner({ seed: SEED, address: account('user') })
  const verifying = createStandInSigner({ seed: SEED, address: account(verifierName) })
  const payee = account('solver')

  const opens = all.map((order) =>
    opener.sign({ kind: 'open', order, signature: user.sign(orderDigest(order)), award: null }),
  )
  const open = measure(origin, opens, passing)
  const fills = all.map((order) => filler.sign({ kind: 'fill', order, award: null, amount: 990_000n, payee }))
  const fill = measure(destination, fills, passing)
  const deliveries = fill.messages.map((message) => {
    const signature = verifying.sign(attestationDigest(attestationOf(message, 1)))
    return relayer.sign({
      kind: 'deliver',
      message,
      proof: { kind: 'quorum', setIndex: 1, signatures: [{ verifier: account(verifierName), signature }] },
    })
  })
  const deliver = measure(origin, deliveries, passing)
  const claims = all.map((order) => claimer.sign({ kind: 'claim', orderId: orderDigest(order) }))
  const claim = measure(origin, claims, passing)
  return { open: open.micros, fill: fill.micros, deliver: deliver.micros, claim: claim.micros }
}

/** A day of one L1 with a heartbeat an epoch, and nothing else, followed by a view. */
function quietDay(): number {
  const engine = engineOf(L1)
  const view = createChainView({ spec })
  const slots = 86_400_000 / 12_000
  const start = performance.now()
  for (let number = 1; number <= slots; number++) {
    const block = engine.produce({ number, allowEmpty: number % 32 === 0 })
    if (block !== null) view.applyBlock(block)
  }
  return performance.now() - start
}

export function run(): void {
  const startGenesis = performance.now()
  const engines = { origin: engineOf(ORIGIN), destination: engineOf(DESTINATION) }
  const genesisMillis = performance.now() - startGenesis
  const senders = [
    new Sender(ORIGIN, 'solver'),
    new Sender(DESTINATION, 'solver'),
    new Sender(ORIGIN, 'relayer'),
    new Sender(ORIGIN, 'user'),
  ]
  orders(1_000, 0, engines, senders, 'shared')
  for (const [i, passing] of (['shared', 'copied'] as const).entries()) {
    const { open, fill, deliver, claim } = orders(ORDERS, 1_000 + i * ORDERS, engines, senders, passing)
    const whole = open + fill + deliver + claim
    console.log(
      `${passing} objects: open ${open.toFixed(1)}  fill ${fill.toFixed(1)}  deliver ${deliver.toFixed(1)}  ` +
        `claim ${claim.toFixed(1)} µs; an order ${whole.toFixed(0)} µs, ${Math.round(1e6 / whole)} orders/s on one core`,
    )
  }
  console.log(`two genesis blocks of ${ACCOUNTS} accounts in two tokens ${genesisMillis.toFixed(0)} ms`)
  console.log(`a quiet day of an L1 (7,200 slots, a heartbeat an epoch) ${quietDay().toFixed(1)} ms`)
}
