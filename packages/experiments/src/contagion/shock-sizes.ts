// A scenario's shock made larger or smaller, or moved to another time.
import { formatUnits, parseUnits } from '@solvent/primitives'
import { boundsOf } from '../faults/drawable.ts'
import { faultFields, type WrittenFault } from '../faults/fault-schema.ts'
import type { Scenario } from '../scenario/scenario-schema.ts'
import { movedPrices, scaledPrices } from './price-shock.ts'
import { attacks, pricesOfShock, shockAtSeconds } from './shock.ts'

type Step = Scenario['actors'][string]['steps'][number]

const DECIMALS = 18
/** A size is a whole number of these. */
const PARTS = 1_000_000

/** Amounts and durations of faults and attacks, and moves of prices, times the size; of those that would be nothing, none happens. */
export function scaledShock(scenario: Scenario, size: number): Scenario {
  const faults = scenario.faults.flatMap((fault): WrittenFault[] => {
    const { amount, forSeconds } = fault
    const changed = {
      ...fault,
      ...(typeof amount === 'string' ? { amount: times(scenario, fault.asset, amount, size) } : {}),
      ...(typeof forSeconds === 'number' && forSeconds > 0
        ? { forSeconds: lasting(fault, forSeconds * size) }
        : {}),
    }
    return isNothing(changed, fault) ? [] : [changed]
  })
  return {
    ...scaledPrices(scenario, pricesOfShock(scenario), size),
    faults,
    actors: withAttacks(scenario, (step) => {
      if (step.do !== 'deliver-forged') return [step]
      const amount = times(scenario, step.asset, step.amount, size)
      return Number(amount) === 0 ? [] : [{ ...step, amount }]
    }),
  }
}

/** No longer than its kind of fault can last; 0 where that kind cannot last so shortly. */
function lasting({ kind }: WrittenFault, seconds: number): number {
  const field = faultFields(kind)['forSeconds']
  const [least, most] = (field === undefined ? null : boundsOf(field)) ?? [0, Infinity]
  const wanted = Math.min(Math.round(seconds), most)
  return wanted < least ? 0 : wanted
}

function isNothing(changed: WrittenFault, fault: WrittenFault): boolean {
  return (
    (typeof changed.amount === 'string' && Number(changed.amount) === 0) ||
    (changed.forSeconds === 0 && fault.forSeconds !== 0)
  )
}

/** The whole shock, later or earlier, so that it begins at this second; what would come after the end is left out. */
export function movedShock(scenario: Scenario, atSeconds: number): Scenario {
  const by = atSeconds - (shockAtSeconds(scenario) ?? 0)
  const isWithin = (moment: number) => moment >= 0 && moment < scenario.durationSeconds
  const faults = scenario.faults
    .map((fault): WrittenFault => ({ ...fault, atSeconds: Number(fault.atSeconds) + by }))
    .filter((fault) => isWithin(Number(fault.atSeconds)))
  return {
    ...movedPrices(scenario, pricesOfShock(scenario), by),
    faults,
    actors: withAttacks(scenario, (step) =>
      isWithin(step.atSeconds + by) ? [{ ...step, atSeconds: step.atSeconds + by }] : [],
    ),
  }
}

function withAttacks(scenario: Scenario, change: (step: Step) => Step[]): Scenario['actors'] {
  return Object.fromEntries(
    Object.entries(scenario.actors).map(([name, actor]) => [
      name,
      attacks(actor) ? { ...actor, steps: actor.steps.flatMap(change) } : actor,
    ]),
  )
}

/** Cut to what the asset can have. */
function times(scenario: Scenario, asset: unknown, amount: string, size: number): string {
  const decimals = scenario.assets[String(asset)]?.decimals ?? DECIMALS
  return formatUnits(
    (parseUnits(amount, decimals) * BigInt(Math.round(size * PARTS))) / BigInt(PARTS),
    decimals,
  )
}
