// Makers on a clearing house's book, in the committed run with one thing changed.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runScenario } from '../run/run-scenario.ts'
import { loadScenario } from '../scenario/load-scenario.ts'

const file = new URL('../../../../configs/scenarios/derivatives/perpetual-makers.yaml', import.meta.url)
const text = readFileSync(file, 'utf8')

type Change = readonly [piece: string, by: string]

function load(...changes: readonly Change[]) {
  const changed = changes.reduce((each, [piece, by]) => {
    expect(each).toContain(piece)
    return each.replaceAll(piece, by)
  }, text)
  return loadScenario('s.yaml', new TextEncoder().encode(changed))
}

async function houseOf(...changes: readonly Change[]) {
  const run = { loaded: load(...changes), seed: 1, runtime: 'sim', nodeProgram: '' } as const
  const { summary } = await runScenario(run)
  expect(summary.invariants.broken).toEqual([])
  return summary.perpetuals[0]!
}

describe('makers of perpetual futures', () => {
  // A tenth in one slot is a deviation of √0.06 · 1,000 = 245 basis points.
  it('who stand aside from a move leave a liquidation to be closed out against them', async () => {
    const house = await houseOf(
      [', standsAsideAboveBps: 1000', ''],
      ['widening: 0', 'widening: 0, standsAsideAboveBps: 200'],
    )
    expect(house.liquidations).toBe(1)
    expect(house.liquidationFills).toBe(0)
    expect(house.deleveragings).toBeGreaterThan(0)
  })

  it('quote no more than their margin carries', async () => {
    // 300 dollars each carry 300 · 8 / 2 = 1,200 on either side: 12 SOL at a little more than 100.
    const house = await houseOf(['inventory: { USDC: "20000" }', 'inventory: { USDC: "300" }'])
    expect(BigInt(house.volume)).toBeGreaterThan(2_400_000_000n)
    expect(BigInt(house.volume)).toBeLessThan(2_430_000_000n)
  })

  it.each([
    ['house: house, market: sol', 'house: hause, market: sol', 'Did you mean house?'],
    ['house: house, market: sol', 'house: house, market: eth', 'market of the house on an order book'],
    ['inventory: { USDC: "20000" }', 'inventory: { SOL: "20000" }', 'coin that margin is in'],
    ['inventory: { USDC: "20000" }', 'inventory: {}', 'a maker without margin cannot quote'],
    ['size: "200"', 'size: "0.5"', 'it quotes less than a lot'],
  ])('are refused: %s as %s', (piece, by, reason) => {
    const makers = text.slice(text.indexOf('marketMakers:'), text.indexOf('auctioneers:'))
    expect(() => load([makers, makers.replace(piece, by)])).toThrow(reason)
  })
})
