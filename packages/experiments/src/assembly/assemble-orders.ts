// What a scenario's users will ask for, in the terms of the user node.

import type { CurveShare, OrderFlow } from '@solvent/nodes'
import { BPS_NUMBER, parseUnits, secondsToMs } from '@solvent/primitives'
import { recipientOf } from '../derivatives/purchases.ts'
import { chainIdOf } from '../scenario/chain-id.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { bridgeAddress } from './addresses.ts'

const PRICE_DECIMALS = 8
/** Of an order that solvers take in parts, unless the file says otherwise. */
const LEAST_PART_BPS = 1_000
/** Fast to a knee and slowly after it, as the rule of the same name in the repeated auction has it. */
const USUAL_CURVE: readonly CurveShare[] = [
  { blocks: 8, fallBps: 8_000 },
  { blocks: 32, fallBps: 10_000 },
]

export function orderFlow(scenario: Scenario, name: string): OrderFlow {
  const user = scenario.users[name]!
  return {
    arrivals: { kind: 'count', count: user.orders },
    startMs: secondsToMs(user.fromSeconds),
    endMs: secondsToMs(user.untilSeconds),
    pairs: user.pairs.map(({ from, to, prover, weight, buys }) => ({
      origin: chainIdOf(scenario, from.chain),
      inputSymbol: from.asset,
      destination: chainIdOf(scenario, to.chain),
      outputSymbol: to.asset,
      prover: bridgeAddress(prover),
      weight,
      ...recipientOf({ buys }),
    })),
    valueE8: {
      from: parseUnits(user.value.from, PRICE_DECIMALS),
      to: parseUnits(user.value.to, PRICE_DECIMALS),
    },
    minOutputBps: { from: BPS_NUMBER - user.slippageBps.to, to: BPS_NUMBER - user.slippageBps.from },
    awards: { ...user.award, parts: user.award.parts ?? 0 },
    auctionRule: user.auction,
    leastPartBps: user.leastPartBps ?? LEAST_PART_BPS,
    chainPricing: user.chainPricing ?? 'dutch',
    blockCurve: user.blockCurve ?? USUAL_CURVE,
    auctionSeconds: user.auctionSeconds,
    exclusivitySeconds: user.exclusivitySeconds,
    fillSeconds: user.fillSeconds,
    expiresSeconds: user.expiresSeconds,
    cancelProbability: user.cancelProbability,
    orders: [],
  }
}
