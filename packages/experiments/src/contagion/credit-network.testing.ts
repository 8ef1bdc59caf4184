// The small scenario with a pair and a lending pool on the far chain, which both hold wrapped coins of its bridge. `falling`: a
// holder flees, the pair's providers leave, the feed looks at the pair, and a keeper and an arbitrageur are there.
import { SMALL_SCENARIO } from '../scenario/small-scenario.testing.ts'

const credit = (feed: string, provider: string) => `oracles:
  rs-usd: { kind: feed, chain: arbitrum, asset: rsETH, heartbeatSeconds: 3600, deviationBps: 50${feed} }
  usdc-usd: { kind: peg, chain: arbitrum, asset: USDC }
markets:
  pair: { kind: constant-product, chain: arbitrum, reserves: { rsETH: "50", USDC: "105000" }${provider} }
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

const FALLING = `  side: { kind: constant-product, chain: arbitrum, reserves: { rsETH: "10", USDC: "21000" } }
`

const PEOPLE = `keepers:
  kim: { chain: arbitrum, holdings: { USDC: "200000" }, bidShareBps: 0 }
arbitrageurs:
  arb: { markets: [pair, side], inventory: { arbitrum: { rsETH: "5", USDC: "5000" } } }
actors:
  flora:
    holdings: { arbitrum: { rsETH: "50" } }
    steps:
      - { do: swap, label: flight, market: pair, sell: rsETH, amount: "20", after: { event: bridge-paused, chain: arbitrum } }
      - { do: swap, label: panic, market: pair, sell: rsETH, amount: "20", after: flight, delaySeconds: 20 }
  providers:
    steps:
      - { do: remove-liquidity, label: leave, market: pair, percent: 60, after: { market: pair, below: "1800" } }
`

/** 400 of 1,000 wrapped units are gone at second 60. */
const FORGERY =
  '{ kind: forge, atSeconds: 60, bridge: hub, asset: rsETH, from: arbitrum, to: ethereum, amount: "400", poisoned: 2 }'
const PAUSE = '{ kind: pause, atSeconds: 100, bridge: hub, authority: issuer }'

export function creditScenario(prices: 'steady' | 'falling' = 'steady'): Uint8Array {
  const sections =
    prices === 'steady'
      ? credit('', '')
      : credit(', market: pair', ', provider: providers').replace('lending:', `${FALLING}lending:`) + PEOPLE
  const faults = prices === 'steady' ? FORGERY : `${FORGERY}\n  - ${PAUSE}`
  const text = SMALL_SCENARIO.replace('solvers:\n', `${sections}solvers:\n`)
    .replace(PAUSE, faults)
    .replace(/expectations:\n.*\n/, '')
  return new TextEncoder().encode(text)
}
