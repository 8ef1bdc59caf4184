// What was paid under keys that are broken to whoever can sign with them: nobody sees whose hand signed, so that all of it since
// the break counts as stolen.
import { type Address, type ChainId, type Hash32, type NodeId, secondsToMs } from '@solvent/primitives'
import { type Block, type NetworkSpec, signerOf } from '@solvent/protocol'
import type { BlockBook } from './block-book.ts'
import type { AccountsBroken } from './gossip-memory.ts'

export interface TheftOutcome {
  /** The node whose account it was. */
  readonly id: NodeId
  readonly chain: string
  readonly asset: string
  /** Base units. */
  readonly amount: bigint
  readonly transactions: number
}

interface Payment {
  readonly owner: NodeId
  readonly from: Address
  readonly chainId: ChainId
  readonly token: Address
  readonly amount: bigint
}

export class TheftMeter implements BlockBook {
  readonly #spec: NetworkSpec
  readonly #breaks: AccountsBroken[] = []
  /** By block: payments of accounts that were broken when it came. */
  readonly #payments = new Map<Hash32, readonly Payment[]>()

  constructor(spec: NetworkSpec) {
    this.#spec = spec
  }

  declared(event: AccountsBroken): void {
    this.#breaks.push(event)
  }

  followed(block: Block): void {
    if (this.#breaks.length === 0) return
    const stolen = this.#stolenIn(block)
    if (stolen.length > 0) this.#payments.set(block.hash, stolen)
  }

  orphaned({ hash }: Block): void {
    this.#payments.delete(hash)
  }

  /** By account, chain and asset. */
  outcomes(): TheftOutcome[] {
    const sums = new Map<string, TheftOutcome>()
    for (const payment of [...this.#payments.values()].flat()) {
      const { from, chainId, token, amount } = payment
      const key = `${from}/${chainId}/${token}`
      const known = sums.get(key) ?? { ...this.#named(payment), amount: 0n, transactions: 0 }
      sums.set(key, { ...known, amount: known.amount + amount, transactions: known.transactions + 1 })
    }
    return [...sums.values()]
  }

  #stolenIn({ header: { chainId, timestamp }, transactions, receipts }: Block): Payment[] {
    const atMs = secondsToMs(timestamp)
    return transactions.flatMap(({ transaction }, index) => {
      const { from, call } = transaction
      if (call.kind !== 'transfer' || receipts[index]?.status !== 'ok') return []
      const owner = this.#robbed(signerOf(transaction), call.to, atMs)
      return owner === undefined ? [] : [{ owner, from, chainId, token: call.token, amount: call.amount }]
    })
  }

  /** Whose key it is that is broken for whoever is paid. */
  #robbed(key: Address, to: Address, atMs: number): NodeId | undefined {
    for (const { by, atMs: brokenMs, accounts } of this.#breaks) {
      const owner = accounts.find(({ address }) => address === key)
      if (owner !== undefined && by === to && brokenMs <= atMs) return owner.node
    }
    return undefined
  }

  #named({ owner, chainId, token }: Payment): Pick<TheftOutcome, 'id' | 'chain' | 'asset'> {
    return {
      id: owner,
      chain: this.#spec.chains.find((chain) => chain.chainId === chainId)!.name,
      asset:
        this.#spec.tokens.find((each) => each.chainId === chainId && each.address === token)?.symbol ?? token,
    }
  }
}
