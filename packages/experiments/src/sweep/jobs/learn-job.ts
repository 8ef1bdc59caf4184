// One session of learners as the run of a sweep: the base is a file for `solvent learn`, and the run's seed its session.
import { createSessions } from '@solvent/collusion'
import { type LoadedLearnFile, readLearnTree } from '../../learning/load-learn-file.ts'
import type { JobKind } from './job-kind.ts'

export const learnJob: JobKind<LoadedLearnFile> = {
  name: 'learn',

  prepare(file, tree, locate) {
    const loaded = readLearnTree(file, tree, locate)
    return { config: loaded, tree: loaded.file, hash: loaded.hash }
  },

  run({ study }, seed) {
    const outcome = createSessions(study, seed)(1)
    const both = { converged: outcome.converged ? 1 : 0, periods: outcome.periods }
    const metrics =
      outcome.kind === 'auction'
        ? { ...both, revenue: outcome.revenue }
        : {
            ...both,
            profitGain: outcome.profitGain,
            cycleLength: outcome.cycleLength,
            price: outcome.prices.reduce((sum, price) => sum + price, 0) / outcome.prices.length,
            nashOnPath: outcome.nashOnPath ? 1 : 0,
          }
    return { metrics, digest: null, broken: [], events: () => '' }
  },
}
