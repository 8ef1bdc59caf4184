// A verifier in league with a ring of solvers: it signs proofs of rivals' fills only some time after it could have. What it knows of the ring is
// its configuration: who the rivals are. docs/models/misconduct.md.
import type { Ports, TimerId } from '@solvent/ports'
import type { Address } from '@solvent/primitives'
import { type BridgeMessage, type MessageKey, messageKey, type SolventVocabulary } from '@solvent/protocol'
import { createTimerTable } from '../parts/timer-table.ts'

/** What a verifier does for a ring. */
export interface ProofDelayTerms {
  readonly delayMs: number
  /** Whose fills are proven later: all solvers that are not of the ring. */
  readonly rivals: readonly Address[]
}

export interface ProofDelay {
  /** Whether a message that could be signed now is kept; its time runs from the first question on. */
  keeps(message: BridgeMessage): boolean
  /** True when something kept is due; false when the timer is not its own. */
  onTimer(timer: TimerId): boolean
}

/** Signs everything at once. */
export const noProofDelay: ProofDelay = { keeps: () => false, onTimer: () => false }

export function createProofDelay(
  { delayMs, rivals }: ProofDelayTerms,
  ports: Pick<Ports<SolventVocabulary>, 'clock' | 'timers' | 'meter'>,
): ProofDelay {
  const timers = createTimerTable<MessageKey>(ports.timers)
  /** When what is kept may be signed, Unix ms. */
  const dueAtMs = new Map<MessageKey, number>()

  return {
    keeps(message) {
      const { payload } = message
      if (payload.kind !== 'fill-proof' || !rivals.includes(payload.payee)) return false
      const key = messageKey(message)
      const nowMs = ports.clock.nowMs()
      const known = dueAtMs.get(key)
      if (known !== undefined) return known > nowMs
      dueAtMs.set(key, nowMs + delayMs)
      timers.setAt(nowMs + delayMs, key)
      ports.meter.count('rival-proofs-delayed')
      return true
    },
    onTimer: (timer) => timers.take(timer) !== undefined,
  }
}
