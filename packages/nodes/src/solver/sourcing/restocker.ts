// Keeps the mix of what a solver holds on a chain: when fills have drained one token, it buys that back with another on the markets of the chain,
// split over them, from what is not set aside.
import { type Address, BPS, type ChainId, type Hash32, keccakHex, msToSeconds } from '@solvent/primitives'
import type { Block, Receipt } from '@solvent/protocol'
import { planTransfer } from '../rebalance-plan.ts'
import type { SolverBooks } from '../solver-books.ts'

/** A sale may come out worse by so much: others trade in the same block. */
const TOLERANCE_BPS = 100n
/** How long a purchase may take to a block before it is pointless. */
const PATIENCE_MS = 120_000
const UNIT = 10n ** 24n

export class Restocker {
  readonly #books: SolverBooks
  /** Sales that are signed and in no block yet, by ref: the reservation that covers each. */
  readonly #selling = new Map<string, Hash32>()

  constructor(books: SolverBooks) {
    this.#books = books
  }

  /** After a block has been read: one purchase on its chain at a time. */
  onBlock({ header: { chainId, number, timestamp } }: Block): void {
    const { init, sourcing, isReady, ports } = this.#books
    if (init.sourcing === null || !isReady(chainId) || this.#isSelling(chainId)) return
    // After a restart the past is read again.
    if (ports.clock.nowMs() - timestamp * 1_000 > PATIENCE_MS) return
    for (const pair of sourcing.pairs()) if (pair.chainId === chainId) this.#look(pair, number)
  }

  /** True when the transaction is one of its own. */
  onIncluded(ref: string, receipt: Receipt): boolean {
    return this.#ended(ref, receipt.status === 'ok' ? 'filled' : 'failed')
  }

  onAbandoned(ref: string): boolean {
    return this.#ended(ref, 'expired')
  }

  #look(
    { chainId, tokens }: { readonly chainId: ChainId; readonly tokens: readonly [Address, Address] },
    block: number,
  ): void {
    const { init, inventory, slow, facts, sourcing } = this.#books
    const worth = (token: Address, amount: bigint): bigint => facts.valueE8(chainId, token, amount)
    const plan = planTransfer(
      tokens.map((at) => ({
        at,
        free: worth(at, inventory.free(chainId, at)),
        held: worth(at, inventory.balance(chainId, at)),
        reference: worth(at, slow.reference(chainId, at)),
      })),
      init.sourcing?.bandBps ?? 0,
    )
    if (plan === null) return
    const unitE8 = worth(plan.from, UNIT)
    const amount = unitE8 === 0n ? 0n : (plan.amount * UNIT) / unitE8
    const exchange = { chainId, sold: plan.from, bought: plan.to }
    for (const { venue, amountIn, amountOut } of sourcing.split(exchange, amount))
      this.#sell({ ...exchange, market: venue.spec.address, amountIn, amountOut }, block)
  }

  #sell(
    sale: {
      readonly chainId: ChainId
      readonly market: Address
      readonly sold: Address
      readonly amountIn: bigint
      readonly amountOut: bigint
    },
    block: number,
  ): void {
    const { chainId, market, sold, amountIn, amountOut } = sale
    const { self, inventory, ports, send } = this.#books
    const ref = `${refPrefix(chainId)}${block}/${market}`
    const id = keccakHex(new TextEncoder().encode(`${self}/${ref}`))
    if (!inventory.reserve(id, chainId, sold, amountIn, 'rebalance')) return
    this.#selling.set(ref, id)
    const deadlineMs = ports.clock.nowMs() + PATIENCE_MS
    send({
      chainId,
      ref,
      deadlineMs,
      call: {
        ...{ kind: 'swap', market, tokenIn: sold, amountIn, recipient: self },
        minAmountOut: (amountOut * (BPS - TOLERANCE_BPS)) / BPS,
        deadline: Math.floor(msToSeconds(deadlineMs)),
      },
    })
  }

  #isSelling(chainId: ChainId): boolean {
    for (const ref of this.#selling.keys()) if (ref.startsWith(refPrefix(chainId))) return true
    return false
  }

  #ended(ref: string, how: 'filled' | 'failed' | 'expired'): boolean {
    const id = this.#selling.get(ref)
    if (id === undefined) return ref.startsWith('source/')
    this.#selling.delete(ref)
    this.#books.inventory.release(id, how)
    return true
  }
}

const refPrefix = (chainId: ChainId): string => `source/${chainId}/`
