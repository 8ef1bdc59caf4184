// From a scenario's actors to what their nodes are made from, and to the exploits that they declare.
import type { ActorStep, StepWait } from '@solvent/nodes'
import { parseUnits, secondsToMs, wholeUnit } from '@solvent/primitives'
import {
  type ChainEventKind,
  type ControlMessage,
  marketAddress,
  type NetworkSpec,
  PRICE_BITS,
} from '@solvent/protocol'
import { chainIdOf } from '../scenario/chain-id.ts'
import { pairOf, venuesOf } from '../scenario/market-names.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { waitsOf } from './check-actors.ts'
import { stepLabel } from './step-label.ts'
import type { ResolvedStep, StepResolution } from './step-rule.ts'
import { ruleOf } from './step-rules.ts'

const GWEI_DECIMALS = 9
const PRICE_DECIMALS = 18

export interface ResolvedActor {
  readonly name: string
  readonly steps: readonly ActorStep[]
  /** Exploits that are to succeed, and when the audit hears of them, ms after genesis. */
  readonly declarations: readonly { readonly atMs: number; readonly message: ControlMessage }[]
}

export function resolveActors(scenario: Scenario, spec: NetworkSpec, seed: string): ResolvedActor[] {
  return Object.entries(scenario.actors).map(([actor, { steps }]) => {
    const resolution: StepResolution = { scenario, spec, seed, actor }
    const resolved = steps.map((step, index) => ({ step, index, ...ruleOf(step).resolve(step, resolution) }))
    return {
      name: actor,
      steps: resolved.map(({ step, index, chainId, action }) => ({
        label: stepLabel(step, index),
        atMs: step.when === 'called' ? null : secondsToMs(step.atSeconds),
        waits: waitsOf(step).map((wait) => resolveWait(scenario, wait)),
        delayMs: secondsToMs(step.delaySeconds),
        chainId,
        action,
        gasLimit: step.gasLimit ?? null,
        skipNonces: step.skipNonces,
        priorityFeePerGas: step.tipGwei === undefined ? null : parseUnits(step.tipGwei, GWEI_DECIMALS),
      })),
      declarations: resolved.flatMap(({ step, ...resolvedStep }) =>
        declarationsOf(resolvedStep).map((message) => ({ atMs: secondsToMs(step.atSeconds), message })),
      ),
    }
  })
}

function declarationsOf({
  exploit,
  falseFill,
}: Pick<ResolvedStep, 'exploit' | 'falseFill'>): ControlMessage[] {
  return [
    ...(exploit === undefined ? [] : [{ kind: 'declare-exploit', message: exploit } as const]),
    ...(falseFill === undefined ? [] : [{ kind: 'declare-false-fill', fill: falseFill } as const]),
  ]
}

function resolveWait(scenario: Scenario, wait: ReturnType<typeof waitsOf>[number]): StepWait {
  if (typeof wait === 'string') return { kind: 'step', label: wait, level: 'unsafe' }
  if ('step' in wait) return { kind: 'step', label: wait.step, level: wait.level }
  if ('delivered' in wait) return { kind: 'delivered', label: wait.delivered }
  if ('market' in wait) {
    const market = marketAddress(wait.market)
    return 'below' in wait
      ? { kind: 'price', market, side: 'below', priceX96: priceX96(scenario, wait.market, wait.below) }
      : { kind: 'price', market, side: 'above', priceX96: priceX96(scenario, wait.market, wait.above) }
  }
  const { chain, event, count, level } = wait
  return { kind: 'event', chainId: chainIdOf(scenario, chain), event: event as ChainEventKind, count, level }
}

/** A price of whole units, as a market of that name says it. */
function priceX96(scenario: Scenario, name: string, price: string): bigint {
  const { market } = venuesOf(scenario).find((venue) => venue.name === name)!
  const [first, second] = pairOf(market).map((symbol) => wholeUnit(scenario.assets[symbol]!.decimals))
  return ((parseUnits(price, PRICE_DECIMALS) * second!) << PRICE_BITS) / (first! * wholeUnit(PRICE_DECIMALS))
}
