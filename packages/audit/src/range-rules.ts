// Pools of concentrated liquidity, A-2: what a pool holds is what its ranges and their fees are worth, to the roundings; a swap
// takes and pays what its way through the ranges costs; a range is paid what it held and what it has earned.
import type { Address, ChainId } from '@solvent/primitives'
import type { ChainEvent, MarketSpec } from '@solvent/protocol'
import type { ChainBook } from './book.ts'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { WriteLog } from './credit-undo.ts'
import { latenessProblem, marketCallOf, swapTermsProblems } from './market-terms.ts'
import { AMOUNT_BITS, coarseness, heldAt, rootAt } from './range-arithmetic.ts'
import {
  dusted,
  type HeldRange,
  keyOfRange,
  liquidityAt,
  openedRanges,
  owedBy,
  type RangeState,
  swappedRanges,
} from './range-ledger.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>

interface Pool {
  readonly spec: MarketSpec
  readonly book: ChainBook
  state: RangeState
  /** A swap whose way has not been told yet. */
  swap: Event<'swapped'> | null
}

/** The last places of a root that a tick may be off by. */
const ROOT_PLACES = 4n

export class RangeRules {
  readonly #tally: Tally
  readonly #pools = new Map<Address, Pool>()
  readonly #log = new WriteLog()

  constructor(tally: Tally, index: NetworkIndex) {
    this.#tally = tally
    for (const spec of index.spec.markets) {
      const chain = index.chains.get(spec.chainId)
      if (chain === undefined || spec.design.kind !== 'concentrated') continue
      this.#pools.set(spec.address, {
        spec,
        book: chain.book,
        state: openedRanges(spec.design),
        swap: null,
      })
    }
  }

  genesis(): void {
    for (const pool of this.#pools.values()) pool.state = { ...pool.state, ...booked(pool) }
  }

  has(address: Address): boolean {
    return this.#pools.has(address)
  }

  /** Of token 0 in token 1, times 2^96; null: no pool of ranges. */
  priceOf(address: Address): bigint | null {
    const pool = this.#pools.get(address)
    return pool === undefined ? null : (pool.state.root * pool.state.root) >> 96n
  }

  /** Of its price, times 2^96; 0: no pool of ranges. */
  rootOf(address: Address): bigint {
    return this.#pools.get(address)?.state.root ?? 0n
  }

  swapped(scope: Scope, event: Event<'swapped'>): void {
    const pool = this.#find(scope, event.market)
    if (pool === null) return
    for (const problem of swapTermsProblems(scope, event)) this.#breach(scope.atMs, pool, problem)
    pool.swap = event
  }

  moved(scope: Scope, event: Event<'tick-moved'>): void {
    const pool = this.#find(scope, event.market)
    if (pool === null) return
    const { swap } = pool
    pool.swap = null
    if (swap === null) return this.#breach(scope.atMs, pool, 'moves its price without a swap')
    const { sqrtPriceX96: root, tick } = event
    if (rootAt(tick) > root + ROOT_PLACES || rootAt(tick + 1) + ROOT_PLACES < root)
      this.#breach(scope.atMs, pool, `says tick ${tick} at a root of ${root}`)
    const { tokenIn, amountIn, amountOut } = swap
    const isDown = tokenIn === pool.spec.token0
    const next = swappedRanges(pool.spec, pool.state, { isDown, amountIn, amountOut, root, tick })
    if (typeof next === 'string') return this.#breach(scope.atMs, pool, next)
    this.#set(scope, pool, next)
    const inRange = liquidityAt(next, tick)
    if (inRange !== event.liquidity)
      this.#breach(scope.atMs, pool, `says ${event.liquidity} in range, positions there have ${inRange}`)
  }

  minted(scope: Scope, event: Event<'range-minted'>): void {
    const pool = this.#find(scope, event.market)
    if (pool === null) return
    const { owner, liquidity, amount0, amount1 } = event
    const call = marketCallOf(scope, 'mint-range')
    if (call !== null) {
      this.#onTime(scope, pool, call)
      const isLess = amount0 < call.minAmount0 || amount1 < call.minAmount1
      if (isLess || amount0 > call.amount0 || amount1 > call.amount1)
        this.#breach(scope.atMs, pool, `takes ${amount0} and ${amount1}, which the call does not offer`)
      if (owner !== scope.transaction?.from)
        this.#breach(scope.atMs, pool, `gives ${owner} a range that somebody else pays for`)
    }
    const worth = heldAt(pool.state.root, event)
    const slack = coarseness(pool.state.root, liquidity)
    for (const [paid, real, most] of [
      [amount0, worth.amount0, slack.amount0],
      [amount1, worth.amount1, slack.amount1],
    ] as const)
      if (paid + most < whole(real) || paid > whole(real) + most)
        this.#breach(scope.atMs, pool, `takes ${paid} for liquidity that holds ${whole(real)}`)
    const key = keyOfRange(event)
    const { tickLower, tickUpper } = event
    const held = pool.state.ranges.get(key) ?? fresh({ owner, tickLower, tickUpper })
    const grown = { ...held, liquidity: held.liquidity + liquidity, steps: held.steps + 2n }
    const state = { ...pool.state, ranges: new Map(pool.state.ranges).set(key, grown) }
    this.#set(scope, pool, dusted(moved(state, amount0, amount1), liquidity, 2n))
  }

  burned(scope: Scope, event: Event<'range-burned'>): void {
    const pool = this.#find(scope, event.market)
    if (pool === null) return
    const { owner, liquidity, amount0, amount1, paid0, paid1 } = event
    const call = marketCallOf(scope, 'burn-range')
    if (call !== null) {
      this.#onTime(scope, pool, call)
      if (amount0 < call.minAmount0 || amount1 < call.minAmount1)
        this.#breach(scope.atMs, pool, `gives ${amount0} and ${amount1}, less than the call asks for`)
      if (owner !== scope.transaction?.from)
        this.#breach(scope.atMs, pool, `pays out a range of ${owner}, who did not ask`)
    }
    const key = keyOfRange(event)
    const held = pool.state.ranges.get(key)
    if (held === undefined || liquidity > held.liquidity)
      return this.#breach(scope.atMs, pool, `takes ${liquidity} out of a range with ${held?.liquidity ?? 0n}`)
    const worth = heldAt(pool.state.root, event)
    const slack = coarseness(pool.state.root, held.liquidity)
    for (const [paid, real, fees, most] of [
      [paid0, worth.amount0, held.fees0, slack.amount0],
      [paid1, worth.amount1, held.fees1, slack.amount1],
    ] as const) {
      const due = whole(real + fees)
      const granted = held.steps * most + 2n
      if (paid > due + granted || paid + granted < due)
        this.#breach(scope.atMs, pool, `pays ${paid} for a range that is due ${due}`)
    }
    const ranges = new Map(pool.state.ranges)
    const left = held.liquidity - liquidity
    if (left === 0n) ranges.delete(key)
    else ranges.set(key, { ...held, liquidity: left, fees0: 0n, fees1: 0n, steps: 1n })
    this.#set(
      scope,
      pool,
      dusted(moved({ ...pool.state, ranges }, -paid0, -paid1), held.liquidity, held.steps + 2n),
    )
  }

  /** What a pool says of itself, against its events, the journal and what it owes. */
  synced(scope: Scope, event: Event<'market-synced'>): void {
    const pool = this.#find(scope, event.market)
    if (pool === null) return
    const { state } = pool
    if (event.reserve0 !== state.reserve0 || event.reserve1 !== state.reserve1)
      this.#breach(
        scope.atMs,
        pool,
        `says ${event.reserve0} and ${event.reserve1}, its events leave ${state.reserve0} and ${state.reserve1}`,
      )
    const price = (state.root * state.root) >> 96n
    if (event.priceX96 !== price)
      this.#breach(scope.atMs, pool, `says a price of ${event.priceX96}, its swaps leave ${price}`)
    this.#sound(scope.atMs, pool)
  }

  sums(atMs: number): void {
    for (const pool of this.#pools.values()) this.#sound(atMs, pool)
  }

  undoBlock(hash: string): void {
    this.#log.undo(hash)
  }

  #sound(atMs: number, pool: Pool): void {
    this.#tally.checked['A-2']++
    const { state } = pool
    const { reserve0, reserve1 } = booked(pool)
    if (reserve0 !== state.reserve0 || reserve1 !== state.reserve1)
      this.#breach(
        atMs,
        pool,
        `the journal holds ${reserve0} and ${reserve1}, events leave ${state.reserve0} and ${state.reserve1}`,
      )
    const owed = owedBy(state)
    for (const [held, due, dust] of [
      [state.reserve0, owed.amount0, state.dust0],
      [state.reserve1, owed.amount1, state.dust1],
    ] as const)
      if (held + dust < due || held > due + dust)
        this.#breach(atMs, pool, `holds ${held}, its ranges and fees are worth ${due}, roundings ${dust}`)
  }

  #onTime(scope: Scope, pool: Pool, call: { readonly deadline: number }): void {
    const problem = latenessProblem(scope, call)
    if (problem !== null) this.#breach(scope.atMs, pool, problem)
  }

  #set({ block }: Scope, pool: Pool, state: RangeState): void {
    const before = pool.state
    this.#log.note(block.hash, () => {
      pool.state = before
    })
    pool.state = state
  }

  #find({ chain, atMs }: Scope, address: Address): Pool | null {
    this.#tally.checked['A-2']++
    const pool = this.#pools.get(address)
    if (pool?.spec.chainId === chain.chainId) return pool
    this.#tell(atMs, chain.chainId, `there is no pool of ranges ${address} on this chain`)
    return null
  }

  #breach(atMs: number, { spec }: Pool, detail: string): void {
    this.#tell(atMs, spec.chainId, `market ${spec.name} ${detail}`)
  }

  #tell(atMs: number, chainId: ChainId, detail: string): void {
    this.#tally.breach('A-2', atMs, chainId, detail)
  }
}

const whole = (real: bigint): bigint => real >> AMOUNT_BITS

function fresh(range: Pick<HeldRange, 'owner' | 'tickLower' | 'tickUpper'>): HeldRange {
  return { ...range, liquidity: 0n, fees0: 0n, fees1: 0n, steps: 0n }
}

function moved(state: RangeState, amount0: bigint, amount1: bigint): RangeState {
  return { ...state, reserve0: state.reserve0 + amount0, reserve1: state.reserve1 + amount1 }
}

function booked({ spec, book }: Pool): { readonly reserve0: bigint; readonly reserve1: bigint } {
  return {
    reserve0: book.token(spec.token0).balance('POOL', spec.address),
    reserve1: book.token(spec.token1).balance('POOL', spec.address),
  }
}
