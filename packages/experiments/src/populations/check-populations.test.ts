import { readFileSync } from 'node:fs'
import { receiptToken } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { lendingAddress } from '../assembly/addresses.ts'
import { assemble } from '../assembly/assemble.ts'
import { lentToken } from '../lending/lent-asset.ts'
import { loadScenario } from '../scenario/load-scenario.ts'

const FILE = new URL('../../../../configs/scenarios/lending/population-run.yaml', import.meta.url)
const text = readFileSync(FILE, 'utf8')
const load = (piece = '', by = '') => {
  if (!text.includes(piece)) throw new Error(`not in the scenario: ${piece}`)
  return loadScenario('s.yaml', new TextEncoder().encode(text.replace(piece, by)))
}

describe('people who feel losses', () => {
  const file = new URL('../../../../configs/scenarios/lending/run-loss-averse.yaml', import.meta.url)
  const felt = readFileSync(file, 'utf8')
  it.each([
    ['lossAversion: {}', 'lossAversion: { curvature: 0 }', 'allowed: above 0)'],
    ['lossAversion: {}', 'lossAversion: { factor: 0.5 }', 'allowed: at least 1)'],
    ['below: 0.8', 'below: 1.5', 'allowed: at most 1)'],
  ])('are refused with %s as %s', (from, to, message) => {
    expect(felt).toContain(from)
    expect(() => loadScenario('a.yaml', new TextEncoder().encode(felt.replace(from, to)))).toThrow(message)
  })
})

describe('people who look at a price', () => {
  const file = new URL('../../../../configs/incidents/ust-2022.yaml', import.meta.url)
  const fall = 'fall: { market: luna-usdc, asset: LUNA, weight: 0.5 }'
  it.each([
    ['a market that is not there', 'luna-usd', 'LUNA', 'Did you mean luna-usdc?'],
    [
      'an asset that it does not trade',
      'luna-usdc',
      'UST',
      'suppliers look at a market of the asset on their chain',
    ],
  ])('are refused with %s', (_, market, asset, message) => {
    const looking = readFileSync(file, 'utf8')
    expect(looking).toContain(fall)
    const changed = looking.replace(fall, `fall: { market: ${market}, asset: ${asset}, weight: 0.5 }`)
    expect(() => loadScenario('a.yaml', new TextEncoder().encode(changed))).toThrow(message)
  })
})

describe('populations of a scenario', () => {
  const { scenario, hash } = load()
  const planOf = (seed: number) => assemble({ scenario, hash, seed, signatures: 'stand-in' })
  const balances = planOf(1).genesis[0]?.balances ?? []

  it('have what the file says, to the last unit, and the pool has what is not lent out', () => {
    const main = lendingAddress('main')
    const [ether, dollar] = ['ETH', 'USDC'].map((lent) => lentToken(scenario, 'ethereum', lent))
    const sum = (kind: string) =>
      balances.filter((each) => each.kind === kind).reduce((all, { amount }) => all + amount, 0n)
    expect(sum('COLLATERAL')).toBe(80_000n * 10n ** 18n)
    expect(balances.filter(({ kind }) => kind === 'BORROWER')).toHaveLength(1_000)
    const held = (owner: string, token: string | undefined) =>
      balances.find((each) => each.owner === owner && each.token === token)?.amount
    expect(held(main, ether)).toBe(80_000n * 10n ** 18n)
    expect(held(main, dollar)).toBe(100_000_000n * 10n ** 6n - sum('BORROWER'))
    const receipts = balances.filter(({ token }) => token === receiptToken(main, dollar!))
    expect(receipts.map(({ amount }) => amount)).toEqual([100_000_000n * 10n ** 6n])
  })

  it('have the health that they were given: 1.05 to 4, half of them below 1.7', () => {
    const pledged = new Map(
      balances.filter(({ kind }) => kind === 'COLLATERAL').map((each) => [each.owner, each.amount]),
    )
    // At 2,000 with a threshold of 83 %: collateral in wei, debt in millionths.
    const health = balances
      .filter(({ kind }) => kind === 'BORROWER')
      .map(
        ({ owner, amount }) => ((Number(pledged.get(owner)) / 1e18) * 2_000 * 0.83) / (Number(amount) / 1e6),
      )
      .sort((a, b) => a - b)
    expect(health[0]).toBeGreaterThan(1.05)
    expect(health[0]).toBeLessThan(1.06)
    expect(health[499]).toBeLessThanOrEqual(1.7001)
    expect(health[500]).toBeGreaterThanOrEqual(1.6999)
    expect(health[999]).toBeLessThanOrEqual(4.0001)
  })

  it('are drawn by the seed, and one is not moved by another', () => {
    const borrowers = (seed: number, change: readonly [string, string] = ['', '']) => {
      const loaded = load(...change)
      const plan = assemble({ ...loaded, seed, signatures: 'stand-in' })
      return plan.nodes.find(({ id }) => id === 'borrowers')?.init
    }
    const plain = borrowers(1) as { readonly plan: unknown }
    const among = borrowers(1, ['count: 400', 'count: 7']) as { readonly plan: unknown }
    const other = borrowers(2) as { readonly plan: unknown }
    expect(among.plan).toEqual(plain.plan)
    expect(other.plan).not.toEqual(plain.plan)
  })

  it.each([
    ['pool: main\n    asset', 'pool: man\n    asset', 'Did you mean main?'],
    ['asset: USDC\n    count', 'asset: USDT\n    count', 'no such reserve of the pool'],
    ['debt: USDC', 'debt: ETH', 'borrowed against itself'],
    [
      'collateral: ETH\n    debt: USDC',
      'collateral: USDC\n    debt: ETH',
      'nothing can be borrowed against it',
    ],
    ['{ share: 0.5, value: 1.7 }', '{ share: 0.5, value: 1 }', 'quantiles grow'],
    ['{ share: 0.5, value: 1.7 }', '{ share: 0, value: 1.7 }', 'quantiles grow'],
    ['{ share: 0, value: 1.05 }', '{ share: 0, value: 0 }', 'no loan has this health'],
    ['amount: "100000000"', 'amount: "10"', 'more is borrowed than the pool has'],
    ['amount: "100000000"', 'amount: "1.1234567"', 'USDC has 6 decimals'],
    ['target: 1.4', 'target: 1.05', 'wants to be healthier than before'],
    ['  lenders:', '  keeper-1:', 'two nodes have the same name'],
  ])('are refused where they cannot be: %s', (piece, by, complaint) => {
    expect(() => load(piece, by)).toThrow(complaint)
  })

  it('are warned about when some of them can be liquidated at once', () => {
    const { warnings } = load('{ share: 0, value: 1.05 }', '{ share: 0, value: 0.9 }')
    expect(warnings.map(({ rule }) => rule)).toContain('unhealthy-position')
  })
})
