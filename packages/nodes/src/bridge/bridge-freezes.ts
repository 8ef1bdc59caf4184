// Where a bridge stands still, as its pause events on each chain say.

import type { Address } from '@solvent/primitives'
import { type ChainId, secondsToMs } from '@solvent/primitives'
import type { Block } from '@solvent/protocol'
import { type Freeze, NOT_FROZEN, type SettlementRules } from '@solvent/settlement'

export interface BridgeFreezes {
  /** Reads a followed block; true when the bridge's freeze on that chain has changed. */
  onBlock(block: Block): boolean
  /** Whether deliveries to this chain would be refused at a chain time (Unix seconds). */
  isFrozen(chainId: ChainId, now: number): boolean
  /** Unix ms after which a freeze with a fixed end may be over; null where it has none or does not hold. */
  endsAtMs(chainId: ChainId): number | null
}

/** Follows one bridge on all chains. */
export function createBridgeFreezes(bridge: Address, rules: SettlementRules): BridgeFreezes {
  const freezes = new Map<ChainId, Freeze>()

  function freezeOn(chainId: ChainId): Freeze {
    return freezes.get(chainId) ?? NOT_FROZEN
  }

  return {
    onBlock({ header, receipts }) {
      let changed = false
      for (const { events } of receipts) {
        for (const event of events) {
          if (event.kind !== 'bridge-paused' && event.kind !== 'bridge-unpaused') continue
          if (event.bridge !== bridge) continue
          const before = freezeOn(header.chainId)
          const after =
            event.kind === 'bridge-paused'
              ? rules.afterPause(before, event.authority, event.until)
              : rules.afterUnpause(before, event.authority, header.timestamp)
          if (after === null) continue
          freezes.set(header.chainId, after)
          changed = true
        }
      }
      return changed
    },
    isFrozen(chainId, now) {
      const freeze = freezeOn(chainId)
      return rules.blockedByFreeze(freeze, now, 'mint') || rules.blockedByFreeze(freeze, now, 'prove')
    },
    endsAtMs(chainId) {
      const { issuer, guardian } = freezeOn(chainId)
      if (issuer === 0 || guardian === 0) return null
      const last = Math.max(issuer ?? 0, guardian ?? 0)
      return last === 0 ? null : secondsToMs(last + 1)
    },
  }
}
