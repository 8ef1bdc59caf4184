// Slashing by evidence: two headers of one slot. The group that proposed in the slot votes and proposes no more, and loses
// stake: a 32nd of it at once, and three times the share of all stake that has been slashed, so that one mistake costs
// little and an attack with a third of the stake everything. Sources: ethereum/consensus-specs, bellatrix/beacon-chain.md
// (MIN_SLASHING_PENALTY_QUOTIENT 32, PROPORTIONAL_SLASHING_MULTIPLIER 3); both parts are taken at once here, and the
// group leaves at once (Ethereum: after 36 days).
import { ZERO_ADDRESS } from '@solvent/primitives'
import { headerDigest, type SlashCall, validatorsOf } from '@solvent/protocol'
import type { CallContext, CallResult } from '../../execution/call-context.ts'
import { proposerGroup } from './proposer.ts'
import { everyGroup, weightOf } from './validator-stake.ts'

const MIN_PENALTY_QUOTIENT = 32n
const MULTIPLIER = 3
const WEI_PER_GWEI = 10n ** 9n
const GWEI_PER_ETH = 10n ** 9n

export function slashValidators(context: CallContext, call: SlashCall): CallResult {
  const { state, chain, events } = context
  const { finalityRules } = state
  if (finalityRules === null) return 'wrong-chain'
  const group = offender(context, call)
  if (group < 0) return 'bad-evidence'
  if (state.isSlashed(group)) return 'already-slashed'
  state.markSlashed(group)
  const isStakedHere = finalityRules.validators.stakedOn === chain.chainId
  const amount = isStakedHere ? takeStake(context, group) : 0n
  const { chainId: offence, number: slot } = call.first.header
  events.push({ kind: 'validators-slashed', offence, slot, group, amount })
  return null
}

/** The group that proposed in the slot of two conflicting headers; -1 when they show nothing. */
function offender({ index, state, verifier }: CallContext, { first, second }: SlashCall): number {
  const { chainId, number, producer } = first.header
  const other = second.header
  if (chainId !== other.chainId || number !== other.number || producer !== other.producer) return -1
  const digests = [headerDigest(first.header), headerDigest(other)] as const
  if (digests[0] === digests[1]) return -1
  if (!verifier.verify(digests[0], first.signature, producer)) return -1
  if (!verifier.verify(digests[1], second.signature, producer)) return -1
  const chain = index.chain(chainId)
  if (chain?.consensus.kind !== 'l1') return -1
  const set = validatorsOf(chain, chain.consensus)
  if (set.stakedOn !== state.finalityRules?.validators.stakedOn) return -1
  return proposerGroup(set, producer, number)
}

/** Moves what the group loses to LOSS; stake that the ledger does not have is not lost here. */
function takeStake({ state }: CallContext, group: number): bigint {
  const rules = state.finalityRules
  const finality = state.finality()
  const stake = finality?.stakes[group]
  const spec = rules?.validators.groups[group]
  if (rules === null || finality === null || stake === undefined || spec === undefined) return 0n
  const set = rules.validators
  const total = BigInt(weightOf(set, finality.stakes, everyGroup(set)))
  const slashed = BigInt(MULTIPLIER * weightOf(set, finality.stakes, state.slashedGroups()))
  const eth = BigInt(stake.effectiveGwei) / GWEI_PER_ETH
  const inProportion = total === 0n ? 0n : (eth * (slashed < total ? slashed : total)) / total
  const each = BigInt(stake.effectiveGwei) / MIN_PENALTY_QUOTIENT + inProportion * GWEI_PER_ETH
  const balance = BigInt(stake.balanceGwei)
  const wanted = (each < balance ? each : balance) * WEI_PER_GWEI * BigInt(spec.validators)
  const held = state.ledger.balance('STAKE', spec.name, ZERO_ADDRESS)
  const amount = wanted < held ? wanted : held
  if (amount > 0n)
    state.ledger.post('slash', [
      { kind: 'STAKE', owner: spec.name, token: ZERO_ADDRESS, amount: -amount },
      { kind: 'LOSS', owner: 'slashed', token: ZERO_ADDRESS, amount },
    ])
  return amount
}
