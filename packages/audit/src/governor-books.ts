// What each verifier with a governor has said, as the audit keeps it: what it let pass and when, and what it holds.
import type { Address, ChainId, Hash32, NodeId } from '@solvent/primitives'

/** A transfer that counts; negative where it makes room. */
export interface Flow {
  readonly atMs: number
  readonly valueE8: bigint
}

/** A moment, how far back flows count, and by how much that may be meant otherwise. */
interface Window {
  readonly atMs: number
  readonly windowMs: number
  readonly slackMs: number
}

export class VerifierBook {
  readonly #flows = new Map<ChainId, Flow[]>()
  /** Since when what waits does, Unix ms. */
  readonly held = new Map<Hash32, number>()
  readonly passed = new Set<Hash32>()

  count(chainId: ChainId, flow: Flow): void {
    this.#flows.set(chainId, [...(this.#flows.get(chainId) ?? []), flow])
  }

  /** What certainly counts still, whatever the verifier's clock says. */
  usedE8(chainId: ChainId, { atMs, windowMs, slackMs }: Window): bigint {
    const young = (this.#flows.get(chainId) ?? []).filter((flow) => atMs - flow.atMs < windowMs + slackMs)
    this.#flows.set(chainId, young)
    let sum = 0n
    for (const { atMs: at, valueE8 } of young)
      if (valueE8 < 0n || atMs - at < windowMs - slackMs) sum += valueE8
    return sum > 0n ? sum : 0n
  }
}

/** Of each verifier at each bridge. */
export class GovernorBooks {
  readonly #books = new Map<string, VerifierBook>()

  of(node: NodeId, bridge: Address): VerifierBook {
    const key = `${node}/${bridge}`
    const book = this.#books.get(key) ?? new VerifierBook()
    this.#books.set(key, book)
    return book
  }
}
