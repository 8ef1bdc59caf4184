// One simulated run of a study: what the watcher reports in the end, and the events that tell how it came to it.

import type { ExposureNetwork } from '@solvent/contagion'
import type { RunReport } from '@solvent/nodes'
import { hashCanonical, type NodeId, SolventError } from '@solvent/primitives'
import type { DomainEvent } from '@solvent/protocol'
import { assemble } from '../assembly/assemble.ts'
import type { NetworkPlan } from '../assembly/network-plan.ts'
import { exposureNetwork } from '../exposures/exposure-network.ts'
import { simulate } from '../run/simulate.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'

export interface Trial {
  readonly plan: NetworkPlan
  readonly report: RunReport
  readonly events: readonly TrialEvent[]
  readonly exposures: readonly ExposureNetwork[]
}

export interface TrialEvent {
  /** Seconds after the start of the scenario. */
  readonly atSeconds: number
  readonly node: NodeId
  readonly event: DomainEvent
}

/** What a study looks at; the rest of a log would only be held in memory. */
const KEPT: ReadonlySet<string> = new Set(['receivable', 'anomaly'])

/** Runs trials and keeps them: the same scenario and seed are simulated once. */
export class Trials {
  readonly #known = new Map<string, Trial>()
  readonly #onTrial: (simulated: number) => void

  constructor(onTrial: (simulated: number) => void) {
    this.#onTrial = onTrial
  }

  get simulated(): number {
    return this.#known.size
  }

  run(scenario: Scenario, seed: number): Trial {
    const hash = hashCanonical(scenario)
    const key = `${hash}/${seed}`
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const plan = assemble({ scenario, hash, seed, signatures: 'stand-in' })
    const { latencyMs, ...mishaps } = scenario.simulator.links
    const events: TrialEvent[] = []
    const { report, exposures } = simulate({
      plan,
      codec: 'objects',
      links: { minLatencyMs: latencyMs.min, meanLatencyMs: latencyMs.mean, ...mishaps },
      onEvent: (atMs, node, event) => {
        if (KEPT.has(event.kind))
          events.push({ atSeconds: (atMs - plan.spec.genesisMs) / 1_000, node, event })
      },
    })
    refuseBroken(report, seed)
    const place = { genesisMs: plan.spec.genesisMs, numeraire: scenario.numeraire }
    const trial: Trial = {
      plan,
      report,
      events,
      exposures: exposures.map((snapshot) => exposureNetwork(snapshot, place)),
    }
    this.#known.set(key, trial)
    this.#onTrial(this.#known.size)
    return trial
  }
}

/** Losses of a run in which an invariant broke mean nothing. */
function refuseBroken({ invariants, genesisMs }: RunReport, seed: number): void {
  const first = invariants.broken[0]
  if (first === undefined) return
  throw new SolventError({
    code: 'E_INVARIANT',
    message: `The invariant ${first.id} broke in a run of the study.`,
    details: {
      seed,
      statement: first.statement,
      atSeconds: (first.atMs - genesisMs) / 1_000,
      detail: first.detail,
    },
  })
}
