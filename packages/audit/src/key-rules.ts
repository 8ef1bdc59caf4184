// Keys of accounts, S-9: a transaction carries the signature of the key that counts for its account. Which that is follows from the
// rotations, and a rotation counts when the key before it has signed it. Signatures of accounts whose keys have never moved are the chain's
// business (a block with a false one is refused by whoever imports it), and are not read again.
import type { Address } from '@solvent/primitives'
import { type ChainEvent, type Transaction, transactionDigest } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import { WriteLog } from './credit-undo.ts'
import type { SignatureCheck } from './signature-check.ts'
import type { Tally } from './tally.ts'

type Rotation = Extract<ChainEvent, { kind: 'key-rotated' }>

export class KeyRules {
  readonly #tally: Tally
  readonly #check: SignatureCheck
  /** By `chain/account`: the key that counts, where it is not the first. */
  readonly #keys = new Map<string, Address>()
  readonly #log = new WriteLog()

  constructor(tally: Tally, check: SignatureCheck) {
    this.#tally = tally
    this.#check = check
  }

  /** Before its events. */
  included(scope: Scope): void {
    const { transaction } = scope
    if (transaction === null) return
    const { from, signer = from, call } = transaction
    const counts = this.#keys.get(keyOf(scope, from))
    const isRotation = call.kind === 'rotate-key'
    if (counts === undefined && signer === from && !isRotation) return
    this.#tally.checked['S-9']++
    const due = counts ?? from
    if (signer !== due)
      this.#breach(scope, `a transaction of ${from} is signed by ${signer}, and ${due} counts`)
    else this.#signature(scope, transaction, signer)
    if (!isRotation || scope.receipt.status === 'reverted') return
    const said = scope.receipt.events.some(({ kind }) => kind === 'key-rotated')
    if (!said) this.#breach(scope, `a rotation of ${from} leaves the key that it has`)
  }

  rotated(scope: Scope, { account, key }: Rotation): void {
    this.#tally.checked['S-9']++
    const { transaction } = scope
    const isAsked =
      transaction?.call.kind === 'rotate-key' && transaction.from === account && transaction.call.key === key
    if (!isAsked) this.#breach(scope, `the key of ${account} becomes ${key}, which its owner did not ask for`)
    const at = keyOf(scope, account)
    const before = this.#keys.get(at)
    this.#keys.set(at, key)
    this.#log.note(scope.block.hash, () => {
      if (before === undefined) this.#keys.delete(at)
      else this.#keys.set(at, before)
    })
  }

  undoBlock(hash: string): void {
    this.#log.undo(hash)
  }

  #signature(scope: Scope, transaction: Transaction, signer: Address): void {
    const signed = scope.block.transactions.find((each) => each.transaction === transaction)
    const problem = this.#check(transactionDigest(transaction), signed?.signature ?? '', signer)
    if (problem !== null)
      this.#breach(scope, `the signature of a transaction of ${transaction.from} ${problem}`)
  }

  #breach({ atMs, chain, block }: Scope, detail: string): void {
    this.#tally.breach('S-9', atMs, chain.chainId, `block ${block.header.number}: ${detail}`)
  }
}

function keyOf({ chain }: Scope, account: Address): string {
  return `${chain.chainId}/${account}`
}
