// Solvers have the asset on their shelves.
import type { Scenario } from '../../scenario/scenario-schema.ts'
import { inventoryHaircuts } from '../loss-sheet.ts'
import type { Channel } from './channel.ts'

type Solver = Scenario['solvers'][string]

export const inventory: Channel = {
  name: 'inventory',
  title: "solvers' stocks of assets that are no longer covered",
  closedBy: 'somebody from outside takes these stocks over at their price, and no solver shies at them',
  pays: 'inventory-buyer',
  isOpenIn: (_, shocked) => {
    const lost = inventoryHaircuts(shocked)
    return shocked.report.solvers.some(({ address }) => (lost.get(address) ?? 0n) > 0n)
  },
  close(scenario) {
    const solvers = Object.entries(scenario.solvers).map(([name, solver]): [string, Solver] => [
      name,
      { ...solver, risk: { ...solver.risk, refuseBelowBackingBps: 0 } },
    ])
    return { ...scenario, solvers: Object.fromEntries(solvers) }
  },
}
