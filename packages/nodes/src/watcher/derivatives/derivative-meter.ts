// What a watcher measures of derivatives and custodians, kind by kind.
import type { Block, DerivativeSpec, Genesis, NetworkSpec } from '@solvent/protocol'
import type { BlockBook } from '../block-book.ts'
import { CoverMeter, type CoverOutcome, type OpenCover } from './cover-meter.ts'
import { CustodianMeter, type CustodianOutcome } from './custodian-meter.ts'
import { DiscountWindowMeter, type DiscountWindowOutcome } from './discount-window-meter.ts'
import { NavFundMeter, type NavFundOutcome } from './nav-fund-meter.ts'
import { OptionMeter, type OptionOutcome } from './option-meter.ts'
import { PerpetualMeter, type PerpetualOutcome } from './perpetual-meter.ts'

/** In the order of the network's contracts. */
export interface DerivativeOutcomes {
  readonly custodians: readonly CustodianOutcome[]
  readonly perpetuals: readonly PerpetualOutcome[]
  readonly covers: readonly CoverOutcome[]
  readonly discountWindows: readonly DiscountWindowOutcome[]
  readonly optionDesks: readonly OptionOutcome[]
  readonly navFunds: readonly NavFundOutcome[]
}

interface Meter<Outcome> {
  followed(block: Block): void
  orphaned(block: Block): void
  outcome(): Outcome
}

export class DerivativeMeter implements BlockBook {
  readonly #custodians: readonly Meter<CustodianOutcome>[]
  readonly #perpetuals: readonly Meter<PerpetualOutcome>[]
  readonly #covers: readonly CoverMeter[]
  readonly #discountWindows: readonly DiscountWindowMeter[]
  readonly #optionDesks: readonly Meter<OptionOutcome>[]
  readonly #navFunds: readonly Meter<NavFundOutcome>[]

  constructor({ derivatives, genesisMs }: NetworkSpec, genesis: readonly Genesis[]) {
    const here = ({ chainId }: DerivativeSpec) => genesis.find((each) => each.chainId === chainId)
    this.#custodians = derivatives
      .filter((spec) => spec.kind === 'custodian')
      .map((spec) => new CustodianMeter(spec, here(spec), genesisMs))
    this.#perpetuals = derivatives
      .filter((spec) => spec.kind === 'perpetual')
      .map((spec) => new PerpetualMeter(spec))
    this.#covers = derivatives
      .filter((spec) => spec.kind === 'cover')
      .map((spec) => new CoverMeter(spec, genesisMs))
    this.#discountWindows = derivatives
      .filter((spec) => spec.kind === 'discount-window')
      .map((spec) => new DiscountWindowMeter(spec))
    this.#optionDesks = derivatives
      .filter((spec) => spec.kind === 'option-desk')
      .map((spec) => new OptionMeter(spec))
    this.#navFunds = derivatives
      .filter((spec) => spec.kind === 'nav-fund')
      .map((spec) => new NavFundMeter(spec))
  }

  followed(block: Block): void {
    for (const meter of this.#all()) meter.followed(block)
  }

  orphaned(block: Block): void {
    for (const meter of this.#all()) meter.orphaned(block)
  }

  outcomes(): DerivativeOutcomes {
    return {
      custodians: this.#custodians.map((meter) => meter.outcome()),
      perpetuals: this.#perpetuals.map((meter) => meter.outcome()),
      covers: this.#covers.map((meter) => meter.outcome()),
      discountWindows: this.#discountWindows.map((meter) => meter.outcome()),
      optionDesks: this.#optionDesks.map((meter) => meter.outcome()),
      navFunds: this.#navFunds.map((meter) => meter.outcome()),
    }
  }

  /** What cover funds may still have to pay, in their order. */
  openCovers(): OpenCover[] {
    return this.#covers.map((meter) => meter.open())
  }

  #all(): readonly Meter<unknown>[] {
    return [
      ...this.#custodians,
      ...this.#perpetuals,
      ...this.#covers,
      ...this.#discountWindows,
      ...this.#optionDesks,
      ...this.#navFunds,
    ]
  }
}
