import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'

const file = new URL('../../../../configs/scenarios/derivatives/stablecoin-narrow.yaml', import.meta.url)
const text = readFileSync(file, 'utf8')

/** The scenario with one piece of its text replaced, everywhere. */
const but = (piece: string, by: string) => () =>
  loadScenario('s.yaml', new TextEncoder().encode(text.replaceAll(piece, by)))

describe('an algorithmic stablecoin in a scenario', () => {
  it('is taken with two coins and a market of its token', () => {
    expect(but('', '')().scenario.stablecoins?.ust).toMatchObject({ stable: 'UST', token: 'LUNA' })
  })

  it('is warned about without a spread', () => {
    const { warnings } = but('minSpreadBps: 50', 'minSpreadBps: 0')()
    expect(warnings.map(({ path }) => path)).toContain('stablecoins.ust')
  })

  it.each<[string, () => unknown, string]>([
    ['no depth', but('basePool: "20000000"', 'basePool: "0"'), 'the base pool is above 0'],
    ['itself as its token', but('token: LUNA', 'token: UST'), 'another coin than itself'],
    ['the gas coin as its token', but('token: LUNA', 'token: ETH'), 'the coin that pays for gas'],
    ['another chain', but('    chain: terra', '    chain: tera'), 'Did you mean terra?'],
    ['a market that is none', but('    market: luna-usdc', '    market: luna'), 'market'],
    ['a market of its own', but('USDC: "80000000"', 'UST: "80000000"'), 'holds the peg by itself'],
    ['all of it as spread', but('minSpreadBps: 50', 'minSpreadBps: 10000'), 'minSpreadBps'],
    ['recovery in no time', but('recoveryBlocks: 36', 'recoveryBlocks: 0'), 'recoveryBlocks'],
    ['a step on another one', but('stablecoin: ust,', 'stablecoin: usd,'), 'Did you mean ust?'],
    [
      'a step in parts of a base unit',
      but('amount: "20000000"', 'amount: "0.1234567"'),
      'UST has 6 decimals',
    ],
    ['a step that does neither', but('direction: redeem', 'direction: burn'), 'direction'],
  ])('is refused with %s', (_what, attempt, reason) => {
    expect(attempt).toThrow(reason)
  })
})
