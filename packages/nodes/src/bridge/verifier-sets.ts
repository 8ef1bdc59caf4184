// Who verifies for one bridge on each chain, as its rotations there say, read from followed blocks.
import type { Address, ChainId } from '@solvent/primitives'
import type { Block, BridgeSpec, QuorumVerification, VerifierSetTerms } from '@solvent/protocol'

export interface VerifierSetView extends VerifierSetTerms {
  /** Last second (Unix) at which it counts; null for the current set. */
  readonly validUntil: number | null
}

export interface VerifierSets {
  /** Reads a followed block; true when the bridge has another set on its chain now. */
  onBlock(block: Block): boolean
  /** A block is no longer followed: what it rotated stands as before. True when it had rotated something. */
  onOrphaned(block: Block): boolean
  current(chainId: ChainId): VerifierSetView
  /** The sets whose word counts on a chain at a moment (Unix seconds), the current one first. */
  accepted(chainId: ChainId, now: number): readonly VerifierSetView[]
}

/** Nobody signs for a bridge of another kind of verification. */
const NOBODY: VerifierSetView = { setIndex: 0, verifiers: [], threshold: 0, validUntil: null }

export function createVerifierSets({ address, verification }: BridgeSpec): VerifierSets {
  const retiredSets = verification.kind === 'quorum' ? (verification.retiredSets ?? []) : []
  const first = verification.kind === 'quorum' ? firstSet(verification) : NOBODY
  /** By chain, oldest first; a chain without rotations has none. */
  const rotated = new Map<ChainId, readonly VerifierSetView[]>()

  const setsOn = (chainId: ChainId): readonly VerifierSetView[] => rotated.get(chainId) ?? [first]

  return {
    onBlock(block) {
      const { chainId } = block.header
      const rotations = rotationsIn(block, address)
      for (const { next, graceUntil } of rotations) {
        const before = setsOn(chainId).map((set) =>
          set.validUntil === null ? { ...set, validUntil: graceUntil } : set,
        )
        rotated.set(chainId, [...before, { ...next, validUntil: null }])
      }
      return rotations.length > 0
    },
    onOrphaned(block) {
      const { chainId } = block.header
      const rotations = rotationsIn(block, address)
      for (const _ of rotations) {
        const before = setsOn(chainId).slice(0, -1)
        const restored = before.map((set, index) =>
          index === before.length - 1 ? { ...set, validUntil: null } : set,
        )
        rotated.set(chainId, restored)
      }
      return rotations.length > 0
    },
    current: (chainId) => setsOn(chainId).at(-1) as VerifierSetView,
    accepted: (chainId, now) =>
      [...retiredSets, ...setsOn(chainId)]
        .filter(({ validUntil }) => validUntil === null || now <= validUntil)
        .reverse(),
  }
}

function firstSet({ setIndex, threshold, verifiers }: QuorumVerification): VerifierSetView {
  return { setIndex, verifiers: verifiers.map(({ address }) => address), threshold, validUntil: null }
}

function rotationsIn({ receipts }: Block, bridge: Address) {
  return receipts.flatMap(({ events }) =>
    events.flatMap((event) => (event.kind === 'verifiers-rotated' && event.bridge === bridge ? [event] : [])),
  )
}
