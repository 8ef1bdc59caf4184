// Which bridge stands still on which chain, by the audit's own account of the two authorities (B-7): each has its own
// freeze, the bridge stands still while either holds, and only the guardian ends the guardian's.
import type { Address, ChainId } from '@solvent/primitives'
import type { PauseAuthority } from '@solvent/protocol'

/** Until when each authority's freeze holds, inclusive Unix seconds; 0 is an open end, null is no freeze. */
interface Freeze {
  readonly issuer: number | null
  readonly guardian: number | null
}

const NONE: Freeze = { issuer: null, guardian: null }

export class FreezeBook {
  /** Per bridge and chain: the freezes there have been, the newest last. */
  readonly #history = new Map<string, Freeze[]>()
  /** Bridges that were ever paused anywhere: a stranded receivable needs a reason (O-10). */
  readonly everPaused = new Set<Address>()

  pause(chainId: ChainId, bridge: Address, authority: PauseAuthority, until: number): void {
    const freezes = this.#of(chainId, bridge)
    freezes.push({ ...(freezes.at(-1) ?? NONE), [authority]: until })
    this.everPaused.add(bridge)
  }

  /** The guardian ends both freezes, the issuer its own. */
  unpause(chainId: ChainId, bridge: Address, authority: PauseAuthority): void {
    const freezes = this.#of(chainId, bridge)
    freezes.push(authority === 'guardian' ? NONE : { ...(freezes.at(-1) ?? NONE), issuer: null })
  }

  /** Forgets the newest change. */
  undo(chainId: ChainId, bridge: Address): void {
    this.#of(chainId, bridge).pop()
  }

  /** Who holds the bridge at a moment (Unix seconds), or null; `only` asks for one authority. */
  holder(
    chainId: ChainId,
    bridge: Address,
    now: number,
    only: PauseAuthority | null = null,
  ): PauseAuthority | null {
    if (!this.everPaused.has(bridge)) return null
    const freeze = this.#history.get(`${chainId}/${bridge}`)?.at(-1) ?? NONE
    if (only !== 'issuer' && holds(freeze.guardian, now)) return 'guardian'
    if (only !== 'guardian' && holds(freeze.issuer, now)) return 'issuer'
    return null
  }

  #of(chainId: ChainId, bridge: Address): Freeze[] {
    const key = `${chainId}/${bridge}`
    const known = this.#history.get(key)
    if (known !== undefined) return known
    const fresh: Freeze[] = []
    this.#history.set(key, fresh)
    return fresh
  }
}

function holds(until: number | null, now: number): boolean {
  return until !== null && (until === 0 || now <= until)
}
