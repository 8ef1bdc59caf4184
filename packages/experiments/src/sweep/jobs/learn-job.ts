// One session of learners as the run of a sweep: the base is a file for `solvent learn`, and the run's seed its session.
import { createSessions, type SessionOutcome, type TendersOutcome, tenderSession } from '@solvent/collusion'
import { type LoadedLearnFile, readLearnTree } from '../../learning/load-learn-file.ts'
import type { JobKind, MetricValue } from './job-kind.ts'

export const learnJob: JobKind<LoadedLearnFile> = {
  name: 'learn',

  prepare(file, tree, locate) {
    const loaded = readLearnTree(file, tree, locate)
    return { config: loaded, tree: loaded.file, hash: loaded.hash }
  },

  run({ study }, seed) {
    const metrics =
      study.kind === 'tenders'
        ? tendersMetrics(tenderSession({ ...study.study, kept: 0 }, seed, 1))
        : learnersMetrics(createSessions(study, seed)(1))
    return { metrics, digest: null, broken: [], events: () => '' }
  },
}

type Metrics = Record<string, MetricValue>

function learnersMetrics(outcome: SessionOutcome): Metrics {
  const both = { converged: outcome.converged ? 1 : 0, periods: outcome.periods }
  if (outcome.kind === 'auction') return { ...both, revenue: outcome.revenue }
  return {
    ...both,
    profitGain: outcome.profitGain,
    cycleLength: outcome.cycleLength,
    price: outcome.prices.reduce((sum, price) => sum + price, 0) / outcome.prices.length,
    nashOnPath: outcome.nashOnPath ? 1 : 0,
  }
}

function tendersMetrics(outcome: TendersOutcome): Metrics {
  const { price, competitivePrice, overcharge, filled, contested, hhi, excessCost, fades, bidders } = outcome
  return {
    ...{ converged: outcome.converged ? 1 : 0, periods: outcome.periods, price },
    ...(competitivePrice === null || overcharge === null ? {} : { competitivePrice, overcharge }),
    ...{ filled, contested, hhi, excessCost, fades },
    ...Object.fromEntries(
      bidders.flatMap(({ name, share, profit, regret }) => [
        [`bidders[${name}].share`, share],
        [`bidders[${name}].profit`, profit],
        ...(regret === null ? [] : [[`bidders[${name}].regret`, regret]]),
      ]),
    ),
  }
}
