// What the escrow contract of one chain remembers: orders opened here, nonces used here, fills made here.
import type { Address, OrderId } from '@solvent/primitives'
import type { Order } from '@solvent/protocol'
import { UndoableMap, type UndoLog } from '../ledger/undo-log.ts'
import type { OrderState } from './order-state.ts'

/** An order opened on this chain; replaced as a whole, never changed. */
export interface OrderRecord {
  readonly order: Order
  readonly state: OrderState
  /** Base units of the input token that the escrow took in. */
  readonly escrowed: bigint
  /** Who is paid once a fill is proven. */
  readonly payee: Address | null
}

/** How much of an order that is awarded in parts is taken; replaced as a whole. */
export interface TakenRecord {
  /** Base units of the input, of all parts together. */
  readonly input: bigint
  readonly isCancelled: boolean
}

export class SettlerState {
  readonly orders: UndoableMap<OrderId, OrderRecord>
  /** Orders of which a part has been taken, by the id of the whole. */
  readonly taken: UndoableMap<OrderId, TakenRecord>
  /** Orders filled on this chain, with their solver. */
  readonly fills: UndoableMap<OrderId, Address>
  /** 256 nonces to a word, as Permit2's unordered nonce bitmap. */
  readonly #nonceWords: UndoableMap<string, bigint>

  constructor(log: UndoLog) {
    this.orders = new UndoableMap(log)
    this.taken = new UndoableMap(log)
    this.fills = new UndoableMap(log)
    this.#nonceWords = new UndoableMap(log)
  }

  nonceUsed(user: Address, nonce: bigint): boolean {
    return ((this.#nonceWords.get(wordKey(user, nonce)) ?? 0n) & bitOf(nonce)) !== 0n
  }

  setNonceUsed(user: Address, nonce: bigint, used: boolean): void {
    const key = wordKey(user, nonce)
    const word = this.#nonceWords.get(key) ?? 0n
    this.#nonceWords.set(key, used ? word | bitOf(nonce) : word & ~bitOf(nonce))
  }
}

function wordKey(user: Address, nonce: bigint): string {
  return `${user}/${nonce >> 8n}`
}

function bitOf(nonce: bigint): bigint {
  return 1n << (nonce & 255n)
}
