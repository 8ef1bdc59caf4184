// When a block reached which finality, from L1 headers and the batches, roots and proofs that L1 blocks carry.
// Independent of the settlement core's fork choice. Source: the doc comments of Consensus in the network spec.
// Times are Unix ms of chain time: the timestamp of the L1 block that made it so.
import { type ChainId, MS_PER_SECOND } from '@solvent/primitives'
import type { BlockHeader, ChainSpec, FinalityLevel, NetworkSpec } from '@solvent/protocol'

/** From `timeMs` on, blocks up to `height` have the level; `l1Block` said so. */
interface Step {
  readonly timeMs: number
  readonly height: number
  readonly l1Block: number
  /** What was waiting for it: waits again when the L1 block is orphaned. */
  readonly claim?: Claim
}

interface Claim {
  readonly l1Block: number
  readonly block: number
}

class ChainFinality {
  readonly spec: ChainSpec
  readonly safe: Step[] = []
  readonly finalized: Step[] = []
  /** Steps of finality that people have overruled: whoever acted on them acted in time. */
  readonly overruled: Step[] = []
  /** Roots with the end of their challenge window, proofs with that of the execution delay. */
  readonly exitable: Step[] = []
  /** Steps that L1 blocks have deleted, the newest last. */
  readonly deleted: { readonly l1Block: number; readonly steps: readonly Step[] }[] = []
  /** Batches (optimistic) or proofs (zk) in L1 blocks that are not finalised yet, oldest first. */
  readonly waiting: Claim[] = []

  constructor(spec: ChainSpec) {
    this.spec = spec
  }
}

export class FinalityTracker {
  readonly #chains = new Map<ChainId, ChainFinality>()
  readonly #rollupsOf = new Map<ChainId, ChainFinality[]>()

  constructor(spec: NetworkSpec) {
    for (const chain of spec.chains) {
      const finality = new ChainFinality(chain)
      this.#chains.set(chain.chainId, finality)
      if (chain.consensus.kind === 'l1') continue
      const rollups = this.#rollupsOf.get(chain.consensus.l1) ?? []
      rollups.push(finality)
      this.#rollupsOf.set(chain.consensus.l1, rollups)
    }
  }

  /** An L1 block: what it justifies and finalises, and with it the rollups' batches and proofs. */
  l1Header(header: BlockHeader): void {
    const l1 = this.#chains.get(header.chainId)
    if (l1 === undefined) return
    const timeMs = header.timestamp * MS_PER_SECOND
    advance(l1.safe, { timeMs, height: header.justified, l1Block: header.number })
    if (!advance(l1.finalized, { timeMs, height: header.finalized, l1Block: header.number })) return
    for (const rollup of this.#rollupsOf.get(header.chainId) ?? []) {
      while (rollup.waiting.length > 0 && rollup.waiting[0]!.l1Block <= header.finalized) {
        const claim = rollup.waiting.shift()!
        advance(rollup.finalized, { timeMs, height: claim.block, l1Block: header.number, claim })
      }
    }
  }

  /** A batch in an L1 block makes the rollup's blocks up to `toBlock` safe. */
  batch(rollup: ChainId, toBlock: number, l1: BlockHeader): void {
    const chain = this.#chains.get(rollup)
    if (chain === undefined) return
    advance(chain.safe, { timeMs: l1.timestamp * MS_PER_SECOND, height: toBlock, l1Block: l1.number })
    if (chain.spec.consensus.kind === 'optimistic') chain.waiting.push({ l1Block: l1.number, block: toBlock })
  }

  /** A state root in an L1 block starts the challenge window of an optimistic rollup. */
  root(rollup: ChainId, block: number, l1: BlockHeader): void {
    const chain = this.#chains.get(rollup)
    if (chain === undefined || chain.spec.consensus.kind !== 'optimistic') return
    const timeMs = l1.timestamp * MS_PER_SECOND + chain.spec.consensus.challengeWindowMs
    advance(chain.exitable, { timeMs, height: block, l1Block: l1.number })
  }

  /** A validity proof in an L1 block; it counts when that block is finalised. */
  proof(rollup: ChainId, block: number, l1: BlockHeader): void {
    const chain = this.#chains.get(rollup)
    if (chain?.spec.consensus.kind !== 'zk') return
    chain.waiting.push({ l1Block: l1.number, block })
    const timeMs = l1.timestamp * MS_PER_SECOND + chain.spec.consensus.executionDelayMs
    advance(chain.exitable, { timeMs, height: block, l1Block: l1.number })
  }

  /** The L1 deleted the roots from this block on: they will never be exitable. */
  rootsDeleted(rollup: ChainId, fromBlock: number, l1: BlockHeader): void {
    const chain = this.#chains.get(rollup)
    if (chain === undefined) return
    const kept = chain.exitable.findLastIndex(({ height }) => height < fromBlock) + 1
    chain.deleted.push({ l1Block: l1.number, steps: chain.exitable.splice(kept) })
  }

  /**
   * Forgets what L1 blocks above `number` said: they were orphaned. What they made final stays so: finality follows from votes, and
   * does not fall with the block that carried them.
   */
  rewind(l1: ChainId, number: number): void {
    const chains = [this.#chains.get(l1), ...(this.#rollupsOf.get(l1) ?? [])]
    for (const chain of chains) {
      if (chain === undefined) continue
      for (const steps of [chain.safe, chain.exitable]) dropAbove(steps, number)
      while (chain.deleted.length > 0 && chain.deleted.at(-1)!.l1Block > number) {
        chain.exitable.push(...chain.deleted.pop()!.steps)
        dropAbove(chain.exitable, number)
      }
      while (chain.waiting.length > 0 && chain.waiting.at(-1)!.l1Block > number) chain.waiting.pop()
    }
  }

  /** People have decided that what L1 blocks above `number` made final is final no more. */
  overrule(l1: ChainId, number: number): void {
    for (const chain of [this.#chains.get(l1), ...(this.#rollupsOf.get(l1) ?? [])]) {
      if (chain === undefined) continue
      for (const step of dropAbove(chain.finalized, number)) {
        chain.overruled.push(step)
        if (step.claim !== undefined) chain.waiting.unshift(step.claim)
      }
    }
  }

  /**
   * When a block reached a level (Unix ms), or null when nothing known says it did. `unsafe` is at any time.
   */
  reachedAtMs(chainId: ChainId, number: number, level: FinalityLevel): number | null {
    const chain = this.#chains.get(chainId)
    if (chain === undefined) return null
    if (level === 'unsafe') return 0
    if (level === 'safe') return firstReaching(chain.safe, number)
    const finalAtMs = firstOf(
      firstReaching(chain.finalized, number),
      ...chain.overruled.flatMap(({ height, timeMs }) => (height >= number ? [timeMs] : [])),
    )
    if (level === 'finalized' || finalAtMs === null || chain.spec.consensus.kind === 'l1') return finalAtMs
    const windowEndMs = firstReaching(chain.exitable, number)
    return windowEndMs === null ? null : Math.max(finalAtMs, windowEndMs)
  }

  /** The highest safe block, -1 for none. */
  safe(chainId: ChainId): number {
    return this.#chains.get(chainId)?.safe.at(-1)?.height ?? -1
  }

  /** The highest finalised block, -1 for none. */
  finalized(chainId: ChainId): number {
    return this.#chains.get(chainId)?.finalized.at(-1)?.height ?? -1
  }
}

/** Forgets the steps that L1 blocks above `number` made; the newest first. */
function dropAbove(steps: Step[], number: number): readonly Step[] {
  const dropped: Step[] = []
  while (steps.length > 0 && steps.at(-1)!.l1Block > number) dropped.push(steps.pop()!)
  return dropped
}

/** Adds a step that reaches higher than all before; false when it does not. */
function advance(steps: Step[], step: Step): boolean {
  const last = steps.at(-1)
  if (step.height < 0 || (last !== undefined && step.height <= last.height)) return false
  steps.push(step)
  return true
}

/** The earliest of some times; null when there is none. */
function firstOf(...times: readonly (number | null)[]): number | null {
  let first: number | null = null
  for (const time of times) if (time !== null && (first === null || time < first)) first = time
  return first
}

/** The time of the first step at or above `number`; steps rise in height and time. */
function firstReaching(steps: readonly Step[], number: number): number | null {
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (steps[middle]!.height >= number) high = middle
    else low = middle + 1
  }
  return steps[low]?.timeMs ?? null
}
