// A scenario in the simulator as the run of a sweep: its figures are those of the run's summary.
import { assemble } from '../../assembly/assemble.ts'
import { counterfactualOf } from '../../competition/counterfactual.ts'
import { exposureNetwork } from '../../exposures/exposure-network.ts'
import { drawFaults } from '../../faults/draw-faults.ts'
import { runLabels } from '../../run/competition-summary.ts'
import { EventLog } from '../../run/event-log.ts'
import { isRefusal, refusalsIn } from '../../run/refusals.ts'
import { demandsOf } from '../../run/run-demands.ts'
import { summarise } from '../../run/run-summary.ts'
import { simulate } from '../../run/simulate.ts'
import { type LoadedScenario, readScenarioTree } from '../../scenario/load-scenario.ts'
import type { JobKind } from './job-kind.ts'
import { summaryMetrics } from './summary-metrics.ts'

export const scenarioJob: JobKind<LoadedScenario> = {
  name: 'run',

  prepare(file, tree, locate) {
    const loaded = readScenarioTree(file, tree, locate)
    return { config: loaded, tree: loaded.scenario, hash: loaded.hash }
  },

  run({ scenario, hash }, seed, kept) {
    const { simulator } = scenario
    const signatures = simulator.crypto === 'real' ? 'secp256k1' : 'stand-in'
    const plan = assemble({ scenario, hash, seed, signatures })
    const { latencyMs, ...mishaps } = simulator.links
    const log = kept === 'none' ? new EventLog(isRefusal) : new EventLog()
    const { report, exposures, result, traceDigest } = simulate({
      plan,
      codec: simulator.codec,
      links: { minLatencyMs: latencyMs.min, meanLatencyMs: latencyMs.mean, ...mishaps },
      onEvent: (atMs, node, event) => log.add(atMs, node, event),
    })
    const events = log.text()
    const place = { genesisMs: plan.spec.genesisMs, numeraire: scenario.numeraire }
    const summary = summarise(
      {
        scenario: scenario.name,
        seed,
        runtime: 'sim',
        traceDigest,
        virtualTimeMs: Math.min(plan.durationMs, result.nowMs - plan.spec.genesisMs),
        wallMs: 0,
        timekeeping: null,
        events: result.events,
        messages: result.messages,
        faults: drawFaults(scenario, plan.seed),
        refusals: refusalsIn(events, plan.spec.genesisMs),
        exposures: exposures.map((snapshot) => exposureNetwork(snapshot, place)),
        labels: runLabels(scenario),
        counterfactual: counterfactualOf({ scenario, hash }, seed),
      },
      report,
      scenario.expectations,
      demandsOf(plan, scenario),
    )
    return {
      metrics: summaryMetrics(summary),
      digest: traceDigest,
      broken: summary.invariants.broken.map(({ id, statement, detail }) => ({
        id,
        detail: `${statement}: ${detail}`,
      })),
      events: () => events,
    }
  },
}
