// Whom steps may name: nodes, the passive holders, and the account that forged messages pay.
import { allNodeNames, scenarioNodes } from '../scenario/node-names.ts'
import { ATTACKER, HOLDERS } from '../scenario/reserved-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

export function participantNames(scenario: Scenario): string[] {
  return [...allNodeNames(scenarioNodes(scenario)), ATTACKER, HOLDERS]
}
