// Assets whose decimals differ between chains: what a scenario may say of them, and what becomes of its amounts.
import { parseUnits } from '@solvent/primitives'
import { describe, expect, it } from 'vitest'
import { assemble } from '../assembly/assemble.ts'
import { loadScenario } from './load-scenario.ts'
import { SMALL_SCENARIO, spoiled } from './small-scenario.testing.ts'

const USDC = 'USDC: { decimals: 6,'
const RSETH = 'rsETH: { decimals: 18,'
const refusal = (text: Uint8Array): string => {
  try {
    loadScenario('small.yaml', text)
    return ''
  } catch (error) {
    return String(error)
  }
}

describe('decimals of a chain', () => {
  it('are its token’s, and what the file’s amounts count in there', () => {
    const text = SMALL_SCENARIO.replace(USDC, `${USDC} decimalsOn: { arbitrum: 18 },`).replace(
      RSETH,
      `${RSETH} decimalsOn: { arbitrum: 8 },`,
    )
    const loaded = loadScenario('small.yaml', new TextEncoder().encode(text))
    const { spec, genesis } = assemble({ ...loaded, seed: 7, signatures: 'stand-in' })
    const held = (chainId: number, symbol: string, kind: string): bigint => {
      const token = spec.tokens.find((each) => each.chainId === chainId && each.symbol === symbol)
      const { balances } = genesis.find((each) => each.chainId === chainId)!
      return balances
        .filter((each) => each.token === token?.address && each.kind === kind)
        .reduce((sum, { amount }) => sum + amount, 0n)
    }
    expect(spec.tokens.map(({ symbol, chainId, decimals }) => `${symbol} ${chainId} ${decimals}`)).toEqual(
      expect.arrayContaining(['USDC 1 6', 'USDC 42161 18', 'rsETH 1 18', 'rsETH 42161 8']),
    )
    expect(held(1, 'USDC', 'SOLVER')).toBe(parseUnits('100000', 6))
    expect(held(42_161, 'USDC', 'SOLVER')).toBe(parseUnits('100000', 18))
    expect(held(1, 'rsETH', 'BRIDGE_LOCK')).toBe(parseUnits('1000', 18))
    expect(held(42_161, 'rsETH', 'USER')).toBe(parseUnits('1000', 8))
  })

  it.each([
    ['at home', RSETH, `${RSETH} decimalsOn: { ethereum: 8 },`, 'assets.rsETH.decimalsOn.ethereum'],
    ['on a chain that is none', RSETH, `${RSETH} decimalsOn: { optimism: 8 },`, 'decimalsOn.optimism'],
    [
      'of the gas asset',
      'ETH: { decimals: 18,',
      'ETH: { decimals: 18, decimalsOn: { arbitrum: 6 },',
      'gasAsset',
    ],
    ['beyond 18', RSETH, `${RSETH} decimalsOn: { arbitrum: 19 },`, 'decimalsOn.arbitrum'],
  ])('are refused %s', (_where, piece, by, what) => {
    expect(refusal(spoiled(piece, by))).toContain(what)
  })

  it('bound how finely a claim may be written: it is locked at home and minted there', () => {
    const text = SMALL_SCENARIO.replace(RSETH, `${RSETH} decimalsOn: { arbitrum: 8 },`)
    const claim = (amount: string) =>
      new TextEncoder().encode(text.replace('arbitrum: "1000"', `arbitrum: "${amount}"`))
    expect(refusal(claim('1000.12345678'))).toBe('')
    expect(refusal(claim('1000.123456789'))).toContain('bridges.hub.assets.rsETH.claims.arbitrum')
  })

  it('are refused where one contract counts the asset', () => {
    const market = `markets:
  pair: { chain: arbitrum, kind: constant-product, reserves: { USDC: "1000", ETH: "1" } }
solvers:`
    const text = SMALL_SCENARIO.replace(USDC, `${USDC} decimalsOn: { arbitrum: 18 },`).replace(
      'solvers:',
      market,
    )
    expect(refusal(new TextEncoder().encode(text))).toContain('USDC in markets')
  })
})
