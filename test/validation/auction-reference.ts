// A second, slow and plain implementation of collateral auctions, English and Dutch, written from makerdao/dss (cat.sol, flip.sol, clip.sol, abaci.sol) and
// docs/models/liquidation.md. It shares no code with the settlement core. An auction is one object that is changed in place, and everybody's coins and
// collateral are counted in two tables, so that what a bid pays, gives back and frees is what moved in them.

/** Thrown inside a command; its text is the reason. */
class Refusal extends Error {}

function need(isSo: boolean, reason: string): void {
  if (!isSo) throw new Refusal(reason)
}

const RAY = 10n ** 27n
const WAD = 10n ** 18n

/** Everybody's tables: positive has received, negative has paid. */
export class Purses {
  readonly coins: Record<string, bigint> = {}
  readonly collateral: Record<string, bigint> = {}

  pay(from: string, to: string, amount: bigint): void {
    this.coins[from] = (this.coins[from] ?? 0n) - amount
    this.coins[to] = (this.coins[to] ?? 0n) + amount
  }

  give(from: string, to: string, amount: bigint): void {
    this.collateral[from] = (this.collateral[from] ?? 0n) - amount
    this.collateral[to] = (this.collateral[to] ?? 0n) + amount
  }
}

export const HOUSE = 'house'

export type Answer = { readonly refused: string } | { readonly done: true }

function attempt(command: () => void): Answer {
  try {
    command()
    return { done: true }
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message }
    throw error
  }
}

/** What of an unsafe vault goes to auction: `lot`, its part of the debt, and the target. */
export function modelBite(
  [ink, art]: readonly [bigint, bigint],
  { spot, rate, lump, chop }: Readonly<Record<'spot' | 'rate' | 'lump' | 'chop', bigint>>,
): Answer & Partial<Record<'lot' | 'art' | 'tab', bigint>> {
  let found = {}
  const answer = attempt(() => {
    need(ink * spot < art * rate, 'not-unsafe')
    const lot = ink > lump ? lump : ink
    need(lot > 0n, 'null-auction')
    const part = (lot * art) / ink
    const sold = part > art ? art : part
    found = { lot, art: sold, tab: (sold * rate * chop) / RAY }
  })
  return { ...answer, ...found }
}

export class EnglishAuction {
  lot: bigint
  bid = 0n
  leader: string
  /** When the leader's bid wins; null: nobody has bid. */
  wonAt: number | null = null
  end: number
  isOver = false
  readonly #tab: bigint
  readonly #owner: string
  readonly #terms: { readonly beg: bigint; readonly ttl: number; readonly tau: number }
  readonly #purses: Purses

  constructor(
    start: {
      readonly lot: bigint
      readonly tab: bigint
      readonly owner: string
      readonly by: string
      readonly at: number
    },
    terms: { readonly beg: bigint; readonly ttl: number; readonly tau: number },
    purses: Purses,
  ) {
    this.lot = start.lot
    this.#tab = start.tab
    this.#owner = start.owner
    this.leader = start.by
    this.end = start.at + terms.tau
    this.#terms = terms
    this.#purses = purses
  }

  /** A bid is open while neither the auction nor the last bid has run out: at that second it has. */
  #open(now: number): void {
    if (this.wonAt !== null) need(now < this.wonAt, 'already-finished-tic')
    need(now < this.end, 'already-finished-end')
  }

  raise(who: string, bid: bigint, now: number): Answer {
    return attempt(() => {
      this.#open(now)
      need(bid <= this.#tab, 'higher-than-tab')
      need(bid > this.bid, 'bid-not-higher')
      need(bid === this.#tab || bid * WAD >= this.#terms.beg * this.bid, 'insufficient-increase')
      this.#purses.pay(who, this.leader, this.bid)
      this.#purses.pay(who, HOUSE, bid - this.bid)
      Object.assign(this, { leader: who, bid, wonAt: now + this.#terms.ttl })
    })
  }

  shrink(who: string, lot: bigint, now: number): Answer {
    return attempt(() => {
      this.#open(now)
      need(this.bid === this.#tab, 'tend-not-finished')
      need(lot < this.lot && lot >= 0n, 'lot-not-lower')
      need(lot * this.#terms.beg <= this.lot * WAD, 'insufficient-decrease')
      this.#purses.pay(who, this.leader, this.bid)
      this.#purses.give(HOUSE, this.#owner, this.lot - lot)
      Object.assign(this, { leader: who, lot, wonAt: now + this.#terms.ttl })
    })
  }

  deal(now: number): Answer {
    return attempt(() => {
      need(this.wonAt !== null && (now > this.wonAt || now > this.end), 'not-finished')
      this.#purses.give(HOUSE, this.leader, this.lot)
      this.isOver = true
    })
  }

  again(now: number): Answer {
    return attempt(() => {
      need(now > this.end, 'not-finished')
      need(this.wonAt === null, 'bid-already-placed')
      this.end = now + this.#terms.tau
    })
  }
}

export type Fall =
  | { readonly kind: 'linear'; readonly tauSeconds: number }
  | { readonly kind: 'stairstep-exponential'; readonly cut: bigint; readonly stepSeconds: number }

/** abaci.sol, with its power by squaring, whose products are rounded half up. */
function fallen(fall: Fall, top: bigint, seconds: number): bigint {
  if (fall.kind === 'linear') {
    const left = fall.tauSeconds - seconds
    return left <= 0 ? 0n : (top * ((BigInt(left) * RAY) / BigInt(fall.tauSeconds))) / RAY
  }
  const times = (a: bigint, b: bigint): bigint => (a * b + RAY / 2n) / RAY
  const bits = [...Math.floor(seconds / fall.stepSeconds).toString(2)].reverse()
  let [power, square] = [bits[0] === '1' ? fall.cut : RAY, fall.cut]
  for (const bit of bits.slice(1)) {
    square = times(square, square)
    if (bit === '1') power = times(power, square)
  }
  return (top * power) / RAY
}

export interface DutchTerms {
  readonly buf: bigint
  readonly tail: number
  readonly cusp: bigint
  readonly dust: bigint
  readonly fall: Fall
}

export class DutchAuction {
  lot: bigint
  tab: bigint
  top: bigint
  begun: number
  isOver = false
  readonly #owner: string
  readonly #terms: DutchTerms
  readonly #purses: Purses

  constructor(
    start: {
      readonly lot: bigint
      readonly tab: bigint
      readonly owner: string
      readonly price: bigint
      readonly at: number
    },
    terms: DutchTerms,
    purses: Purses,
  ) {
    this.lot = start.lot
    this.tab = start.tab
    this.top = (start.price * terms.buf) / RAY
    this.begun = start.at
    this.#owner = start.owner
    this.#terms = terms
    this.#purses = purses
  }

  priceAt(now: number): bigint {
    return fallen(this.#terms.fall, this.top, now - this.begun)
  }

  isStale(now: number): boolean {
    const { tail, cusp } = this.#terms
    return now - this.begun > tail || (this.priceAt(now) * RAY) / this.top < cusp
  }

  buy(who: string, amount: bigint, most: bigint, now: number): Answer {
    return attempt(() => {
      const price = this.priceAt(now)
      need(!this.isStale(now) && price > 0n, 'needs-reset')
      need(price <= most, 'too-expensive')
      need(amount > 0n, 'zero-amount')
      let part = amount < this.lot ? amount : this.lot
      let owed = part * price
      if (owed > this.tab) [owed, part] = [this.tab, this.tab / price]
      else if (owed !== this.tab && part !== this.lot && this.tab - owed < this.#terms.dust) {
        need(this.tab > this.#terms.dust, 'no-partial-purchase')
        owed = this.tab - this.#terms.dust
        part = owed / price
      }
      this.#purses.pay(who, HOUSE, owed)
      this.#purses.give(HOUSE, who, part)
      this.tab -= owed
      this.lot -= part
      this.isOver = this.lot === 0n || this.tab === 0n
      if (this.isOver && this.lot > 0n) this.#purses.give(HOUSE, this.#owner, this.lot)
    })
  }

  again(price: bigint, now: number): Answer {
    return attempt(() => {
      need(this.isStale(now), 'cannot-reset')
      const top = (price * this.#terms.buf) / RAY
      need(top > 0n, 'zero-top-price')
      Object.assign(this, { top, begun: now })
    })
  }
}
