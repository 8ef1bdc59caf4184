// Which flaws the contracts have, by the audit's own account: from genesis, and from the upgrades that blocks show. A
// rule that fails because of a declared flaw is not a bug of the engine; a loss still has to be a declared exploit.
import type { Address, ChainId } from '@solvent/primitives'
import { type ChainEvent, type ContractFlaw, type NetworkSpec, rollupContract } from '@solvent/protocol'

export class FlawBook {
  readonly #atGenesis = new Set<string>()
  /** Per contract, chain and flaw: whether each upgrade left it there, the newest last. */
  readonly #upgrades = new Map<string, boolean[]>()

  constructor(spec: NetworkSpec) {
    for (const { address, flaws = [] } of spec.bridges)
      for (const { chainId } of spec.chains)
        for (const flaw of flaws) this.#atGenesis.add(flawKey(chainId, address, flaw))
    for (const chain of spec.chains) {
      if (chain.consensus.kind === 'l1') continue
      const { l1 } = chain.consensus
      for (const flaw of chain.flaws ?? []) this.#atGenesis.add(flawKey(l1, rollupContract(chain), flaw))
    }
  }

  upgraded(chainId: ChainId, { contract, flaw, change }: Upgraded): void {
    const key = flawKey(chainId, contract, flaw)
    const known = this.#upgrades.get(key)
    if (known === undefined) this.#upgrades.set(key, [change === 'introduced'])
    else known.push(change === 'introduced')
  }

  /** Takes an upgrade of an orphaned block back; the newest first. */
  undo(chainId: ChainId, event: ChainEvent): void {
    if (event.kind !== 'contract-upgraded') return
    this.#upgrades.get(flawKey(chainId, event.contract, event.flaw))?.pop()
  }

  has(chainId: ChainId, contract: Address, flaw: ContractFlaw): boolean {
    if (this.#atGenesis.size === 0 && this.#upgrades.size === 0) return false
    const key = flawKey(chainId, contract, flaw)
    return this.#upgrades.get(key)?.at(-1) ?? this.#atGenesis.has(key)
  }

  /** Whether the contract has any of these. */
  hasAny(chainId: ChainId, contract: Address, flaws: readonly ContractFlaw[]): boolean {
    return flaws.some((flaw) => this.has(chainId, contract, flaw))
  }
}

type Upgraded = Extract<ChainEvent, { kind: 'contract-upgraded' }>

function flawKey(chainId: ChainId, contract: Address, flaw: ContractFlaw): string {
  return `${chainId}/${contract}/${flaw}`
}
