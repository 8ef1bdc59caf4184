// Purchases under way: each step is a transaction of its own, signed when the one before it is in a block, with what that one has paid. What a purchase
// that breaks off has come by stays with the solver, as any other token that it has too much of.
import { assertNever, BPS, type ChainId, type Hash32, keccakHex, msToSeconds } from '@solvent/primitives'
import type { Call, Receipt } from '@solvent/protocol'
import type { SolverBooks } from '../solver-books.ts'
import type { Crossing, Sale, Step, TokenAt } from './step.ts'

/** A sale may come out worse by so much: others trade in the same block. */
const TOLERANCE_BPS = 100n
/** How long a step may take to a block before it is pointless. */
export const PATIENCE_MS = 120_000

export interface Purchase {
  /** The chain that it is for. */
  readonly chainId: ChainId
  readonly name: string
  readonly steps: readonly Step[]
  /** The step that is next. */
  readonly index: number
}

interface SignedStep {
  readonly purchase: Purchase
  readonly reservation: Hash32
}

export class Purchases {
  readonly #books: SolverBooks
  /** Steps that are signed and in no block yet, by ref. */
  readonly #signed = new Map<string, SignedStep>()

  constructor(books: SolverBooks) {
    this.#books = books
  }

  /** Something is on its way to a block for this chain. */
  isBusy(chainId: ChainId): boolean {
    for (const { purchase } of this.#signed.values()) if (purchase.chainId === chainId) return true
    return false
  }

  /** The next step, as much of the amount as it takes. */
  begin(purchase: Purchase, amount: bigint): void {
    const step = purchase.steps[purchase.index]
    if (step === undefined) return
    const { amountIn, amountOut } = this.#books.sourcing.quote(step, amount)
    if (amountIn <= 0n) return
    switch (step.kind) {
      case 'stock':
        // Nothing moves: what lies there is sold there.
        return this.begin({ ...purchase, index: purchase.index + 1 }, amountOut)
      case 'sale': {
        const at = { chainId: step.mirror.spec.chainId, token: step.sold }
        return this.#sign(purchase, at, amountIn, (deadlineMs) =>
          this.#swap(step, amountIn, amountOut, deadlineMs),
        )
      }
      case 'crossing':
        return this.#sign(purchase, step.from, amountIn, () => this.#cross(step, amountIn))
      default:
        return assertNever(step)
    }
  }

  /** True when the transaction is one of its own. */
  onIncluded(ref: string, receipt: Receipt): boolean {
    const signed = this.#ended(ref, receipt.status === 'ok' ? 'filled' : 'failed')
    if (signed === undefined) return ref.startsWith(PREFIX)
    if (receipt.status === 'ok') this.#goOn(signed.purchase, receipt)
    return true
  }

  onAbandoned(ref: string): boolean {
    this.#ended(ref, 'expired')
    return ref.startsWith(PREFIX)
  }

  #goOn(purchase: Purchase, { events }: Receipt): void {
    const done = purchase.steps[purchase.index]
    if (done?.kind !== 'sale') return
    const market = done.mirror.spec.address
    const paid = events.reduce(
      (sum, event) => (event.kind === 'swapped' && event.market === market ? sum + event.amountOut : sum),
      0n,
    )
    this.begin({ ...purchase, index: purchase.index + 1 }, paid)
  }

  #sign(
    purchase: Purchase,
    { chainId, token }: TokenAt,
    amount: bigint,
    callOf: (deadlineMs: number) => Call,
  ): void {
    const { self, inventory, ports, send } = this.#books
    const ref = `${PREFIX}${purchase.chainId}/${purchase.name}/${purchase.index}`
    const reservation = keccakHex(new TextEncoder().encode(`${self}/${ref}`))
    if (!inventory.reserve(reservation, chainId, token, amount, 'rebalance')) return
    this.#signed.set(ref, { purchase, reservation })
    const deadlineMs = ports.clock.nowMs() + PATIENCE_MS
    send({ chainId, ref, deadlineMs, call: callOf(deadlineMs) })
  }

  #swap({ mirror, sold }: Sale, amountIn: bigint, amountOut: bigint, deadlineMs: number): Call {
    return {
      ...{ kind: 'swap', market: mirror.spec.address, tokenIn: sold, amountIn, recipient: this.#books.self },
      minAmountOut: (amountOut * (BPS - TOLERANCE_BPS)) / BPS,
      deadline: Math.floor(msToSeconds(deadlineMs)),
    }
  }

  #cross({ bridge, from, to }: Crossing, amount: bigint): Call {
    return {
      ...{ kind: 'bridge-out', bridge: bridge.address, token: from.token, amount },
      ...{ dstChainId: to.chainId, recipient: this.#books.self },
    }
  }

  #ended(ref: string, how: 'filled' | 'failed' | 'expired'): SignedStep | undefined {
    const signed = this.#signed.get(ref)
    if (signed === undefined) return undefined
    this.#signed.delete(ref)
    this.#books.inventory.release(signed.reservation, how)
    return signed
  }
}

const PREFIX = 'source/'
