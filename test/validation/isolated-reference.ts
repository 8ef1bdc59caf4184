// A second, plain implementation of an isolated market by Morpho Blue's rules, for comparison: written from morpho-org/morpho-blue (v1.0.0) and
// morpho-org/morpho-blue-irm, one object whose fields a command changes. It shares no code with the engine; exponentials are by the
// contract's own series.

const WAD = 10n ** 18n
const PRICE = 10n ** 36n
const YEAR = 31_536_000n

export interface IsolatedModelTerms {
  readonly lltv: bigint
  readonly fee: bigint
  /** Wad a second at 90 % usage, adaptive; null: fixed at `fixedRate`. */
  readonly startAtTarget: bigint | null
  readonly fixedRate: bigint
}

export type IsolatedModelAnswer = readonly bigint[] | string

const ceilDiv = (a: bigint, b: bigint): bigint => (a + b - 1n) / b

export class ReferenceIsolatedMarket {
  supplyAssets = 0n
  supplyShares = 0n
  borrowAssets = 0n
  borrowShares = 0n
  lastUpdate: bigint
  atTarget: bigint
  readonly lent = new Map<string, bigint>()
  readonly pledged = new Map<string, bigint>()
  readonly owed = new Map<string, bigint>()
  readonly #terms: IsolatedModelTerms

  constructor(terms: IsolatedModelTerms, now: bigint) {
    this.#terms = terms
    this.lastUpdate = now
    this.atTarget = terms.startAtTarget ?? 0n
  }

  accrue(now: bigint): void {
    const elapsed = now - this.lastUpdate
    if (elapsed <= 0n) return
    this.lastUpdate = now
    const x = this.#rate(elapsed) * elapsed
    const second = (x * x) / (2n * WAD)
    const interest = (this.borrowAssets * (x + second + (second * x) / (3n * WAD))) / WAD
    this.borrowAssets += interest
    this.supplyAssets += interest
    const fee = (interest * this.#terms.fee) / WAD
    if (fee === 0n) return
    const shares = (fee * (this.supplyShares + 1_000_000n)) / (this.supplyAssets - fee + 1n)
    this.supplyShares += shares
    this.#add(this.lent, 'fees', shares)
  }

  supply(who: string, amount: bigint): IsolatedModelAnswer {
    if (amount <= 0n) return 'invalid-amount'
    const shares = (amount * (this.supplyShares + 1_000_000n)) / (this.supplyAssets + 1n)
    this.supplyAssets += amount
    this.supplyShares += shares
    this.#add(this.lent, who, shares)
    return [amount, shares]
  }

  withdraw(who: string, amount: bigint | 'all'): IsolatedModelAnswer {
    if (amount !== 'all' && amount <= 0n) return 'invalid-amount'
    const held = this.lent.get(who) ?? 0n
    const [all, each] = [this.supplyShares + 1_000_000n, this.supplyAssets + 1n]
    const shares = amount === 'all' ? held : ceilDiv(amount * all, each)
    const paid = amount === 'all' ? (held * each) / all : amount
    if (shares === 0n || shares > held) return 'not-enough-balance'
    if (this.supplyAssets - paid < this.borrowAssets) return 'not-enough-liquidity'
    this.supplyAssets -= paid
    this.supplyShares -= shares
    this.#add(this.lent, who, -shares)
    return [paid, shares]
  }

  pledge(who: string, amount: bigint): void {
    this.#add(this.pledged, who, amount)
  }

  release(who: string, amount: bigint | 'all', price: bigint): IsolatedModelAnswer {
    const held = this.pledged.get(who) ?? 0n
    const taken = amount === 'all' ? held : amount
    if (taken <= 0n) return 'invalid-amount'
    if (taken > held) return 'not-enough-balance'
    if (!this.#bears(held - taken, this.owed.get(who) ?? 0n, price)) return 'health-factor-below-threshold'
    this.#add(this.pledged, who, -taken)
    return [taken]
  }

  borrow(who: string, amount: bigint, price: bigint): IsolatedModelAnswer {
    if (amount <= 0n) return 'invalid-amount'
    const shares = ceilDiv(amount * (this.borrowShares + 1_000_000n), this.borrowAssets + 1n)
    this.borrowAssets += amount
    this.borrowShares += shares
    const owed = (this.owed.get(who) ?? 0n) + shares
    const refusal = !this.#bears(this.pledged.get(who) ?? 0n, owed, price)
      ? 'health-factor-below-threshold'
      : this.borrowAssets > this.supplyAssets
        ? 'not-enough-liquidity'
        : null
    if (refusal !== null) {
      this.borrowAssets -= amount
      this.borrowShares -= shares
      return refusal
    }
    this.owed.set(who, owed)
    return [amount, shares]
  }

  repay(who: string, amount: bigint | 'all'): IsolatedModelAnswer {
    if (amount !== 'all' && amount <= 0n) return 'invalid-amount'
    const owed = this.owed.get(who) ?? 0n
    if (owed === 0n) return 'no-debt'
    const cost = this.#cost(owed)
    const isAll = amount === 'all' || amount >= cost
    const shares = isAll ? owed : (amount * (this.borrowShares + 1_000_000n)) / (this.borrowAssets + 1n)
    const paid = isAll ? cost : amount
    this.#settle(who, paid, shares)
    return [paid, shares]
  }

  /** @param most what the liquidator repays at most; all of the collateral, where that is not worth as much */
  liquidate(who: string, most: bigint | 'all', price: bigint): IsolatedModelAnswer {
    if (most !== 'all' && most <= 0n) return 'invalid-amount'
    const owed = this.owed.get(who) ?? 0n
    const held = this.pledged.get(who) ?? 0n
    if (owed === 0n) return 'no-debt'
    if (this.#bears(held, owed, price)) return 'health-factor-not-below-threshold'
    const discount = WAD - ((WAD - this.#terms.lltv) * 3n) / 10n
    const raw = (WAD * WAD) / discount
    const factor = raw > (WAD * 23n) / 20n ? (WAD * 23n) / 20n : raw
    const [all, each] = [this.borrowShares + 1_000_000n, this.borrowAssets + 1n]
    let shares = most === 'all' ? owed : (most * all) / each
    if (shares > owed) shares = owed
    let seized = (((((shares * each) / all) * factor) / WAD) * PRICE) / price
    if (seized > held) {
      seized = held
      shares = ceilDiv(ceilDiv(ceilDiv(held * price, PRICE) * WAD, factor) * all, each)
      if (shares > owed) shares = owed
    }
    if (seized === 0n && shares === 0n) return 'invalid-amount'
    const paid = this.#cost(shares)
    this.#settle(who, paid, shares)
    this.#add(this.pledged, who, -seized)
    let lost = 0n
    const left = this.owed.get(who) ?? 0n
    if (seized === held && left > 0n) {
      const cost = this.#cost(left)
      lost = cost < this.borrowAssets ? cost : this.borrowAssets
      this.borrowAssets -= lost
      this.borrowShares -= left
      this.supplyAssets -= lost
      this.owed.set(who, 0n)
    }
    return [paid, shares, seized, lost]
  }

  #settle(who: string, paid: bigint, shares: bigint): void {
    this.borrowAssets = paid > this.borrowAssets ? 0n : this.borrowAssets - paid
    this.borrowShares -= shares
    this.#add(this.owed, who, -shares)
  }

  #cost(shares: bigint): bigint {
    return ceilDiv(shares * (this.borrowAssets + 1n), this.borrowShares + 1_000_000n)
  }

  #bears(held: bigint, owed: bigint, price: bigint): boolean {
    return owed === 0n || (((held * price) / PRICE) * this.#terms.lltv) / WAD >= this.#cost(owed)
  }

  #rate(elapsed: bigint): bigint {
    if (this.#terms.startAtTarget === null) return this.#terms.fixedRate
    const usage = this.supplyAssets === 0n ? 0n : (this.borrowAssets * WAD) / this.supplyAssets
    const target = 9n * 10n ** 17n
    const error = ((usage - target) * WAD) / (usage > target ? 10n ** 17n : target)
    const start = this.atTarget
    const drift = (((50n * WAD) / YEAR) * error) / WAD
    let mean = start
    if (drift * elapsed !== 0n) {
      const at = (x: bigint): bigint => {
        const moved = (start * this.#exp(x)) / WAD
        const [low, high] = [10n ** 15n / YEAR, (2n * WAD) / YEAR]
        return moved < low ? low : moved > high ? high : moved
      }
      this.atTarget = at(drift * elapsed)
      mean = (start + this.atTarget + 2n * at((drift * elapsed) / 2n)) / 4n
    }
    const steep = error < 0n ? 75n * 10n ** 16n : 3n * WAD
    return (((steep * error) / WAD + WAD) * mean) / WAD
  }

  #exp(x: bigint): bigint {
    const ln2 = 693_147_180_559_945_309n
    if (x < -41_446_531_673_892_822_312n) return 0n
    const q = (x + (x < 0n ? -(ln2 / 2n) : ln2 / 2n)) / ln2
    const r = x - q * ln2
    const near = WAD + r + (r * r) / WAD / 2n
    return q < 0n ? near / 2n ** -q : near * 2n ** q
  }

  #add(book: Map<string, bigint>, who: string, amount: bigint): void {
    book.set(who, (book.get(who) ?? 0n) + amount)
  }
}
