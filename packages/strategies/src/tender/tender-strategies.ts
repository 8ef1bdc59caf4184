// Every kind of strategy for tenders by its name. A new one is a file and a line here (docs/how-to/add-a-strategy.md).
import { createNamedRule } from '@solvent/primitives'
import { equilibriumKind } from './equilibrium.ts'
import type { TenderStrategy } from './tender-strategy.ts'
import { truthfulKind } from './truthful.ts'

export const tenderStrategyKinds = {
  equilibrium: equilibriumKind,
  truthful: truthfulKind,
} as const

export type TenderStrategyName = keyof typeof tenderStrategyKinds

/** A strategy as a scenario writes it down: its kind, and those parameters that are not the usual ones. */
export type TenderStrategyConfig = { readonly kind: TenderStrategyName } & {
  readonly [parameter: string]: number | string
}

/**
 * The strategy that a configuration names.
 *
 * @throws SolventError E_USAGE for a kind or a parameter that does not exist, E_RANGE for a value outside its bounds
 * @example createTenderStrategy({ kind: 'truthful' }).bid(tender) // tender.cost
 */
export function createTenderStrategy({ kind, ...parameters }: TenderStrategyConfig): TenderStrategy {
  return createNamedRule<TenderStrategy>('strategy', tenderStrategyKinds, kind, parameters)
}
