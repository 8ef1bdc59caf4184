// Option desks, V-5: what is sold is quoted at the model's price and reserved for; a series is settled once, after it has expired, and its holders
// are paid pro rata what they are owed and no more than was reserved; the desk has what it has reserved and owes. Rounding by
// cross-multiplication, premiums by an integral.
import type { Address } from '@solvent/primitives'
import type { ChainEvent, OptionDeskSpec, OptionEvent, OptionSeriesSpec } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import { ContractStates, type Kept, type Played } from './contract-states.ts'
import { optionWorth } from './option-price.ts'
import type { Tally } from './tally.ts'

interface Written {
  readonly holders: ReadonlyMap<Address, bigint>
  readonly reserved: bigint
  /** Once settled: due to holders who have not been paid yet. */
  readonly due: bigint | null
}

interface State {
  readonly cash: bigint
  readonly written: ReadonlyMap<string, Written>
}

type Desk = Kept<OptionDeskSpec, State>

const BPS = 10_000n
const PRICE_ONE = 10n ** 8n
const SECONDS_PER_YEAR = 31_536_000
/** Of a premium, that two ways to compute it may differ by, beside a unit for the rounding. */
const TOLERANCE = 1e-7
const NOTHING: Written = { holders: new Map(), reserved: 0n, due: null }

export class OptionRules {
  readonly #desks: ContractStates<OptionDeskSpec, State>

  constructor(tally: Tally, index: NetworkIndex) {
    this.#desks = new ContractStates<OptionDeskSpec, State>(tally, {
      ...{ invariant: 'V-5', what: 'option desk' },
      specs: index.spec.derivatives.filter((spec) => spec.kind === 'option-desk'),
      begin: ({ capital }) => ({ cash: capital, written: new Map() }),
      misbooked: ({ spec: { chainId, token, address }, state: { cash, written } }) => {
        const booked = index.chains.get(chainId)?.book.token(token).balance('POOL', address)
        const bound = [...written.values()].reduce(
          (sum, { reserved, due }) => sum + reserved + (due ?? 0n),
          0n,
        )
        return [
          ...(booked === cash ? [] : [`holds ${booked}, premiums and payments leave ${cash}`]),
          ...(bound <= cash ? [] : [`has ${cash} for ${bound} reserved and due`]),
        ]
      },
    })
  }

  event(scope: Scope, event: ChainEvent): void {
    if (!('desk' in event)) return
    this.#desks.event(scope, event.desk, (desk) => {
      const series = desk.spec.series.find(({ name }) => name === event.series)
      return series === undefined
        ? { state: desk.state, problem: `has no series ${event.series}` }
        : played(desk, series, event, scope.timestamp)
    })
  }

  sums(atMs: number): void {
    this.#desks.sums(atMs)
  }

  undoBlock(hash: string): void {
    this.#desks.undoBlock(hash)
  }
}

function played(desk: Desk, series: OptionSeriesSpec, event: OptionEvent, now: number): Played<State> {
  switch (event.kind) {
    case 'option-bought':
      return bought(desk, series, event, now)
    case 'options-settled':
      return settled(desk, series, event, now)
    case 'option-exercised':
      return exercised(desk, event)
  }
}

function bought(
  { spec, state }: Desk,
  series: OptionSeriesSpec,
  event: Extract<OptionEvent, { kind: 'option-bought' }>,
  now: number,
): Played<State> {
  const { holder, units, premium, spotE8, volatilityBps } = event
  const before = state.written.get(series.name) ?? NOTHING
  const share = series.option === 'put' ? BPS : spec.callReserveBps
  const over = PRICE_ONE * spec.baseUnit * BPS
  const after = {
    ...before,
    holders: new Map(before.holders).set(holder, (before.holders.get(holder) ?? 0n) + units),
    reserved: before.reserved + (series.strikeE8 * units * share * spec.quoteUnit + over - 1n) / over,
  }
  const next = { cash: state.cash + premium, written: new Map(state.written).set(series.name, after) }
  const problem =
    now >= series.expiry
      ? `sells ${series.name} after its expiry`
      : volatilityBps !== volatilityOf(spec, spotE8)
        ? `quotes by a volatility of ${volatilityBps} at ${spotE8}`
        : !isPriced(spec, series, event, now)
          ? `asks ${premium} for ${units} of ${series.name}`
          : null
  return { state: next, problem }
}

/** Start and slope over one denominator, so that only the end is rounded, towards the start. */
function volatilityOf({ volatility }: OptionDeskSpec, spotE8: bigint): bigint {
  const { startPriceE8, startBps, perFallBps, floorBps, capBps } = volatility
  const move = perFallBps * (startPriceE8 - spotE8)
  const whole = move >= 0n ? move / startPriceE8 : -(-move / startPriceE8)
  const within = [floorBps, startBps + whole, capBps].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  return within[1] as bigint
}

function isPriced(
  { baseUnit, quoteUnit, spreadBps, rateBps }: OptionDeskSpec,
  { option, strikeE8, expiry }: OptionSeriesSpec,
  { units, premium, spotE8, volatilityBps }: Extract<OptionEvent, { kind: 'option-bought' }>,
  now: number,
): boolean {
  const worth = optionWorth({
    option,
    spot: Number(spotE8) / 1e8,
    strike: Number(strikeE8) / 1e8,
    volatility: Number(volatilityBps) / 1e4,
    years: (expiry - now) / SECONDS_PER_YEAR,
    rate: Number(rateBps) / 1e4,
  })
  const whole = (Number(units) / Number(baseUnit)) * Number(quoteUnit) * (1 + Number(spreadBps) / 1e4)
  const own = worth * whole
  // Model prices are believed to twelve digits after the point, for one whole underlying.
  return Math.abs(Number(premium) - own) <= own * TOLERANCE + whole * 1e-11 + 1
}

function settled(
  { spec, state }: Desk,
  { name, option, strikeE8, expiry }: OptionSeriesSpec,
  { priceE8, owed, due }: Extract<OptionEvent, { kind: 'options-settled' }>,
  now: number,
): Played<State> {
  const before = state.written.get(name) ?? NOTHING
  const next = { ...state, written: new Map(state.written).set(name, { ...before, reserved: 0n, due }) }
  const units = [...before.holders.values()].reduce((sum, each) => sum + each, 0n)
  const inner = option === 'call' ? priceE8 - strikeE8 : strikeE8 - priceE8
  const [worth, over] = [inner > 0n ? inner * units * spec.quoteUnit : 0n, PRICE_ONE * spec.baseUnit]
  const problem =
    now < expiry
      ? `settles ${name} before its expiry`
      : before.due !== null
        ? `settles ${name} twice`
        : owed * over > worth || (owed + 1n) * over <= worth
          ? `owes ${owed} for ${units} of ${name} at ${priceE8}`
          : due !== (owed < before.reserved ? owed : before.reserved)
            ? `has ${due} due of ${owed} for ${name}, and reserved ${before.reserved}`
            : null
  return { state: next, problem }
}

function exercised(
  { state }: Desk,
  { series, holder, units, paid }: Extract<OptionEvent, { kind: 'option-exercised' }>,
): Played<State> {
  const before = state.written.get(series) ?? NOTHING
  const all = [...before.holders.values()].reduce((sum, each) => sum + each, 0n)
  const held = before.holders.get(holder) ?? 0n
  const holders = new Map(before.holders)
  holders.delete(holder)
  const { due } = before
  const after = { ...before, holders, due: due === null ? null : due - paid }
  const next = { cash: state.cash - paid, written: new Map(state.written).set(series, after) }
  if (due === null) return { state: next, problem: `pays ${series} before it is settled` }
  const isRight = held === units && units > 0n && paid * all <= due * held && (paid + 1n) * all > due * held
  return {
    state: next,
    problem: isRight ? null : `pays ${holder} ${paid} of ${due} due for ${units}, who has ${held} of ${all}`,
  }
}
