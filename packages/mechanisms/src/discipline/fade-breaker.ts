// The fade breaker of UniswapX (uniswapx-parameterization-api lib/cron/fade-rate-v2.ts): a filler whose smoothed rate of fades is above 12 %
// is benched for 15 minutes, and twice as long each time, up to 32 hours. Run every 10 minutes. Times are Unix seconds.
import type { Payment } from '../mechanism.ts'
import type { Discipline, Settlement } from './discipline.ts'

const BLOCK_SECONDS = 900
const MOST_DOUBLINGS = 7
const WINDOW_SECONDS = 86_400
const WINDOW_ORDERS = 100
/** Fill data loads once an hour; an order counts as new two hours after its deadline. */
const LOADING_SECONDS = 7_200
const CLEAN_RUNS = 6
/** The prior: one fade in twenty orders. */
const PRIOR_FADES = 1
const PRIOR_ORDERS = 20
/** 0.12 = 3/25. */
const LIMIT = { part: 3, of: 25 }

interface Standing {
  readonly rows: { readonly dueSeconds: number; readonly isFaded: boolean }[]
  blockedUntil: number
  /** How often the bench doubles next time. */
  doublings: number
  cleanRuns: number
}

/** What a breaker says of a filler. */
export interface FillerStanding {
  readonly blockedUntil: number
  readonly doublings: number
  readonly cleanRuns: number
}

export class FadeBreaker implements Discipline {
  readonly #standings = new Map<string, Standing>()
  #lastRun = 0

  admits(bidder: string, nowSeconds: number): boolean {
    return nowSeconds >= (this.#standings.get(bidder)?.blockedUntil ?? 0)
  }

  record({ bidder, dueSeconds, isFaded }: Settlement): readonly Payment[] {
    this.#standing(bidder).rows.push({ dueSeconds, isFaded })
    return []
  }

  standing(bidder: string): FillerStanding {
    const { blockedUntil, doublings, cleanRuns } = this.#standing(bidder)
    return { blockedUntil, doublings, cleanRuns }
  }

  /** Judges every filler; to be called at each interval, with the time. */
  run(nowSeconds: number): void {
    for (const standing of this.#standings.values()) this.#judge(standing, nowSeconds)
    this.#lastRun = nowSeconds
  }

  #judge(standing: Standing, now: number): void {
    forget(standing, now)
    const rows = recent(standing.rows, now)
    const since = standing.blockedUntil
    const window = rows.filter(({ dueSeconds }) => dueSeconds > since)
    const inBlock = rows.filter(({ dueSeconds }) => dueSeconds <= since && dueSeconds > this.#lastRun)
    const fresh = rows.filter(
      ({ dueSeconds }) => dueSeconds > this.#lastRun - LOADING_SECONDS && dueSeconds <= now - LOADING_SECONDS,
    )
    const hasFreshFade = fresh.some(({ isFaded }) => isFaded)
    if (now < since) {
      if (isTooHigh(inBlock)) bench(standing, since)
      else if (hasFreshFade) standing.cleanRuns = 0
    } else if (isTooHigh(window) || isTooHigh(inBlock)) bench(standing, now)
    else if (hasFreshFade) standing.cleanRuns = 0
    else if (fresh.length > 0) forgive(standing)
  }

  #standing(bidder: string): Standing {
    const known = this.#standings.get(bidder)
    if (known !== undefined) return known
    const standing = { rows: [], blockedUntil: 0, doublings: 0, cleanRuns: 0 }
    this.#standings.set(bidder, standing)
    return standing
  }
}

/**
 * The most fades among so many orders that leave the smoothed rate at or below the limit: the evasion envelope, about
 * 0.12 n + 1.4. Whoever fades no more is never benched.
 *
 * @example unpunishedFades(15) // 3
 */
export function unpunishedFades(orders: number): number {
  return Math.floor((LIMIT.part * (orders + PRIOR_ORDERS)) / LIMIT.of) - PRIOR_FADES
}

/** Drops what no later judgement looks at: time only goes on. */
function forget({ rows }: Standing, now: number): void {
  const old = rows.findIndex(({ dueSeconds }) => dueSeconds > now - WINDOW_SECONDS)
  rows.splice(0, old === -1 ? rows.length : old)
}

function isTooHigh(rows: readonly { readonly isFaded: boolean }[]): boolean {
  const fades = rows.filter(({ isFaded }) => isFaded).length
  return LIMIT.of * (fades + PRIOR_FADES) > LIMIT.part * (rows.length + PRIOR_ORDERS)
}

/** The last 24 hours or the last 100 orders, whichever is less, of those that are due. */
function recent(rows: Standing['rows'], now: number): Standing['rows'] {
  const due = rows.filter(({ dueSeconds }) => dueSeconds > now - WINDOW_SECONDS && dueSeconds <= now)
  return due.sort((a, b) => a.dueSeconds - b.dueSeconds).slice(-WINDOW_ORDERS)
}

function bench(standing: Standing, from: number): void {
  standing.blockedUntil = from + (BLOCK_SECONDS << standing.doublings)
  standing.doublings = Math.min(standing.doublings + 1, MOST_DOUBLINGS)
  standing.cleanRuns = 0
}

function forgive(standing: Standing): void {
  standing.cleanRuns += 1
  if (standing.cleanRuns < CLEAN_RUNS) return
  standing.cleanRuns = 0
  standing.doublings = Math.max(0, standing.doublings - 1)
}
