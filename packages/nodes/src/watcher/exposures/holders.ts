// Whose balance sheet an account belongs to. People outside the snapshot's balance sheets are two nodes: users, and the rest.
import type { Address } from '@solvent/primitives'
import type { Party } from '@solvent/protocol'
import type { ExposureDraft } from './exposure-draft.ts'

export const USERS = 'outside/users'
export const OTHERS = 'outside/others'

export class Holders {
  readonly #ids = new Map<string, string>()
  readonly #owners: ReadonlySet<string>

  constructor(
    draft: ExposureDraft,
    parties: {
      readonly solvers: readonly Party[]
      readonly actors: readonly Party[]
      readonly users: readonly Party[]
    },
  ) {
    for (const { node, address } of parties.solvers) this.#ids.set(address, draft.node(node, 'solver'))
    for (const { node, address } of parties.actors) this.#ids.set(address, draft.node(node, 'user'))
    this.#owners = new Set(this.#ids.values())
    draft.node(USERS, 'user')
    draft.node(OTHERS, 'user')
    for (const { address } of parties.users) this.#ids.set(address, USERS)
  }

  of(owner: Address | string): string {
    return this.#ids.get(owner) ?? OTHERS
  }

  /** Whether the node has a balance sheet of its own: what else it holds counts. */
  hasSheet(id: string): boolean {
    return this.#owners.has(id)
  }
}
