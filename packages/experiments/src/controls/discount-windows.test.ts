// What is wrong with a lender of last resort, and with who turns to it.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { loadScenario } from '../scenario/load-scenario.ts'

const file = new URL('../../../../configs/scenarios/controls/last-resort.yaml', import.meta.url)
const text = readFileSync(file, 'utf8')
const load = (from: string, to: string) => {
  expect(text).toContain(from)
  return loadScenario('a.yaml', new TextEncoder().encode(text.replace(from, to)))
}

it.each([
  [
    'on its own coin',
    'ODD: { oracle: odd-usd, haircut',
    'USDC: { oracle: odd-usd, haircut',
    /lent against itself/,
  ],
  ['on a receipt of no pool', 'lake/USDC: {', 'pond/USDC: {', /lending pool on main \(got pond.*lake/s],
  [
    'on what no oracle prices',
    'oracle: odd-usd, haircut',
    'oracle: odd, haircut',
    /price oracle on main \(got odd;/,
  ],
  [
    'on nothing',
    / {6}collaterals:\n(?: {8}.*\n)+/.exec(text)![0],
    '      collaterals: {}\n',
    /against something/,
  ],
  ['all of its worth and more', 'haircutBps: 3333', 'haircutBps: 10000', /haircutBps/],
  ['for ever', 'termSeconds: 9000', 'termSeconds: 0', /termSeconds/],
  ['finer than its coin', 'capital: "5000000"', 'capital: "0.0000001"', /capital/],
  [
    'to nobody it knows',
    'termSeconds: 9000',
    'termSeconds: 9000\n      borrowers: [vaul]',
    /participant \(got vaul.*vault/s,
  ],
  [
    'to a custodian elsewhere',
    'lastResort: { window: bank',
    'lastResort: { window: bnak',
    /that lends USDC \(got bnak/,
  ],
  [
    'on what the custodian has not',
    'window: bank, collateral: WETH, holds',
    'window: bank, collateral: ETH, holds',
    /asset that bank lends on/,
  ],
  [
    'in a step of another window',
    'seize-pledge, atSeconds: 8400, window: bank',
    'seize-pledge, atSeconds: 8400, window: b',
    /discount window \(got b;/,
  ],
  [
    'in a step on what it does not take',
    'collateral: ODD, pledged: "50000", amount: "350001"',
    'collateral: ETH, pledged: "5", amount: "1"',
    /collateral of bank/,
  ],
])('a window is refused that lends %s', (_, from, to, message) => {
  expect(() => load(from, to)).toThrow(message)
})

it('is warned about when it lends for nothing, or without a haircut', () => {
  const warned = (from: string, to: string) =>
    load(from, to)
      .warnings.map(({ message }) => message)
      .join()
  expect(warned('penaltyBps: 1000', 'penaltyBps: 0')).toMatch(/lends for nothing/)
  expect(warned('haircutBps: 3333', 'haircutBps: 0')).toMatch(/any fall/)
})
