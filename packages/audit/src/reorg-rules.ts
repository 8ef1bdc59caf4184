// What holds on every branch, T-4 and O-2: the state is that of the branch and of nothing else. A sender's transactions
// stand in it in the order of their nonces, each once, whatever was orphaned before; and what a call is refused for must
// have happened on this branch.
import type { Address, ChainId } from '@solvent/primitives'
import { type Block, orderDigest } from '@solvent/protocol'
import type { Scope } from './chain-record.ts'
import type { OrderTable } from './order-record.ts'
import type { Tally } from './tally.ts'

export class ReorgRules {
  readonly #tally: Tally
  readonly #orders: OrderTable
  /** Of each chain and sender the nonce that its next transaction has; senders not seen yet may begin anywhere. */
  readonly #nonces = new Map<ChainId, Map<Address, number>>()

  constructor(tally: Tally, orders: OrderTable) {
    this.#tally = tally
    this.#orders = orders
  }

  /** A transaction stands at its place in the branch. */
  included(scope: Scope): void {
    const { chain, transaction, receipt, block } = scope
    if (transaction === null) return
    this.#tally.checked['T-4']++
    const { from, nonce } = transaction
    const nonces = this.#of(chain.chainId)
    const next = nonces.get(from)
    if (next !== undefined && nonce !== next)
      this.#breach(scope, `block ${block.header.number}: nonce ${nonce} of ${from}, the branch is at ${next}`)
    nonces.set(from, nonce + 1)
    if (receipt.reason === 'already-filled' || receipt.reason === 'already-open') this.#refused(scope)
  }

  /** Takes the transactions of an orphaned block back. */
  undo({ header, transactions }: Block): void {
    for (let i = transactions.length - 1; i >= 0; i--) {
      const { from, nonce } = transactions[i]!.transaction
      this.#of(header.chainId).set(from, nonce)
    }
  }

  /** O-2, T-4: nothing is refused for a fill or an opening that this branch does not hold. */
  #refused(scope: Scope): void {
    const { chain, transaction } = scope
    const call = transaction?.call
    if (call?.kind !== 'fill' && call?.kind !== 'open') return
    const id = orderDigest(call.order)
    const record = this.#orders.get(id)
    this.#tally.checked['O-2']++
    const isHeld = call.kind === 'fill' ? record?.fill?.chainId === chain.chainId : record?.wasOpened === true
    if (isHeld) return
    const what = call.kind === 'fill' ? 'a fill' : 'an opening'
    this.#breach(scope, `${id} is refused for ${what} that the branch does not hold`)
    if (call.kind === 'fill')
      this.#tally.breach('O-2', scope.atMs, chain.chainId, `${id} counts as filled, the branch holds no fill`)
  }

  #of(chainId: ChainId): Map<Address, number> {
    let nonces = this.#nonces.get(chainId)
    if (nonces === undefined) {
      nonces = new Map()
      this.#nonces.set(chainId, nonces)
    }
    return nonces
  }

  #breach({ chain, atMs }: Scope, detail: string): void {
    this.#tally.breach('T-4', atMs, chain.chainId, detail)
  }
}
