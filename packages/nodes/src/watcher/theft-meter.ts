// What accounts whose keys are broken have paid to whoever can sign for them: nobody sees whose hand signed, so that all of it since
// the break counts as stolen.
import { type Address, type ChainId, type Hash32, type NodeId, secondsToMs } from '@solvent/primitives'
import type { Block, NetworkSpec } from '@solvent/protocol'
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
    for (const { from, chainId, token, amount } of [...this.#payments.values()].flat()) {
      const key = `${from}/${chainId}/${token}`
      const known = sums.get(key) ?? { ...this.#named(from, chainId, token), amount: 0n, transactions: 0 }
      sums.set(key, { ...known, amount: known.amount + amount, transactions: known.transactions + 1 })
    }
    return [...sums.values()]
  }

  #stolenIn({ header: { chainId, timestamp }, transactions, receipts }: Block): Payment[] {
    const atMs = secondsToMs(timestamp)
    return transactions.flatMap(({ transaction: { from, call } }, index) =>
      call.kind === 'transfer' && receipts[index]?.status === 'ok' && this.#isStolen(from, call.to, atMs)
        ? [{ from, chainId, token: call.token, amount: call.amount }]
        : [],
    )
  }

  #isStolen(from: Address, to: Address, atMs: number): boolean {
    return this.#breaks.some(
      (broken) =>
        broken.by === to && broken.atMs <= atMs && broken.accounts.some(({ address }) => address === from),
    )
  }

  #named(from: Address, chainId: ChainId, token: Address): Pick<TheftOutcome, 'id' | 'chain' | 'asset'> {
    const parties = this.#breaks.flatMap(({ accounts }) => accounts)
    return {
      id: parties.find(({ address }) => address === from)!.node,
      chain: this.#spec.chains.find((chain) => chain.chainId === chainId)!.name,
      asset:
        this.#spec.tokens.find((each) => each.chainId === chainId && each.address === token)?.symbol ?? token,
    }
  }
}
