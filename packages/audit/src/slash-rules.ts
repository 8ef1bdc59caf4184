// Slashing, L-6: stake leaves circulation only for two headers that one validator group has signed for one slot, as much of
// it as the event says, and no group twice. Reads signatures and slots with the audit's own code.
import type { ChainId } from '@solvent/primitives'
import { headerDigest, type SlashEvent, validatorsOf } from '@solvent/protocol'
import type { NetworkIndex, Scope } from './chain-record.ts'
import type { SignatureCheck } from './signature-check.ts'
import type { Tally } from './tally.ts'

/** 2^32 over the golden ratio: the place of a slot among the validators of its producer. */
const STEP = 2_654_435_769n
const ROUND = 1n << 32n

export class SlashRules {
  readonly #tally: Tally
  readonly #index: NetworkIndex
  readonly #check: SignatureCheck
  readonly #slashed = new Map<ChainId, Set<number>>()

  constructor(tally: Tally, index: NetworkIndex, check: SignatureCheck) {
    this.#tally = tally
    this.#index = index
    this.#check = check
  }

  slashed(scope: Scope, event: SlashEvent): void {
    this.#tally.checked['L-6']++
    const problem = this.#problem(scope, event)
    if (problem !== null)
      this.#tally.breach('L-6', scope.atMs, scope.chain.chainId, `group ${event.group} slashed: ${problem}`)
    this.#on(scope.chain.chainId).add(event.group)
  }

  undo(chainId: ChainId, event: SlashEvent): void {
    this.#on(chainId).delete(event.group)
  }

  #problem(
    { chain, transaction, receipt }: Scope,
    { group, offence, slot, amount }: SlashEvent,
  ): string | null {
    if (this.#on(chain.chainId).has(group)) return 'a second time'
    const call = transaction?.call
    if (call?.kind !== 'slash') return 'in a transaction that shows no evidence'
    const [a, b] = [call.first.header, call.second.header]
    if (a.chainId !== offence || b.chainId !== offence || a.number !== slot || b.number !== slot)
      return `headers of chains ${a.chainId} and ${b.chainId}, slots ${a.number} and ${b.number}`
    if (a.producer !== b.producer) return `headers of two producers`
    if (headerDigest(a) === headerDigest(b)) return 'twice the same header'
    for (const { header, signature } of [call.first, call.second]) {
      const fault = this.#check(headerDigest(header), signature, header.producer)
      if (fault !== null) return `a header's signature is ${fault}`
    }
    if (this.#proposer(offence, a.producer, slot) !== group)
      return `the slot is that of group ${this.#proposer(offence, a.producer, slot)}`
    const lost = receipt.entries
      .filter(({ cause }) => cause === 'slash')
      .flatMap(({ legs }) => legs)
      .reduce(
        (sum, { kind, owner, amount: moved }) => (kind === 'LOSS' && owner === 'slashed' ? sum + moved : sum),
        0n,
      )
    return lost === amount ? null : `${amount} by the event, ${lost} in the journal`
  }

  /** The group whose turn a slot is, counting a producer's validators in the order of the set. */
  #proposer(chainId: ChainId, producer: string, slot: number): number {
    const chain = this.#index.chains.get(chainId)?.spec
    if (chain?.consensus.kind !== 'l1') return -1
    const { groups } = validatorsOf(chain, chain.consensus)
    const own = groups.flatMap((group, i) =>
      group.producer === producer ? [{ i, size: BigInt(group.validators) }] : [],
    )
    const all = own.reduce((sum, { size }) => sum + size, 0n)
    const place = (((BigInt(slot) * STEP) % ROUND) * all) / ROUND
    let below = 0n
    for (const { i, size } of own) {
      below += size
      if (place < below) return i
    }
    return -1
  }

  #on(chainId: ChainId): Set<number> {
    let groups = this.#slashed.get(chainId)
    if (groups === undefined) {
      groups = new Set()
      this.#slashed.set(chainId, groups)
    }
    return groups
  }
}
