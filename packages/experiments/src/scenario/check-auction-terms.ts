// The meaning of what auctioneers go by: who hears of bids and where rewards are paid exist, and there are batches to reward.
import type { Findings } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'
import type { ScenarioWarning } from './scenario-warning.ts'

export function checkAuctionTerms(
  { auctionTerms, chains, solvers, users }: Scenario,
  findings: Findings,
  warnings: ScenarioWarning[],
): void {
  const { leak, rewards } = auctionTerms ?? {}
  leak?.to.forEach((solver, index) => {
    findings.reference(['auctionTerms', 'leak', 'to', index], 'solver', solver, Object.keys(solvers))
  })
  if (rewards === undefined) return
  findings.reference(['auctionTerms', 'rewards', 'chain'], 'chain', rewards.chain, Object.keys(chains))
  if (!Object.values(users).some(({ auction }) => auction === 'fair-combinatorial'))
    warnings.push({
      rule: 'rewards',
      path: 'auctionTerms.rewards',
      message:
        'rewards are of batches, and no user has its orders in one (auction: fair-combinatorial): nothing is paid',
    })
}
