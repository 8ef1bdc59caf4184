// Claims that lie in pools when a run begins, by the committed file: shares come from whoever provided them, dollars lie behind receipts.
import { readFileSync } from 'node:fs'
import { isqrtFloor } from '@solvent/primitives'
import { marketShareToken, receiptToken } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { accountOf, lendingAddress, tokenAddress } from '../assembly/addresses.ts'
import { assemble } from '../assembly/assemble.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { startPriceE8 } from './start-price.ts'

const TEXT = readFileSync(
  new URL('../../../../configs/scenarios/lending/isolated-receipts.yaml', import.meta.url),
  'utf8',
)
const load = (piece = '', by = '') => {
  expect(TEXT).toContain(piece)
  return loadScenario('isolated-receipts.yaml', new TextEncoder().encode(TEXT.replace(piece, by)))
}

function genesisOf(piece = '', by = '') {
  const { scenario, hash } = load(piece, by)
  const { balances } = assemble({ scenario, hash, seed: 1, signatures: 'stand-in' }).genesis[0]!
  const of = (owner: string, token: string) =>
    balances.reduce(
      (sum, each) => (each.owner === owner && each.token === token ? sum + each.amount : sum),
      0n,
    )
  const all = (token: string) =>
    balances.reduce((sum, each) => (each.token === token ? sum + each.amount : sum), 0n)
  return { scenario, of, all }
}

const SHARE = marketShareToken({ name: 'coin-usdc' })

describe('claims when a run begins', () => {
  // √(100,000 · 10^18 · 1,000,000 · 10^6) in all; 0.2 with bert, 0.04 with the crowd, 0.005 in the fund.
  it('are shares of their provider, of which no more comes to be', () => {
    const { of, all } = genesisOf()
    expect(all(SHARE)).toBe(isqrtFloor(10n ** 23n * 10n ** 12n))
    expect(of(lendingAddress('on-shares'), SHARE)).toBe(2n * 10n ** 17n)
    expect(of(lendingAddress('main'), SHARE)).toBe(45n * 10n ** 15n)
    expect(of(accountOf('1', 'lara'), SHARE)).toBe(all(SHARE) - 245n * 10n ** 15n - 1_000n)
  })

  // 300,000 of the bank and 100,000 for rita's receipts, less what the crowd has borrowed.
  it('have their dollars in the pool that the receipts are of', () => {
    const { scenario, of, all } = genesisOf()
    const [main, usdc] = [lendingAddress('main'), tokenAddress(scenario, 'ethereum', 'USDC')]
    const receipt = receiptToken(main, usdc)
    expect(of(lendingAddress('on-receipts'), receipt)).toBe(100_000_000_000n)
    expect(all(receipt)).toBe(400_000_000_000n)
    const { of: without } = genesisOf('rita: { collateral: "100000", borrowed: "40" }', 'rita: {}')
    expect(of(main, usdc) - without(main, usdc)).toBe(100_000_000_000n)
  })

  it('are priced as their oracles would', () => {
    const { scenario } = genesisOf()
    // 2·√(10 · 1 · 100,000 · 1,000,000) over 0.3162… shares of 10^18.
    expect(startPriceE8(scenario, 'pair:coin-usdc') / 10n ** 8n).toBe(6_324_555n)
    expect(startPriceE8(scenario, 'main/pair:coin-usdc')).toBe(startPriceE8(scenario, 'pair:coin-usdc'))
    // What the run's own oracle says at the same price of ETH.
    expect(startPriceE8(scenario, 'vault:wide')).toBe(1_211_088_573_635_079n)
    expect(startPriceE8(scenario, 'main/USDC')).toBe(10n ** 8n)
  })

  it.each([
    [
      'more shares than were provided',
      'bert: { collateral: "0.2"',
      'bert: { collateral: "0.3"',
      'than lara has provided (got 0.345; allowed: at most 0.316',
    ],
    ['more in a fund', '"pair:coin-usdc": "0.005"', '"pair:coin-usdc": "0.5"', 'than lara has provided'],
    ['more of a crowd', 'amount: "0.04"', 'amount: "0.12"', 'than lara has provided'],
    ['more of a range', 'nina: { collateral: "0.1"', 'nina: { collateral: "0.9"', 'than nina has provided'],
    [
      'a pair that is not there',
      'collateral: "pair:coin-usdc"\n    oracle',
      'collateral: "pair:coin-usd"\n    oracle',
      'no such constant-product or stable-swap market on ethereum (got coin-usd',
    ],
    [
      'a vault that is not there',
      'collateral: "vault:wide"',
      'collateral: "vault:narrow"',
      'no such vault of a range on ethereum (got narrow',
    ],
    [
      'a receipt of no pool',
      'collateral: main/USDC',
      'collateral: mine/USDC',
      'no such lending pool on ethereum (got mine',
    ],
    [
      'a receipt of no reserve',
      'collateral: main/USDC',
      'collateral: main/ETH',
      'no such reserve of main (got ETH',
    ],
    ['a receipt as a loan', 'loan: ETH', 'loan: main/USDC', 'isolatedMarkets.on-receipts.loan'],
    [
      'a level left empty',
      'collateral: main/USDC',
      'collateral: main//USDC',
      'a receipt of another pool for one of these',
    ],
    [
      'less than nothing',
      'bert: { collateral: "0.2"',
      'bert: { collateral: "-0.2"',
      'isolatedMarkets.on-shares.positions.bert.collateral',
    ],
    [
      'more digits than shares have',
      'bert: { collateral: "0.2"',
      'bert: { collateral: "0.2000000000000000001"',
      '18',
    ],
  ])('refuse %s', (_, piece, by, message) => {
    expect(() => load(piece, by)).toThrow(message)
  })

  it('are warned about where what they are worth does not bear the loan', () => {
    const { warnings } = load('borrowed: "950000"', 'borrowed: "980000"')
    expect(warnings.map(({ path }) => path)).toContain('isolatedMarkets.on-shares.positions.bert')
    expect(load().warnings).toEqual([])
  })
})
