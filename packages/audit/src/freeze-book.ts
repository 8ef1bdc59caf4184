// Which bridge stands still on which chain, by the audit's own account of the two authorities (B-7): each has its own
// freeze, the bridge stands still while either holds, and only the guardian ends the guardian's.
import type { Address, ChainId } from '@solvent/primitives'
import type { PauseAuthority } from '@solvent/protocol'

/** Until when a freeze holds, inclusive Unix seconds; 0 is an open end. */
type Until = number

export class FreezeBook {
  readonly #freezes = new Map<string, Map<PauseAuthority, Until>>()
  /** Bridges that were ever paused anywhere: a stranded receivable needs a reason (O-10). */
  readonly everPaused = new Set<Address>()

  pause(chainId: ChainId, bridge: Address, authority: PauseAuthority, until: Until): void {
    const key = `${chainId}/${bridge}`
    const freezes = this.#freezes.get(key) ?? new Map<PauseAuthority, Until>()
    freezes.set(authority, until)
    this.#freezes.set(key, freezes)
    this.everPaused.add(bridge)
  }

  /** The guardian ends both freezes, the issuer its own. */
  unpause(chainId: ChainId, bridge: Address, authority: PauseAuthority): void {
    const freezes = this.#freezes.get(`${chainId}/${bridge}`)
    if (authority === 'guardian') freezes?.clear()
    else freezes?.delete('issuer')
  }

  /** Who holds the bridge at a moment (Unix seconds), or null; `only` asks for one authority. */
  holder(
    chainId: ChainId,
    bridge: Address,
    now: number,
    only: PauseAuthority | null = null,
  ): PauseAuthority | null {
    const freezes = this.#freezes.get(`${chainId}/${bridge}`)
    if (freezes === undefined) return null
    for (const [authority, until] of freezes) {
      if ((only === null || only === authority) && (until === 0 || now <= until)) return authority
    }
    return null
  }
}
