// What comes after an auctioneer's awards: whether they were kept, as the chains tell, and what follows from that for whoever made a promise.
// Disciplines, rewards, bonds and the benchmark of the best offer stand behind this one door; each is there if the auctioneer asks for it, and
// chains are followed if any of them is. docs/models/disciplines.md.

import { recordWeight } from '@solvent/mechanisms'
import type { Inbound, TimerId, Verdict } from '@solvent/ports'
import { type Address, msToSeconds, type OrderId, secondsToMs, ZERO_ADDRESS } from '@solvent/primitives'
import type {
  Award,
  BatchOutcome,
  NetworkSpec,
  Order,
  RefusalReason,
  SignedBid,
  SolventVocabulary,
} from '@solvent/protocol'
import { type BlockFollower, createBlockFollower } from '../parts/block-follower.ts'
import { createTimerTable, type TimerTable } from '../parts/timer-table.ts'
import type { NetworkFacts } from '../solver/network-facts.ts'
import type { AuctioneerInit, AuctioneerPorts } from './auctioneer-init.ts'
import { BenchmarkDesk } from './benchmark-desk.ts'
import { BondDesk } from './bond-desk.ts'
import type { BondTerms } from './bond-terms.ts'
import { ConductBook } from './conduct-book.ts'
import { RewardDesk } from './reward-desk.ts'

const MILLION = 1_000_000

export class ComplianceDesk {
  readonly #ports: AuctioneerPorts
  readonly #timers: TimerTable<'judge'>
  readonly #recordPpm: number
  readonly #conduct: ConductBook
  /** Null where it pays none. */
  readonly #rewards: RewardDesk | null
  /** Null where it asks for none. */
  readonly #bonds: BondDesk | null
  /** Null where no fill is challenged. */
  readonly #benchmark: BenchmarkDesk | null
  /** Null where nothing depends on what happens on chains. */
  readonly #follower: BlockFollower | null

  constructor(
    { spec, disciplines = [], rewards, bonds, recordPpm = MILLION }: AuctioneerInit,
    ports: AuctioneerPorts,
    facts: NetworkFacts,
  ) {
    this.#ports = ports
    this.#recordPpm = recordPpm
    this.#timers = createTimerTable(ports.timers)
    this.#rewards = rewards === undefined ? null : new RewardDesk(rewards, spec, ports, facts)
    this.#bonds = bonds === undefined ? null : new BondDesk(bonds, spec, ports, facts)
    this.#benchmark = this.#benchmarkOf(bonds)
    this.#conduct = new ConductBook({
      disciplines,
      genesisSeconds: msToSeconds(spec.genesisMs),
      store: ports.store,
      onKept: (orderId, isKept) => this.#rewards?.judged(orderId, isKept),
      onFade: (award) => {
        const { orderId, winner } = award
        this.#bonds?.faded(award)
        ports.meter.count('fades')
        ports.log.event({ kind: 'award-faded', orderId, solver: winner })
      },
    })
    const isIndifferent = disciplines.length === 0 && rewards === undefined && bonds === undefined
    this.#follower = isIndifferent ? null : this.#follow(spec)
  }

  /** What it follows chains with; undefined where it follows none. */
  get follower(): BlockFollower | undefined {
    return this.#follower ?? undefined
  }

  /** A bid for an order that is awarded already, against its fill; absent: none is heard. */
  get challenge(): ((signed: SignedBid, nowSeconds: number) => RefusalReason | null) | undefined {
    return this.#benchmark?.challenge.bind(this.#benchmark)
  }

  /** What stands in the store is known again. */
  resume(): void {
    this.#rewards?.resume()
    this.#bonds?.resume()
    this.#benchmark?.resume()
    this.#conduct.resume()
  }

  start(): void {
    if (this.#follower === null) return
    this.#follower.start()
    this.#planJudging()
  }

  /** Whether bids of a solver are taken now. */
  admits(solver: Address): boolean {
    const now = this.#nowSeconds()
    return this.#conduct.admits(solver, now) && this.#bonds?.admits(solver, now) !== false
  }

  /** How much of what a solver offers above the reserve counts where records select, ppm. */
  weightPpm(solver: Address): number {
    return recordWeight(this.#conduct.reliabilityPpm(solver), this.#recordPpm)
  }

  awarded(award: Award, order: Order): void {
    if (this.#follower === null || award.winner === ZERO_ADDRESS) return
    this.#conduct.awarded(award, order)
    this.#benchmark?.awarded(award, order)
  }

  batchDecided(outcome: BatchOutcome, filtered: ReadonlySet<string>): void {
    this.#rewards?.decided(outcome, filtered)
  }

  /** A commitment whose bid never came. */
  unopened(orderId: OrderId, solver: Address, user: Address): void {
    this.#bonds?.unopened(orderId, solver, user)
    if (this.#follower !== null) this.#conduct.unopened(orderId, solver, this.#nowSeconds())
  }

  /** Whether it is about a payment of its own: its place in the store, or its way into a block. */
  onPayment(inbound: Inbound<SolventVocabulary>): boolean {
    return this.#rewards?.onMessage(inbound) === true || this.#bonds?.onMessage(inbound) === true
  }

  /** Blocks of the chains that it follows, if any. */
  onBlocks(inbound: Inbound<SolventVocabulary>): Verdict {
    return this.#follower?.onMessage(inbound) ?? 'ignore'
  }

  onTimer(timer: TimerId): void {
    if (this.#timers.take(timer) !== undefined) this.#planJudging()
    else if (this.#rewards?.onTimer(timer) !== true && this.#bonds?.onTimer(timer) !== true)
      this.#follower?.onTimer(timer)
  }

  #follow(spec: NetworkSpec): BlockFollower {
    return createBlockFollower(
      {
        spec,
        chains: spec.chains.map(({ chainId }) => chainId),
        onBlock: (block) => {
          this.#rewards?.onBlock(block)
          this.#bonds?.onBlock(block)
          this.#conduct.followed(block)
          this.#benchmark?.followed(block)
        },
        onOrphaned: (block) => {
          this.#rewards?.onOrphaned(block)
          this.#bonds?.onOrphaned(block)
          this.#conduct.orphaned(block)
          this.#benchmark?.orphaned(block)
        },
      },
      this.#ports,
    )
  }

  #benchmarkOf(bonds: BondTerms | undefined): BenchmarkDesk | null {
    const { store, log, meter } = this.#ports
    if (bonds?.benchmark === undefined) return null
    return new BenchmarkDesk(bonds.benchmark, store, ({ award, challenger, offered, delivered }) => {
      const { orderId, winner: solver } = award
      meter.count('challenges-upheld')
      log.event({ kind: 'challenge-upheld', orderId, challenger, solver, offered, delivered })
      this.#bonds?.worseThanOffer(award)
    })
  }

  #planJudging(): void {
    this.#timers.setAt(secondsToMs(this.#conduct.judgeUpTo(this.#nowSeconds())), 'judge')
  }

  #nowSeconds(): number {
    return msToSeconds(this.#ports.clock.nowMs())
  }
}
