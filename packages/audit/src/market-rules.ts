// Markets, A-1: a pool holds what its events say, a swap pays what its design's rule allows and no unit more, shares are
// given and taken at their part of the pool, and nobody gets less than asked for or after the deadline.
import type { Address, ChainId } from '@solvent/primitives'
import type { ChainEvent, MarketDesign, SharedDesign } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { MarketLedger } from './market-ledger.ts'
import { latenessProblem, marketCallOf, swapTermsProblems } from './market-terms.ts'
import { LOCKED_SHARES, pairSwapProblem, provisionProblem, withdrawalProblem } from './pair-arithmetic.ts'
import { stableProvisionProblem, stableSwapProblem } from './stable-arithmetic.ts'
import type { Tally } from './tally.ts'

type Event<K extends ChainEvent['kind']> = Extract<ChainEvent, { kind: K }>
type Swapped = Event<'swapped'>
type Provided = Event<'liquidity-added' | 'liquidity-removed'>

export class MarketRules {
  readonly #tally: Tally
  readonly #markets = new Map<Address, MarketLedger>()

  constructor(tally: Tally, index: NetworkIndex) {
    this.#tally = tally
    for (const spec of index.spec.markets) {
      const chain = index.chains.get(spec.chainId)
      if (chain === undefined || !isShared(spec.design)) continue
      this.#markets.set(spec.address, new MarketLedger({ ...spec, design: spec.design }, chain.book))
    }
  }

  genesis(): void {
    for (const market of this.#markets.values()) market.begin()
  }

  swapped(scope: Scope, event: Swapped): void {
    const market = this.#find(scope, event.market)
    if (market === null) return
    const { tokenIn, amountIn, amountOut } = event
    const { token0, token1 } = market.spec
    if (tokenIn !== token0 && tokenIn !== token1)
      return this.#breach(scope, market, `takes ${tokenIn}, which it does not trade`)
    for (const problem of swapTermsProblems(scope, event)) this.#breach(scope, market, problem)
    const swap = { sells0: tokenIn === token0, amountIn, amountOut }
    const problem = swapProblem(market, swap)
    if (problem !== null) this.#breach(scope, market, problem)
    moveSwap(market, event, 1n)
  }

  provided(scope: Scope, event: Provided): void {
    const market = this.#find(scope, event.market)
    if (market === null) return
    const isAdded = event.kind === 'liquidity-added'
    const call = marketCallOf(scope, isAdded ? 'add-liquidity' : 'remove-liquidity')
    if (call !== null) {
      if (event.amount0 < call.minAmount0 || event.amount1 < call.minAmount1)
        this.#breach(
          scope,
          market,
          `moves ${event.amount0} and ${event.amount1}, less than the call asks for`,
        )
      this.#inTime(scope, market, call)
    }
    const problem = isAdded ? addedProblem(market, event) : withdrawalProblem(market, event)
    if (problem !== null) this.#breach(scope, market, problem)
    moveLiquidity(market, event, 1n)
  }

  /** What a market says of itself, against its events and the journal. */
  synced(scope: Scope, { market: address, reserve0, reserve1, priceX96 }: Event<'market-synced'>): void {
    const market = this.#find(scope, address)
    if (market === null) return
    if (reserve0 !== market.reserve0 || reserve1 !== market.reserve1)
      this.#breach(
        scope,
        market,
        `says ${reserve0} and ${reserve1}, its events leave ${market.reserve0} and ${market.reserve1}`,
      )
    const price = priceOf(market)
    if (price !== null && priceX96 !== price)
      this.#breach(scope, market, `says a price of ${priceX96}, its reserves ${price}`)
    this.#sound(scope.atMs, market)
  }

  /** The price that a pair's reserves give; null when there is no such pair, or its design's price is another. */
  priceOf(address: Address): bigint | null {
    const market = this.#markets.get(address)
    return market === undefined ? null : priceOf(market)
  }

  sums(atMs: number): void {
    for (const market of this.#markets.values()) this.#sound(atMs, market)
  }

  /** Takes an event of an orphaned block back. */
  undo(event: ChainEvent): void {
    if (event.kind === 'swapped') {
      const market = this.#markets.get(event.market)
      if (market !== undefined) moveSwap(market, event, -1n)
    } else if (event.kind === 'liquidity-added' || event.kind === 'liquidity-removed') {
      const market = this.#markets.get(event.market)
      if (market !== undefined) moveLiquidity(market, event, -1n)
    }
  }

  #sound(atMs: number, market: MarketLedger): void {
    this.#tally.checked['A-1']++
    const { reserve0, reserve1, shares, booked0, booked1, bookedShares } = market
    if (reserve0 !== booked0 || reserve1 !== booked1)
      this.#report(
        atMs,
        market,
        `the journal holds ${booked0} and ${booked1}, events leave ${reserve0} and ${reserve1}`,
      )
    if (shares !== bookedShares)
      this.#report(atMs, market, `the journal has ${bookedShares} shares, events leave ${shares}`)
  }

  #inTime(scope: Scope, market: MarketLedger, call: { readonly deadline: number }): void {
    const problem = latenessProblem(scope, call)
    if (problem !== null) this.#breach(scope, market, problem)
  }

  #find({ chain, atMs }: Scope, address: Address): MarketLedger | null {
    this.#tally.checked['A-1']++
    const market = this.#markets.get(address)
    if (market?.chainId === chain.chainId) return market
    this.#tell(atMs, chain.chainId, `there is no market ${address} on this chain`)
    return null
  }

  #breach({ atMs }: Scope, market: MarketLedger, detail: string): void {
    this.#report(atMs, market, detail)
  }

  #report(atMs: number, { spec, chainId }: MarketLedger, detail: string): void {
    this.#tell(atMs, chainId, `market ${spec.name} ${detail}`)
  }

  #tell(atMs: number, chainId: ChainId, detail: string): void {
    this.#tally.breach('A-1', atMs, chainId, detail)
  }
}

function isShared(design: MarketDesign): design is SharedDesign {
  return design.kind === 'constant-product' || design.kind === 'stable-swap'
}

function swapProblem(
  market: MarketLedger,
  swap: { readonly sells0: boolean; readonly amountIn: bigint; readonly amountOut: bigint },
): string | null {
  const { design } = market.spec
  return design.kind === 'constant-product'
    ? pairSwapProblem(market, design.feePips, swap)
    : stableSwapProblem(market, design, swap)
}

function addedProblem(market: MarketLedger, event: Provided): string | null {
  const { design } = market.spec
  return design.kind === 'constant-product'
    ? provisionProblem(market, event)
    : stableProvisionProblem(market, design, event)
}

/** The price that reserves alone give; null where the design's is another. */
function priceOf({ spec, reserve0, reserve1 }: MarketLedger): bigint | null {
  if (spec.design.kind !== 'constant-product') return null
  return reserve0 === 0n ? 0n : (reserve1 * 2n ** 96n) / reserve0
}

function moveSwap(market: MarketLedger, { tokenIn, amountIn, amountOut }: Swapped, sign: 1n | -1n): void {
  const sells0 = tokenIn === market.spec.token0
  market.reserve0 += sign * (sells0 ? amountIn : -amountOut)
  market.reserve1 += sign * (sells0 ? -amountOut : amountIn)
}

function moveLiquidity(market: MarketLedger, event: Provided, direction: 1n | -1n): void {
  const isAdded = event.kind === 'liquidity-added'
  const sign = isAdded ? direction : -direction
  const locks = market.spec.design.kind === 'constant-product'
  const isFirst =
    locks &&
    isAdded &&
    (direction === 1n ? market.shares === 0n : market.shares === event.shares + LOCKED_SHARES)
  market.reserve0 += sign * event.amount0
  market.reserve1 += sign * event.amount1
  market.shares += sign * (event.shares + (isFirst ? LOCKED_SHARES : 0n))
}
