// Moves bridged assets between chains when orders have piled them up on one side: looks at fixed moments, at most one
// transfer of an asset in a cool-down, never over a paused bridge, never inventory that is set aside.
import type { TimerId } from '@solvent/ports'
import { type Address, type ChainId, type Hash32, keccakHex } from '@solvent/primitives'
import type { BridgeRoute, BridgeSpec, ChainEvent, Receipt } from '@solvent/protocol'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import { estimateCrossing } from './crossing-estimate.ts'
import { type Place, planTransfer } from './rebalance-plan.ts'
import type { SolverBooks } from './solver-books.ts'
import type { RebalanceRule } from './solver-init.ts'
import { TransitBook } from './transit-book.ts'

/** Amounts of tokens with different decimals are compared in this many. */
const COMMON_DECIMALS = 18

interface End {
  readonly chainId: ChainId
  readonly token: Address
  readonly decimals: number
}

export class Rebalancer {
  readonly #books: SolverBooks
  readonly #rule: RebalanceRule | null
  readonly #transit: TransitBook
  readonly #timers: TimerTable<'look'>
  /** Transfers that are signed and in no block yet, by name: the reservation that covers each. */
  readonly #leaving = new Map<string, Hash32>()

  constructor(books: SolverBooks) {
    this.#books = books
    this.#rule = books.init.rebalance
    this.#transit = new TransitBook(books.self)
    this.#timers = createTimerTable(books.ports.timers)
  }

  /** Assets on their way, in transfers. */
  get inTransit(): number {
    return this.#transit.size + this.#leaving.size
  }

  start(): void {
    this.#planLook()
  }

  onTimer(timer: TimerId): boolean {
    if (this.#timers.take(timer) === undefined) return false
    this.#planLook()
    for (const bridge of this.#books.facts.spec.bridges) {
      for (const route of bridge.routes) this.#look(bridge, route)
    }
    return true
  }

  onEvent(chainId: ChainId, event: ChainEvent): void {
    this.#transit.onEvent(chainId, event)
  }

  /** Our transfer is in a block: it has left, or it failed and is free again. */
  onIncluded(ref: string, receipt: Receipt): void {
    const id = this.#leaving.get(ref)
    if (id === undefined) return
    this.#leaving.delete(ref)
    this.#books.inventory.release(id, receipt.status === 'ok' ? 'filled' : 'failed')
  }

  onAbandoned(ref: string): void {
    const id = this.#leaving.get(ref)
    if (id !== undefined) this.#books.inventory.release(id, 'expired')
    this.#leaving.delete(ref)
  }

  /** Looks at multiples of the cool-down since genesis: the same moments in every run. */
  #planLook(): void {
    if (this.#rule === null) return
    const { ports, facts } = this.#books
    const { genesisMs } = facts.spec
    const period = Math.max(1, this.#rule.cooldownMs)
    const next = Math.floor((ports.clock.nowMs() - genesisMs) / period) + 1
    this.#timers.setAt(genesisMs + next * period, 'look')
  }

  #look(bridge: BridgeSpec, route: BridgeRoute): void {
    const { monitor, nowSeconds, isReady, distress } = this.#books
    const ends = this.#endsOf(route)
    if (this.#rule === null || distress.isInDefault || monitor.isPaused(bridge.address, nowSeconds())) return
    if (this.#isMoving(route) || !ends.every(({ chainId }) => isReady(chainId))) return
    const transfer = planTransfer(
      ends.map((end) => this.#placeOf(end)),
      this.#rule.bandBps,
    )
    if (transfer !== null && this.#isWorthIt(bridge, transfer)) this.#move(bridge, route, transfer)
  }

  /** Not over a bridge that asks too much, takes too long, or cannot say when it pays. */
  #isWorthIt(bridge: BridgeSpec, { from, to, amount }: { from: End; to: End; amount: bigint }): boolean {
    const { facts, pools } = this.#books
    const plan = { bridge, from: from.chainId, to, amount: fromCommon(amount, to.decimals) }
    const { feeBps, waitSeconds } = estimateCrossing(plan, facts, pools)
    if (this.#rule === null || waitSeconds === null) return false
    return feeBps <= this.#rule.maxFeeBps && waitSeconds <= this.#rule.maxWaitSeconds
  }

  #move(
    bridge: BridgeSpec,
    route: BridgeRoute,
    { from, to, amount }: { from: End; to: End; amount: bigint },
  ): void {
    const { ports, self, inventory, send } = this.#books
    const units = fromCommon(amount, from.decimals)
    const ref = `${refPrefix(route)}${ports.clock.nowMs()}`
    const id = keccakHex(new TextEncoder().encode(`${self}/${ref}`))
    if (units <= 0n || !inventory.reserve(id, from.chainId, from.token, units, 'rebalance')) return
    this.#leaving.set(ref, id)
    send({
      chainId: from.chainId,
      ref,
      call: {
        kind: 'bridge-out',
        bridge: bridge.address,
        token: from.token,
        amount: units,
        dstChainId: to.chainId,
        recipient: self,
      },
    })
  }

  /** A transfer of this asset has been signed and is in no block. */
  #isMoving(route: BridgeRoute): boolean {
    for (const ref of this.#leaving.keys()) if (ref.startsWith(refPrefix(route))) return true
    return false
  }

  #placeOf(end: End): Place<End> {
    const { inventory, slow } = this.#books
    const { chainId, token, decimals } = end
    const held = inventory.balance(chainId, token) + this.#transit.arriving(chainId, token)
    const reference = slow.reference(chainId, token)
    return {
      at: end,
      free: toCommon(inventory.free(chainId, token), decimals),
      held: toCommon(held, decimals),
      reference: toCommon(reference, decimals),
    }
  }

  #endsOf({ home, wrapped }: BridgeRoute): End[] {
    const { tokens } = this.#books.facts.spec
    return [home, ...wrapped].flatMap(({ chainId, token }) => {
      const spec = tokens.find((each) => each.chainId === chainId && each.address === token)
      return spec === undefined ? [] : [{ chainId, token, decimals: spec.decimals }]
    })
  }
}

function refPrefix({ symbol, home }: BridgeRoute): string {
  return `rebalance/${symbol}/${home.chainId}/`
}

/** Rounded down where a token has more decimals. */
function toCommon(amount: bigint, decimals: number): bigint {
  return decimals <= COMMON_DECIMALS
    ? amount * 10n ** BigInt(COMMON_DECIMALS - decimals)
    : amount / 10n ** BigInt(decimals - COMMON_DECIMALS)
}

/** Rounded down. */
function fromCommon(amount: bigint, decimals: number): bigint {
  return decimals <= COMMON_DECIMALS
    ? amount / 10n ** BigInt(COMMON_DECIMALS - decimals)
    : amount * 10n ** BigInt(decimals - COMMON_DECIMALS)
}
