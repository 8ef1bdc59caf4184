// Which validator group proposes in a slot: the slots of a producer are spread over the groups that it proposes for,
// by their size, evenly and without chance (multiples of the golden ratio modulo one: Weyl's sequence). Ethereum draws
// proposers by RANDAO; here the shares come out exactly, whatever the seed.
import type { Address } from '@solvent/primitives'
import { type BlockHeader, type ChainSpec, type ValidatorSet, validatorsOf } from '@solvent/protocol'

/** 2^32 divided by the golden ratio, odd. */
const GOLDEN = 2_654_435_769
const ROUND = 2 ** 32

/** The place of the proposing group in the set, among those of this producer; -1 when it has none. */
export function proposerGroup({ groups }: ValidatorSet, producer: Address, slot: number): number {
  let total = 0
  for (const group of groups) if (group.producer === producer) total += group.validators
  const point = (Math.imul(slot, GOLDEN) >>> 0) * total
  let reached = 0
  for (let i = 0; i < groups.length; i++) {
    const group = groups[i] as ValidatorSet['groups'][number]
    if (group.producer !== producer) continue
    reached += group.validators
    if (point < reached * ROUND) return i
  }
  return -1
}

/** Bits of the groups that this producer votes for. */
export function groupsOf({ groups }: ValidatorSet, producer: Address): number {
  return groups.reduce((bits, group, i) => (group.producer === producer ? bits | (1 << i) : bits), 0)
}

/** Whether the producer of a header votes for its own groups only; nobody votes on a rollup. */
export function mayVote(
  chain: ChainSpec,
  { producer, votes }: Pick<BlockHeader, 'producer' | 'votes'>,
): boolean {
  return chain.consensus.kind === 'l1'
    ? (votes & ~groupsOf(validatorsOf(chain, chain.consensus), producer)) === 0
    : votes === 0
}
