// Carries the head of a chain from block to block and from branch to branch: what is left is remembered beside, and where the
// new branch does not execute the old one stands again.
import type { CanonicalChain } from '../chain/canonical-chain.ts'
import type { Tip } from '../chain/fork-choice.ts'
import type { SideBlock, SideBranch, SideBranches } from '../chain/side-branches.ts'
import { undoSegment } from '../ledger/undo-log.ts'
import type { ArrivedBlock } from './arrived-block.ts'
import { rerunBlock } from './block-execution.ts'
import type { Machine } from './machine.ts'

export type Branch = SideBranch<ArrivedBlock>

export class HeadMover {
  readonly #machine: Machine
  readonly #canonical: CanonicalChain
  readonly #branches: SideBranches<ArrivedBlock>

  constructor(machine: Machine, canonical: CanonicalChain, branches: SideBranches<ArrivedBlock>) {
    this.#machine = machine
    this.#canonical = canonical
    this.#branches = branches
  }

  /** Makes a child of the head the head, by its writes where it ran here before; else why not, with nothing changed. */
  append({ block, continuation }: SideBlock<ArrivedBlock>): string | null {
    const { log } = this.#machine.state
    this.#branches.forget(block.hash)
    if (continuation.kind === 'redo') {
      this.#canonical.append(block, undoSegment(continuation.segment))
      return null
    }
    const executed = rerunBlock(this.#machine, continuation.arrived, this.#canonical.head)
    if (typeof executed === 'string') {
      log.rollback(0)
      return executed
    }
    this.#canonical.append(executed, log.seal())
    return null
  }

  /** Takes blocks back and remembers them beside while the head is such, down to what is final; oldest first. */
  takeBackWhile(isLeft: (tip: Tip) => boolean): SideBlock<ArrivedBlock>[] {
    const left: SideBlock<ArrivedBlock>[] = []
    while (isLeft(this.#canonical.tip)) {
      const taken = this.#canonical.takeBack(this.#machine.rules.undoBlock)
      if (taken === null) break
      const side = {
        block: taken.block,
        continuation: { kind: 'redo', segment: taken.redo },
      } as const
      this.#branches.remember(side)
      left.push(side)
    }
    return left.reverse()
  }

  /** Follows a branch from where it leaves the followed one; what was left, or why not, with nothing changed. */
  follow({ blocks, forkHeight }: Branch): string | Branch['blocks'] {
    const left = this.#returnTo(forkHeight)
    for (const block of blocks) {
      const failure = this.append(block)
      if (failure === null) continue
      this.goBack(forkHeight, left)
      return failure
    }
    return left
  }

  /** Follows what was left above a height again. */
  goBack(forkHeight: number, left: Branch['blocks']): void {
    this.#returnTo(forkHeight)
    for (const old of left) this.append(old)
  }

  /** Takes blocks back to a height and remembers them beside; oldest first. */
  #returnTo(height: number): SideBlock<ArrivedBlock>[] {
    return this.takeBackWhile(({ height: tip }) => tip > height)
  }
}
