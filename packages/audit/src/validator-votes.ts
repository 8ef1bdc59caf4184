// What an L1's validators have voted, counted here from headers alone: which epochs are justified and final (T-3). Shares
// nothing with the settlement core. Sources: Casper FFG (arXiv 1710.09437); penalties as in ethereum/consensus-specs,
// altair and bellatrix: they move the stakes that two thirds are taken of. Integers of Gwei and whole ETH.
import {
  type Block,
  type ChainSpec,
  VALIDATOR_STAKE_GWEI,
  type ValidatorSet,
  validatorsOf,
} from '@solvent/protocol'

const GWEI_PER_ETH = 1_000_000_000n
const QUARTER_ETH = GWEI_PER_ETH / 4n
const EJECTED_AT_ETH = 16n

interface Member {
  readonly gwei: bigint
  readonly eth: bigint
  readonly score: bigint
  readonly isOut: boolean
}

/** The count after one block; a value, so that a re-org goes back to an older one. */
export interface VoteCount {
  readonly epoch: number
  /** Bits of the groups that voted in the epoch before. */
  readonly bits: number
  /** Newest last, as many as finality needs. */
  readonly justified: readonly number[]
  readonly finalized: number
  readonly members: readonly Member[]
}

/** Counts for one L1. */
export class VoteCounter {
  readonly #epochSlots: number
  readonly #needed: number
  readonly #set: ValidatorSet

  constructor(chain: ChainSpec) {
    if (chain.consensus.kind !== 'l1') throw new Error(`${chain.name} has no validators of its own.`)
    this.#epochSlots = chain.consensus.epochSlots
    this.#needed = chain.consensus.finalityEpochs
    this.#set = validatorsOf(chain, chain.consensus)
  }

  start(): VoteCount {
    const gwei = BigInt(VALIDATOR_STAKE_GWEI)
    const member = { gwei, eth: gwei / GWEI_PER_ETH, score: 0n, isOut: false }
    return { epoch: 0, bits: 0, justified: [], finalized: -1, members: this.#set.groups.map(() => member) }
  }

  /** The count after a header on the count of its parent, and the groups voted for by someone else's producer. */
  after(
    count: VoteCount,
    { header: { number, votes, producer }, receipts }: Pick<Block, 'header' | 'receipts'>,
  ): VoteCount & { readonly foreign: number } {
    const epoch = Math.floor(number / this.#epochSlots)
    let now = count
    while (now.epoch < epoch) now = this.#close(now)
    let foreign = 0
    this.#set.groups.forEach((group, i) => {
      if (bit(votes, i) && group.producer !== producer) foreign |= 1 << i
    })
    if (votes >>> this.#set.groups.length !== 0) foreign |= 1 << this.#set.groups.length
    const bits = votes === 0 ? now.bits : now.bits | votes
    const justified = this.#isJustified(now, bits, epoch - 1)
      ? [...now.justified, epoch - 1].slice(-this.#needed)
      : now.justified
    const first = justified.at(-this.#needed)
    const inRow =
      first !== undefined &&
      justified.length === this.#needed &&
      first === (justified.at(-1) ?? 0) - this.#needed + 1
    const members = expelled(now.members, receipts)
    return {
      ...now,
      members,
      bits,
      justified,
      finalized: inRow ? Math.max(now.finalized, first) : now.finalized,
      foreign,
    }
  }

  /** Last block number of the newest justified and of the newest final epoch. */
  numbers({ justified, finalized }: VoteCount): { readonly justified: number; readonly finalized: number } {
    const lastOf = (epoch: number): number => (epoch < 0 ? 0 : (epoch + 1) * this.#epochSlots - 1)
    return { justified: lastOf(justified.at(-1) ?? -1), finalized: lastOf(finalized) }
  }

  #isJustified({ justified, members }: VoteCount, bits: number, epoch: number): boolean {
    if (epoch < 0 || epoch <= (justified.at(-1) ?? -1)) return false
    const voted = this.#stake(members, (i) => bit(bits, i))
    return voted > 0n && 3n * voted >= 2n * this.#stake(members, () => true)
  }

  #stake(members: readonly Member[], counts: (i: number) => boolean): bigint {
    return members.reduce(
      (sum, { eth, isOut }, i) =>
        isOut || !counts(i) ? sum : sum + eth * BigInt(this.#set.groups[i]!.validators),
      0n,
    )
  }

  /** The end of an epoch: those who did not vote in the one before pay. */
  #close(count: VoteCount): VoteCount {
    const { epoch, bits, members, finalized } = count
    const next = { ...count, epoch: epoch + 1, bits: 0 }
    if (epoch === 0 || members.every(({ score, isOut }, i) => isOut || (score === 0n && bit(bits, i))))
      return next
    const delay = epoch - (finalized + 1) - (this.#needed - 1)
    const leaking = delay > 4
    const perEth = (GWEI_PER_ETH * 64n) / squareRoot(this.#stake(members, () => true) * GWEI_PER_ETH)
    return {
      ...next,
      members: members.map((member, i) =>
        member.isOut ? member : this.#charge(member, bit(bits, i), leaking, perEth),
      ),
    }
  }

  #charge(member: Member, voted: boolean, leaking: boolean, perEth: bigint): Member {
    const raised = voted ? least(member.score - 1n) : member.score + 4n
    const score = leaking ? raised : least(raised - 16n)
    if (voted) return { ...member, score }
    const missed = (member.eth * perEth * 40n) / 64n
    const leaked = (member.eth * GWEI_PER_ETH * score) / (4n * BigInt(this.#set.inactivityQuotient))
    const gwei = least(member.gwei - missed - leaked)
    const eth = gwei + QUARTER_ETH < member.eth * GWEI_PER_ETH ? gwei / GWEI_PER_ETH : member.eth
    return { gwei, eth, score, isOut: eth <= EJECTED_AT_ETH }
  }
}

/** The groups without those that the receipts slash. */
function expelled(members: readonly Member[], receipts: Block['receipts']): readonly Member[] {
  const slashed = receipts.flatMap(({ events }) =>
    events.flatMap((event) => (event.kind === 'validators-slashed' ? [event.group] : [])),
  )
  return slashed.length === 0
    ? members
    : members.map((member, i) => (slashed.includes(i) ? { ...member, isOut: true } : member))
}

function bit(bits: number, i: number): boolean {
  return ((bits >>> i) & 1) === 1
}

function least(value: bigint): bigint {
  return value < 0n ? 0n : value
}

/** The largest root whose square is at most the value, found by halves. */
function squareRoot(value: bigint): bigint {
  let low = 0n
  let high = value + 1n
  while (high - low > 1n) {
    const middle = (low + high) / 2n
    if (middle * middle <= value) low = middle
    else high = middle
  }
  return low
}
