import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'

const file = new URL('../../../../configs/scenarios/derivatives/nav-stale.yaml', import.meta.url)
const text = readFileSync(file, 'utf8')

/** The scenario with one piece of its text replaced. */
const but = (piece: string, by: string) => () => {
  if (!text.includes(piece)) throw new Error(`no ${piece}`)
  return loadScenario('s.yaml', new TextEncoder().encode(text.replace(piece, by)))
}

describe('a fund of assets outside the chain in a scenario', () => {
  it('is warned about when redemptions outlast the mark that they are priced at', () => {
    const paths = (load: () => ReturnType<typeof loadScenario>) => load().warnings.map(({ path }) => path)
    expect(paths(but('noticeSeconds: 1200', 'noticeSeconds: 3601'))).toContain('navFunds.tbill')
    expect(paths(but('noticeSeconds: 1200', 'noticeSeconds: 1200'))).not.toContain('navFunds.tbill')
  })

  it.each([
    ['a chain that is none', 'tbill: { chain: main', 'tbill: { chain: mein', 'Did you mean main?'],
    ['an oracle that is none', 'oracle: mark, buffer', 'oracle: marc, buffer', 'Did you mean mark?'],
    ['shares that are the coin', 'share: TBILL', 'share: USDC', 'a token of their own'],
    ['shares finer than the coin', 'TBILL: { decimals: 6', 'TBILL: { decimals: 8', 'as fine as the coin'],
    ['parts of a base unit', 'buffer: "150000"', 'buffer: "0.1234567"', 'USDC has 6 decimals'],
    ['a gate that is shut', 'pricedAt: request }', 'pricedAt: request, gateBps: 0 }', 'gateBps'],
    ['a step at no fund', 'fund: tbill, shares', 'fund: bill, shares', 'Did you mean tbill?'],
  ])('is refused with %s', (_what, piece, by, reason) => {
    expect(but(piece, by)).toThrow(reason)
  })
})
