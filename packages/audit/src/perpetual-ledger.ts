// The audit's own account of a clearing house: for each margin account one balance (deposits, cash of trades, fees, funding and losses
// together; what is realised and what is not makes no difference to it) and units by market; for each market its virtual reserve, or its book
// (perpetual-book.ts). A position's value is what closing would bring, or its units at the middle of the book. Virtual reserves on x · y = k with the
// quote rounded up.
import type { PerpetualMarketSpec, PerpetualSpec } from '@solvent/protocol'

import { PerpetualBook } from './perpetual-book.ts'

const E8 = 10n ** 8n
const BPS = 10_000n
const WAD = 10n ** 18n

interface Held {
  readonly units: bigint
  /** Funding is paid up to this index. */
  readonly index: bigint
}

export interface AuditedAccount {
  balance: bigint
  readonly positions: Map<string, Held>
}

interface AuditedMarket {
  /** Null on a virtual reserve. */
  readonly book: PerpetualBook | null
  base: bigint
  index: bigint
  pot: bigint
  net: bigint
  /** Index price of the last funding interval, 8 decimals, and the weighted variance of its returns, wad. */
  lastE8: bigint
  varianceE18: bigint
}

export class PerpetualLedger {
  readonly #spec: PerpetualSpec
  readonly #rules: ReadonlyMap<string, PerpetualMarketSpec>
  readonly #accounts: Map<string, AuditedAccount>
  readonly #markets: Map<string, AuditedMarket>
  fund: bigint
  badDebt = 0n

  constructor(spec: PerpetualSpec, copied?: PerpetualLedger) {
    this.#spec = spec
    this.#rules = new Map(spec.markets.map((market) => [market.name, market]))
    this.fund = copied?.fund ?? spec.fund
    this.badDebt = copied?.badDebt ?? 0n
    this.#accounts = new Map(
      [...(copied === undefined ? new Map<string, AuditedAccount>() : copied.#accounts)].map(
        ([key, { balance, positions }]) => [key, { balance, positions: new Map(positions) }],
      ),
    )
    this.#markets = new Map(
      spec.markets.map((market) => [
        market.name,
        {
          ...(copied === undefined ? opened(market) : copied.#markets.get(market.name)!),
          book: bookOf(market, copied),
        },
      ]),
    )
  }

  copy(): PerpetualLedger {
    return new PerpetualLedger(this.#spec, this)
  }

  rulesOf(market: string): PerpetualMarketSpec | undefined {
    return this.#rules.get(market)
  }

  book(market: string): PerpetualBook | null {
    return this.#markets.get(market)?.book ?? null
  }

  /** Takes an account's orders out of all books. */
  withdrawOrders(key: string): void {
    for (const { book } of this.#markets.values()) book?.withdraw(key)
  }

  account(key: string): AuditedAccount {
    const known = this.#accounts.get(key) ?? { balance: 0n, positions: new Map() }
    this.#accounts.set(key, known)
    return known
  }

  unitsOf(key: string, market: string): bigint {
    return this.account(key).positions.get(market)?.units ?? 0n
  }

  /** What the vault has to hold. */
  owed(): bigint {
    let sum = this.fund - this.badDebt
    for (const { balance } of this.#accounts.values()) sum += balance
    for (const [name, { base, pot }] of this.#markets) {
      const rules = this.#rules.get(name)!
      sum += pot + reserve(rules, base) - reserve(rules, baseAtStart(rules))
    }
    return sum
  }

  payFunding(key: string): void {
    const account = this.account(key)
    for (const [name, { units, index }] of account.positions) {
      const market = this.#markets.get(name)!
      const owed = ceilDiv(units * (market.index - index), WAD)
      account.balance -= owed
      market.pot += owed
      account.positions.set(name, { units, index: market.index })
    }
  }

  /** Ends an interval; what longs and shorts do not pay each other the fund has or pays. */
  endInterval(name: string, index: bigint, priceE8: bigint): void {
    const market = this.#markets.get(name)!
    const { dynamicMargin } = this.#rules.get(name)!
    if (dynamicMargin !== undefined) {
      const { decayBps } = dynamicMargin
      // Squares do not care for the sign; the return is cut toward zero, as the contract does.
      const change = ((priceE8 - market.lastE8) * WAD) / market.lastE8
      market.varianceE18 =
        (decayBps * market.varianceE18 + (BPS - decayBps) * ((change * change) / WAD)) / BPS
      market.lastE8 = priceE8
    }
    const owed = floorDiv(market.net * (index - market.index), WAD)
    this.fund += owed
    market.pot -= owed
    market.index = index
  }

  fundingIndex(name: string): bigint {
    return this.#markets.get(name)!.index
  }

  /** The cash of a trade against the virtual reserve, which moves. */
  trade(name: string, units: bigint): bigint {
    const market = this.#markets.get(name)!
    const rules = this.#rules.get(name)!
    const before = reserve(rules, market.base)
    market.base -= units
    market.net += units
    return before - reserve(rules, market.base)
  }

  move(key: string, name: string, { units, cash }: { readonly units: bigint; readonly cash: bigint }): void {
    const account = this.account(key)
    const after = this.unitsOf(key, name) + units
    account.balance += cash
    if (after === 0n) account.positions.delete(name)
    else account.positions.set(name, { units: after, index: this.fundingIndex(name) })
  }

  /** The loss of an account that has nothing open: the fund pays, then nobody. */
  absorb(key: string): void {
    const account = this.account(key)
    if (account.balance >= 0n || account.positions.size > 0) return
    const covered = -account.balance < this.fund ? -account.balance : this.fund
    this.fund -= covered
    this.badDebt += -account.balance - covered
    account.balance = 0n
  }

  /** What a market asks for at this moment, basis points: fixed, or z · σ · √horizon between its initial margin and its cap. */
  initialBps(name: string): bigint {
    const { initialMarginBps, dynamicMargin } = this.#rules.get(name)!
    if (dynamicMargin === undefined) return initialMarginBps
    const { deviationsE2, horizon, capBps } = dynamicMargin
    const deviation = rootFloor(this.#markets.get(name)!.varianceE18 * horizon * WAD)
    const margin = ceilDiv(deviation * deviationsE2 * BPS, 100n * WAD)
    if (margin > capBps) return capBps
    return margin < initialMarginBps ? initialMarginBps : margin
  }

  /** Null where a market that is weighed at the index has none. */
  standing(key: string, indexE8: bigint | null, market: string) {
    const { balance, positions } = this.account(key)
    let [equity, initial, maintenance] = [balance, 0n, 0n]
    for (const [name, { units }] of positions) {
      const rules = this.#rules.get(name)!
      const value = this.value(name, units, name === market ? indexE8 : null)
      if (value === null) return null
      const size = value < 0n ? -value : value
      equity += value
      const initialBps = this.initialBps(name)
      initial += ceilDiv(size * initialBps, BPS)
      const { initialMarginBps, maintenanceMarginBps } = rules
      maintenance += ceilDiv(size * ceilDiv(initialBps * maintenanceMarginBps, initialMarginBps), BPS)
    }
    for (const [name, { book }] of this.#markets)
      for (const order of book?.of(key) ?? [])
        initial += ceilDiv(book!.worth(order) * this.initialBps(name), BPS)
    return { equity, initial, maintenance }
  }

  /** What units are worth; null where that hangs on an index that is not known. */
  value(name: string, units: bigint, indexE8: bigint | null): bigint | null {
    const rules = this.#rules.get(name)!
    const { base, book } = this.#markets.get(name)!
    if (book === null && rules.mark === 'venue' && base + units > 0n)
      return reserve(rules, base) - reserve(rules, base + units)
    const priceE8 = rules.mark === 'venue' ? (book?.middleE8(rules) ?? indexE8) : indexE8
    return priceE8 === null ? null : floorDiv(units * priceE8 * rules.quoteUnit, E8 * rules.baseUnit)
  }
}

/** The largest integer whose square is at most `value`, by halving the range. */
function rootFloor(value: bigint): bigint {
  let [low, high] = [0n, value + 1n]
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (middle * middle <= value) low = middle
    else high = middle
  }
  return low
}

export function ceilDiv(a: bigint, b: bigint): bigint {
  const q = a / b
  return a > 0n && a % b !== 0n ? q + 1n : q
}

function floorDiv(a: bigint, b: bigint): bigint {
  const q = a / b
  return a < 0n && a % b !== 0n ? q - 1n : q
}

function bookOf({ venue, name }: PerpetualMarketSpec, copied?: PerpetualLedger): PerpetualBook | null {
  return venue.kind === 'order-book' ? new PerpetualBook(venue, copied?.book(name) ?? undefined) : null
}

function opened(market: PerpetualMarketSpec): AuditedMarket {
  return {
    book: null,
    base: baseAtStart(market),
    index: 0n,
    pot: 0n,
    net: 0n,
    lastE8: market.startPriceE8,
    varianceE18: 0n,
  }
}

function baseAtStart({ venue, startPriceE8, baseUnit, quoteUnit }: PerpetualMarketSpec): bigint {
  return venue.kind === 'order-book' ? 0n : (venue.depth * E8 * baseUnit) / (startPriceE8 * quoteUnit)
}

function reserve(rules: PerpetualMarketSpec, base: bigint): bigint {
  return rules.venue.kind === 'order-book' ? 0n : ceilDiv(baseAtStart(rules) * rules.venue.depth, base)
}
