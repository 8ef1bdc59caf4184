import { RAY, WAD } from '@solvent/primitives'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clipFaults, flipFaults } from './auction-faults.ts'
import { type ClipRules, type ClipSale, clipStatus, kickClip, redo, take } from './clip-auction.ts'
import { bite, deal, dent, type FlipAuction, type FlipRules, kickFlip, tend, tick } from './flip-auction.ts'
import { autoDeleverage, coverLoss } from './loss-waterfall.ts'
import { decreasedPrice } from './price-decrease.ts'

const RAD = WAD * RAY
/** The contract's defaults: flip.sol. */
const flipRules: FlipRules = { beg: (WAD * 105n) / 100n, ttlSeconds: 3 * 3_600, tauSeconds: 2 * 86_400 }
const kicked = kickFlip({ usr: 'vault', by: 'cat', tab: 50n, lot: 100n }, flipRules, 1_000)

function bidding(auction: FlipAuction, bidder: string, bid: bigint, now = 1_000): FlipAuction {
  const done = tend(auction, { bidder, bid }, flipRules, now)
  if (done.status !== 'ok') throw new Error(done.reason)
  return done.auction
}

describe('an English auction of collateral', () => {
  test('takes a lot of at most the lump from an unsafe vault, with the penalty', () => {
    // 1,000 ETH and 100,000 DAI, price 150 at a ratio of 150 %: spot 100, at the edge; a lump of 50 ETH, penalty 13 %.
    const terms = { spot: 100n * RAY, rate: RAY, lump: 50n * WAD, chop: (RAY * 113n) / 100n }
    const vault = { ink: 1_000n * WAD, art: 100_000n * WAD }
    expect(bite(vault, terms)).toMatchObject({ reason: 'not-unsafe' })
    expect(bite(vault, { ...terms, spot: 100n * RAY - 1n })).toEqual({
      status: 'ok',
      lot: 50n * WAD,
      art: 5_000n * WAD,
      tab: 5_650n * RAD,
    })
    expect(bite(vault, { ...terms, spot: 0n, lump: 0n })).toMatchObject({ reason: 'null-auction' })
    expect(bite({ ink: 10n * WAD, art: 2_000n * WAD }, terms)).toMatchObject({
      lot: 10n * WAD,
      art: 2_000n * WAD,
    })
  })

  test('raises the bid by 5 % at least, or to the target, and pays back who was outbid', () => {
    const first = tend(kicked, { bidder: 'ali', bid: 1n }, flipRules, 1_000)
    expect(first).toMatchObject({ status: 'ok', refund: { to: 'cat', amount: 0n }, income: 1n })
    const ali = bidding(kicked, 'ali', 20n)
    expect(tend(ali, { bidder: 'bob', bid: 20n }, flipRules, 1_000)).toMatchObject({
      reason: 'bid-not-higher',
    })
    expect(tend({ ...ali, bid: 21n }, { bidder: 'bob', bid: 22n }, flipRules, 1_000)).toMatchObject({
      reason: 'insufficient-increase',
    })
    expect(tend(ali, { bidder: 'bob', bid: 21n }, flipRules, 1_000)).toMatchObject({
      refund: { to: 'ali', amount: 20n },
      income: 1n,
      auction: { guy: 'bob', bid: 21n, tic: 1_000 + 10_800 },
    })
    expect(tend(ali, { bidder: 'bob', bid: 51n }, flipRules, 1_000)).toMatchObject({
      reason: 'higher-than-tab',
    })
    expect(tend({ ...ali, bid: 49n }, { bidder: 'bob', bid: 50n }, flipRules, 1_000).status).toBe('ok')
  })

  test('then lets the lot shrink by 5 %, and gives the rest back', () => {
    expect(dent(bidding(kicked, 'ali', 49n), { bidder: 'bob', lot: 90n }, flipRules, 1_000)).toMatchObject({
      reason: 'tend-not-finished',
    })
    const full = bidding(kicked, 'ali', 50n)
    // 1.05 · 95 = 99.75 ≤ 100 < 1.05 · 96.
    expect(dent(full, { bidder: 'bob', lot: 96n }, flipRules, 1_000)).toMatchObject({
      reason: 'insufficient-decrease',
    })
    expect(dent(full, { bidder: 'bob', lot: 100n }, flipRules, 1_000)).toMatchObject({
      reason: 'lot-not-lower',
    })
    expect(dent(full, { bidder: 'bob', lot: -1n }, flipRules, 1_000)).toMatchObject({
      reason: 'lot-not-lower',
    })
    expect(dent(full, { bidder: 'bob', lot: 95n }, flipRules, 1_000)).toMatchObject({
      refund: { to: 'ali', amount: 50n },
      freed: 5n,
      auction: { guy: 'bob', lot: 95n },
    })
  })

  test('keeps its times to the second: a bid counts while tic and end lie ahead, deals only when one has passed', () => {
    const ali = bidding(kicked, 'ali', 1n)
    const bob = { bidder: 'bob', bid: 2n }
    expect(tend(ali, bob, flipRules, ali.tic - 1).status).toBe('ok')
    expect(tend(ali, bob, flipRules, ali.tic)).toMatchObject({ reason: 'already-finished-tic' })
    expect(tend(kicked, bob, flipRules, kicked.end)).toMatchObject({ reason: 'already-finished-end' })
    expect(deal(ali, ali.tic)).toMatchObject({ reason: 'not-finished' })
    expect(deal(ali, ali.tic + 1)).toEqual({ status: 'ok', winner: 'ali', lot: 100n, shortfall: 49n })
    expect(deal(kicked, kicked.end + 1)).toMatchObject({ reason: 'not-finished' })
    expect(tick(kicked, flipRules, kicked.end)).toMatchObject({ reason: 'not-finished' })
    expect(tick(kicked, flipRules, kicked.end + 1)).toMatchObject({
      auction: { end: kicked.end + 1 + 172_800 },
    })
    expect(tick(ali, flipRules, ali.end + 1)).toMatchObject({ reason: 'bid-already-placed' })
  })

  test('sells a lot for nearly nothing when nobody else bids: 12 March 2020', () => {
    const start = kickFlip({ usr: 'vault', by: 'cat', tab: 5_650n * RAD, lot: 50n * WAD }, flipRules, 0)
    const lone = bidding(start, 'keeper', 1n, 10)
    expect(deal(lone, lone.tic + 1)).toMatchObject({
      winner: 'keeper',
      lot: 50n * WAD,
      shortfall: 5_650n * RAD - 1n,
    })
  })

  const bid = fc.record({
    bidder: fc.constantFrom('ali', 'bob', 'cat'),
    dents: fc.boolean(),
    amount: fc.bigInt({ min: 0n, max: 120n }),
    wait: fc.nat(9_000),
  })
  test('takes in what the last bid says and hands out one lot, whatever is bid', () => {
    fc.assert(
      fc.property(fc.array(bid, { maxLength: 25, size: 'max' }), (bids) => {
        let auction = kicked
        let now = 1_000
        let income = 0n
        let freed = 0n
        for (const { bidder, dents, amount, wait } of bids) {
          now += wait
          const done = dents
            ? dent(auction, { bidder, lot: amount }, flipRules, now)
            : tend(auction, { bidder, bid: amount }, flipRules, now)
          if (done.status === 'refused') continue
          // The new bidder pays the old one's bid back, so that the system has what the last bid says.
          expect(done.refund).toEqual({ to: auction.guy, amount: auction.bid })
          if ('income' in done) income += done.income
          else freed += done.freed
          auction = done.auction
        }
        expect(income).toBe(auction.bid)
        expect(income).toBeLessThanOrEqual(50n)
        expect(auction.lot + freed).toBe(100n)
      }),
    )
  })
})

const clipRules: ClipRules = {
  buf: (RAY * 130n) / 100n,
  tailSeconds: 3_600,
  cusp: (RAY * 40n) / 100n,
  dust: 20n * RAD,
  decrease: { kind: 'linear', tauSeconds: 7_200 },
}
function sold(start: { readonly tab: bigint; readonly lot: bigint; readonly price: bigint }): ClipSale {
  const done = kickClip({ usr: 'vault', ...start }, clipRules, 0)
  if (done.status !== 'ok') throw new Error(done.reason)
  return done.sale
}

describe('the price of a Dutch auction', () => {
  // dss, test/abaci.t.sol: test_linear_decrease.
  test('falls in a line to nothing', () => {
    const decrease = { kind: 'linear', tauSeconds: 3_600 } as const
    for (let tenth = 0n; tenth <= 10n; tenth++)
      expect(decreasedPrice(decrease, 1_000n * RAY, 360 * Number(tenth))).toBe((1_000n - 100n * tenth) * RAY)
  })

  // dss, test/abaci.t.sol: checkExpDecrease with 1.123456789 % every 5 seconds, tolerance 10^8 at a top of 50,000,000.
  test('falls by steps, each a share of the last', () => {
    const cut = RAY - 11_234_567_890n * 10n ** 15n
    const decrease = { kind: 'stairstep-exponential', cut, stepSeconds: 5 } as const
    let last = 50_000_000n * RAY
    expect(decreasedPrice(decrease, last, 0)).toBe(last)
    for (let seconds = 1; seconds < 600; seconds++) {
      const price = decreasedPrice(decrease, 50_000_000n * RAY, seconds)
      const want = seconds % 5 === 0 ? (last * cut) / RAY : last
      const apart = price > want ? price - want : want - price
      expect(apart).toBeLessThanOrEqual(100_000_000n)
      last = price
    }
  })
})

test('powers of a step round halves up, as rpow does', () => {
  // (5·10^26 + 3·10^13)² / 10^27 = 2.5·10^26 + 3·10^13 + 0.9.
  const cut = 5n * 10n ** 26n + 3n * 10n ** 13n
  const decrease = { kind: 'stairstep-exponential', cut, stepSeconds: 1 } as const
  expect(decreasedPrice(decrease, RAY, 2)).toBe(25n * 10n ** 25n + 3n * 10n ** 13n + 1n)
})

describe('a Dutch auction of collateral', () => {
  // 40 ETH at 5, start 6.5, to raise 110.
  const sale = sold({ tab: 110n * RAD, lot: 40n * WAD, price: 5n * RAY })

  test('sells a part at the price of the moment, to who pays it', () => {
    expect(take(sale, { amount: WAD, maxPrice: (RAY * 65n) / 10n - 1n }, clipRules, 0)).toMatchObject({
      reason: 'too-expensive',
    })
    expect(take(sale, { amount: 2n * WAD, maxPrice: 10n * RAY }, clipRules, 0)).toMatchObject({
      slice: 2n * WAD,
      owe: 13n * RAD,
      sale: { tab: 97n * RAD, lot: 38n * WAD },
    })
    expect(take(sale, { amount: 0n, maxPrice: 10n * RAY }, clipRules, 0)).toMatchObject({
      reason: 'zero-amount',
    })
  })

  test('gives back what the target does not need', () => {
    // At 5.5 after 1,107.69… s; by then 110/5.5 = 20.
    const all = take(sale, { amount: 40n * WAD, maxPrice: 10n * RAY }, clipRules, 0)
    if (all.status !== 'ok') throw new Error(all.reason)
    expect(all).toMatchObject({ owe: 110n * RAD, sale: null, shortfall: 0n })
    expect(all.slice).toBe((110n * RAD) / ((RAY * 65n) / 10n))
    expect(all.slice + all.returned).toBe(40n * WAD)
  })

  test('leaves no dust of the target: less is bought, or nothing', () => {
    // 15 ETH at 6.5 = 97.5 would leave 12.5 of 110: only 90 are taken.
    expect(take(sale, { amount: 15n * WAD, maxPrice: 10n * RAY }, clipRules, 0)).toMatchObject({
      owe: 90n * RAD,
      sale: { tab: 20n * RAD },
    })
    const small = { ...sale, tab: 20n * RAD }
    expect(take(small, { amount: WAD, maxPrice: 10n * RAY }, clipRules, 0)).toMatchObject({
      reason: 'no-partial-purchase',
    })
    expect(take(small, { amount: 40n * WAD, maxPrice: 10n * RAY }, clipRules, 0).status).toBe('ok')
  })

  test('begins anew after its time or below its floor, at the price of then', () => {
    expect(redo(sale, RAY, clipRules, 3_600)).toMatchObject({ reason: 'cannot-reset' })
    expect(take(sale, { amount: WAD, maxPrice: 10n * RAY }, clipRules, 3_600).status).toBe('ok')
    expect(take(sale, { amount: WAD, maxPrice: 10n * RAY }, clipRules, 3_601)).toMatchObject({
      reason: 'needs-reset',
    })
    expect(redo(sale, 3n * RAY, clipRules, 3_601)).toMatchObject({
      sale: { top: (39n * RAY) / 10n, tic: 3_601 },
    })
    expect(redo(sale, 0n, clipRules, 3_601)).toMatchObject({ reason: 'zero-top-price' })
    const steep = { ...clipRules, decrease: { kind: 'linear', tauSeconds: 1_000 } } as const
    expect([600, 601].map((now) => clipStatus(sale, steep, now).needsRedo)).toEqual([false, true])
    expect(kickClip({ usr: 'v', tab: 0n, lot: 1n, price: RAY }, clipRules, 0)).toMatchObject({
      reason: 'zero-tab',
    })
    expect(kickClip({ usr: 'v', tab: 1n, lot: 0n, price: RAY }, clipRules, 0)).toMatchObject({
      reason: 'zero-lot',
    })
    expect(kickClip({ usr: 'v', tab: 1n, lot: 1n, price: 0n }, clipRules, 0)).toMatchObject({
      reason: 'zero-top-price',
    })
  })

  test('never sells more than its lot, never takes in more than its target, and says what is missing', () => {
    const purchase = fc.record({ amount: fc.bigInt({ min: 0n, max: 15n * WAD }), wait: fc.nat(700) })
    fc.assert(
      fc.property(
        fc.array(purchase, { maxLength: 12, size: 'max' }),
        fc.bigInt({ min: 1n, max: 400n }),
        (purchases, tab) => {
          const start = sold({ tab: tab * RAD, lot: 40n * WAD, price: 5n * RAY })
          let open: ClipSale | null = start
          let now = 0
          let out = 0n
          let paid = 0n
          let missing = 0n
          for (const { amount, wait } of purchases) {
            if (open === null) break
            now += wait
            const done = take(open, { amount, maxPrice: 100n * RAY }, clipRules, now)
            if (done.status === 'refused') continue
            out += done.slice + done.returned
            paid += done.owe
            missing += done.shortfall
            open = done.sale
            if (open !== null)
              expect(open.tab).toBeGreaterThanOrEqual(start.tab < clipRules.dust ? 0n : clipRules.dust)
          }
          expect(out + (open?.lot ?? 0n)).toBe(40n * WAD)
          expect(paid + (open?.tab ?? 0n) + missing).toBe(tab * RAD)
        },
      ),
    )
  })
})

describe('parameters of auctions', () => {
  const steps = (cut: bigint, stepSeconds: number) => ({
    ...clipRules,
    decrease: { kind: 'stairstep-exponential', cut, stepSeconds } as const,
  })
  test('that Maker ran with have no fault, impossible ones are named, dubious ones too', () => {
    expect([flipFaults(flipRules), clipFaults(clipRules), clipFaults(steps((RAY * 99n) / 100n, 60))]).toEqual(
      [[], [], []],
    )
    const severities = (faults: readonly { readonly severity: string }[]) =>
      faults.map(({ severity }) => severity)
    expect(severities(flipFaults({ ...flipRules, beg: WAD - 1n }))).toEqual(['impossible'])
    expect(severities(flipFaults({ ...flipRules, ttlSeconds: 0 }))).toEqual(['impossible'])
    expect(severities(flipFaults({ ...flipRules, ttlSeconds: 200_000 }))).toEqual(['dubious'])
    expect(severities(clipFaults(steps(RAY, 60)))).toEqual(['impossible'])
    expect(severities(clipFaults(steps(RAY - 1n, 0)))).toEqual(['impossible'])
    expect(severities(clipFaults({ ...clipRules, cusp: RAY }))).toEqual(['impossible'])
    expect(severities(clipFaults({ ...clipRules, buf: RAY - 1n }))).toEqual(['dubious'])
    expect(
      severities(clipFaults({ ...clipRules, decrease: { kind: 'linear', tauSeconds: Number.NaN } })),
    ).toEqual(['impossible'])
  })
})

describe('who pays for the rest', () => {
  test('first the fund', () => {
    expect(coverLoss(100n, 30n)).toEqual({ fund: 70n, covered: 30n, uncovered: 0n })
    expect(coverLoss(100n, 130n)).toEqual({ fund: 0n, covered: 100n, uncovered: 30n })
  })

  test('then the most profitable and most leveraged on the other side, whose margin is not gone', () => {
    // Shorts of 10 units taken at 100, mark 90: 10 % profit; the less margin, the more leverage.
    const short = (owner: string, entryValue: bigint, margin: bigint) => ({
      owner,
      units: 10n,
      entryValue,
      margin,
    })
    const positions = [
      short('calm', 1_000n, 1_000n),
      short('bold', 1_000n, 50n),
      short('loser', 800n, 300n),
      short('gone', 700n, 100n),
      short('rich', 1_200n, 1_000n),
    ]
    const mark = (units: bigint) => units * 90n
    expect(autoDeleverage(positions, 25n, 'short', mark)).toEqual([
      { owner: 'bold', units: 10n },
      { owner: 'rich', units: 10n },
      { owner: 'calm', units: 5n },
    ])
    expect(autoDeleverage(positions, 99n, 'short', mark).map(({ owner }) => owner)).toEqual([
      'bold',
      'rich',
      'calm',
      'loser',
    ])
    expect(autoDeleverage([{ ...short('up', 800n, 10n) }], 3n, 'long', mark)).toEqual([
      { owner: 'up', units: 3n },
    ])
    expect(autoDeleverage([], 3n, 'long', mark)).toEqual([])
  })
})
