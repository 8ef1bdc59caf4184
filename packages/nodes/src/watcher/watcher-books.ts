// All that a watcher keeps of blocks and gossip, beside the audit.
import type { Block, Genesis, NetworkSpec, Party } from '@solvent/protocol'
import type { ChainView } from '@solvent/settlement'
import { ActorBook } from './actor-outcome.ts'
import { ArrivalMeter } from './arrival-meter.ts'
import { AuctionMeter } from './auction-meter.ts'
import type { BlockBook } from './block-book.ts'
import { BundleMeter } from './bundle-meter.ts'
import { ChainMeter } from './chain-meter.ts'
import { ControlMeter } from './control-meter.ts'
import { CreditMeter } from './credit-meter.ts'
import { DerivativeMeter } from './derivatives/derivative-meter.ts'
import { FeeMeter } from './fee-meter.ts'
import { GasBook } from './gas-book.ts'
import { HouseLedger } from './house-ledger.ts'
import { FeedMeter } from './layer-facts.ts'
import { MarketMeter } from './market-meter.ts'
import { OutageBook } from './outage-book.ts'
import { OutcomeBook } from './outcome-book.ts'
import { ProgressBook } from './progress-book.ts'
import { RevertBook } from './revert-book.ts'
import { RollupMeter } from './rollup-meter.ts'
import { RotationMeter } from './rotation-meter.ts'
import { StablecoinMeter } from './stablecoin-meter.ts'
import { TheftMeter } from './theft-meter.ts'

export class WatcherBooks implements BlockBook {
  readonly orders = new OutcomeBook()
  readonly gas = new GasBook()
  readonly reverts = new RevertBook()
  readonly progress = new ProgressBook()
  readonly actors: ActorBook
  readonly chains: ChainMeter
  readonly rollups: RollupMeter
  readonly outages: OutageBook
  readonly bundles: BundleMeter
  readonly arrivals: ArrivalMeter
  readonly markets: MarketMeter
  readonly stablecoins: StablecoinMeter
  readonly controls: ControlMeter
  readonly derivatives: DerivativeMeter
  readonly rotations: RotationMeter
  readonly thefts: TheftMeter
  readonly fees: FeeMeter
  readonly credit: CreditMeter
  readonly auctions: AuctionMeter
  readonly feeds: FeedMeter
  readonly houses: HouseLedger
  readonly #all: readonly BlockBook[]

  constructor(spec: NetworkSpec, genesis: readonly Genesis[], actors: readonly Party[]) {
    this.actors = new ActorBook(actors)
    this.chains = new ChainMeter(spec)
    this.rollups = new RollupMeter(spec)
    this.outages = new OutageBook(spec)
    this.bundles = new BundleMeter(spec)
    this.arrivals = new ArrivalMeter(spec)
    this.markets = new MarketMeter(spec, genesis)
    this.stablecoins = new StablecoinMeter(spec, genesis)
    this.controls = new ControlMeter(spec)
    this.derivatives = new DerivativeMeter(spec, genesis)
    this.rotations = new RotationMeter(spec)
    this.thefts = new TheftMeter(spec)
    this.fees = new FeeMeter(spec)
    this.credit = new CreditMeter(spec, genesis)
    this.auctions = new AuctionMeter(spec)
    this.feeds = new FeedMeter(spec)
    this.houses = new HouseLedger(spec)
    this.#all = [
      ...[this.orders, this.gas, this.chains, this.rollups, this.fees, this.reverts],
      ...[this.actors, this.outages, this.bundles, this.arrivals, this.rotations, this.progress],
      ...[this.markets, this.credit, this.stablecoins, this.controls, this.derivatives],
      ...[this.auctions, this.feeds, this.thefts, this.houses],
    ]
  }

  followed(block: Block, view: ChainView): void {
    for (const book of this.#all) book.followed(block, view)
  }

  orphaned(block: Block): void {
    for (const book of this.#all) book.orphaned(block)
  }
}
