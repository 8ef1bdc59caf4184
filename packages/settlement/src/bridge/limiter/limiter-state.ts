// What the limiter of one bridge on one chain remembers.
import type { Address, ChainId, Hash32 } from '@solvent/primitives'
import type { BridgeMessage, ChainLimit, DeliveryEvidence, TransferLimiter } from '@solvent/protocol'
import { UndoableMap, type UndoLog } from '../../ledger/undo-log.ts'
import { limiterPriceE8 } from './limiter-rules.ts'
import { SlidingWindow } from './sliding-window.ts'

/** A transfer that was believed and waits. */
export interface QueuedTransfer {
  readonly message: BridgeMessage
  readonly evidence: DeliveryEvidence
  /** Unix seconds. */
  readonly releaseAt: number
  readonly votes: Readonly<Record<'release' | 'censor', readonly Address[]>>
}

export class LimiterState {
  readonly spec: TransferLimiter
  /** Null once it has left the queue. */
  readonly queue: UndoableMap<Hash32, QueuedTransfer | null>
  readonly #dynamicE8: UndoableMap<Address, bigint>
  readonly #floorsE8: ReadonlyMap<Address, bigint>
  readonly #windows: ReadonlyMap<ChainId, { readonly limit: ChainLimit; readonly window: SlidingWindow }>

  constructor(log: UndoLog, spec: TransferLimiter, chainId: ChainId) {
    this.spec = spec
    this.queue = new UndoableMap(log)
    this.#dynamicE8 = new UndoableMap(log)
    const tracked = spec.tokens.filter((token) => token.chainId === chainId)
    this.#floorsE8 = new Map(tracked.map(({ token, floorE8 }) => [token, floorE8]))
    for (const { token, dynamicE8 } of tracked) this.#dynamicE8.set(token, dynamicE8)
    this.#windows = new Map(
      spec.chains.map((limit) => [limit.chainId, { limit, window: new SlidingWindow(log) }]),
    )
  }

  /** The limit of a source chain and what has arrived of it; undefined where it has none. */
  of(source: ChainId): { readonly limit: ChainLimit; readonly window: SlidingWindow } | undefined {
    return this.#windows.get(source)
  }

  /** What a token of this chain is worth, or undefined where it is not tracked. */
  priceE8(token: Address): bigint | undefined {
    const floorE8 = this.#floorsE8.get(token)
    return floorE8 === undefined ? undefined : limiterPriceE8(floorE8, this.#dynamicE8.get(token) ?? 0n)
  }

  /** False where the token is not tracked. */
  setPrice(token: Address, priceE8: bigint): boolean {
    if (!this.#floorsE8.has(token)) return false
    this.#dynamicE8.set(token, priceE8)
    return true
  }
}
