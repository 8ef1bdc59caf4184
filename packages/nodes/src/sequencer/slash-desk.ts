// Slashing at a producer: what shows a validator group signed twice goes onto every chain of ours that its stake secures, and
// a group that was slashed does its duties no more.
import type { Verdict } from '@solvent/ports'
import type { ChainId, NodeId } from '@solvent/primitives'
import { type Block, type Evidence, type NetworkSpec, validatorDuties, validatorsOf } from '@solvent/protocol'
import { proposerGroup } from '@solvent/settlement'
import type { TransactionSender } from '../parts/transaction-sender.ts'
import type { ChainProducer } from './chain-producer.ts'

export interface SlashDeskInit {
  readonly spec: NetworkSpec
  readonly node: NodeId
  readonly producers: ReadonlyMap<ChainId, ChainProducer>
  readonly sender: TransactionSender
}

export interface SlashDesk {
  /** A slashed group proposes and votes no more at its producer. */
  expelSlashed(block: Block): void
  /** Two headers of one slot: handed in on every chain of ours that the offender's validators secure. */
  onEvidence(evidence: Evidence): Verdict
}

export function createSlashDesk({ spec, node, producers, sender }: SlashDeskInit): SlashDesk {
  /** Where the validators of a chain have their stake; null for a rollup. */
  function stakeOf(chainId: ChainId): ChainId | null {
    const chain = spec.chains.find((each) => each.chainId === chainId)
    return chain?.consensus.kind === 'l1' ? validatorsOf(chain, chain.consensus).stakedOn : null
  }

  /** Who proposed in the slot of two headers: a group is handed in once, however often it signed twice. */
  function offenderOf({ chainId, number, producer }: Block['header']): string {
    const chain = spec.chains.find((each) => each.chainId === chainId)
    if (chain?.consensus.kind !== 'l1') return `${number}/${producer}`
    return `group-${proposerGroup(validatorsOf(chain, chain.consensus), producer, number)}`
  }

  return {
    expelSlashed({ header, receipts }) {
      for (const { events } of receipts)
        for (const event of events)
          if (event.kind === 'validators-slashed')
            for (const duty of validatorDuties)
              producers.get(header.chainId)?.absent(1 << event.group, duty, Number.MAX_SAFE_INTEGER)
    },
    onEvidence(evidence) {
      if (evidence.kind !== 'conflicting-headers') return 'accept'
      const { first, second } = evidence
      const offence = stakeOf(first.header.chainId)
      for (const { chain } of producers.values()) {
        if (offence === null || stakeOf(chain.chainId) !== offence || chain.producers[0]?.node !== node)
          continue
        const ref = `slash/${first.header.chainId}/${offenderOf(first.header)}`
        sender.send({ chainId: chain.chainId, call: { kind: 'slash', first, second }, ref })
      }
      return 'accept'
    },
  }
}
