// The wave of failures over time: what the shock did when, which receivables stranded, and when a solver's losses passed its equity.
import type { NodeId } from '@solvent/primitives'
import { priceOf, valueE8 } from '@solvent/protocol'
import { pricesOf } from './holdings-sheet.ts'
import { shockSteps } from './shock.ts'
import type { Trial } from './trial.ts'

export interface Wave {
  readonly steps: readonly WaveStep[]
}

export interface WaveStep {
  readonly atSeconds: number
  /** `insolvent`: what stranded is more than the solver had at the start. */
  readonly kind: 'shock' | 'stranded' | 'insolvent'
  readonly who: string
  readonly what: string
  /** In the numeraire times 10^8; 0 for a shock that has no amount of its own. */
  readonly valueE8: bigint
}

export function waveOf(trial: Trial): Wave {
  const { plan, report, events } = trial
  const prices = pricesOf(plan)
  const left = new Map<NodeId, bigint>(
    report.solvers.map(({ node, initialEquityE8 }) => [node, initialEquityE8]),
  )
  const bridgeOf = (address: string) =>
    plan.spec.bridges.find((bridge) => bridge.address === address)?.name ?? address
  const steps: WaveStep[] = shockSteps(plan.scenario).map((step) => ({ ...step, kind: 'shock', valueE8: 0n }))
  for (const { atSeconds, node, event } of events) {
    if (event.kind !== 'receivable' || event.state !== 'stranded') continue
    const token = plan.spec.tokens.find(
      ({ chainId, address }) => chainId === event.chainId && address === event.token,
    )
    const value =
      token === undefined ? 0n : valueE8(event.amount, token.decimals, priceOf(prices, token.symbol))
    steps.push({
      atSeconds,
      kind: 'stranded',
      who: node,
      what: `receivable over ${bridgeOf(event.bridge)}`,
      valueE8: value,
    })
    const before = left.get(node) ?? 0n
    left.set(node, before - value)
    if (before >= 0n && before - value < 0n)
      steps.push({
        atSeconds,
        kind: 'insolvent',
        who: node,
        what: 'equity of the start is gone',
        valueE8: before,
      })
  }
  return { steps: steps.sort((a, b) => a.atSeconds - b.atSeconds) }
}
