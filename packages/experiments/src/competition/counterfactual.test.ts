import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { assemble } from '../assembly/assemble.ts'
import { competitionSummary, runLabels } from '../run/competition-summary.ts'
import { simulate } from '../run/simulate.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { counterfactualOf, independentBidders } from './counterfactual.ts'

const file = join(import.meta.dirname, '../../../../configs/scenarios/collusion/rotation.yaml')
const { scenario, hash } = loadScenario(file, readFileSync(file))
/** A third of the file's orders, in a third of its time. */
const small = {
  ...scenario,
  durationSeconds: 300,
  users: { alice: { ...scenario.users.alice!, orders: 6, untilSeconds: 200 } },
}

test('the replay without the ring pays what the closed form says of independent bidders, for the same orders', () => {
  const plan = assemble({ scenario: small, hash, seed: 1, signatures: 'stand-in' })
  const ring = simulate({ plan, codec: 'objects', links: { minLatencyMs: 10, meanLatencyMs: 60 } }).report
  const replay = counterfactualOf({ scenario: small, hash }, 1)
  expect(replay?.awarded).toBe(6)
  expect(ring.competition.awarded).toBe(6)
  // Both take each order at its own gas and limit; a bid is rounded to a base unit, 1e-6 of a dollar.
  expect(replay?.paidBps).toBeCloseTo(ring.competition.competitiveBps, 4)
  expect(ring.competition.paidBps).toBeGreaterThan(50)
  // What the ring takes from users is above zero, and what the two runs are apart.
  const { counterfactual } = competitionSummary(ring, runLabels(small), replay)
  expect(counterfactual?.overchargeBps).toBeGreaterThan(30)
  expect(counterfactual?.overchargeBps).toBeCloseTo(ring.competition.paidBps - replay!.paidBps, 9)
})

test('competitors stay as they are, and a file that asks for no replay gets none', () => {
  const honest = { kind: 'mark-up', parameters: { markUpPpm: 400 } } as const
  const { solvers, rings } = independentBidders({
    ...small,
    solvers: { ...small.solvers, atlas: { ...small.solvers.atlas!, strategy: honest } },
  })
  expect(rings).toBeUndefined()
  expect(Object.values(solvers).map(({ strategy }) => strategy.kind)).toEqual([
    'mark-up',
    'competitive',
    'competitive',
  ])
  const { counterfactual: _asked, ...unasked } = small
  expect(counterfactualOf({ scenario: unasked, hash }, 1)).toBeNull()
})
