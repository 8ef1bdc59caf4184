// Mark-up: cost and a fixed part of the order's value on top, whatever anyone else does (OIF commission, DLN 4 bps, Across 1 bp and more).
import type { TenderStrategyKind } from './tender-strategy.ts'

const PPM = 1_000_000

/** price = cost + mark-up; no bid above the reserve. */
export const markUpKind: TenderStrategyKind<'mark-up', 'markUpPpm'> = {
  kind: 'mark-up',
  conduct: 'competitive',
  parameters: {
    markUpPpm: {
      usual: 1_000,
      least: 0,
      most: PPM,
      meaning: 'added to the cost, in millionths of the value',
    },
  },
  create: ({ markUpPpm }) => ({
    bid: ({ cost, reserve }) => (cost + markUpPpm / PPM <= reserve ? cost + markUpPpm / PPM : null),
  }),
}
