import { describe, expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'
import { HOLDERS } from '../scenario/reserved-names.ts'
import { SMALL_SCENARIO } from '../scenario/small-scenario.testing.ts'
import { assemble } from './assemble.ts'
import type { Holding } from './holding.ts'
import { shortages } from './stated-supply.ts'

const { scenario, hash } = loadScenario('small.yaml', new TextEncoder().encode(SMALL_SCENARIO))
const held = (chain: string, amount: bigint): Holding => ({
  ...{ chain, symbol: 'rsETH', kind: 'USER', name: HOLDERS, amount },
})
const ETHER = 10n ** 18n

describe('what the small scenario says that there is of rsETH: 5,000, of them 1,000 locked for arbitrum', () => {
  it.each([
    ['ethereum', 4_000n * ETHER, []],
    ['ethereum', 4_000n * ETHER + 1n, ['assets.rsETH.supply']],
    ['arbitrum', 1_000n * ETHER, []],
    ['arbitrum', 1_000n * ETHER + 1n, ['bridges.hub.assets.rsETH.claims.arbitrum']],
  ])('is held on %s: %d', (chain, amount, paths) => {
    expect(shortages(scenario, [held(chain, amount)]).map(({ path }) => path.join('.'))).toEqual(paths)
  })

  it('is enough for what was issued elsewhere only when that is counted as far as it is held', () => {
    const { hub } = scenario.bridges
    const issued = {
      ...scenario,
      bridges: { hub: { ...hub!, custody: { kind: 'burn-mint', feeBps: 0 } as const } },
    }
    expect(shortages(issued, [held('arbitrum', 5_000n * ETHER)])).toEqual([])
    expect(shortages(issued, [held('arbitrum', 5_000n * ETHER + 1n)])).toHaveLength(1)
  })

  it('is asked again when the run is assembled, for the draws of another seed', () => {
    const rsETH = { ...scenario.assets.rsETH!, supply: '999' }
    const poor = { ...scenario, assets: { ...scenario.assets, rsETH } }
    expect(() => assemble({ scenario: poor, hash, seed: 2, signatures: 'stand-in' })).toThrow(
      'With this seed more rsETH is locked and held than its supply',
    )
  })
})
