/** Floor 5: ports on the kernel, a whole network in one thread and in virtual time. */
export type {
  Codec,
  Door,
  DoorResult,
  GossipOptions,
  Injection,
  Injections,
  LinkOptions,
  LocalDelays,
  Observers,
  SimulatedNode,
  SimulationOptions,
  SnapshotOptions,
} from './options.ts'
export { createSimulation, type Simulation, type SimulationResult } from './simulation.ts'
