// Controls of markets, lending pools and oracles: the flight of channels.test.ts with one of them.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../../scenario/load-scenario.ts'
import { creditScenario } from '../credit-network.testing.ts'
import { lossSheet, totalLoss } from '../loss-sheet.ts'
import { impossibility } from '../possible.ts'
import { calm, drawn } from '../shock.ts'
import { Trials } from '../trial.ts'
import { unpaidClaims } from '../unpaid-claims.ts'
import type { Control } from './control.ts'
import { controls, withControls } from './controls.ts'

const scenario = drawn(loadScenario('credit.yaml', creditScenario('falling')).scenario, 7)
const trials = new Trials(() => {})
const of = (name: string) => controls.find((each) => each.name === name)!

function runWith(name: string) {
  const changed = withControls(scenario, [of(name)])
  expect(impossibility(changed)).toBeNull()
  return trials.run(changed, 7).report
}

const liquidations = ({ lending }: ReturnType<typeof runWith>) =>
  lending.reduce((sum, each) => sum + each.liquidations, 0)

describe('controls of markets and credit in a study', () => {
  it('a breaker on the pair stops the second sale', () => {
    const bare = trials.run(withControls(scenario, []), 7).report
    const guarded = runWith('market-breaker')
    expect(guarded.markets[0]!.swaps).toBeLessThan(bare.markets[0]!.swaps)
    expect(guarded.markets[0]!.lowX96).toBeGreaterThan(bare.markets[0]!.lowX96)
  })

  it.each(['liquidation-halt', 'outside-oracles', 'delayed-oracles'])(
    'with %s no loan is called within the run',
    (name) => {
      expect(liquidations(trials.run(withControls(scenario, []), 7).report)).toBe(1)
      expect(liquidations(runWith(name))).toBe(0)
    },
  )

  it('caps are a twentieth beyond what is pledged, limits a tenth of what is lent', () => {
    const { reserves } = of('supply-caps').add(scenario).lending!['main']!
    expect([reserves['rsETH']!.supplyCap, reserves['USDC']!.supplyCap]).toEqual([106, 420_001])
    const limits = of('outflow-limit').add(scenario).controls!.outflowLimits
    expect(Object.values(limits)).toEqual([
      { pool: 'main', asset: 'rsETH', amount: '10.00', windowSeconds: 3_600 },
      { pool: 'main', asset: 'USDC', amount: '40000.00', windowSeconds: 3_600 },
    ])
  })

  // A loan-to-value of nothing: nobody borrows against it any more, and liquidations go on.
  it('an agent decides in the block after the fall, a vote only when the run is nearly over', () => {
    const { controls: measured } = runWith('risk-agent')
    expect(measured.authorities).toMatchObject([{ id: 'study-agent-1', enacted: 1, firstSeconds: 0 }])
    expect(runWith('governance-vote').controls.authorities).toMatchObject([{ proposed: 1, enacted: 0 }])
  })

  // Two pools and an isolated market lend to one who leaves bad debt in each; 2 % of the million in each pool stand ready, and of those who are left with nothing all is needed.
  it.each(['insurance-fund', 'mutual-cover'])(
    '%s: 40,000 more are paid, and the loss of all is the same',
    (name) => {
      const file = new URL('../../../../../configs/scenarios/controls/pledged-together.yaml', import.meta.url)
      const written = drawn(loadScenario('pledged.yaml', readFileSync(file)).scenario, 1)
      const sheetWith = (chosen: readonly Control[]) => {
        const shocked = withControls(written, chosen)
        const [before, after] = [trials.run(calm(shocked), 1), trials.run(shocked, 1)]
        const sheet = lossSheet(before, after)
        return { sheet, unpaid: Number(unpaidClaims(before, after, sheet)) / 1e8 }
      }
      const [bare, insured] = [sheetWith([]), sheetWith([of(name)])]
      expect(bare.unpaid - insured.unpaid).toBeGreaterThan(39_990)
      expect(bare.unpaid - insured.unpaid).toBeLessThan(40_010)
      expect(Number(insured.sheet.insurers) / 1e8).toBeCloseTo(40_000, -1)
      expect(Math.abs(Number(totalLoss(insured.sheet) - totalLoss(bare.sheet)) / 1e8)).toBeLessThan(10)
    },
  )

  it('every control taken away again leaves the scenario without it', () => {
    const bare = withControls(scenario, [])
    for (const control of controls)
      if (control.isIn(control.add(bare))) expect(control.isIn(control.remove(control.add(bare)))).toBe(false)
  })
})
