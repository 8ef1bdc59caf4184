// What an order's user buys with what a fill has delivered for them: the calls of the derivative's own contract, sized so that they take no more than
// that. A contract that refuses makes the fill fail; what rounding leaves stays with the user.
import { assertNever, BPS, mulDivFloor, PRICE_ONE_E8 } from '@solvent/primitives'
import type { DerivativeCall, PurchaseSpec, RevertReason } from '@solvent/protocol'
import type { CallContext, CallResult } from '../../execution/call-context.ts'
import { readAnswer } from '../../oracle/read-answer.ts'
import { CoverContract } from '../cover/cover-contract.ts'
import { OptionContract, seriesOf } from '../option/option-contract.ts'
import { quotedVolatilityBps } from '../option/volatility-rule.ts'
import { PerpetualContract } from '../perpetual/perpetual-contract.ts'
import { momentOf } from '../perpetual/price-moment.ts'
import { runDerivativeCall } from './derivative-calls.ts'

/** Buys for the sender of the context, who has just been given the amount. */
export function runPurchase(context: CallContext, purchase: PurchaseSpec, amount: bigint): CallResult {
  const calls = purchaseCalls(context, purchase, amount)
  if (typeof calls === 'string') return calls
  for (const call of calls) {
    const refused = runDerivativeCall(context, call)
    if (refused !== null) return refused
  }
  return null
}

function purchaseCalls(
  context: CallContext,
  { buys }: PurchaseSpec,
  amount: bigint,
): readonly DerivativeCall[] | RevertReason {
  const { derivatives } = context.state
  switch (buys.kind) {
    case 'cover': {
      const contract = derivatives.get(buys.cover)
      if (!(contract instanceof CoverContract)) return 'unknown-derivative'
      const covered = mulDivFloor(amount, BPS, contract.spec.premiumBps)
      return [{ kind: 'buy-cover', cover: buys.cover, amount: covered }]
    }
    case 'option': {
      const contract = derivatives.get(buys.desk)
      if (!(contract instanceof OptionContract)) return 'unknown-derivative'
      const units = unitsFor(context, contract, buys.series, amount)
      if (typeof units === 'string') return units
      return [{ kind: 'buy-option', desk: buys.desk, series: buys.series, units, maxPremium: amount }]
    }
    case 'perpetual': {
      const { house, market: perpetual, side, leverageBps } = buys
      const contract = derivatives.get(house)
      if (!(contract instanceof PerpetualContract)) return 'unknown-derivative'
      const terms = contract.spec.markets.find(({ name }) => name === perpetual)
      if (terms === undefined) return 'unknown-market'
      const indexE8 = momentOf(context, contract).indexE8(perpetual)
      if (indexE8 === null) return 'no-price'
      const size = mulDivFloor(amount, leverageBps, BPS)
      const units = mulDivFloor(size, terms.baseUnit * PRICE_ONE_E8, indexE8 * terms.quoteUnit)
      const of = { house, perpetual, margin: 'isolated' } as const
      return [
        { kind: 'deposit-margin', ...of, amount },
        { kind: 'trade-perpetual', ...of, units: side === 'long' ? units : -units, minCash: null },
      ]
    }
    default:
      return assertNever(buys)
  }
}

/** Of so many the price is rounded up once: what it buys per coin is short by less than a base unit. */
const MANY = 1_000_000n

/** In proportion to the rounded-up price of many: never costs more than the amount. */
function unitsFor(
  { state, now, rules }: CallContext,
  { spec, rules: terms }: OptionContract,
  name: string,
  amount: bigint,
): bigint | RevertReason {
  const listed = spec.series.find((series) => series.name === name)
  if (listed === undefined) return 'unknown-series'
  if (now >= listed.expiry) return 'expired'
  const spotE8 = rules.acceptedPrice(spec.index, now, (oracle) => readAnswer(state, oracle, now))?.answerE8
  if (spotE8 === undefined) return 'no-price'
  const volatility = Number(quotedVolatilityBps(spec.volatility, spotE8)) / Number(BPS)
  const many = MANY * spec.baseUnit
  const premium = rules.optionPremium(seriesOf(listed), many, { spotE8, volatility, now }, terms)
  return premium === 0n ? 'zero-units' : mulDivFloor(amount, many, premium)
}
