/** Floor 2: virtual time, event queue, named random streams, trace digest. */
export { createKernel } from './create-kernel.ts'
export type {
  EventHandler,
  EventId,
  FaultHook,
  HandlerId,
  Kernel,
  KernelOptions,
  PopHook,
  RunLimits,
  RunResult,
  StopReason,
} from './kernel.ts'
export { KernelMemory } from './kernel-memory.ts'
export { type GeneratorState, Xoshiro128Stream } from './random-stream.ts'
export { createStreams, type RandomStreams } from './random-streams.ts'
export { createTraceDigest, DEFAULT_BLOCK_EVENTS, type TraceDigest } from './trace-digest.ts'
