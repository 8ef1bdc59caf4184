// The pace of a running network, kept where it was launched: looks at how late its nodes are, and tells all of them when virtual
// time goes on faster or slower. Nodes change at one moment of the wall, which they hear of a little before.
import { AcceleratedClock, type Pace } from '@solvent/runtime-libp2p'
import type { NetworkPlan } from '../assembly/network-plan.ts'
import { Pacer, type Timekeeping } from './pacer.ts'

export interface NetworkPaceOptions {
  readonly plan: NetworkPlan
  /** Virtual seconds a second that the user wants. */
  readonly asked: number
  /** How late timers came at most since the last call, over all nodes, virtual ms. */
  readonly takeLagMs: () => number
  readonly tell: (pace: Pace, fromWallMs: number) => void
  /** The machine is too slow for the pace so far. */
  readonly onSlower?: ((acceleration: number) => void) | undefined
}

const LOOK_MS = 500
/** For the word to reach all nodes, also of a busy machine. */
const LEAD_MS = 250
/** Orders, bids and awards cross three nodes between the start and the end of an auction. */
const SHARE_OF_AUCTION = 0.25
const MOST_TOLERATED_MS = 30_000
const TOLERATED_WITHOUT_ORDERS_MS = 10_000

export class NetworkPace {
  readonly #options: NetworkPaceOptions
  readonly #pacer: Pacer
  readonly #clock: AcceleratedClock
  #pace: Pace | null = null
  #told: { readonly pace: Pace; readonly fromWallMs: number } | null = null
  #looks: NodeJS.Timeout | null = null

  constructor(options: NetworkPaceOptions) {
    this.#options = options
    this.#pacer = new Pacer({ asked: options.asked, toleratedMs: toleratedMs(options.plan) })
    const { acceleration } = this.#pacer
    this.#clock = new AcceleratedClock({ genesisMs: 0, startedAtWallMs: null, acceleration })
  }

  /** Virtual seconds a second, as last told. */
  get acceleration(): number {
    return this.#pacer.acceleration
  }

  /** The piece of time that was last told; null before the beginning. */
  get pace(): Pace | null {
    return this.#pace
  }

  /** What a node hears that joins now: at once, or at the moment that the others wait for. */
  get told(): { readonly pace: Pace; readonly fromWallMs: number } | null {
    return this.#told
  }

  get timekeeping(): Timekeeping {
    return this.#pacer.timekeeping
  }

  /** Virtual ms since genesis. */
  elapsedMs(): number {
    return this.#clock.scenarioMs()
  }

  /** Ms of the wall until so much virtual time has passed since genesis, as far as the pace is known. */
  wallMsUntil(elapsedMs: number): number {
    return this.#clock.wallMsUntilScenario(elapsedMs)
  }

  begin(startedAtWallMs: number): Pace {
    this.#clock.begin(startedAtWallMs)
    const pace = { startedAtWallMs, acceleration: this.#pacer.acceleration }
    this.#pace = pace
    this.#looks = setInterval(() => this.#look(), LOOK_MS)
    this.#looks.unref()
    return pace
  }

  stop(): void {
    if (this.#looks !== null) clearInterval(this.#looks)
    this.#looks = null
  }

  #look(): void {
    const change = this.#pacer.look(this.#options.takeLagMs())
    if (change === 'same') return
    this.#change()
    if (change === 'slower') this.#options.onSlower?.(this.#pacer.acceleration)
  }

  #change(): void {
    const fromWallMs = Date.now() + LEAD_MS
    const { startedAtWallMs, acceleration } = this.#pace!
    const elapsedMs = Math.max(0, fromWallMs - startedAtWallMs) * acceleration
    const next = this.#pacer.acceleration
    const pace = { startedAtWallMs: fromWallMs - elapsedMs / next, acceleration: next }
    this.#pace = pace
    this.#told = { pace, fromWallMs }
    this.#clock.pace(pace, fromWallMs)
    this.#options.tell(pace, fromWallMs)
  }
}

/** Timers may be late by a share of the shortest auction. */
function toleratedMs({ scenario }: NetworkPlan): number {
  const auctions = Object.values(scenario.users).map(({ auctionSeconds }) => auctionSeconds)
  if (auctions.length === 0) return TOLERATED_WITHOUT_ORDERS_MS
  return Math.min(MOST_TOLERATED_MS, Math.min(...auctions) * 1_000 * SHARE_OF_AUCTION)
}
