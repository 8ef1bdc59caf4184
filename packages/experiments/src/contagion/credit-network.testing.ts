// The small scenario with a pair and a lending pool on the far chain, which both hold wrapped coins of its bridge.
import { SMALL_SCENARIO } from '../scenario/small-scenario.testing.ts'

const CREDIT = `oracles:
  rs-usd: { kind: feed, chain: arbitrum, asset: rsETH, heartbeatSeconds: 3600, deviationBps: 50 }
  usdc-usd: { kind: peg, chain: arbitrum, asset: USDC }
markets:
  pair: { kind: constant-product, chain: arbitrum, reserves: { rsETH: "50", USDC: "105000" } }
lending:
  main:
    chain: arbitrum
    reserves:
      rsETH: { oracle: rs-usd, ltvBps: 8000, liquidationThresholdBps: 8300, liquidationBonusBps: 500 }
      USDC: { oracle: usdc-usd, ltvBps: 8000, liquidationThresholdBps: 8300, liquidationBonusBps: 500 }
    positions:
      bank: { supplied: { USDC: "400000" } }
      anna: { collateral: { rsETH: "100" }, borrowed: { USDC: "150000" } }
`
/** 400 of 1,000 wrapped units are gone at second 60. */
export const FORGERY =
  '{ kind: forge, atSeconds: 60, bridge: hub, asset: rsETH, from: arbitrum, to: ethereum, amount: "400", poisoned: 2 }'

/** @param more sections of the file */
export function creditScenario(more = ''): Uint8Array {
  const text = SMALL_SCENARIO.replace('solvers:\n', `${CREDIT}${more}solvers:\n`)
    .replace('{ kind: pause, atSeconds: 100, bridge: hub, authority: issuer }', FORGERY)
    .replace(/expectations:\n.*\n/, '')
  return new TextEncoder().encode(text)
}
