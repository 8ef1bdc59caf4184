// What upgrades have made of the contracts that hold rollups' roots, as blocks show it: since when no root of a rollup can be
// disputed. A network's genesis may begin so.
import type { ChainId } from '@solvent/primitives'
import { type ChainEvent, type ChainSpec, rollupContract } from '@solvent/protocol'
import type { NetworkIndex } from './chain-record.ts'
import type { Period } from './fault-book.ts'

type Upgraded = Extract<ChainEvent, { kind: 'contract-upgraded' }>
interface Change {
  readonly atMs: number
  readonly isOpen: boolean
}

export class RootUpgrades {
  readonly #index: NetworkIndex
  readonly #changes = new Map<ChainId, Change[]>()

  constructor(index: NetworkIndex) {
    this.#index = index
    for (const { chainId, flaws = [] } of index.spec.chains)
      if (flaws.includes('challenge-window-zero'))
        this.#changes.set(chainId, [{ atMs: Number.NEGATIVE_INFINITY, isOpen: true }])
  }

  /** An upgrade in an L1 block of this time, Unix ms. */
  upgraded(event: Upgraded, atMs: number): void {
    const rollup = this.#rollupOf(event)
    if (rollup === undefined) return
    const changes = this.#changes.get(rollup.chainId) ?? []
    changes.push({ atMs, isOpen: event.change === 'introduced' })
    this.#changes.set(rollup.chainId, changes)
  }

  /** Takes an upgrade of an orphaned block back; the newest first. */
  undo(event: Upgraded): void {
    const rollup = this.#rollupOf(event)
    if (rollup !== undefined) this.#changes.get(rollup.chainId)?.pop()
  }

  /** When the contract heard no challenge, Unix ms. */
  undisputed(rollup: ChainId): readonly Period[] {
    const changes = this.#changes.get(rollup) ?? []
    return changes.flatMap(({ atMs, isOpen }, i) =>
      isOpen ? [{ fromMs: atMs, untilMs: changes[i + 1]?.atMs ?? Number.POSITIVE_INFINITY }] : [],
    )
  }

  #rollupOf({ contract, flaw }: Upgraded): ChainSpec | undefined {
    if (flaw !== 'challenge-window-zero') return undefined
    return this.#index.spec.chains.find(
      (chain) => chain.consensus.kind !== 'l1' && rollupContract(chain) === contract,
    )
  }
}
