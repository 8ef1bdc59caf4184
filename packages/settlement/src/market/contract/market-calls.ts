// The entry points of markets: checks market, deadline and tokens, lets the market's design say what moves, posts it and
// says so. Terms: Uniswap v2-periphery, UniswapV2Router02.sol.
import { assertNever, ZERO_ADDRESS } from '@solvent/primitives'
import type { Leg, MarketCall } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import { placeOrders, sweepBook } from './book-calls.ts'
import type { MarketContract } from './create-market.ts'
import type { SharedPool } from './market-contract.ts'
import { poolLeg, synced } from './market-entry.ts'
import { burnRange, mintRange } from './range-calls.ts'
import type { RangeContract } from './range-contract.ts'
import { burnVaultShares, mintVaultShares } from './vault-calls.ts'

type Ask<K extends MarketCall['kind']> = Extract<MarketCall, { kind: K }>

export function runMarketCall(context: CallContext, call: MarketCall): CallResult {
  const market = context.state.markets.get(call.market)
  if (market === undefined) return 'unknown-market'
  if (context.now > call.deadline) return 'deadline-passed'
  if ('recipient' in call && context.index.isProtected(call.recipient)) return 'not-authorised'
  switch (call.kind) {
    case 'swap':
      return trade(context, market, call)
    case 'add-liquidity':
      return market.kind === 'shares' ? addLiquidity(context, market, call) : 'wrong-design'
    case 'remove-liquidity':
      return market.kind === 'shares' ? removeLiquidity(context, market, call) : 'wrong-design'
    case 'place-orders':
      return market.kind === 'book' ? placeOrders(context, market, call) : 'wrong-design'
    case 'mint-range':
      return market.kind === 'ranges' ? mintRange(context, market, call) : 'wrong-design'
    case 'burn-range':
      return market.kind === 'ranges' ? burnRange(context, market, call) : 'wrong-design'
    case 'mint-vault-shares':
      return market.kind === 'ranges' ? mintVaultShares(context, market, call) : 'wrong-design'
    case 'burn-vault-shares':
      return market.kind === 'ranges' ? burnVaultShares(context, market, call) : 'wrong-design'
    default:
      return assertNever(call)
  }
}

function trade(context: CallContext, market: MarketContract, call: Ask<'swap'>): CallResult {
  const { token0, token1 } = market.spec
  if (call.tokenIn !== token0 && call.tokenIn !== token1) return 'unknown-token'
  if (call.amountIn <= 0n) return 'zero-amount'
  return market.kind === 'book' ? sweepBook(context, market, call) : swap(context, market, call)
}

function swap(context: CallContext, market: SharedPool | RangeContract, call: Ask<'swap'>): CallResult {
  const { state, sender, events, now, rules } = context
  const { address, token0, token1 } = market.spec
  const { tokenIn, amountIn, minAmountOut, recipient } = call
  const side = tokenIn === token0 ? 'sell-0' : 'sell-1'
  const swapped = market.swap({ side, amountIn, nowSeconds: now, rules })
  if (swapped.status === 'refused') return swapped.reason
  const { amountOut, rounding } = swapped
  if (amountOut < minAmountOut) return 'below-minimum'
  const tokenOut = side === 'sell-0' ? token1 : token0
  const legs = [
    holderLeg(state, sender, tokenIn, -amountIn),
    poolLeg(address, tokenIn, amountIn),
    poolLeg(address, tokenOut, -amountOut),
    holderLeg(state, recipient, tokenOut, amountOut),
  ]
  if (!state.ledger.post('swap', legs, rounding)) return 'insufficient-balance'
  events.push(
    { kind: 'swapped', market: address, sender, recipient, tokenIn, amountIn, amountOut },
    ...swapped.events,
  )
  return synced(context, market)
}

function addLiquidity(context: CallContext, market: SharedPool, call: Ask<'add-liquidity'>): CallResult {
  const { state, sender: provider, events, now } = context
  const { address, token0, token1 } = market.spec
  const { recipient } = call
  if (call.amount0 <= 0n || call.amount1 <= 0n) return 'zero-amount'
  const added = market.add({ amount0: call.amount0, amount1: call.amount1, nowSeconds: now })
  if (added.status === 'refused') return added.reason
  const { amount0, amount1, shares, locked, rounding } = added
  if (amount0 < call.minAmount0 || amount1 < call.minAmount1) return 'below-minimum'
  const { shareToken } = market
  const legs: Leg[] = [
    holderLeg(state, provider, token0, -amount0),
    poolLeg(address, token0, amount0),
    holderLeg(state, provider, token1, -amount1),
    poolLeg(address, token1, amount1),
    { kind: 'SUPPLY', owner: '', token: shareToken, amount: -(shares + locked) },
    holderLeg(state, recipient, shareToken, shares),
  ]
  if (locked > 0n) legs.push({ kind: 'USER', owner: ZERO_ADDRESS, token: shareToken, amount: locked })
  if (!state.ledger.post('add-liquidity', legs, rounding)) return 'insufficient-balance'
  events.push({ kind: 'liquidity-added', market: address, provider, recipient, amount0, amount1, shares })
  return synced(context, market)
}

function removeLiquidity(
  context: CallContext,
  market: SharedPool,
  call: Ask<'remove-liquidity'>,
): CallResult {
  const { state, sender: provider, events, now } = context
  const { address, token0, token1 } = market.spec
  const { shares, recipient } = call
  const removed = market.remove(shares, now)
  if (removed.status === 'refused') return removed.reason
  const { amount0, amount1, rounding } = removed
  if (amount0 < call.minAmount0 || amount1 < call.minAmount1) return 'below-minimum'
  const legs = [
    holderLeg(state, provider, market.shareToken, -shares),
    { kind: 'SUPPLY', owner: '', token: market.shareToken, amount: shares } as const,
    poolLeg(address, token0, -amount0),
    holderLeg(state, recipient, token0, amount0),
    poolLeg(address, token1, -amount1),
    holderLeg(state, recipient, token1, amount1),
  ]
  if (!state.ledger.post('remove-liquidity', legs, rounding)) return 'insufficient-balance'
  events.push({ kind: 'liquidity-removed', market: address, provider, recipient, amount0, amount1, shares })
  return synced(context, market)
}
