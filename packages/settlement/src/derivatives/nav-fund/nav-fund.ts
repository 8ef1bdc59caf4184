// Tokenised real-world collateral: shares of assets outside the chain, whose value is marked on a schedule, late and rarely, and whose
// redemptions wait in a queue and are paid from a buffer of coins. Between two marks everyone deals at the old one: who leaves after a
// loss that is not marked yet takes it out of those who stay. Sources: dilution by stale prices as in Chen, Goldstein, Jiang 2010 and
// Zitzewitz 2003; queues, notice and gates as in the terms of tokenised funds. Base units of one coin; a mark is in coins for one
// whole share with 18 decimals. What leaves the fund is rounded down.
import { BPS, minBig, mulDivFloor, WAD } from '@solvent/primitives'
import { type Outcome, refused } from '../../outcome.ts'
import { impossibleOf, type ParameterFault } from '../../parameter-fault.ts'

export interface NavRules {
  /** A mark is published so often … */
  readonly markEverySeconds: number
  /** … and says what was so long before. */
  readonly markLagSeconds: number
  /** From a request to its payment at the earliest. */
  readonly noticeSeconds: number
  /** Whether a redemption is paid at the mark of its request or of its payment. */
  readonly pricedAt: 'request' | 'payment'
  /** Of the shares of the moment, at most so many are paid between two marks; 10,000: no gate. */
  readonly gateBps: bigint
}

export interface RedemptionRequest {
  readonly holder: string
  readonly shares: bigint
  readonly requestedAt: number
  readonly markE18: bigint
}

export interface NavFund {
  readonly shares: bigint
  /** The buffer that pays redemptions. */
  readonly cash: bigint
  /** What the assets outside are worth in truth: the chain never sees it. */
  readonly assets: bigint
  readonly mark: { readonly valueE18: bigint; readonly publishedAt: number }
  /** The oldest first; their shares are still in circulation. */
  readonly queue: readonly RedemptionRequest[]
  /** Paid since the last mark, shares. */
  readonly paidShares: bigint
}

/** True value of what the fund has, a share. */
export function trueValueE18({ cash, assets, shares }: NavFund): bigint {
  return shares === 0n ? WAD : ((cash + assets) * WAD) / shares
}

/** When the next mark is due, and what moment it is about. */
export function nextMark(
  { mark }: NavFund,
  { markEverySeconds, markLagSeconds }: NavRules,
): { readonly at: number; readonly about: number } {
  const at = mark.publishedAt + markEverySeconds
  return { at, about: at - markLagSeconds }
}

/** Publishes a mark on the schedule. @param valueE18 of a share at the moment that the mark is about */
export function publishMark(
  fund: NavFund,
  valueE18: bigint,
  now: number,
  rules: NavRules,
): Outcome<{ readonly fund: NavFund }, 'too-early' | 'no-value'> {
  if (now < nextMark(fund, rules).at) return refused('too-early')
  if (valueE18 < 0n) return refused('no-value')
  return { status: 'ok', fund: { ...fund, mark: { valueE18, publishedAt: now }, paidShares: 0n } }
}

/** A mark that somebody else has published; a newer one than the last opens the gate anew. */
export function takeMark(fund: NavFund, mark: NavFund['mark']): NavFund {
  return mark.publishedAt > fund.mark.publishedAt ? { ...fund, mark, paidShares: 0n } : fund
}

/** Shares for coins at the mark. */
export function subscribeNav(
  fund: NavFund,
  amount: bigint,
): Outcome<{ readonly fund: NavFund; readonly shares: bigint }, 'zero-amount' | 'no-value'> {
  if (fund.mark.valueE18 === 0n) return refused('no-value')
  const shares = amount <= 0n ? 0n : mulDivFloor(amount, WAD, fund.mark.valueE18)
  if (shares === 0n) return refused('zero-amount')
  return { status: 'ok', shares, fund: { ...fund, shares: fund.shares + shares, cash: fund.cash + amount } }
}

/** Puts shares into the queue; they are the fund's to burn from here on. */
export function requestRedemption(
  fund: NavFund,
  { holder, shares }: { readonly holder: string; readonly shares: bigint },
  now: number,
): Outcome<{ readonly fund: NavFund }, 'zero-amount' | 'more-than-supply'> {
  if (shares <= 0n) return refused('zero-amount')
  const waiting = fund.queue.reduce((sum, request) => sum + request.shares, 0n)
  if (waiting + shares > fund.shares) return refused('more-than-supply')
  const request = { holder, shares, requestedAt: now, markE18: fund.mark.valueE18 }
  return { status: 'ok', fund: { ...fund, queue: [...fund.queue, request] } }
}

export interface NavPayment {
  readonly holder: string
  readonly shares: bigint
  readonly amount: bigint
}

/** Pays the queue from its head as far as notice, gate and buffer reach; a request may be paid in parts. */
export function payRedemptions(
  fund: NavFund,
  now: number,
  rules: NavRules,
): { readonly fund: NavFund; readonly payments: readonly NavPayment[] } {
  const payments: NavPayment[] = []
  let { cash, shares, paidShares } = fund
  let gate = mulDivFloor(shares + paidShares, rules.gateBps, BPS) - paidShares
  const queue = [...fund.queue]
  for (let head = queue[0]; head !== undefined && gate > 0n; head = queue[0]) {
    if (now < head.requestedAt + rules.noticeSeconds) break
    const priceE18 = rules.pricedAt === 'request' ? head.markE18 : fund.mark.valueE18
    const affordable = priceE18 === 0n ? head.shares : mulDivFloor(cash, WAD, priceE18)
    const paid = minBig(minBig(head.shares, gate), affordable)
    if (paid === 0n) break
    const amount = mulDivFloor(paid, priceE18, WAD)
    payments.push({ holder: head.holder, shares: paid, amount })
    cash -= amount
    shares -= paid
    paidShares += paid
    gate -= paid
    if (paid < head.shares) {
      queue[0] = { ...head, shares: head.shares - paid }
      break
    }
    queue.shift()
  }
  return { payments, fund: { ...fund, cash, shares, paidShares, queue } }
}

/** Sells assets outside into the buffer: what they bring arrives, what they were worth is gone. */
export function sellAssets(
  fund: NavFund,
  { worth, brought }: { readonly worth: bigint; readonly brought: bigint },
): Outcome<{ readonly fund: NavFund; readonly loss: bigint }, 'zero-amount' | 'more-than-assets'> {
  if (worth <= 0n || brought < 0n) return refused('zero-amount')
  if (worth > fund.assets) return refused('more-than-assets')
  return {
    status: 'ok',
    loss: worth - brought,
    fund: { ...fund, assets: fund.assets - worth, cash: fund.cash + brought },
  }
}

export function navFaults({
  markEverySeconds,
  markLagSeconds,
  noticeSeconds,
  gateBps,
  pricedAt,
}: NavRules): ParameterFault[] {
  const faults = impossibleOf([
    [!(markEverySeconds >= 1), 'a mark is published at intervals of a second or more'],
    [markLagSeconds < 0 || noticeSeconds < 0, 'lag and notice are not negative'],
    [gateBps <= 0n || gateBps > BPS, 'the gate lets something through, and at most everything'],
  ])
  if (pricedAt === 'request' && noticeSeconds > markEverySeconds)
    faults.push({
      severity: 'dubious',
      reason:
        'redemptions are priced before the mark that they are paid after: who leaves first takes from who stays',
    })
  return faults
}
