// Drives one engine the way a test reads: at this time, this account makes this call, and this is its receipt.
import type { ChainId } from '@solvent/primitives'
import {
  attestationDigest,
  attestationOf,
  type Block,
  type BridgeMessage,
  type Call,
  type ContractFlaw,
  type Genesis,
  type NetworkSpec,
  type Receipt,
  type SignatureVerifier,
  type SignedTransaction,
  type Transaction,
  transactionDigest,
} from '@solvent/protocol'
import { gasOfCall } from '../chain/gas.ts'
import { type ChainEngine, createChainEngine } from '../execution/chain-engine.ts'
import type { SettlementRules } from '../settlement-rules.ts'
import {
  address,
  GENESIS_SECONDS,
  genesisOf,
  network,
  signer,
  verifier,
  verifierNames,
} from './small-network.ts'

export interface TestChainOptions {
  readonly spec?: NetworkSpec
  readonly genesis?: Genesis
  readonly rules?: SettlementRules
  readonly verifier?: SignatureVerifier
  /** What the bridges' contracts leave out from genesis. */
  readonly flaws?: readonly ContractFlaw[]
  /** Whose engine it is; the chain's first producer by default. */
  readonly producer?: string
}

export interface TestChain {
  readonly engine: ChainEngine
  /** Submits one call and produces the block of `second` (after genesis; the next slot by default). */
  call(name: string, call: Call, second?: number): Receipt
  /** As `call`, with every field of the transaction open to change. */
  send(name: string, call: Call, changes?: Partial<Transaction>, second?: number): Receipt
  sign(name: string, call: Call, changes?: Partial<Transaction>): SignedTransaction
  produce(second?: number, allowEmpty?: boolean): Block | null
}

const PRODUCERS: Readonly<Record<number, string>> = {
  1: 'l1-producer',
  10: 'origin-producer',
  20: 'destination-producer',
}

export function createTestChain(chainId: ChainId, options: TestChainOptions = {}): TestChain {
  const {
    spec: plain = network,
    genesis = genesisOf(chainId),
    rules,
    producer = PRODUCERS[chainId] as string,
  } = options
  const { flaws = [] } = options
  const spec = { ...plain, bridges: plain.bridges.map((bridge) => ({ ...bridge, flaws })) }
  const engine = createChainEngine({
    spec,
    chainId,
    genesis,
    verifier: options.verifier ?? verifier,
    signer: signer(producer),
    ...(rules === undefined ? {} : { rules }),
  })
  const slotMs = spec.chains.find((chain) => chain.chainId === chainId)?.slotMs as number

  function sign(name: string, call: Call, changes: Partial<Transaction> = {}): SignedTransaction {
    const transaction: Transaction = {
      chainId,
      from: address(name),
      nonce: engine.nextNonce(address(name)),
      gasLimit: gasOfCall(call),
      maxFeePerGas: 10n,
      maxPriorityFeePerGas: 2n,
      call,
      ...changes,
    }
    return { transaction, signature: signer(name).sign(transactionDigest(transaction)) }
  }

  function produce(second?: number, allowEmpty = false): Block | null {
    const next = engine.head().header.number + 1
    return engine.produce({
      number: second === undefined ? next : Math.floor((second * 1_000) / slotMs),
      allowEmpty,
    })
  }

  function send(name: string, call: Call, changes?: Partial<Transaction>, second?: number): Receipt {
    const signedTransaction = sign(name, call, changes)
    const { accepted, reason } = engine.submit(signedTransaction)
    if (!accepted) throw new Error(`The pool refused the transaction: ${reason}.`)
    const hash = transactionDigest(signedTransaction.transaction)
    const receipt = produce(second)?.receipts.find(({ transactionHash }) => transactionHash === hash)
    if (receipt === undefined) throw new Error('The transaction was not included.')
    return receipt
  }

  return { engine, sign, send, produce, call: (name, call, second) => send(name, call, {}, second) }
}

/** A delivery of a message signed by these verifiers (the first two of the solid bridge by default). */
export function delivery(
  message: BridgeMessage,
  names: readonly string[] = verifierNames.slice(0, 2),
  setIndex = 1,
): Extract<Call, { kind: 'deliver' }> {
  const digest = attestationDigest(attestationOf(message, setIndex))
  const signatures = names.map((name) => ({ verifier: address(name), signature: signer(name).sign(digest) }))
  return { kind: 'deliver', message, proof: { kind: 'quorum', setIndex, signatures } }
}

/** The message that a receipt says was sent. */
export function sentMessage(receipt: Receipt): BridgeMessage {
  for (const event of receipt.events) if (event.kind === 'message-sent') return event.message
  throw new Error(`No message was sent: ${receipt.status} ${receipt.reason}.`)
}

/** Chain time of a second after genesis. */
export function at(second: number): number {
  return GENESIS_SECONDS + second
}
