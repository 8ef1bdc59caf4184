// Whom steps may name: nodes, the passive holders, and the account that forged messages pay.
import { ATTACKER } from '../assembly/assemble-genesis.ts'
import { HOLDERS } from '../assembly/holding.ts'
import { allNodeNames, scenarioNodes } from '../scenario/node-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

export function participantNames(scenario: Scenario): string[] {
  return [...allNodeNames(scenarioNodes(scenario)), ATTACKER, HOLDERS]
}
