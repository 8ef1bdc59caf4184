// Promises of inclusion, T-10: a promise that the branch shows to be broken costs its producer the penalty once, or what is
// left of the bond, half of it to the sender and the rest burned; a kept one costs nothing, and a proof of a broken one is
// not refused. Where transactions stand and which nonces are used is read here from the blocks alone.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import {
  type Block,
  type ChainEvent,
  type Preconfirmation,
  preconfirmationDigest,
  transactionDigest,
} from '@solvent/protocol'
import type { ChainRecord, Scope } from './chain-record.ts'
import type { SignatureCheck } from './signature-check.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

/** What one chain's blocks say. */
class Promises {
  /** Wei by producer. */
  readonly bonds = new Map<Address, bigint>()
  /** Digests of promises that were paid for. */
  readonly paid = new Set<Hash32>()
  /** Block of each transaction. */
  readonly included = new Map<Hash32, number>()
  /** The nonce after the newest of each sender's. */
  readonly nonces = new Map<Address, number>()
}

export class PromiseRules {
  readonly #tally: Tally
  readonly #check: SignatureCheck
  readonly #chains = new Map<ChainId, Promises>()

  constructor(tally: Tally, check: SignatureCheck) {
    this.#tally = tally
    this.#check = check
  }

  /** A transaction stands in a block; before its events are read. */
  included(scope: Scope): void {
    const { chain, transaction, receipt, block } = scope
    if (chain.spec.preconfirmations === undefined || transaction === null) return
    const promises = this.#of(chain.chainId)
    promises.included.set(transactionDigest(transaction), block.header.number)
    promises.nonces.set(transaction.from, transaction.nonce + 1)
    const { call } = transaction
    if (call.kind === 'prove-broken-promise' && receipt.status === 'reverted')
      this.#refused(scope, call.promise.preconfirmation, call.promise.signature)
  }

  bonded(scope: Scope, { producer, amount }: Event<'preconfirmations-bonded'>): void {
    this.#tally.checked['T-10']++
    const { transaction, chain } = scope
    const { bonds } = this.#of(chain.chainId)
    const call = transaction?.call
    if (call?.kind !== 'bond-preconfirmations' || call.amount !== amount || transaction?.from !== producer)
      this.#breach(scope, `a bond of ${amount} of ${producer} that no call put up`)
    if (held(scope, producer) !== -amount)
      this.#breach(scope, `a bond of ${amount} of ${producer}, the journal takes ${-held(scope, producer)}`)
    bonds.set(producer, (bonds.get(producer) ?? 0n) + amount)
  }

  broken(scope: Scope, { preconfirmation, amount }: Event<'promise-broken'>): void {
    this.#tally.checked['T-10']++
    const { chain, transaction } = scope
    const { bonds, paid } = this.#of(chain.chainId)
    const digest = preconfirmationDigest(preconfirmation)
    const bond = bonds.get(preconfirmation.producer) ?? 0n
    const call = transaction?.call
    const proof = call?.kind === 'prove-broken-promise' ? call.promise : null
    const problem =
      proof === null || preconfirmationDigest(proof.preconfirmation) !== digest
        ? 'which no call handed in'
        : (this.#excuse(scope, preconfirmation, proof.signature) ??
          this.#wrongPayment(scope, preconfirmation, amount, bond))
    if (paid.has(digest)) this.#breach(scope, `${naming(preconfirmation)} is paid for a second time`)
    if (problem !== null) this.#breach(scope, `${naming(preconfirmation)}, ${problem}`)
    bonds.set(preconfirmation.producer, bond - amount)
    paid.add(digest)
  }

  /** Takes an event of an orphaned block back. */
  undo({ chainId }: ChainRecord, event: ChainEvent): void {
    if (event.kind !== 'preconfirmations-bonded' && event.kind !== 'promise-broken') return
    const { bonds, paid } = this.#of(chainId)
    const producer = event.kind === 'promise-broken' ? event.preconfirmation.producer : event.producer
    const change = event.kind === 'promise-broken' ? event.amount : -event.amount
    bonds.set(producer, (bonds.get(producer) ?? 0n) + change)
    if (event.kind === 'promise-broken') paid.delete(preconfirmationDigest(event.preconfirmation))
  }

  /** Takes the transactions of an orphaned block back. */
  undoBlock({ chainId, spec }: ChainRecord, { transactions }: Block): void {
    if (spec.preconfirmations === undefined) return
    const { included, nonces } = this.#of(chainId)
    for (let i = transactions.length - 1; i >= 0; i--) {
      const { transaction } = transactions[i]!
      included.delete(transactionDigest(transaction))
      nonces.set(transaction.from, transaction.nonce)
    }
  }

  /** A proof was refused: the promise must have been kept, be paid for, or have no bond left behind it. */
  #refused(scope: Scope, preconfirmation: Preconfirmation, signature: string): void {
    this.#tally.checked['T-10']++
    const { bonds, paid } = this.#of(scope.chain.chainId)
    const { reason } = scope.receipt
    if (reason === 'out-of-gas' || paid.has(preconfirmationDigest(preconfirmation))) return
    if ((bonds.get(preconfirmation.producer) ?? 0n) === 0n) return
    if (this.#excuse(scope, preconfirmation, signature) === null)
      this.#breach(scope, `${naming(preconfirmation)} is broken, and its proof is refused: ${reason}`)
  }

  /** Why the promise costs nothing here; null when it is broken. */
  #excuse({ chain, block }: Scope, preconfirmation: Preconfirmation, signature: string): string | null {
    const { transactionHash, sender, nonce, producer } = preconfirmation
    const { included, nonces } = this.#of(chain.chainId)
    const { number } = block.header
    if (preconfirmation.chainId !== chain.chainId) return `of chain ${preconfirmation.chainId}`
    const fault = this.#check(preconfirmationDigest(preconfirmation), signature, producer)
    if (fault !== null) return `whose signature ${fault}`
    if (number <= preconfirmation.block) return `which may be kept until block ${preconfirmation.block}`
    const at = included.get(transactionHash)
    if (at !== undefined) return at <= preconfirmation.block ? `kept in block ${at}` : null
    const next = nonces.get(sender) ?? 0
    return next > nonce ? `whose sender has used nonce ${nonce} otherwise` : null
  }

  #wrongPayment(
    scope: Scope,
    { producer, sender }: Preconfirmation,
    amount: bigint,
    bond: bigint,
  ): string | null {
    const penalty = scope.chain.spec.preconfirmations?.penalty ?? 0n
    const owed = bond < penalty ? bond : penalty
    if (owed <= 0n || amount !== owed)
      return `paid ${amount}; the penalty is ${penalty}, the bond of ${producer} ${bond}`
    let received = 0n
    let burned = 0n
    for (const { cause, legs } of scope.receipt.entries) {
      if (cause !== 'bond-forfeit') continue
      for (const leg of legs) {
        if (leg.kind === 'BURN') burned += leg.amount
        else if (leg.kind !== 'BOND' && leg.owner === sender) received += leg.amount
      }
    }
    const half = amount / 2n
    return received === half && burned === amount - half
      ? null
      : `${received} to the sender and ${burned} burned, of ${amount}`
  }

  #of(chainId: ChainId): Promises {
    let promises = this.#chains.get(chainId)
    if (promises === undefined) {
      promises = new Promises()
      this.#chains.set(chainId, promises)
    }
    return promises
  }

  #breach({ chain, atMs, block }: Scope, detail: string): void {
    this.#tally.breach('T-10', atMs, chain.chainId, `block ${block.header.number}: ${detail}`)
  }
}

function naming({ transactionHash, block, producer }: Preconfirmation): string {
  return `the promise of ${producer} to include ${transactionHash} by block ${block}`
}

/** What the receipt's bond entries give an account. */
function held({ receipt }: Scope, owner: Address): bigint {
  let sum = 0n
  for (const { cause, legs } of receipt.entries)
    if (cause === 'bond-post')
      for (const leg of legs) if (leg.kind !== 'BOND' && leg.owner === owner) sum += leg.amount
  return sum
}
