// Truthful: asks for what delivering costs. Weakly dominant at second price (Vickrey 1961); at first price it gives every rent away.
import type { TenderStrategyKind } from './tender-strategy.ts'

/** price = cost; no bid above the reserve. */
export const truthfulKind: TenderStrategyKind<'truthful', never> = {
  kind: 'truthful',
  conduct: 'competitive',
  parameters: {},
  create: () => ({ bid: ({ cost, reserve }) => (cost <= reserve ? cost : null) }),
}
