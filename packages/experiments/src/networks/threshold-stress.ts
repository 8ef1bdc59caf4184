// Stress tests with threshold cascades, under both tie rules.
import { type ThresholdCascade, thresholdCascade } from '@solvent/contagion'
import { z } from 'zod'
import { auditedCascade } from './audited-claims.ts'
import { bufferedClaimsOf } from './buffered-claims.ts'
import { parsed } from './network-error.ts'
import type { NetworkSource } from './network-file.ts'
import { refusing } from './network-sheets.ts'
import { type StressReport, type StressRequest, shockName, shockVector } from './stress-request.ts'

const scenarioSchema = z.object({
  name: z.string(),
  initialDefaults: z.array(z.int()),
  lossGivenDefault: z.number(),
})

/**
 * A shock is the share of its buffer that a node loses first; at 1 it fails.
 *
 * @throws SolventError E_NETWORK, E_USAGE for a shock that names no node
 */
export function stressByThreshold(source: NetworkSource, request: StressRequest): StressReport {
  const network = bufferedClaimsOf(source, (buffer) => buffer >= 0)
  const { ids } = network
  const lossGivenDefault = 1 - request.recovery
  const run = (initialDefaults: readonly number[], lgd: number, buffers = network.buffers) =>
    refusing(source.file, () => ({
      ...bothTies((tie) =>
        thresholdFields(
          auditedCascade(
            network.claims,
            { buffers, lossGivenDefault: lgd },
            thresholdCascade({
              claims: network.claims,
              buffers,
              initialDefaults,
              lossGivenDefault: lgd,
              tie,
            }),
          ),
        ),
      ),
    }))
  const report = {
    model: request.model,
    ids,
    ...(network.failedBefore.length === 0
      ? {}
      : { network: { failedBefore: network.failedBefore.map((node) => ids[node]!) } }),
  }
  const scenarios = source.form === 'input' ? source.scenarios : []
  if (request.shocks.size > 0) {
    const lost = shockVector(request.shocks, ids, { least: 0, most: Number.MAX_VALUE })
    const failing = [...lost.keys()].filter((node) => lost[node]! >= 1)
    const left = Float64Array.from(network.buffers, (buffer, node) => buffer * Math.max(0, 1 - lost[node]!))
    const one = { name: shockName(request.shocks), ...run(failing, lossGivenDefault, left) }
    return { ...report, outcomes: { one } }
  }
  if (scenarios.length > 0) {
    const each = scenarios.map((scenario) => {
      const { name, initialDefaults, lossGivenDefault: lgd } = parsed(source.file, scenarioSchema, scenario)
      return { name, ...run(initialDefaults, lgd) }
    })
    return { ...report, outcomes: { each } }
  }
  const standing = [...ids.keys()].filter((node) => !network.failedBefore.includes(node))
  const each = standing.map((node) => {
    const { geq, gt } = run([node], lossGivenDefault)
    return { name: `${ids[node]} fails`, node: ids[node]!, geq: counts(geq), gt: counts(gt) }
  })
  return { ...report, outcomes: { each } }
}

/** A cascade as worked cases write it. */
export function thresholdFields({
  defaultRound,
  defaults,
  rounds,
  finalLoss,
  certificate,
}: ThresholdCascade) {
  return { defaultRound: [...defaultRound], defaults, rounds, finalLoss: [...finalLoss], certificate }
}

/** The outcome under each tie rule. */
export function bothTies<T>(run: (tie: 'geq' | 'gt') => T): { readonly geq: T; readonly gt: T } {
  return { geq: run('geq'), gt: run('gt') }
}

const counts = ({ defaults, rounds, finalLoss }: ReturnType<typeof thresholdFields>) => ({
  defaults,
  rounds,
  totalLoss: finalLoss.reduce((sum, loss) => sum + loss, 0),
})
