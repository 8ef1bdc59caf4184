// What a watcher measures of its chains beside their heads: orphaned blocks, how deep re-orgs went, and how long blocks
// took to become safe and final. Times are chain time (Unix ms): from the start of the block's slot to the start of the
// L1 slot whose block made it so, so that a watcher that reads the chains again measures the same.
import type { ChainId } from '@solvent/primitives'
import type { Block, NetworkSpec } from '@solvent/protocol'
import {
  type ChainView,
  epochsWithoutFinality,
  type FinalityRules,
  finalityRulesOf,
  slotStartMs,
} from '@solvent/settlement'
import type { BlockBook } from './block-book.ts'
import { type Spread, spreadOf } from './spread.ts'
import { type FinalityStall, StallBook } from './stall-book.ts'

export interface ChainMeasures {
  readonly orphaned: number
  /** Blocks that the deepest re-org took back. */
  readonly deepestReorg: number
  /** Blocks taken back after they had been final: people overruled finality. */
  readonly finalTakenBack: number
  /** Null when no block got there. */
  readonly secondsToSafe: Spread | null
  readonly secondsToFinalized: Spread | null
  readonly secondsToExitable: Spread | null
  /** On the followed branch: slots whose proposer was absent. */
  readonly slotsMissed: number
  /** L1 only, of the followed branch: the most epochs that finality was late by, and what absent validators have paid. */
  readonly longestStallEpochs: number
  readonly stalls: readonly FinalityStall[]
  readonly missedVotesGwei: bigint
  readonly leakedGwei: bigint
  /** Stake of slashed validator groups that has left circulation, base units of the gas token. */
  readonly slashed: bigint
}

interface Waiting {
  readonly number: number
  readonly slotMs: number
}

class LevelTimes {
  #waiting: Waiting[] = []
  readonly #seconds: number[] = []

  expect(block: Waiting): void {
    this.#waiting.push(block)
  }

  /** The block is no longer followed. */
  drop(number: number): void {
    const last = this.#waiting.at(-1)
    if (last?.number === number) this.#waiting.pop()
  }

  /** Blocks up to `number` have the level at `atMs`. */
  reach(number: number, atMs: number): void {
    let reached = 0
    for (const block of this.#waiting) {
      if (block.number > number) break
      this.#seconds.push(Math.max(0, atMs - block.slotMs) / 1_000)
      reached++
    }
    if (reached > 0) this.#waiting = this.#waiting.slice(reached)
  }

  spread(): Spread | null {
    return spreadOf(this.#seconds)
  }
}

interface Meter {
  orphaned: number
  /** Blocks taken back since the last that was followed. */
  takenBack: number
  deepestReorg: number
  finalTakenBack: number
  /** The highest number that was final on the branch that is followed. */
  highestFinal: number
  slotsMissed: number
  readonly stalls: StallBook
  slashed: bigint
  readonly rules: FinalityRules | null
  readonly safe: LevelTimes
  readonly finalized: LevelTimes
  readonly exitable: LevelTimes
}

export class ChainMeter implements BlockBook {
  readonly #spec: NetworkSpec
  readonly #meters = new Map<ChainId, Meter>()

  constructor(spec: NetworkSpec) {
    this.#spec = spec
    for (const chain of spec.chains) {
      this.#meters.set(chain.chainId, {
        orphaned: 0,
        takenBack: 0,
        deepestReorg: 0,
        finalTakenBack: 0,
        highestFinal: 0,
        slotsMissed: 0,
        stalls: new StallBook(),
        slashed: 0n,
        rules: finalityRulesOf(chain),
        safe: new LevelTimes(),
        finalized: new LevelTimes(),
        exitable: new LevelTimes(),
      })
    }
  }

  followed({ header: { chainId, number, missedBefore }, receipts }: Block, view: ChainView): void {
    const meter = this.#meters.get(chainId)
    if (meter === undefined) return
    if (meter.takenBack > 0) meter.highestFinal = view.finalized(chainId)
    meter.takenBack = 0
    meter.slotsMissed += missedBefore
    meter.slashed += slashedIn(receipts)
    const votes = view.votes(chainId)
    if (meter.rules !== null && votes !== null)
      meter.stalls.note(epochsWithoutFinality(meter.rules, votes), votes)
    const block = { number, slotMs: this.#slotMs(chainId, number) }
    meter.safe.expect(block)
    meter.finalized.expect(block)
    meter.exitable.expect(block)
  }

  orphaned({ header: { chainId, number, missedBefore }, receipts }: Block): void {
    const meter = this.#meters.get(chainId)
    if (meter === undefined) return
    meter.slotsMissed -= missedBefore
    meter.slashed -= slashedIn(receipts)
    meter.orphaned++
    meter.takenBack++
    if (number <= meter.highestFinal) meter.finalTakenBack++
    meter.deepestReorg = Math.max(meter.deepestReorg, meter.takenBack)
    meter.safe.drop(number)
    meter.finalized.drop(number)
    meter.exitable.drop(number)
  }

  /** Finality of the chain has moved with the newest block of its L1. */
  moved(chainId: ChainId, view: ChainView): void {
    const meter = this.#meters.get(chainId)
    const chain = this.#spec.chains.find((each) => each.chainId === chainId)
    if (meter === undefined || chain === undefined) return
    const l1 = chain.consensus.kind === 'l1' ? chainId : chain.consensus.l1
    const atMs = this.#slotMs(l1, view.head(l1)?.header.number ?? 0)
    meter.safe.reach(view.safe(chainId), atMs)
    meter.highestFinal = Math.max(meter.highestFinal, view.finalized(chainId))
    meter.finalized.reach(view.finalized(chainId), atMs)
    meter.exitable.reach(view.exitable(chainId, atMs), atMs)
  }

  measures(chainId: ChainId, view: ChainView): ChainMeasures {
    const meter = this.#meters.get(chainId)
    const votes = view.votes(chainId)
    return {
      orphaned: meter?.orphaned ?? 0,
      deepestReorg: meter?.deepestReorg ?? 0,
      finalTakenBack: meter?.finalTakenBack ?? 0,
      secondsToSafe: meter?.safe.spread() ?? null,
      secondsToFinalized: meter?.finalized.spread() ?? null,
      secondsToExitable: meter?.exitable.spread() ?? null,
      slotsMissed: meter?.slotsMissed ?? 0,
      longestStallEpochs: Math.max(0, ...(meter?.stalls.all() ?? []).map(({ epochs }) => epochs)),
      stalls: meter?.stalls.all() ?? [],
      missedVotesGwei: votes?.missedGwei ?? 0n,
      leakedGwei: votes?.leakedGwei ?? 0n,
      slashed: meter?.slashed ?? 0n,
    }
  }

  #slotMs(chainId: ChainId, number: number): number {
    const chain = this.#spec.chains.find((each) => each.chainId === chainId)
    return chain === undefined ? 0 : slotStartMs(this.#spec, chain, number)
  }
}

function slashedIn(receipts: Block['receipts']): bigint {
  let slashed = 0n
  for (const { events } of receipts)
    for (const event of events) if (event.kind === 'validators-slashed') slashed += event.amount
  return slashed
}
