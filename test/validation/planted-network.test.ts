// Planted bugs in nodes (settlement reference §10): a whole network in virtual time, one role with one altered rule.
import { auctioneerRules, type RunReport, solverRules } from '@solvent/nodes'
import { settlementRules } from '@solvent/settlement'
import { describe, expect, it } from 'vitest'
import { runPlanted } from './planted-network.ts'

const brokenIds = ({ invariants }: RunReport): string[] => [...new Set(invariants.broken.map(({ id }) => id))]

describe('a network', () => {
  it('breaks nothing with the rules as they are', () => {
    const report = runPlanted()
    expect(brokenIds(report)).toEqual([])
    expect(report.counts.settled).toBeGreaterThan(0)
  })

  it('3: settles what is not final when its verifiers do not wait, and O-11 says so', () => {
    expect(brokenIds(runPlanted({ bridge: { ...settlementRules, attestable: () => true } }))).toEqual([
      'O-11',
    ])
  })

  it('20: keeps reservations of lost auctions when its solvers do not free them, and O-13 says so', () => {
    expect(
      brokenIds(runPlanted({ solver: { ...solverRules, frees: (reason) => reason !== 'lost' } })),
    ).toEqual(['O-13'])
  })

  it('crowns the worst bid when its auctioneer does, and O-14 says so', () => {
    const worst: typeof auctioneerRules.auctionOf = (rule) => {
      const honest = auctioneerRules.auctionOf(rule)
      return {
        ...honest,
        close(bids, reserve) {
          const outcome = honest.close(bids, reserve)
          const winner = outcome.ranking.at(-1) ?? null
          return { ...outcome, winner, outputAmount: winner?.outputAmount ?? 0n }
        },
      }
    }
    expect(brokenIds(runPlanted({ auctioneer: { auctionOf: worst } }))).toEqual(['O-14'])
  })

  it('loses the fee from its escrows when its chains do, and O-5 says so', () => {
    const rules = { ...settlementRules, escrowedAmount: (amount: bigint) => amount - 1n }
    expect(brokenIds(runPlanted({ settlement: rules }))).toContain('O-5')
  })
})
