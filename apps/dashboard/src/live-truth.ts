// What the scenario of a live network knows to be true of its nodes, as rows.
import type { NetworkObserver } from '@solvent/experiments/live'
import type { FrameTruth } from './run-frame.ts'

export function liveTruth({ solvers, accomplices }: NetworkObserver['truth']): FrameTruth[] {
  return [
    ...solvers.map(({ id, strategy, conduct, ring }) => ({
      ...{ node: id, role: 'solver', conduct, ring, does: strategy },
    })),
    ...accomplices.map(({ id, role, favour, conduct, ring }) => ({
      ...{ node: id, role, conduct, ring, does: favour },
    })),
  ]
}
