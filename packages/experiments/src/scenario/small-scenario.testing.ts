// A small valid scenario as text, for tests to spoil one thing at a time.
export const SMALL_SCENARIO = `name: small
title: Two chains, one bridge, two solvers
start: 2026-01-01T00:00:00Z
durationSeconds: 600
seed: 7
assets:
  ETH: { decimals: 18, price: "2000" }
  USDC: { decimals: 6, price: "1" }
  rsETH: { decimals: 18, price: "2100", supply: "5000" }
chains:
  ethereum: { kind: l1, id: 1, slotMs: 2000, epochSlots: 4 }
  arbitrum:
    kind: optimistic
    id: 42161
    l1: ethereum
    slotMs: 1000
    batchIntervalSeconds: 20
    rootIntervalSeconds: 60
    challengeWindowSeconds: 120
bridges:
  hub:
    verification: { kind: quorum, verifiers: 3, threshold: 2 }
    finality: finalized
    assets:
      rsETH: { home: ethereum, claims: { arbitrum: "1000" } }
solvers:
  atlas:
    strategy: { kind: cost-plus, marginBps: 8 }
    inventory:
      ethereum: { ETH: "10", USDC: "100000" }
      arbitrum: { ETH: "10", USDC: "100000" }
users:
  alice:
    orders: 4
    untilSeconds: 300
    value: { from: "100", to: "1000" }
    auctionSeconds: 30
    exclusivitySeconds: 60
    fillSeconds: 120
    expiresSeconds: 300
    pairs:
      - { from: { chain: arbitrum, asset: USDC }, to: { chain: ethereum, asset: USDC }, prover: hub }
faults:
  - { kind: pause, atSeconds: 100, bridge: hub, authority: issuer }
expectations:
  - { name: some order, metric: orders.signed, atLeast: 1 }
`

/** The small scenario with one piece of text replaced; throws when the piece is not there. */
export function spoiled(piece: string, by: string): Uint8Array {
  if (!SMALL_SCENARIO.includes(piece)) throw new Error(`not in the small scenario: ${piece}`)
  return new TextEncoder().encode(SMALL_SCENARIO.replace(piece, by))
}
