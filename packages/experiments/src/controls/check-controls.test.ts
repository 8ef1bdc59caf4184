// What is wrong with the controls of a scenario.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'

const file = new URL('../../../../configs/scenarios/controls/flash-crash-controlled.yaml', import.meta.url)
const text = readFileSync(file, 'utf8')

/** The scenario with one piece of its text replaced. */
function but(piece: string, by: string) {
  expect(text).toContain(piece)
  return () => loadScenario('s.yaml', new TextEncoder().encode(text.replace(piece, by)))
}

describe('controls in a scenario', () => {
  it('are taken as they stand', () => {
    const { scenario, warnings } = but('G-1, G-2', 'G-1')()
    expect(scenario.controls?.breakers['pair-halt']).toMatchObject({ market: 'eth-usdc', moveBps: 1000 })
    expect(warnings).toEqual([])
  })

  it.each<[string, () => unknown, string]>([
    [
      'a market that is none',
      but('{ market: eth-usdc, moveBps', '{ market: eth-usd, moveBps'),
      'Did you mean eth-usdc?',
    ],
    ['a pool that is none', but('{ pool: main, oracle', '{ pool: mian, oracle'), 'Did you mean main?'],
    [
      'both',
      but('{ pool: main, oracle', '{ market: eth-usdc, pool: main, oracle'),
      'a control guards one contract',
    ],
    ['neither', but('{ pool: main, oracle', '{ oracle'), 'a control guards one contract'],
    ['no price to watch', but('oracle: eth-usd, moveBps', 'moveBps'), 'a breaker needs a price to watch'],
    [
      'an oracle that is none',
      but('oracle: eth-usd, moveBps', 'oracle: btc-usd, moveBps'),
      'oracle on ethereum',
    ],
    [
      'something that a pool does not do',
      but('stops: [liquidate]', 'stops: [swap]'),
      'a pool does not do this',
    ],
    ['no move', but('moveBps: 1000', 'moveBps: 0'), 'moveBps'],
    ['an asset that lies elsewhere', but('pool: main, asset: USDC', 'pool: main, asset: DAI'), 'DAI'],
    ['a limit of nothing', but('amount: "150000"', 'amount: "0"'), 'a limit of nothing is a pause'],
    ['parts of a base unit', but('amount: "150000"', 'amount: "0.0000001"'), 'USDC has 6 decimals'],
    ['one name for two', but('usdc-out:', 'pair-halt:'), 'two controls have the same name'],
  ])('are refused with %s', (_what, attempt, reason) => {
    expect(attempt).toThrow(reason)
  })

  it('are warned about when a halt is over before it begins', () => {
    const { warnings } = but('haltSeconds: 900, stops', 'haltSeconds: 2, stops')()
    expect(warnings.map(({ path }) => path)).toEqual(['controls.breakers.pool-halt'])
  })
})

const issuer = readFileSync(new URL('freeze-issuer.yaml', file), 'utf8')
const agent = readFileSync(new URL('risk-agent-fast.yaml', file), 'utf8')
const ratio = readFileSync(new URL('ratio-dynamic.yaml', file), 'utf8')

describe('authorities in a scenario', () => {
  it.each<[string, string, string, string, string]>([
    [
      'more votes than members',
      issuer,
      'issuer: { chain: ethereum, members: 1',
      'issuer: { chain: ethereum, members: 1, quorum: 2',
      'more votes than the members have',
    ],
    [
      'weights of others than the members',
      issuer,
      'issuer: { chain: ethereum, members: 1',
      'issuer: { chain: ethereum, members: 1, weights: [3, 4]',
      'one weight for each member (got 2',
    ],
    [
      'more votes than weights give',
      issuer,
      'issuer: { chain: ethereum, members: 1',
      'issuer: { chain: ethereum, members: 1, weights: [3], quorum: 4',
      'more votes than the members have (got 4',
    ],
    [
      'nothing to decide',
      issuer,
      'members: 1, assets: { USDC: [freeze] }, accounts: [victim]',
      'members: 1',
      'an authority that may decide nothing',
    ],
    [
      'the coin that pays for gas',
      issuer,
      'assets: { USDC: [freeze] }',
      'assets: { ETH: [freeze] }',
      'nobody can stop the coin that pays for gas',
    ],
    ['a power that is none', issuer, '[freeze, claw-back, halt]', '[freeze, seize]', 'assets'],
    ['accounts of nobody', issuer, 'accounts: [victim]', 'accounts: [victor]', 'Did you mean victim?'],
    ['a fault of no authority', issuer, 'authority: abroad', 'authority: abroat', 'Did you mean abroad?'],
    [
      'a fault about another asset',
      issuer,
      'atSeconds: 1500, authority: issuer, asset: USDC',
      'atSeconds: 1500, authority: issuer, asset: ETH',
      'asset of issuer',
    ],
    ['a claw-back to nobody', issuer, 'to: victim', 'to: vicky', 'participant'],
    [
      'a rule about a pool that it has not',
      agent,
      '{ pool: main, asset: rsETH, oracle: rseth-usd',
      '{ pool: other, asset: rsETH, oracle: rseth-usd',
      'pool of the authority',
    ],
    [
      'a rule that sees no feed',
      agent,
      'oracle: rseth-usd, fallBps',
      'oracle: rseth-pegged, fallBps',
      'oracle of kind feed',
    ],
    ['a rule that changes nothing', agent, ', ltvBps: 0, status: frozen', '', 'a rule that changes nothing'],
    [
      'a ratio above the reserve’s',
      ratio,
      'floorLtvBps: 4000',
      'floorLtvBps: 7701',
      'a floor above the loan-to-value',
    ],
    ['a ratio of another pool', ratio, '{ pool: main', '{ pool: side', 'no such pool of the authority'],
    ['a name that a member has', agent, '  anna:', '  agent-member-1:', 'two nodes have the same name'],
  ])('are refused with %s', (_what, whole, piece, by, reason) => {
    expect(whole).toContain(piece)
    expect(() => loadScenario('s.yaml', new TextEncoder().encode(whole.replace(piece, by)))).toThrow(reason)
  })
})
