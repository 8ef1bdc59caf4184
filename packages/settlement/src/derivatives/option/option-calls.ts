// The entry points of an option desk. It quotes by its oracle's price and the volatility that goes with it; time is the chain's. The premium
// goes in with the sale, payoffs go out by the rules beside it.
import { assertNever, BPS } from '@solvent/primitives'
import type { Leg, OptionCall, OptionDeskSpec } from '@solvent/protocol'
import { type CallContext, type CallResult, holderLeg } from '../../execution/call-context.ts'
import { readAnswer } from '../../oracle/read-answer.ts'
import { type OptionContract, seriesOf } from './option-contract.ts'
import { type Series, sellOption, seriesKey } from './option-desk.ts'
import { quotedVolatilityBps } from './volatility-rule.ts'

type Ask<K extends OptionCall['kind']> = Extract<OptionCall, { kind: K }>

export function runOptionCall(context: CallContext, contract: OptionContract, call: OptionCall): CallResult {
  const listed = contract.spec.series.find(({ name }) => name === call.series)
  if (listed === undefined) return 'unknown-series'
  const series = seriesOf(listed)
  switch (call.kind) {
    case 'buy-option':
      return buy(context, contract, series, call)
    case 'settle-options':
      return settle(context, contract, series, call)
    case 'exercise-option':
      return exercise(context, contract, series, call)
    default:
      return assertNever(call)
  }
}

function buy(
  context: CallContext,
  { spec, desk, rules: terms }: OptionContract,
  series: Series,
  { desk: address, series: name, units, maxPremium }: Ask<'buy-option'>,
): CallResult {
  const { state, sender, now, rules, events } = context
  const spotE8 = spotOf(context, spec)
  if (spotE8 === null) return 'no-price'
  if (units <= 0n) return 'zero-units'
  if (now >= series.expiry) return 'expired'
  const volatilityBps = quotedVolatilityBps(spec.volatility, spotE8)
  const volatility = Number(volatilityBps) / Number(BPS)
  const premium = rules.optionPremium(series, units, { spotE8, volatility, now }, terms)
  if (premium > maxPremium) return 'above-maximum'
  const sold = sellOption(desk.get(), series, { holder: sender, units, premium, now }, terms)
  if (sold.status === 'refused') return sold.reason
  if (premium > 0n) {
    const legs: Leg[] = [
      holderLeg(state, sender, spec.token, -premium),
      { kind: 'POOL', owner: address, token: spec.token, amount: premium },
    ]
    if (!state.ledger.post('option-premium', legs)) return 'insufficient-balance'
  }
  desk.set(sold.desk)
  events.push({
    kind: 'option-bought',
    ...{ desk: address, series: name, holder: sender, units, premium, spotE8, volatilityBps },
  })
  return null
}

function settle(
  context: CallContext,
  { spec, desk, rules: terms }: OptionContract,
  series: Series,
  { desk: address, series: name }: Ask<'settle-options'>,
): CallResult {
  const { now, rules, events } = context
  const priceE8 = spotOf(context, spec)
  const settled = rules.settleOptions(desk.get(), seriesKey(series), { priceE8, now }, terms)
  if (settled.status === 'refused') return settled.reason
  const { owed, due } = settled
  desk.set(settled.desk)
  events.push({ kind: 'options-settled', desk: address, series: name, priceE8: priceE8!, owed, due })
  return null
}

function exercise(
  { state, rules, events }: CallContext,
  { spec, desk }: OptionContract,
  series: Series,
  { desk: address, series: name, holder }: Ask<'exercise-option'>,
): CallResult {
  const key = seriesKey(series)
  const units = desk.get().written.get(key)?.holders.get(holder) ?? 0n
  const exercised = rules.exerciseOption(desk.get(), key, holder)
  if (exercised.status === 'refused') return exercised.reason
  const { paid } = exercised
  if (paid > 0n)
    state.ledger.post('option-payment', [
      { kind: 'POOL', owner: address, token: spec.token, amount: -paid },
      holderLeg(state, holder, spec.token, paid),
    ])
  desk.set(exercised.desk)
  events.push({ kind: 'option-exercised', desk: address, series: name, holder, units, paid })
  return null
}

function spotOf({ state, now, rules }: CallContext, { index }: OptionDeskSpec): bigint | null {
  return rules.acceptedPrice(index, now, (oracle) => readAnswer(state, oracle, now))?.answerE8 ?? null
}
