// The meaning of solvers and users: what they hold exists, orders can be filled, proven and refunded in time.
import { parseUnits } from '@solvent/primitives'
import { checkPurchase } from '../derivatives/purchases.ts'
import { checkAssetOn, checkHoldings } from './check-holdings.ts'
import { checkStrategy } from './check-strategies.ts'
import type { Findings } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'

export function checkSolvers(scenario: Scenario, findings: Findings): void {
  for (const [name, solver] of Object.entries(scenario.solvers)) {
    checkHoldings(scenario, solver.inventory, ['solvers', name, 'inventory'], findings)
    checkStrategy(scenario, name, findings)
    for (const symbol of Object.keys(solver.borrowed))
      findings.reference(['solvers', name, 'borrowed', symbol], 'asset', symbol, Object.keys(scenario.assets))
  }
}

export function checkUsers(scenario: Scenario, findings: Findings): void {
  for (const [name, user] of Object.entries(scenario.users)) {
    const path = ['users', name]
    checkHoldings(scenario, user.holdings, [...path, 'holdings'], findings)
    if (user.untilSeconds <= user.fromSeconds)
      findings.add('E_RANGE', [...path, 'untilSeconds'], 'the interval is empty', {
        got: `${user.fromSeconds} to ${user.untilSeconds}`,
        allowed: 'untilSeconds above fromSeconds',
      })
    if (user.untilSeconds > scenario.durationSeconds)
      findings.add('E_RANGE', [...path, 'untilSeconds'], 'orders would come after the end of the run', {
        got: String(user.untilSeconds),
        allowed: `at most ${scenario.durationSeconds}`,
      })
    if (user.slippageBps.from > user.slippageBps.to)
      findings.add('E_RANGE', [...path, 'slippageBps'], 'from is above to', {
        got: `${user.slippageBps.from} to ${user.slippageBps.to}`,
        allowed: 'from at most to',
      })
    if (parseUnits(user.value.from, 18) > parseUnits(user.value.to, 18))
      findings.add('E_RANGE', [...path, 'value'], 'from is above to', {
        got: `${user.value.from} to ${user.value.to}`,
        allowed: 'from at most to',
      })
    if (parseUnits(user.value.from, 18) === 0n)
      findings.add('E_RANGE', [...path, 'value', 'from'], 'an order has a value', {
        got: '0',
        allowed: 'more than 0',
      })
    if (user.auctionSeconds + user.exclusivitySeconds > user.fillSeconds) {
      findings.add(
        'E_RANGE',
        [...path, 'fillSeconds'],
        'the fill deadline comes before the exclusivity ends',
        {
          got: String(user.fillSeconds),
          allowed: `at least auctionSeconds + exclusivitySeconds = ${user.auctionSeconds + user.exclusivitySeconds}`,
        },
      )
    }
    if (user.expiresSeconds < user.fillSeconds)
      findings.add('E_RANGE', [...path, 'expiresSeconds'], 'the order expires before its fill deadline', {
        got: String(user.expiresSeconds),
        allowed: `at least ${user.fillSeconds}`,
      })
    const { auctioneer, chain, user: own, parts = 0 } = user.award
    if (auctioneer + chain + own + parts === 0)
      findings.add('E_RANGE', [...path, 'award'], 'all weights are zero', {
        got: '0, 0, 0 and 0',
        allowed: 'one weight above 0',
      })
    const buying = user.pairs.findIndex(({ buys }) => buys !== undefined)
    if (parts > 0 && buying >= 0)
      findings.add(
        'E_RANGE',
        [...path, 'award', 'parts'],
        'an order that buys a derivative is filled whole',
        {
          got: `${parts}, and pairs ${buying} buys`,
          allowed: '0 where a pair buys',
          hint: 'Let another user buy.',
        },
      )
    if (auctioneer > 0 && scenario.auctioneers === 0)
      findings.add('E_REFERENCE', [...path, 'award', 'auctioneer'], 'the scenario has no auctioneer', {
        got: String(auctioneer),
        allowed: '0, or a scenario with auctioneers',
        hint: 'Set auctioneers: 1.',
      })
    user.pairs.forEach((pair, index) => {
      const at = [...path, 'pairs', index]
      for (const side of ['from', 'to'] as const) {
        if (
          findings.reference([...at, side, 'chain'], 'chain', pair[side].chain, Object.keys(scenario.chains))
        ) {
          checkAssetOn(scenario, {
            symbol: pair[side].asset,
            chain: pair[side].chain,
            path: [...at, side, 'asset'],
            findings,
          })
        }
      }
      const provers = Object.keys(scenario.bridges).filter(
        (name) => scenario.bridges[name]!.verification.kind !== 'none',
      )
      findings.reference([...at, 'prover'], 'bridge', pair.prover, provers)
      checkPurchase(scenario, pair, at, findings)
      if (pair.from.chain === pair.to.chain)
        findings.add('E_CYCLE', at, 'an order crosses chains', {
          got: `${pair.from.chain}→${pair.to.chain}`,
          allowed: 'two different chains',
        })
    })
  }
}
