import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'

const file = new URL('../../../../configs/scenarios/derivatives/custodian-run.yaml', import.meta.url)
const text = readFileSync(file, 'utf8')

/** The scenario with one piece of its text replaced, everywhere. */
const but = (piece: string, by: string) => () =>
  loadScenario('s.yaml', new TextEncoder().encode(text.replaceAll(piece, by)))

describe('a custodian in a scenario', () => {
  it('has at its address what customers gave it and it did not lend on, unless the file says otherwise', () => {
    const { scenario } = but('    coins: "3000000"\n', '')()
    expect(scenario.custodians?.vault?.coins).toBeUndefined()
  })

  it('is warned about when no repayment can save it, and when the first request ends it', () => {
    const paths = (load: () => ReturnType<typeof loadScenario>) => load().warnings.map(({ path }) => path)
    expect(paths(but('lent: "7000000"', 'lent: "6000000"'))).toEqual(['custodians.vault'])
    expect(paths(but('    affiliate: desk', '    affiliate: desk\n    haltBelowBps: 5000'))).toEqual([
      'custodians.vault',
    ])
    expect(paths(but('', ''))).toEqual([])
  })

  it.each<[string, () => unknown, string]>([
    ['a chain that is none', but('    chain: main', '    chain: mein'), 'Did you mean main?'],
    ['the gas coin', but('    asset: USDC\n', '    asset: ETH\n'), 'pays for gas'],
    ['no claims', but('claims: "10000000"', 'claims: "0"'), 'owes something'],
    [
      'more lent than it was given',
      but('    coins: "3000000"\n    claims: "10000000"', '    claims: "6000000"'),
      'more than it was given',
    ],
    ['loans to nobody', but('    affiliate: desk\n', ''), 'somebody has to be lent to'],
    ['an affiliate that is no actor', but('affiliate: desk', 'affiliate: dusk'), 'Did you mean desk?'],
    ['parts of a base unit', but('claims: "10000000"', 'claims: "0.1234567"'), 'USDC has 6 decimals'],
    ['quantiles that fall', but('{ share: 1, value: 1.5 }', '{ share: 1, value: 0.1 }'), 'quantiles grow'],
    [
      'a market that is none',
      but('      coins: 0.2', '      fall: { market: usdc, asset: USDC, weight: 1 }'),
      'market',
    ],
    ['the name of an actor', but('  late:\n', '  vault:\n'), 'same name'],
  ])('is refused with %s', (_what, attempt, reason) => {
    expect(attempt).toThrow(reason)
  })
})
