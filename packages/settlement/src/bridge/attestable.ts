// What a verifier waits for on the source chain before it signs (O-11).
import { type FinalityLevel, finalityLevels } from '@solvent/protocol'

/**
 * Whether a message in a block of this finality level may be attested under the bridge's required level.
 *
 * @example attestable('safe', 'finalized') // false
 */
export function attestable(level: FinalityLevel, required: FinalityLevel): boolean {
  return finalityLevels.indexOf(level) >= finalityLevels.indexOf(required)
}
