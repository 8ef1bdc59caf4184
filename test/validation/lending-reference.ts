// A second, slow and plain implementation of a lending pool and of a constant-product pair, written from the rules of Aave v3.7
// (docs/models/lending.md, liquidation.md) and Uniswap v2 (docs/models/market.md). It shares no code with the settlement core
// (types are its only imports). Every command works on a copy of the whole world, which is thrown away when the command is refused.
import type { CollateralTerms, EModeCategory, Liquidation, Reserve, ReserveConfig } from '@solvent/settlement'

/** a · b / d. */
function part(a: bigint, b: bigint, d: bigint, rounding: 'down' | 'up' | 'half'): bigint {
  const whole = (a * b) / d
  const rest = (a * b) % d
  if (rest === 0n || rounding === 'down') return whole
  return rounding === 'up' || 2n * rest >= d ? whole + 1n : whole
}

const RAY = 1_000_000_000_000_000_000_000_000_000n
const WAD = 1_000_000_000_000_000_000n
const [ALL, YEAR, USD] = [10_000n, 31_536_000n, 100_000_000n]

type Market = { -readonly [Name in Exclude<keyof Reserve, 'scaledSupply' | 'scaledDebt'>]: Reserve[Name] }

interface World {
  markets: Record<string, Market>
  /** `owner/asset`. */
  supplied: Record<string, bigint>
  owed: Record<string, bigint>
  /** Which supplies back debts. */
  backing: Record<string, boolean>
  category: Record<string, string>
}

/** Thrown inside a command; its text is the reason. */
class Refusal extends Error {}

const unitOf = ({ config }: Market): bigint => 10n ** BigInt(config.decimals)
function need(isSo: boolean, reason: string): void {
  if (!isSo) throw new Refusal(reason)
}

export interface ModelMoment {
  readonly time: number
  /** Null: no price that may be used. */
  readonly priceOf: (asset: string) => bigint | null
}

export type ModelAnswer = { readonly refused: string } | { readonly amounts: readonly (bigint | string)[] }

export class ReferenceLending {
  world: World = { markets: {}, supplied: {}, owed: {}, backing: {}, category: {} }
  readonly #categories: Readonly<Record<string, EModeCategory>>
  readonly #treasury: string
  #moment: ModelMoment = { time: 0, priceOf: () => null }

  constructor(
    configs: Readonly<Record<string, ReserveConfig>>,
    categories: Readonly<Record<string, EModeCategory>>,
    treasury: string,
    time: number,
  ) {
    this.#categories = categories
    this.#treasury = treasury
    for (const [asset, config] of Object.entries(configs)) {
      const rates = { supplyRateRay: 0n, borrowRateRay: config.rateCurve.baseRay, updatedAt: time }
      const empty = { cash: 0n, scaledForTreasury: 0n, deficit: 0n, auctioned: 0n }
      this.world.markets[asset] = { config, liquidityIndexRay: RAY, borrowIndexRay: RAY, ...rates, ...empty }
    }
  }

  /** Runs one command at one moment: all of it, or nothing. */
  run(moment: ModelMoment, command: (model: this) => readonly (bigint | string)[]): ModelAnswer {
    const before = structuredClone(this.world)
    this.#moment = moment
    try {
      return { amounts: command(this) }
    } catch (error) {
      this.world = before
      if (error instanceof Refusal) return { refused: error.message }
      throw error
    }
  }

  supply(owner: string, asset: string, amount: bigint): bigint[] {
    const market = this.#touch(asset)
    const scaled = amount > 0n ? part(amount, RAY, market.liquidityIndexRay, 'down') : 0n
    need(scaled > 0n, 'invalid-amount')
    const all = this.#total('supplied', asset) + scaled + market.scaledForTreasury
    const claims = part(all, market.liquidityIndexRay, RAY, 'down')
    const { supplyCap } = market.config
    need(supplyCap === 0n || claims <= supplyCap * unitOf(market), 'supply-cap-exceeded')
    market.cash += amount
    this.#give(owner, asset, scaled)
    this.#setRates(asset)
    return [scaled]
  }

  withdraw(owner: string, asset: string, wanted: bigint | 'all'): bigint[] {
    const market = this.#touch(asset)
    const held = this.world.supplied[`${owner}/${asset}`] ?? 0n
    const amount = wanted === 'all' ? part(held, market.liquidityIndexRay, RAY, 'down') : wanted
    const scaled =
      wanted === 'all' ? held : amount > 0n ? part(amount, RAY, market.liquidityIndexRay, 'up') : 0n
    need(scaled > 0n, 'invalid-amount')
    need(scaled <= held, 'not-enough-balance')
    need(amount <= market.cash, 'not-enough-liquidity')
    const backed = this.world.backing[`${owner}/${asset}`] ?? false
    market.cash -= amount
    this.#take(owner, asset, scaled)
    this.#setRates(asset)
    if (backed) this.#needsHealth(owner, asset)
    return [amount]
  }

  borrow(owner: string, asset: string, amount: bigint): bigint[] {
    const market = this.#touch(asset)
    need(amount > 0n, 'invalid-amount')
    const category = this.#categories[this.world.category[owner] ?? '']
    need(category === undefined || category.borrowable.includes(asset), 'not-borrowable-in-e-mode')
    need(amount <= market.cash, 'not-enough-liquidity')
    const scaled = part(amount, RAY, market.borrowIndexRay, 'up')
    this.#owe(owner, asset, scaled)
    const debts = part(this.#total('owed', asset), market.borrowIndexRay, RAY, 'up')
    need(
      market.config.borrowCap === 0n || debts <= market.config.borrowCap * unitOf(market),
      'borrow-cap-exceeded',
    )
    market.cash -= amount
    this.#setRates(asset)
    const data = this.#weigh(owner)
    need(data.ltv > 0n, 'ltv-zero')
    need(data.health === null || data.health >= WAD, 'health-factor-below-threshold')
    need(data.collateral >= part(data.debt, ALL, data.ltv, 'up'), 'collateral-cannot-cover')
    return [scaled]
  }

  repay(owner: string, asset: string, wanted: bigint | 'all'): bigint[] {
    const market = this.#touch(asset)
    need(wanted === 'all' || wanted > 0n, 'invalid-amount')
    const scaledDebt = this.world.owed[`${owner}/${asset}`] ?? 0n
    need(scaledDebt > 0n, 'no-debt')
    const debt = part(scaledDebt, market.borrowIndexRay, RAY, 'up')
    const amount = wanted === 'all' || wanted > debt ? debt : wanted
    const scaled = part(amount, RAY, market.borrowIndexRay, 'down')
    need(scaled > 0n, 'invalid-amount')
    this.#owe(owner, asset, -scaled)
    market.cash += amount
    this.#setRates(asset)
    return [amount]
  }

  liquidate(call: Liquidation): (bigint | string)[] {
    const { borrower, collateralAsset, debtAsset, liquidator } = call
    need(liquidator !== borrower && borrower !== this.#treasury, 'self-liquidation')
    const collateral = this.#touch(collateralAsset)
    const market = this.#touch(debtAsset)
    const data = this.#weigh(borrower)
    const pC = this.#price(collateralAsset)
    const pD = this.#price(debtAsset)
    need(data.health !== null && data.health < WAD, 'health-factor-not-below-threshold')
    const terms = this.#terms(borrower, collateralAsset)
    const isBacking = this.world.backing[`${borrower}/${collateralAsset}`] ?? false
    need(isBacking && terms.liquidationThresholdBps > 0n, 'not-collateral')
    const owed = part(this.world.owed[`${borrower}/${debtAsset}`] ?? 0n, market.borrowIndexRay, RAY, 'up')
    need(owed > 0n, 'not-borrowed')
    const scaledHeld = this.world.supplied[`${borrower}/${collateralAsset}`] ?? 0n
    const held = part(scaledHeld, collateral.liquidityIndexRay, RAY, 'down')

    let cover = owed
    const debtValue = part(owed, pD, unitOf(market), 'up')
    const isLarge = part(held, pC, unitOf(collateral), 'down') >= 2_000n * USD && debtValue >= 2_000n * USD
    if (isLarge && data.health !== null && data.health * 100n > 95n * WAD) {
      const half = part(data.debt, 5_000n, ALL, 'half')
      if (debtValue > half) cover = part(half, unitOf(market), pD, 'down')
    }
    if (call.debtToCover < cover) cover = call.debtToCover
    const base = (pD * cover * unitOf(collateral)) / (pC * unitOf(market))
    let seized = part(base, terms.liquidationBonusBps, ALL, 'down')
    let repaid = cover
    if (seized > held) {
      seized = held
      const worth = (pC * seized * unitOf(market)) / (pD * unitOf(collateral))
      repaid = part(worth, ALL, terms.liquidationBonusBps, 'up')
    }
    const bonus = seized - part(seized, ALL, terms.liquidationBonusBps, 'down')
    const fee = part(bonus, collateral.config.liquidationProtocolFeeBps, ALL, 'up')
    const paid = seized - fee
    need(cover > 0n && part(repaid, RAY, market.borrowIndexRay, 'down') > 0n && paid > 0n, 'invalid-amount')
    if (repaid < owed && seized < held) {
      const leftDebt = part(owed - repaid, pD, unitOf(market), 'up')
      const leftCollateral = part(held - seized, pC, unitOf(collateral), 'down')
      need(leftDebt >= 1_000n * USD && leftCollateral >= 1_000n * USD, 'must-not-leave-dust')
    }
    const isLast = data.collateral === part(seized, pC, unitOf(collateral), 'down')
    const losses: (bigint | string)[] = []
    const burn = (asset: string, of: Market, debt: bigint, pays: bigint): void => {
      this.#owe(borrower, asset, -part(isLast ? debt : pays, RAY, of.borrowIndexRay, 'down'))
      of.cash += pays
      if (isLast && debt > pays) {
        of.deficit += debt - pays
        losses.push(asset, debt - pays)
      }
      this.#setRates(asset)
    }
    const debtsInOrder = this.#debts(borrower)
    burn(debtAsset, market, owed, repaid)
    const scaledPaid = part(paid, RAY, collateral.liquidityIndexRay, 'up')
    let scaledFee = part(fee, RAY, collateral.liquidityIndexRay, 'up')
    if (scaledFee > scaledHeld - scaledPaid) scaledFee = scaledHeld - scaledPaid
    this.#take(borrower, collateralAsset, scaledPaid + scaledFee)
    if (seized === held) delete this.world.backing[`${borrower}/${collateralAsset}`]
    if (call.receive === 'claims') this.#give(liquidator, collateralAsset, scaledPaid)
    else {
      need(paid <= collateral.cash, 'not-enough-liquidity')
      collateral.cash -= paid
      this.#setRates(collateralAsset)
    }
    this.#give(this.#treasury, collateralAsset, scaledFee)
    if (isLast) {
      for (const asset of debtsInOrder) {
        const left = this.world.owed[`${borrower}/${asset}`]
        const other = this.#touch(asset)
        if (left !== undefined) burn(asset, other, part(left, other.borrowIndexRay, RAY, 'up'), 0n)
      }
    }
    return [repaid, paid, fee, ...losses]
  }

  transfer(from: string, to: string, asset: string, amount: bigint): bigint[] {
    // A transfer writes nothing to the market; it only looks at it as it is now.
    const market = this.#grown(asset)
    need(amount > 0n, 'invalid-amount')
    const scaled = part(amount, RAY, market.liquidityIndexRay, 'up')
    need(scaled <= (this.world.supplied[`${from}/${asset}`] ?? 0n), 'not-enough-balance')
    if (from === to) return [scaled]
    const backed = this.world.backing[`${from}/${asset}`] ?? false
    this.#take(from, asset, scaled)
    if (backed) this.#needsHealth(from, asset)
    this.#give(to, asset, scaled)
    return [scaled]
  }

  useAsCollateral(owner: string, asset: string, use: boolean): bigint[] {
    const key = `${owner}/${asset}`
    need((this.world.supplied[key] ?? 0n) > 0n, 'no-supply')
    if ((this.world.backing[key] ?? false) === use) return []
    need(!use || this.#terms(owner, asset).ltvBps > 0n, 'not-collateral')
    if (use) this.world.backing[key] = true
    else delete this.world.backing[key]
    if (!use) this.#needsHealth(owner, asset)
    return []
  }

  join(owner: string, name: string | null): bigint[] {
    const debts = this.#debts(owner)
    const allowed = name === null ? debts : (this.#categories[name]?.borrowable ?? [])
    need(
      debts.every((asset) => allowed.includes(asset)),
      'not-borrowable-in-e-mode',
    )
    if (name === null) delete this.world.category[owner]
    else this.world.category[owner] = name
    if (debts.length > 0) this.#needsHealth(owner, null)
    return []
  }

  mintToTreasury(asset: string): bigint[] {
    const market = this.#touch(asset)
    need(market.scaledForTreasury > 0n, 'nothing-accrued')
    const scaled = market.scaledForTreasury
    market.scaledForTreasury = 0n
    this.#give(this.#treasury, asset, scaled)
    return [scaled]
  }

  cover(owner: string, asset: string, amount: bigint): bigint[] {
    const market = this.#touch(asset)
    need(amount > 0n, 'invalid-amount')
    need(market.deficit > 0n, 'reserve-not-in-deficit')
    need(this.#debts(owner).length === 0, 'coverer-has-debt')
    const covered = amount < market.deficit ? amount : market.deficit
    const scaled = part(covered, RAY, market.liquidityIndexRay, 'up')
    need(scaled <= (this.world.supplied[`${owner}/${asset}`] ?? 0n), 'not-enough-balance')
    this.#take(owner, asset, scaled)
    market.deficit -= covered
    this.#setRates(asset)
    return [covered]
  }

  /** Interest up to now. */
  #touch(asset: string): Market {
    const market = this.world.markets[asset] as Market
    Object.assign(market, this.#grown(asset))
    return market
  }

  #grown(asset: string): Market {
    const market = this.world.markets[asset] as Market
    const elapsed = BigInt(this.#moment.time - market.updatedAt)
    if (elapsed === 0n) return market
    const { liquidityIndexRay: claims, borrowIndexRay: debts } = market
    const scaledDebt = this.#total('owed', asset)
    const x = (market.borrowRateRay * elapsed) / YEAR
    const compound = RAY + x + part(x, x / 2n + part(x, x / 6n, RAY, 'half'), RAY, 'half')
    const borrowIndexRay = scaledDebt > 0n ? part(debts, compound, RAY, 'half') : debts
    const linear = RAY + (market.supplyRateRay * elapsed) / YEAR
    const liquidityIndexRay = market.supplyRateRay > 0n ? part(claims, linear, RAY, 'half') : claims
    const interest = part(scaledDebt, borrowIndexRay, RAY, 'half') - part(scaledDebt, debts, RAY, 'half')
    const share = part(interest, market.config.reserveFactorBps, ALL, 'half')
    const scaledForTreasury = market.scaledForTreasury + part(share, RAY, liquidityIndexRay, 'half')
    return { ...market, borrowIndexRay, liquidityIndexRay, scaledForTreasury, updatedAt: this.#moment.time }
  }

  #setRates(asset: string): void {
    const market = this.world.markets[asset] as Market
    const { optimalUsageRay, baseRay, slope1Ray, slope2Ray } = market.config.rateCurve
    const debt = part(this.#total('owed', asset), market.borrowIndexRay, RAY, 'half')
    market.borrowRateRay = baseRay
    market.supplyRateRay = 0n
    if (debt === 0n) return
    const usage = part(debt, RAY, market.cash + debt, 'half')
    market.borrowRateRay +=
      usage > optimalUsageRay
        ? slope1Ray +
          part(slope2Ray, part(usage - optimalUsageRay, RAY, RAY - optimalUsageRay, 'half'), RAY, 'half')
        : part(part(slope1Ray, usage, RAY, 'half'), RAY, optimalUsageRay, 'half')
    const lent = part(debt, RAY, market.cash + debt + market.deficit, 'half')
    const earned = part(market.borrowRateRay, lent, RAY, 'half')
    market.supplyRateRay = part(earned, ALL - market.config.reserveFactorBps, ALL, 'half')
  }

  #weigh(owner: string) {
    let collateral = 0n
    let debt = 0n
    let byLtv = 0n
    let byThreshold = 0n
    let hasZeroLtv = false
    for (const asset of Object.keys(this.world.markets)) {
      const terms = this.#terms(owner, asset)
      const market = this.#grown(asset)
      const isBacking =
        (this.world.backing[`${owner}/${asset}`] ?? false) && terms.liquidationThresholdBps > 0n
      if (isBacking) {
        const balance = part(
          this.world.supplied[`${owner}/${asset}`] ?? 0n,
          market.liquidityIndexRay,
          RAY,
          'down',
        )
        const value = part(balance, this.#price(asset), unitOf(market), 'down')
        collateral += value
        byLtv += value * terms.ltvBps
        byThreshold += value * terms.liquidationThresholdBps
        if (terms.ltvBps === 0n) hasZeroLtv = true
      }
      const scaledDebt = this.world.owed[`${owner}/${asset}`] ?? 0n
      if (scaledDebt > 0n)
        debt += part(
          part(scaledDebt, market.borrowIndexRay, RAY, 'up'),
          this.#price(asset),
          unitOf(market),
          'up',
        )
    }
    const health = debt === 0n ? null : part(byThreshold, WAD, debt, 'half') / ALL
    return { collateral, debt, ltv: collateral === 0n ? 0n : byLtv / collateral, health, hasZeroLtv }
  }

  #needsHealth(owner: string, asset: string | null): void {
    if (this.#debts(owner).length === 0) return
    const { health, hasZeroLtv } = this.#weigh(owner)
    need(health === null || health >= WAD, 'health-factor-below-threshold')
    need(asset === null || !hasZeroLtv || this.#terms(owner, asset).ltvBps === 0n, 'ltv-zero')
  }

  #terms(owner: string, asset: string): CollateralTerms {
    const category = this.#categories[this.world.category[owner] ?? '']
    return category?.collateral.includes(asset) ? category : (this.world.markets[asset] as Market).config
  }

  #price(asset: string): bigint {
    const price = this.#moment.priceOf(asset)
    if (price === null) throw new Refusal('no-price')
    return price
  }

  #total(side: 'supplied' | 'owed', asset: string): bigint {
    return Object.entries(this.world[side]).reduce(
      (sum, [key, value]) => (key.endsWith(`/${asset}`) ? sum + value : sum),
      0n,
    )
  }

  /** Assets that an account owes, in the order in which it began to. */
  #debts(owner: string): string[] {
    const keys = Object.keys(this.world.owed).filter((key) => key.startsWith(`${owner}/`))
    return keys.map((key) => key.slice(owner.length + 1))
  }

  #give(owner: string, asset: string, scaled: bigint): void {
    if (scaled === 0n) return
    const key = `${owner}/${asset}`
    const held = this.world.supplied[key] ?? 0n
    if (held === 0n && this.#terms(owner, asset).ltvBps > 0n) this.world.backing[key] = true
    this.world.supplied[key] = held + scaled
  }

  #take(owner: string, asset: string, scaled: bigint): void {
    const key = `${owner}/${asset}`
    const left = (this.world.supplied[key] ?? 0n) - scaled
    if (left > 0n) this.world.supplied[key] = left
    else {
      delete this.world.supplied[key]
      delete this.world.backing[key]
    }
  }

  #owe(owner: string, asset: string, scaled: bigint): void {
    const key = `${owner}/${asset}`
    const debt = (this.world.owed[key] ?? 0n) + scaled
    if (debt > 0n) this.world.owed[key] = debt
    else delete this.world.owed[key]
  }
}

/** Uniswap v2 in plain numbers: reserves x and y, units of liquidity of the providers, the protocol and the lock. */
export class ReferencePair {
  x = 0n
  y = 0n
  providers = 0n
  protocol = 0n
  locked = 0n
  #rootLast = 0n

  get supply(): bigint {
    return this.providers + this.protocol + this.locked
  }

  /** The output, or null when nothing comes out. */
  sell(side: 'x' | 'y', amount: bigint): bigint | null {
    const [into, from] = side === 'x' ? [this.x, this.y] : [this.y, this.x]
    if (amount <= 0n || into === 0n) return null
    // The largest output under which (1000·in after − 3·in)·(1000·out after) ≥ 10^6·product, found by halving.
    let low = 0n
    let high = from
    while (high - low > 1n) {
      const out = (low + high) / 2n
      if (((into + amount) * 1_000n - amount * 3n) * (from - out) * 1_000n >= into * from * 1_000_000n)
        low = out
      else high = out
    }
    if (low === 0n) return null
    if (side === 'x') [this.x, this.y] = [this.x + amount, this.y - low]
    else [this.x, this.y] = [this.x - low, this.y + amount]
    return low
  }

  provide(x: bigint, y: bigint): bigint | null {
    const due = this.#due()
    const supply = this.supply + due
    const shares = supply === 0n ? [root(x * y) - 1_000n] : [(x * supply) / this.x, (y * supply) / this.y]
    const units = shares.reduce((least, share) => (share < least ? share : least))
    if (units <= 0n) return null
    if (supply === 0n) this.locked = 1_000n
    this.providers += units
    this.#settle(this.x + x, this.y + y, due)
    return units
  }

  leave(units: bigint): readonly [bigint, bigint] | null {
    if (units > this.providers) return null
    const due = this.#due()
    const x = (units * this.x) / (this.supply + due)
    const y = (units * this.y) / (this.supply + due)
    if (x <= 0n || y <= 0n) return null
    this.providers -= units
    this.#settle(this.x - x, this.y - y, due)
    return [x, y]
  }

  /** A sixth of the growth of the root of the product. */
  #due(): bigint {
    const now = root(this.x * this.y)
    const last = this.#rootLast
    return last > 0n && now > last ? (this.supply * (now - last)) / (5n * now + last) : 0n
  }

  #settle(x: bigint, y: bigint, due: bigint): void {
    this.protocol += due
    ;[this.x, this.y, this.#rootLast] = [x, y, root(x * y)]
  }
}

function root(square: bigint): bigint {
  let low = 0n
  let high = square + 1n
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (middle * middle <= square) low = middle
    else high = middle
  }
  return low
}
