// How many verifiers a bridge of a scenario has; none where nobody signs.
import type { Scenario } from './scenario-schema.ts'

export function verifierCount({ verification }: Scenario['bridges'][string]): number {
  return verification.kind === 'quorum' ? verification.verifiers : 0
}
