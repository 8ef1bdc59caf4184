// Amounts finer than what they count, one of each section and step: refused with place, unit and bound, before anything reckons with them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isSolventError } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import { readFault } from '../faults/read-fault.ts'
import { loadScenario } from './load-scenario.ts'
import { SMALL_SCENARIO, spoiled } from './small-scenario.testing.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
const committed = (name: string) =>
  readFileSync(join(import.meta.dirname, `../../../../configs/scenarios/${name}.yaml`), 'utf8')

function refusal(bytes: Uint8Array): string {
  try {
    loadScenario('s.yaml', bytes)
  } catch (error) {
    if (!isSolventError(error, 'E_SCENARIO')) throw error
    return error.message
  }
  return 'accepted'
}

/** One digit after the point more than the unit has. */
const FINE = { USDC: '1.0000001', price: '1.000000001', gwei: '1.0000000001' }

describe('an amount finer than what it counts is refused', () => {
  it.each([
    [
      'rsETH: { decimals: 18, price: "2100"',
      `rsETH: { decimals: 18, price: "${FINE.price}"`,
      'assets.rsETH.price: a price has 8',
    ],
    [
      'USDC: { decimals: 6, price: "1" }',
      `USDC: { decimals: 6, price: "1", supply: "${FINE.USDC}" }`,
      'assets.USDC.supply: USDC has 6',
    ],
    ['slotMs: 2000', `slotMs: 2000, baseFeeGwei: "${FINE.gwei}"`, 'chains.ethereum.baseFeeGwei: gwei has 9'],
    [
      'slotMs: 2000',
      `slotMs: 2000, feeMarket: { kind: eip1559, minBaseFeeGwei: "${FINE.gwei}" }`,
      'chains.ethereum.feeMarket.minBaseFeeGwei: gwei has 9',
    ],
    [
      '    finality: finalized',
      `    finality: finalized\n    limiter: { chains: { arbitrum: { single: "1", window: "${FINE.price}" } }, floors: {} }`,
      'bridges.hub.limiter.chains.arbitrum.window: USD has 8',
    ],
    [
      'ethereum: { ETH: "10", USDC: "100000" }',
      `ethereum: { ETH: "10", USDC: "${FINE.USDC}" }`,
      'solvers.atlas.inventory.ethereum.USDC: USDC has 6',
    ],
    [
      'strategy: { kind: cost-plus',
      `borrowed: { USDC: "${FINE.USDC}" }\n    strategy: { kind: cost-plus`,
      'solvers.atlas.borrowed.USDC: USDC has 6',
    ],
    ['value: { from: "100"', `value: { from: "${FINE.price}"`, 'users.alice.value.from: USD has 8'],
    [
      '    orders: 4',
      `    orders: 4\n    holdings: { ethereum: { USDC: "${FINE.USDC}" } }`,
      'users.alice.holdings.ethereum.USDC: USDC has 6',
    ],
  ])('in %j, as %j', (piece, by, said) => {
    expect(refusal(spoiled(piece, by))).toContain(`${said} decimals (got 1.0`)
  })

  it.each([
    ['do: transfer, chain: ethereum, asset: USDC, amount: "FINE", to: alice', 'amount'],
    ['do: force-transfer, chain: arbitrum, asset: USDC, amount: "FINE", to: alice', 'amount'],
    ['do: swap, market: pool, sell: USDC, amount: "FINE"', 'amount'],
    ['do: swap, market: pool, sell: ETH, amount: "1", minOut: "FINE"', 'minOut'],
    ['do: add-liquidity, market: pool, amounts: { ETH: "1", USDC: "FINE" }', 'amounts.USDC'],
    [
      'do: add-liquidity, market: pool, amounts: { ETH: "1", USDC: "1" }, minAmounts: { USDC: "FINE" }',
      'minAmounts.USDC',
    ],
    ['do: remove-liquidity, market: pool, percent: 10, minAmounts: { USDC: "FINE" }', 'minAmounts.USDC'],
  ])('in a step: %s', (step, key) => {
    const text = `markets:\n  pool: { kind: constant-product, chain: ethereum, provider: max, reserves: { ETH: "1", USDC: "2000" } }\nactors:\n  max: { steps: [{ ${step.replace('FINE', FINE.USDC)} }] }\nsolvers:\n`
    expect(refusal(spoiled('solvers:\n', text))).toContain(
      `actors.max.steps[0].${key}: USDC has 6 decimals (got 1.0000001; allowed: at most 6 digits after the point)`,
    )
  })

  const borrowing = 'do: borrow, pool: main, asset: USDC, amount: "'
  it.each([
    [
      'lending/liquidation',
      /borrowed: \{ USDC: "[0-9.]+"/,
      `borrowed: { USDC: "${FINE.USDC}"`,
      'borrowed.USDC: USDC has 6',
    ],
    [
      'lending/liquidation',
      /(keepers:[\s\S]*?)USDC: "[0-9.]+"/,
      `$1USDC: "${FINE.USDC}"`,
      'holdings.USDC: USDC has 6',
    ],
    [
      'lending/population-run',
      /amount: "100000000"/,
      `amount: "${FINE.USDC}"`,
      'populations.lenders.amount: USDC has 6',
    ],
    [
      'lending/population-run',
      /keepers:/,
      `actors:\n  bo: { steps: [{ ${borrowing}${FINE.USDC}" }] }\nkeepers:`,
      'actors.bo.steps[0].amount: USDC has 6',
    ],
    [
      'lending/population-run',
      /USDC: \{ oracle: usdc-usd \}/,
      `USDC: { oracle: usdc-usd, cap: "${FINE.price}" }`,
      'lending.main.reserves.USDC.cap: a price has 8',
    ],
    [
      'lending/population-run',
      /kind: peg,/,
      `kind: peg, price: "${FINE.price}",`,
      'oracles.usdc-usd.price: a price has 8',
    ],
    ['market/arbitrage', /minProfit: "[0-9.]+"/, `minProfit: "${FINE.price}"`, 'minProfit: USD has 8'],
    ['market/sandwich', /tipGwei: "[0-9.]+"/, `tipGwei: "${FINE.gwei}"`, 'tipGwei: gwei has 9'],
    [
      'derivatives/stablecoin-narrow',
      /basePool: "[0-9.]+"/,
      `basePool: "${FINE.USDC}"`,
      'stablecoins.ust.basePool: UST has 6',
    ],
    [
      'derivatives/stablecoin-narrow',
      /(direction: redeem, amount: )"[0-9.]+"/,
      `$1"${FINE.USDC}"`,
      'actors.runner.steps[0].amount: UST has 6',
    ],
  ])('in %s, with %s as %j', (name, piece, by, said) => {
    const text = committed(name)
    expect(text).toMatch(piece)
    expect(refusal(utf8(text.replace(piece, by)))).toContain(`${said} decimals`)
  })

  const forge = (amount: string) =>
    spoiled(
      'faults:\n',
      `faults:\n  - { kind: forge, atSeconds: 9, bridge: hub, asset: rsETH, from: arbitrum, to: ethereum, amount: ${amount} }\n`,
    )
  const coarse = (bytes: Uint8Array) =>
    utf8(new TextDecoder().decode(bytes).replace('rsETH: { decimals: 18', 'rsETH: { decimals: 2'))

  it('in a fault, at either end of what is drawn', () => {
    expect(refusal(coarse(forge('"1.25"')))).toBe('accepted')
    expect(refusal(coarse(forge('{ from: "1", to: "2.125" }')))).toContain(
      'faults[0].amount: rsETH has 2 decimals (got 2.125',
    )
  })

  it('in a fault of an operator', () => {
    const { scenario } = loadScenario(
      's.yaml',
      utf8(SMALL_SCENARIO.replace('rsETH: { decimals: 18', 'rsETH: { decimals: 2')),
    )
    const settings = ['bridge=hub', 'asset=rsETH', 'from=arbitrum', 'to=ethereum', 'amount=1.125']
    expect(() => readFault(scenario, '1', { kind: 'forge', settings, atSeconds: 9, label: 'now' })).toThrow(
      'rsETH has 2 decimals',
    )
  })

  it('and as fine as it goes it is taken', () => {
    expect(refusal(spoiled('USDC: "100000" }', 'USDC: "100000.000001" }'))).toBe('accepted')
  })
})
