// What was slashed reaches its user (O-17): an auctioneer that has taken part of a bond pays it to the user of the order by a transfer of its own, and has
// five minutes of the chain's time for it. Transfers are counted from blocks, what was slashed from what auctioneers record, so that it is judged where both
// are known. A fault that holds the auctioneer or a producer of the chain excuses it. A re-org takes a payment back.
import type { Address, NodeId } from '@solvent/primitives'
import type { Block, DomainEvent, NetworkSpec } from '@solvent/protocol'
import type { ChainRecord } from './chain-record.ts'
import type { FaultBook } from './fault-book.ts'
import type { Tally } from './tally.ts'

type Slash = Extract<DomainEvent, { kind: 'bond-slashed' }>

/** Chain time from the slash until its user must have been paid. */
const PAID_WITHIN_SECONDS = 300
const MS = 1_000

export class SlashPayments {
  readonly #tally: Tally
  readonly #spec: NetworkSpec
  readonly #faults: FaultBook
  readonly #auctioneers: ReadonlyMap<NodeId, Address>
  readonly #addresses: ReadonlySet<Address>
  /** Auctioneer, user, chain and token → what blocks say it has paid. */
  readonly #paid = new Map<string, bigint>()
  readonly #slashes: { readonly atMs: number; readonly node: NodeId; readonly event: Slash }[] = []

  constructor(tally: Tally, spec: NetworkSpec, faults: FaultBook) {
    this.#tally = tally
    this.#spec = spec
    this.#faults = faults
    this.#auctioneers = new Map(spec.auctioneers.map(({ node, address }) => [node, address]))
    this.#addresses = new Set(this.#auctioneers.values())
  }

  /** Counts what a block's transfers of auctioneers pay; -1 takes an orphaned one back. */
  block({ header, transactions, receipts }: Block, sign: 1n | -1n): void {
    if (this.#addresses.size === 0) return
    for (let i = 0; i < transactions.length; i++) {
      const { from, call } = transactions[i]!.transaction
      if (call.kind !== 'transfer' || !this.#addresses.has(from) || receipts[i]?.status !== 'ok') continue
      const key = `${from}/${call.to}/${header.chainId}/${call.token}`
      this.#paid.set(key, (this.#paid.get(key) ?? 0n) + sign * call.amount)
    }
  }

  slashed(atMs: number, node: NodeId, event: Slash): void {
    this.#slashes.push({ atMs, node, event })
  }

  /** Everything that was slashed long enough ago is paid, order after order. */
  end(chains: ReadonlyMap<Block['header']['chainId'], ChainRecord>, atMs: number): void {
    const due = new Map<string, bigint>()
    for (const { atMs: slashedAtMs, node, event } of this.#slashes) {
      const { chainId, user, token, amount, orderId } = event
      const chain = chains.get(chainId)
      if (chain === undefined || chain.knownUntil * MS < slashedAtMs + PAID_WITHIN_SECONDS * MS) continue
      if (this.#isExcused(node, chainId, slashedAtMs, atMs)) continue
      const key = `${this.#auctioneers.get(node)}/${user}/${chainId}/${token}`
      const owed = (due.get(key) ?? 0n) + amount
      due.set(key, owed)
      this.#tally.checked['O-17']++
      const paid = this.#paid.get(key) ?? 0n
      if (paid >= owed) continue
      this.#tally.breach(
        'O-17',
        slashedAtMs,
        chainId,
        `${node} has taken ${owed} for ${user} with order ${orderId}, and paid it ${paid}`,
      )
    }
  }

  #isExcused(node: NodeId, chainId: Slash['chainId'], fromMs: number, untilMs: number): boolean {
    const producers = this.#spec.chains.find((chain) => chain.chainId === chainId)?.producers ?? []
    return [node, ...producers.map((producer) => producer.node)].some((each) =>
      this.#faults.touched(each, { fromMs, untilMs }),
    )
  }
}
