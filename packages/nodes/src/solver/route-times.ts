// How long the steps of an order take at worst, from the rules of its chains: seconds of chain time. Source: the
// finality rules of the network specification; the admission gate of the OIF solver (`buffer_coverage_check`).
import { assertNever, type ChainId } from '@solvent/primitives'
import {
  type BridgeSpec,
  type ChainSpec,
  type Confirmation,
  committeeOf,
  type FinalityLevel,
} from '@solvent/protocol'
import type { NetworkFacts } from './network-facts.ts'

/** From a final block to the delivered proof, besides blocks: gossip, signatures, the relayer. */
const RELAY_SECONDS = 30
/** A transaction is in one of the next two blocks. */
const INCLUSION_SLOTS = 2

/** From the moment a transaction leaves to its block. */
export function inclusionSeconds(chain: ChainSpec): number {
  return Math.ceil((INCLUSION_SLOTS * chain.slotMs) / 1_000)
}

/**
 * From a block to its finality level, at worst; `unsafe` is at once.
 *
 * L1: a block at the start of its epoch is safe one epoch later and finalised after `finalityEpochs`. Rollups: the
 * next batch, its L1 block, then the L1's finality, the validity proof or the challenge window.
 */
export function finalitySeconds(facts: NetworkFacts, chainId: ChainId, level: FinalityLevel): number {
  const chain = facts.chain(chainId)
  if (chain === undefined || level === 'unsafe') return 0
  const { consensus } = chain
  if (consensus.kind === 'l1') {
    const epochSeconds = Math.ceil((consensus.epochSlots * chain.slotMs) / 1_000)
    return level === 'safe' ? epochSeconds : epochSeconds * consensus.finalityEpochs
  }
  const l1 = facts.chain(consensus.l1)
  const postSeconds = l1 === undefined ? 0 : inclusionSeconds(l1)
  const batchedSeconds = Math.ceil(consensus.batchIntervalMs / 1_000) + postSeconds
  if (level === 'safe') return batchedSeconds
  const l1FinalSeconds = finalitySeconds(facts, consensus.l1, 'finalized')
  if (consensus.kind === 'zk') {
    const provedSeconds = Math.ceil((consensus.provingMs + consensus.proofIntervalMs) / 1_000)
    const executedSeconds = Math.ceil(consensus.executionDelayMs / 1_000)
    const waited = level === 'exitable' ? Math.max(l1FinalSeconds, executedSeconds) : l1FinalSeconds
    return batchedSeconds + provedSeconds + waited
  }
  if (level === 'finalized') return batchedSeconds + l1FinalSeconds
  const rootSeconds = Math.ceil((consensus.rootIntervalMs + consensus.challengeWindowMs) / 1_000)
  return batchedSeconds + rootSeconds + postSeconds
}

/** From the decision to open to the fill's block, when the solver waits for `confirmation` on the origin. */
export function secondsToFill(
  facts: NetworkFacts,
  route: {
    readonly origin: ChainSpec
    readonly destination: ChainSpec
    readonly confirmation: Confirmation
  },
): number {
  const { origin, destination, confirmation } = route
  return (
    // A promise comes with the answer, in a moment; without one the solver waits for the block.
    inclusionSeconds(origin) +
    (confirmation === 'preconfirmed' ? 0 : finalitySeconds(facts, origin.chainId, confirmation)) +
    inclusionSeconds(destination)
  )
}

/** From the fill's block to the delivered proof and the claim on the origin. */
export function secondsToPayout(
  facts: NetworkFacts,
  route: { readonly origin: ChainSpec; readonly destination: ChainSpec; readonly bridge: BridgeSpec },
): number {
  const { origin, destination, bridge } = route
  return proofSeconds(facts, destination, bridge) + RELAY_SECONDS + 2 * inclusionSeconds(origin)
}

/** From a message's block to the bridge's proof of it being accepted on the other side, at worst, besides the delivery. */
function proofSeconds(
  facts: NetworkFacts,
  source: ChainSpec,
  { verification, finality }: BridgeSpec,
): number {
  const finalSeconds = finalitySeconds(facts, source.chainId, finality)
  switch (verification.kind) {
    case 'quorum':
    case 'none':
      return finalSeconds
    case 'optimistic':
      return finalSeconds + verification.livenessSeconds + verification.bundleIntervalSeconds
    case 'canonical':
      return source.consensus.kind === 'l1'
        ? finalSeconds + committeeSeconds(source, finality)
        : finalitySeconds(facts, source.chainId, 'exitable')
    case 'light-client':
      return finalSeconds + committeeSeconds(source, finality) + Math.ceil(verification.provingMs / 1_000)
    default:
      return assertNever(verification)
  }
}

/** Until enough producers have signed above the block; on a quiet L1 each epoch has one block. */
function committeeSeconds({ producers, consensus, slotMs }: ChainSpec, finality: FinalityLevel): number {
  if (consensus.kind !== 'l1' || finality === 'unsafe') return 0
  return Math.ceil(((committeeOf(producers.length) - 1) * consensus.epochSlots * slotMs) / 1_000)
}
