// A desk that sells options, quoted from an implied volatility, and pays them at expiry by an oracle's price out of finite capital.
// Premiums are rounded up and payoffs down to base units. Each option reserves what it may cost: a put its strike, a call a multiple
// of it, beyond which its holder is paid pro rata. Sources: Black, Scholes 1973; cash settlement as on Lyra and Deribit (the price of
// an oracle at expiry), reserves as collateral of written options.
import { BPS, minBig, mulDivFloor, mulDivUp, PRICE_ONE_E8 } from '@solvent/primitives'
import { type Outcome, refused } from '../../outcome.ts'
import { impossibleOf, type ParameterFault } from '../../parameter-fault.ts'
import { type OptionKind, optionValue } from './black-scholes.ts'

export interface Series {
  readonly kind: OptionKind
  readonly strikeE8: bigint
  /** Unix seconds. */
  readonly expiry: number
}

export interface DeskRules {
  /** One whole underlying and one whole coin of settlement, in base units. */
  readonly baseUnit: bigint
  readonly quoteUnit: bigint
  /** On top of the model's price. */
  readonly spreadBps: bigint
  /** What a call reserves, of its strike; 20,000 is enough until the price has tripled. */
  readonly callReserveBps: bigint
  readonly rate: number
}

export interface Written {
  readonly series: Series
  /** Units of the underlying, by holder. */
  readonly holders: ReadonlyMap<string, bigint>
  readonly units: bigint
  readonly reserved: bigint
  /** Once it has expired: what all holders together are paid of what they are owed. */
  readonly settled: {
    readonly owed: bigint
    readonly due: bigint
    readonly unitsLeft: bigint
    readonly dueLeft: bigint
  } | null
}

export interface OptionDesk {
  /** All coins of the desk. */
  readonly cash: bigint
  /** Of them, reserved for options that have not expired, and due to holders of those that have. */
  readonly reserved: bigint
  readonly due: bigint
  readonly written: ReadonlyMap<string, Written>
}

export const EMPTY_DESK: OptionDesk = { cash: 0n, reserved: 0n, due: 0n, written: new Map() }

const SECONDS_PER_YEAR = 31_536_000
/** Digits of a model's price that are believed. */
const MODEL_SCALE = 10n ** 12n

export function seriesKey({ kind, strikeE8, expiry }: Series): string {
  return `${kind}/${strikeE8}/${expiry}`
}

/** The premium for units of an option, rounded up to base units, with the spread. */
export function premiumUp(
  series: Series,
  units: bigint,
  { spotE8, volatility, now }: { readonly spotE8: bigint; readonly volatility: number; readonly now: number },
  { baseUnit, quoteUnit, spreadBps, rate }: DeskRules,
): bigint {
  const years = (series.expiry - now) / SECONDS_PER_YEAR
  const [spot, strike] = [
    Number(spotE8) / Number(PRICE_ONE_E8),
    Number(series.strikeE8) / Number(PRICE_ONE_E8),
  ]
  const { price } = optionValue({ kind: series.kind, spot, strike, volatility, years, rate })
  const scaled = BigInt(Math.ceil(Math.max(0, price) * Number(MODEL_SCALE)))
  return mulDivUp(scaled * units * (BPS + spreadBps), quoteUnit, MODEL_SCALE * baseUnit * BPS)
}

export function fundDesk(desk: OptionDesk, amount: bigint): OptionDesk {
  return { ...desk, cash: desk.cash + amount }
}

export type SellRefusal = 'zero-units' | 'expired' | 'over-capacity'

/** Sells units to a holder who pays the premium. */
export function sellOption(
  desk: OptionDesk,
  series: Series,
  {
    holder,
    units,
    premium,
    now,
  }: { readonly holder: string; readonly units: bigint; readonly premium: bigint; readonly now: number },
  rules: DeskRules,
): Outcome<{ readonly desk: OptionDesk }, SellRefusal> {
  if (units <= 0n) return refused('zero-units')
  if (now >= series.expiry) return refused('expired')
  const cash = desk.cash + premium
  const reserve = reserveUp(series, units, rules)
  const reserved = desk.reserved + reserve
  if (reserved + desk.due > cash) return refused('over-capacity')
  const key = seriesKey(series)
  const before = desk.written.get(key) ?? {
    series,
    holders: new Map(),
    units: 0n,
    reserved: 0n,
    settled: null,
  }
  const holders = new Map(before.holders).set(holder, (before.holders.get(holder) ?? 0n) + units)
  const after = { ...before, holders, units: before.units + units, reserved: before.reserved + reserve }
  return { status: 'ok', desk: { ...desk, cash, reserved, written: new Map(desk.written).set(key, after) } }
}

export type SettleRefusal = 'unknown-series' | 'not-expired' | 'already-settled' | 'no-price'

/** Fixes at expiry what holders are paid: all that they are owed, or what was reserved for them. */
export function settleSeries(
  desk: OptionDesk,
  key: string,
  { priceE8, now }: { readonly priceE8: bigint | null; readonly now: number },
  rules: DeskRules,
): Outcome<{ readonly desk: OptionDesk; readonly owed: bigint; readonly due: bigint }, SettleRefusal> {
  const written = desk.written.get(key)
  if (written === undefined) return refused('unknown-series')
  if (written.settled !== null) return refused('already-settled')
  if (now < written.series.expiry) return refused('not-expired')
  if (priceE8 === null || priceE8 <= 0n) return refused('no-price')
  const owed = payoffFloor(written.series, written.units, priceE8, rules)
  const due = minBig(owed, written.reserved)
  const settled = { owed, due, unitsLeft: written.units, dueLeft: due }
  const next = { ...desk, reserved: desk.reserved - written.reserved, due: desk.due + due }
  return {
    status: 'ok',
    owed,
    due,
    desk: { ...next, written: new Map(desk.written).set(key, { ...written, reserved: 0n, settled }) },
  }
}

/** Pays a holder his part, rounded down; the last one has what is left. */
export function exerciseOption(
  desk: OptionDesk,
  key: string,
  holder: string,
): Outcome<
  { readonly desk: OptionDesk; readonly paid: bigint },
  'unknown-series' | 'not-settled' | 'nothing-held'
> {
  const written = desk.written.get(key)
  if (written === undefined) return refused('unknown-series')
  if (written.settled === null) return refused('not-settled')
  const units = written.holders.get(holder) ?? 0n
  if (units === 0n) return refused('nothing-held')
  const { unitsLeft, dueLeft } = written.settled
  const paid = mulDivFloor(dueLeft, units, unitsLeft)
  const holders = new Map(written.holders)
  holders.delete(holder)
  const settled = { ...written.settled, unitsLeft: unitsLeft - units, dueLeft: dueLeft - paid }
  return {
    status: 'ok',
    paid,
    desk: {
      ...desk,
      cash: desk.cash - paid,
      due: desk.due - paid,
      written: new Map(desk.written).set(key, { ...written, holders, settled }),
    },
  }
}

/** What units pay at a price, rounded down. */
export function payoffFloor(
  { kind, strikeE8 }: Series,
  units: bigint,
  priceE8: bigint,
  { baseUnit, quoteUnit }: DeskRules,
): bigint {
  const inner = kind === 'call' ? priceE8 - strikeE8 : strikeE8 - priceE8
  return inner <= 0n ? 0n : mulDivFloor(inner * units, quoteUnit, PRICE_ONE_E8 * baseUnit)
}

function reserveUp(
  { kind, strikeE8 }: Series,
  units: bigint,
  { baseUnit, quoteUnit, callReserveBps }: DeskRules,
): bigint {
  const share = kind === 'put' ? BPS : callReserveBps
  return mulDivUp(strikeE8 * units * share, quoteUnit, PRICE_ONE_E8 * baseUnit * BPS)
}

export function deskFaults({ baseUnit, quoteUnit, spreadBps, callReserveBps }: DeskRules): ParameterFault[] {
  const faults = impossibleOf([
    [baseUnit <= 0n || quoteUnit <= 0n, 'both coins have a whole unit'],
    [spreadBps < 0n, 'the spread is not negative'],
    [callReserveBps <= 0n, 'a call reserves something'],
  ])
  if (callReserveBps > 0n && callReserveBps < BPS)
    faults.push({
      severity: 'dubious',
      reason: 'calls are paid in part once the price has less than doubled',
    })
  return faults
}
