// A simulated market with a known conduct, screened and scored as a stranger's file would be: the run of a sweep whose
// means are the power of screens and detector, or, where all are honest, their false alarms.
import {
  CONDUCTS,
  type ConductKind,
  labelledMarket,
  learningMarkets,
  PRICING_RULES,
  type SimulatedMarket,
  scoreMarket,
  screenMarket,
  type TrainedDetector,
  trainOn,
} from '@solvent/collusion'
import { createStreams } from '@solvent/kernel'
import { hashCanonical } from '@solvent/primitives'
import { z } from 'zod'
import { scenarioError } from '../../scenario/scenario-error.ts'
import { schemaProblems } from '../../scenario/schema-problems.ts'
import { whole } from '../../scenario/schema-scalars.ts'
import type { JobKind } from './job-kind.ts'

const marketSchema = z.strictObject({
  conduct: z.enum(CONDUCTS).default('competitive'),
  bidders: whole(3, 24).default(6),
  tenders: whole(2, 10_000).default(40),
  rule: z.enum(PRICING_RULES).default('first-price'),
  /** σ of the logarithm of a shock to the costs of all, drawn for each tender. */
  sharedCostSigma: z.number().min(0).max(1).default(0),
  /** Whether the screens are told what each bidder's cost was. */
  costs: z.enum(['known', 'unknown']).default('unknown'),
  permutations: whole(99, 100_000).default(199),
  /** Markets of each kind and rule that the detector learns from; never from the kind that it is asked about. */
  learnFrom: whole(2, 1_000).default(25),
})
type Market = z.infer<typeof marketSchema>

export const marketJob: JobKind<Market> = {
  name: 'market',

  prepare(file, tree, locate) {
    const parsed = marketSchema.safeParse(tree, { reportInput: true })
    if (!parsed.success) {
      const schema = z.toJSONSchema(marketSchema, { io: 'input', target: 'draft-7' })
      throw scenarioError(file, schemaProblems(parsed.error.issues, tree, locate, schema))
    }
    return { config: parsed.data, tree: parsed.data, hash: hashCanonical(parsed.data) }
  },

  run({ conduct, costs, permutations, learnFrom, ...market }, seed) {
    const drawn = labelledMarket({ kind: conduct, ...market }, createStreams(seed).stream('market'))
    const matrix = costs === 'known' ? drawn.matrix : { ...drawn.matrix, costs: null, utilisation: null }
    const { verdict } = screenMarket({ matrix, rebids: [], warnings: [] }, { permutations, seed })
    const score = scoreMarket(detectorFor(conduct, learnFrom), matrix)
    return {
      metrics: {
        screensFlag: verdict.level === 'none' ? 0 : 1,
        screensStrong: verdict.level === 'strong' ? 1 : 0,
        detectorFlags: score.conclusion === 'suspicious' ? 1 : 0,
        detectorAbstains: score.conclusion === 'none' ? 1 : 0,
        probability: score.probability,
      },
      digest: null,
      broken: [],
      events: () => '',
    }
  },
}

/** The same for every run of a sweep, so that a run depends on its own seed only; drawn and learnt once in a worker. */
const DETECTOR_SEED = 1
const examples = new Map<number, readonly SimulatedMarket[]>()
const detectors = new Map<string, TrainedDetector>()

function detectorFor(conduct: ConductKind, markets: number): TrainedDetector {
  const key = `${conduct}/${markets}`
  const known = detectors.get(key)
  if (known !== undefined) return known
  const detector = trainOn(
    examplesOf(markets).filter(({ kind }) => kind === 'competitive' || kind !== conduct),
  )
  detectors.set(key, detector)
  return detector
}

function examplesOf(markets: number): readonly SimulatedMarket[] {
  const known = examples.get(markets)
  if (known !== undefined) return known
  const drawn = learningMarkets({ markets, seed: DETECTOR_SEED })
  examples.set(markets, drawn)
  return drawn
}
