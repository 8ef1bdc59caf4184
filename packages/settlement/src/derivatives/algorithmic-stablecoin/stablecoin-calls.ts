// The entry point of an algorithmic stablecoin: the exchange of mint-and-burn.ts at the price that the contract reads on its chain.
// What is burned leaves circulation before what is minted enters it; the fee is minted for nobody.
import { mulDivFloor, PRICE_ONE_E8, wholeUnit } from '@solvent/primitives'
import type { StablecoinCall, StablecoinSpec, TokenPriceSource } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import { readAnswer } from '../../oracle/read-answer.ts'
import type { StablecoinContract } from './stablecoin-contract.ts'

export function runStablecoinCall(context: CallContext, call: StablecoinCall): CallResult {
  const { state, number, sender, events, rules } = context
  const contract = state.stablecoins.get(call.stablecoin)
  if (contract === undefined) return 'unknown-stablecoin'
  const { address, stable, token } = contract.spec
  const priceE8 = tokenPriceE8(context, contract)
  const exchanged = rules.exchangeStablecoin(contract.pool.get(), contract.rules, call, number, priceE8)
  if (exchanged.status === 'refused')
    return exchanged.reason === 'zero-output' ? 'below-minimum' : exchanged.reason
  const { pool, amountOut, fee } = exchanged
  if (priceE8 === null) return 'no-price'
  if (amountOut < call.minAmountOut) return 'below-minimum'
  const [coinIn, coinOut] = call.direction === 'redeem' ? [stable, token] : [token, stable]
  const burned = state.ledger.post('stablecoin-burn', [
    holderLeg(state, sender, coinIn, -call.amount),
    { kind: 'SUPPLY', owner: '', token: coinIn, amount: call.amount },
  ])
  if (!burned) return 'insufficient-balance'
  state.ledger.post('stablecoin-mint', [
    { kind: 'SUPPLY', owner: '', token: coinOut, amount: -amountOut },
    holderLeg(state, sender, coinOut, amountOut),
  ])
  contract.pool.set(pool)
  events.push({
    kind: 'stablecoin-exchanged',
    stablecoin: address,
    holder: sender,
    direction: call.direction,
    amountIn: call.amount,
    amountOut,
    fee,
    priceE8,
    delta: pool.delta,
  })
  return null
}

/** The price of a whole token in pegs; null when there is none that may be used. */
function tokenPriceE8({ state, now, rules }: CallContext, { spec }: StablecoinContract): bigint | null {
  const { price, token, tokenDecimals } = spec
  if (price.kind === 'oracle')
    return rules.acceptedPrice(price.rule, now, (oracle) => readAnswer(state, oracle, now))?.answerE8 ?? null
  return spotPriceE8(state, price, { token, tokenDecimals })
}

type MarketSource = Extract<TokenPriceSource, { kind: 'market' }>

function spotPriceE8(
  { markets }: CallContext['state'],
  { market: address, quoteDecimals }: MarketSource,
  { token, tokenDecimals }: Pick<StablecoinSpec, 'token' | 'tokenDecimals'>,
): bigint | null {
  const market = markets.get(address)
  if (market === undefined) return null
  const { reserve0, reserve1 } = market.price()
  const [tokens, quotes] = market.spec.token0 === token ? [reserve0, reserve1] : [reserve1, reserve0]
  if (tokens === 0n || quotes === 0n) return null
  return mulDivFloor(quotes * wholeUnit(tokenDecimals), PRICE_ONE_E8, tokens * wholeUnit(quoteDecimals))
}
