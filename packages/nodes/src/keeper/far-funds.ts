// Cross-chain liquidation by intents: a keeper whose money lies on another chain signs an order there for the debt's coin here. A solver
// fills it from its own inventory and is repaid over the bridge; the keeper liquidates once the fill has reached it, if the account still
// needs it and nobody was faster. What it pays for that is the most that its rules allow, and the time is that of the order's chains.
import { type Address, type ChainId, MS_PER_SECOND, type OrderId } from '@solvent/primitives'
import type { Block, Genesis, NetworkSpec, Order } from '@solvent/protocol'
import type { OrderDesk } from '../user/order-desk.ts'
import { standing } from '../user/tracked-order.ts'
import type { KeeperNow } from './appraisal.ts'
import { KeeperPurse } from './keeper-purse.ts'

export interface FundingRules {
  /** Where the money is. */
  readonly chainId: ChainId
  /** The bridge that proves fills there. */
  readonly prover: Address
  /** What it gives beyond what it gets, basis points: the solver's margin, gas and capital. */
  readonly feeBps: number
  /** From signing to the last valid fill, and to the last moment before a refund. */
  readonly fillSeconds: number
  readonly expiresSeconds: number
}

/** What a liquidation needs in a coin of this chain. */
export interface Shortfall {
  readonly token: Address
  readonly amount: bigint
}

const BPS = 10_000n

export class FarFunds {
  readonly #spec: NetworkSpec
  readonly #chainId: ChainId
  readonly #self: Address
  readonly #rules: FundingRules
  readonly #purse: KeeperPurse
  readonly #signed = new Map<OrderId, Order>()

  constructor(
    spec: NetworkSpec,
    at: { readonly chainId: ChainId; readonly self: Address },
    { rules, genesis }: { readonly rules: FundingRules; readonly genesis: Genesis },
  ) {
    this.#spec = spec
    this.#chainId = at.chainId
    this.#self = at.self
    this.#rules = rules
    this.#purse = new KeeperPurse(at.self, genesis)
  }

  followed(block: Block): void {
    if (block.header.chainId === this.#rules.chainId) this.#purse.followed(block)
  }

  orphaned(block: Block): void {
    if (block.header.chainId === this.#rules.chainId) this.#purse.orphaned(block)
  }

  /** An order is out, also one of a life before. */
  onSigned(orderId: OrderId, order: Order): void {
    this.#signed.set(orderId, order)
  }

  /** Of a coin here: what orders on their way bring, and what the money there could still buy. */
  reach(token: Address, desk: OrderDesk, { atSeconds }: KeeperNow): bigint {
    const far = this.#farToken(token)
    if (far === null) return 0n
    const bound = [...this.#signed].reduce(
      (sum, [orderId, order]) =>
        order.input.token === far && this.#isBound(orderId, order, desk, atSeconds)
          ? sum + order.input.amount
          : sum,
      0n,
    )
    const free = this.#purse.of(far) - bound
    return this.incoming(token, desk, atSeconds) + (free <= 0n ? 0n : (free * BPS) / (BPS + this.feeBps))
  }

  /** What fills that are awaited bring of a coin. */
  incoming(token: Address, desk: OrderDesk, atSeconds: number): bigint {
    let sum = 0n
    for (const [orderId, { output, fillDeadline }] of this.#signed) {
      const found = desk.find(orderId)
      const state = found === undefined ? 'signed' : standing(found).state
      if (output.token === token && atSeconds <= fillDeadline && (state === 'signed' || state === 'open'))
        sum += output.minAmount
    }
    return sum
  }

  /** The order for what is short; null where there is nothing to pay with. */
  orderFor({ token, amount }: Shortfall, desk: OrderDesk, now: KeeperNow): Order | null {
    const far = this.#farToken(token)
    if (far === null || amount <= 0n) return null
    const input = (amount * (BPS + this.feeBps) + BPS - 1n) / BPS
    const signedAt = Math.floor((this.#spec.genesisMs + now.elapsedMs) / MS_PER_SECOND)
    const { fillSeconds, expiresSeconds, prover, chainId } = this.#rules
    return {
      originChainId: chainId,
      originSettler: this.#settlerOf(chainId),
      user: this.#self,
      nonce: this.#nextNonce(desk),
      openDeadline: signedAt + fillSeconds,
      fillDeadline: signedAt + fillSeconds,
      expires: signedAt + expiresSeconds,
      input: { token: far, amount: input },
      output: {
        chainId: this.#chainId,
        settler: this.#settlerOf(this.#chainId),
        token,
        minAmount: amount,
        recipient: this.#self,
      },
      prover,
      pricing: { rule: 'limit' },
      award: { by: 'chain' },
    }
  }

  /** Basis points by which what it gets costs more. */
  get feeBps(): bigint {
    return BigInt(this.#rules.feeBps)
  }

  #nextNonce(desk: OrderDesk): bigint {
    let nonce = BigInt(this.#signed.size)
    while (desk.hasSigned(nonce)) nonce++
    return nonce
  }

  /** Its input is not in escrow yet, so that the purse still shows it. */
  #isBound(orderId: OrderId, { openDeadline }: Order, desk: OrderDesk, atSeconds: number): boolean {
    const found = desk.find(orderId)
    return atSeconds <= openDeadline && (found === undefined || standing(found).state === 'signed')
  }

  /** The same asset on the chain of the money. */
  #farToken(token: Address): Address | null {
    const here = this.#spec.tokens.find((each) => each.chainId === this.#chainId && each.address === token)
    const there = this.#spec.tokens.find(
      (each) => each.chainId === this.#rules.chainId && each.symbol === here?.symbol,
    )
    return there !== undefined && there.decimals === here?.decimals ? there.address : null
  }

  #settlerOf(chainId: ChainId): Address {
    return this.#spec.chains.find((each) => each.chainId === chainId)!.settler
  }
}
