// The entry point of an algorithmic stablecoin: the exchange of mint-and-burn.ts at the price that the contract reads on its chain.
// What is burned leaves circulation before what is minted enters it; the fee is minted for nobody.
import type { StablecoinCall } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import { readAnswer } from '../../oracle/read-answer.ts'
import type { StablecoinContract } from './stablecoin-contract.ts'
import { tokenSpotE8 } from './token-spot.ts'

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
  const { price } = spec
  if (price.kind === 'oracle')
    return rules.acceptedPrice(price.rule, now, (oracle) => readAnswer(state, oracle, now))?.answerE8 ?? null
  const market = state.markets.get(price.market)
  return market === undefined ? null : tokenSpotE8(market, price, spec)
}
