// What is proved about the regret of a learner over T tenders and K levels with earnings from 0 to 1, per tender: beside what was measured.
// Multiplicative weights (Hedge): ln K/η + η T/8 (N. Cesa-Bianchi, G. Lugosi, Prediction, Learning, and Games, 2006, Theorem 2.2).
// EXP3: (e − 1) γ T + K ln K/γ (P. Auer, N. Cesa-Bianchi, Y. Freund, R. Schapire, SIAM J. Comput. 32(1), 2002, Theorem 3.1, with G_max ≤ T).
// Regret matching: √(T K) (Cesa-Bianchi and Lugosi 2006, Corollary 2.1 with p = 2, whose weights are those of S. Hart, A. Mas-Colell 2000).
// All are about the mean over the learner's own draws; one session may exceed them by a term of order √T.
import { ln } from '@solvent/primitives'
import { type StrategyConfig, tenderStrategyKinds } from '@solvent/strategies'
import { isSealedOnly } from './sealed-clearing.ts'
import type { TenderStudy } from './tender-study.ts'

const PPM = 1_000_000
const E_LESS_ONE = 1.718281828459045

/** Null for strategies without such a theorem, and where learners do not hear what it asks for: what every level would have earned. */
export function regretBound(strategy: StrategyConfig, tenders: number, study: TenderStudy): number | null {
  const hearsAll = study.feedback === 'all-bids' && isSealedOnly(study)
  const of = (parameters: Readonly<Record<string, number>> | undefined, name: string, usual: number) =>
    parameters?.[name] ?? usual
  switch (strategy.kind) {
    case 'multiplicative-weights': {
      if (!hearsAll) return null
      const { levels, learningRatePpm } = tenderStrategyKinds[strategy.kind].parameters
      const rate = of(strategy.parameters, 'learningRatePpm', learningRatePpm.usual) / PPM
      return ln(of(strategy.parameters, 'levels', levels.usual)) / rate / tenders + rate / 8
    }
    case 'regret-matching': {
      const { levels } = tenderStrategyKinds[strategy.kind].parameters
      return hearsAll ? Math.sqrt(of(strategy.parameters, 'levels', levels.usual) / tenders) : null
    }
    case 'exp3': {
      const { levels, explorationPpm } = tenderStrategyKinds[strategy.kind].parameters
      const count = of(strategy.parameters, 'levels', levels.usual)
      const rate = of(strategy.parameters, 'explorationPpm', explorationPpm.usual) / PPM
      return E_LESS_ONE * rate + (count * ln(count)) / rate / tenders
    }
    default:
      return null
  }
}
