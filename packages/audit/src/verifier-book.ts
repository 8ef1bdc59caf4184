// Which verifier sets count for a bridge on a chain and when, by the audit's own account: those of the network's
// specification, and the rotations that blocks show with the votes behind them. Source: Wormhole core bridge (Governance:
// index + 1, no empty set, no zero key; the old set expires).
import { type Address, type ChainId, type Hash32, hashCanonical, ZERO_ADDRESS } from '@solvent/primitives'
import type { BridgeSpec, ChainEvent, QuorumVerification, VerifierSetTerms } from '@solvent/protocol'

export interface CountedSet {
  readonly setIndex: number
  readonly members: ReadonlySet<Address>
  readonly threshold: number
  /** Last second (Unix); null for the current set. */
  readonly until: number | null
}

/** A day, unless the bridge says otherwise. */
const GRACE_SECONDS = 86_400

type Voted = Extract<ChainEvent, { kind: 'rotation-voted' }>
type Rotated = Extract<ChainEvent, { kind: 'verifiers-rotated' }>

export class VerifierBook {
  /** By chain and bridge, oldest first. */
  readonly #sets = new Map<ChainId, Map<Address, CountedSet[]>>()
  readonly #votes = new Map<string, Set<Address>>()

  /** The set of an index, when it counts at a moment (Unix seconds). */
  find(chainId: ChainId, bridge: BridgeSpec, setIndex: number, now: number): CountedSet | undefined {
    const set = this.#setsOf(chainId, bridge).findLast((each) => each.setIndex === setIndex)
    return set === undefined || (set.until !== null && now > set.until) ? undefined : set
  }

  /** What is wrong with a vote, or null. */
  voted(chainId: ChainId, bridge: BridgeSpec, { proposal, voter }: Voted): string | null {
    const { members } = this.#current(chainId, bridge)
    const voters = this.#votersOf(chainId, bridge.address, proposal)
    if (!members.has(voter)) return `${voter} votes for a next set and is in none that may`
    if (voters.has(voter)) return `${voter} votes twice for ${proposal}`
    voters.add(voter)
    return null
  }

  /** Takes a rotation into the book; what is wrong with it, or null. `isVoted`: votes of the set before must be behind it. */
  rotated(
    chainId: ChainId,
    bridge: BridgeSpec,
    event: Rotated,
    when: { readonly now: number; readonly isVoted: boolean },
  ): string | null {
    const current = this.#current(chainId, bridge)
    const problem = this.#problem(chainId, bridge, event, when) ?? shapeProblem(event.next, current.setIndex)
    const sets = this.#setsOf(chainId, bridge)
    sets[sets.length - 1] = { ...current, until: event.graceUntil }
    const { setIndex, verifiers, threshold } = event.next
    sets.push({ setIndex, members: new Set(verifiers), threshold, until: null })
    return problem
  }

  /** Takes an event of an orphaned block back; the newest first. */
  undo(chainId: ChainId, bridge: BridgeSpec, event: Voted | Rotated): void {
    if (event.kind === 'rotation-voted') {
      this.#votersOf(chainId, bridge.address, event.proposal).delete(event.voter)
      return
    }
    const sets = this.#setsOf(chainId, bridge)
    sets.pop()
    sets[sets.length - 1] = { ...this.#current(chainId, bridge), until: null }
  }

  #problem(
    chainId: ChainId,
    bridge: BridgeSpec,
    { next, graceUntil }: Rotated,
    { now, isVoted }: { readonly now: number; readonly isVoted: boolean },
  ): string | null {
    const { verification } = bridge
    const grace = (verification.kind === 'quorum' ? verification.graceSeconds : undefined) ?? GRACE_SECONDS
    if (graceUntil !== now + grace)
      return `the set before counts until ${graceUntil}, ${grace} s after ${now}`
    if (!isVoted) return null
    const { threshold } = this.#current(chainId, bridge)
    const votes = this.#votersOf(chainId, bridge.address, hashCanonical(next)).size
    return votes >= threshold ? null : `set ${next.setIndex} takes over with ${votes} votes of ${threshold}`
  }

  #current(chainId: ChainId, bridge: BridgeSpec): CountedSet {
    return this.#setsOf(chainId, bridge).at(-1)!
  }

  #setsOf(chainId: ChainId, { address, verification }: BridgeSpec): CountedSet[] {
    let bridges = this.#sets.get(chainId)
    if (bridges === undefined) {
      bridges = new Map()
      this.#sets.set(chainId, bridges)
    }
    const known = bridges.get(address)
    if (known !== undefined) return known
    const sets = verification.kind === 'quorum' ? setsAtGenesis(verification) : [NOBODY]
    bridges.set(address, sets)
    return sets
  }

  #votersOf(chainId: ChainId, bridge: Address, proposal: Hash32): Set<Address> {
    const key = `${chainId}/${bridge}/${proposal}`
    const known = this.#votes.get(key)
    if (known !== undefined) return known
    const voters = new Set<Address>()
    this.#votes.set(key, voters)
    return voters
  }
}

const NOBODY: CountedSet = {
  setIndex: -1,
  members: new Set(),
  threshold: Number.POSITIVE_INFINITY,
  until: null,
}

function setsAtGenesis({
  setIndex,
  verifiers,
  threshold,
  retiredSets = [],
}: QuorumVerification): CountedSet[] {
  return [
    ...retiredSets.map((set) => ({
      setIndex: set.setIndex,
      members: new Set(set.verifiers),
      threshold: set.threshold,
      until: set.validUntil,
    })),
    { setIndex, members: new Set(verifiers.map(({ address }) => address)), threshold, until: null },
  ]
}

/** What is wrong with a set that takes the place of the one of index `current`. */
function shapeProblem({ setIndex, verifiers, threshold }: VerifierSetTerms, current: number): string | null {
  if (setIndex !== current + 1) return `set ${setIndex} follows set ${current}`
  if (verifiers.length === 0) return `set ${setIndex} is empty`
  if (verifiers.includes(ZERO_ADDRESS)) return `set ${setIndex} has the zero address in it`
  if (new Set(verifiers).size < verifiers.length) return `set ${setIndex} names a verifier twice`
  if (threshold < 1 || threshold > verifiers.length)
    return `set ${setIndex} asks for ${threshold} of ${verifiers.length}`
  return null
}
