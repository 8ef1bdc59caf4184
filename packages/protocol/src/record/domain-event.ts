// What a node records of its own doing: the event log of a run, and the facts that the audit needs beyond
// the blocks (reservations, accepted signatures, auction results, commitments).
import type { Address, ChainId, Hash32, OrderId } from '@solvent/primitives'
import type { Award } from '../auction/award.ts'
import type { ConsistencyShares } from '../auction/consistency-shares.ts'
import type { BatchOutcome } from '../auction/solution.ts'
import type { BridgeMessage } from '../bridge/bridge-message.ts'
import type { FalseFill } from '../bridge/false-fill.ts'
import type { GovernorVerdict } from '../bridge/governor-verdict.ts'
import type { Call } from '../chain/call.ts'
import type { DeclaredCensorship } from '../network/censorship.ts'
import type { SequencerOutage } from '../network/outage.ts'
import type { Party } from '../network/party.ts'
import type { Order } from '../order/order.ts'
import type { Signature } from '../signature.ts'

/** What a bond is slashed for: an award that was not kept, a bid that was not opened, a fill that was worse than a rival's bid. */
export type BondSlashCause = 'faded' | 'unopened' | 'worse-than-offer'

export type DomainEvent =
  /** A user signed and published an order. */
  | {
      readonly kind: 'order-signed'
      readonly orderId: OrderId
      readonly order: Order
      readonly signature: Signature
    }
  /** A node accepted an order into its pool: its signature had been verified (S-1, S-2, S-4). */
  | {
      readonly kind: 'order-accepted'
      readonly orderId: OrderId
      readonly order: Order
      readonly signature: Signature
    }
  | { readonly kind: 'order-refused'; readonly orderId: OrderId; readonly reason: string }
  | {
      readonly kind: 'quoted'
      readonly quoteId: Hash32
      readonly solver: Address
      readonly outputAmount: bigint
    }
  | {
      readonly kind: 'bid-placed'
      readonly orderId: OrderId
      readonly solver: Address
      readonly outputAmount: bigint
      readonly bidHash: Hash32
    }
  | {
      readonly kind: 'bid-declined'
      readonly orderId: OrderId
      readonly solver: Address
      readonly reason: string
    }
  | {
      readonly kind: 'auction-closed'
      readonly award: Award
      readonly order: Order
      /** Where records select: how much of each bid above the reserve counted, ppm, in the order of the award's bids. */
      readonly weightsPpm?: readonly number[]
    }
  /** A batch was decided; its awards are recorded one by one. */
  | { readonly kind: 'batch-closed'; readonly batch: BatchOutcome }
  /** An auctioneer pays what a batch has earned its winner; numeraire times 10^8, and wei. */
  | {
      readonly kind: 'reward-paid'
      readonly solver: Address
      /** When the batch closed; null: a share of what a period of batches has left. */
      readonly batch: number | null
      readonly rewardE8: bigint
      /** The protocol's fee on it, where winners pay one, and how much of that the solver had paid. */
      readonly feeE8: bigint
      readonly paidE8: bigint
      /** Of the asset it is paid in: its chain, and the value of a whole unit. */
      readonly chainId: ChainId
      readonly gasPriceE8: bigint
      /** What leaves after all is netted. */
      readonly wei: bigint
    }
  /** The end of a period of batches: what their caps left, shared by consistency. */
  | { readonly kind: 'consistency-shared'; readonly shares: ConsistencyShares }
  /** An auctioneer saw that the winner of an order did not fill it while it alone could. */
  | { readonly kind: 'award-faded'; readonly orderId: OrderId; readonly solver: Address }
  /** An auctioneer takes of a solver's bond, for the user of an order whose award was not kept, whose bid was not opened, or who was given less than a rival had bid. */
  | {
      readonly kind: 'bond-slashed'
      readonly orderId: OrderId
      readonly solver: Address
      readonly user: Address
      readonly chainId: ChainId
      readonly token: Address
      readonly amount: bigint
      readonly cause: BondSlashCause
    }
  /** A rival's bid was held against a fill that was worse: what it had offered, and what the user was given (base units of the output). */
  | {
      readonly kind: 'challenge-upheld'
      readonly orderId: OrderId
      readonly challenger: Address
      /** Whose award it was, and who owes the difference. */
      readonly solver: Address
      readonly offered: bigint
      readonly delivered: bigint
    }
  /** Inventory set aside for a bid or fill: `reserved` is the total now set aside, `balance` what is held (O-13). */
  | {
      readonly kind: 'inventory-reserved' | 'inventory-released'
      readonly solver: Address
      readonly chainId: ChainId
      readonly token: Address
      readonly orderId: OrderId
      readonly amount: bigint
      readonly reserved: bigint
      readonly balance: bigint
      /** Why it was freed: lost, no-award, expired, filled, failed, restart; or `bid`, `fill` when set aside. */
      readonly reason: string
    }
  /** A promise that leaves the node; the same key must never carry another digest. */
  | { readonly kind: 'commitment'; readonly slot: string; readonly digest: Hash32; readonly signer: Address }
  | {
      readonly kind: 'receivable'
      readonly orderId: OrderId
      readonly solver: Address
      readonly state: ReceivableState
      readonly chainId: ChainId
      readonly token: Address
      readonly amount: bigint
      readonly bridge: Address
    }
  /** A verifier does not attest a transfer, because its source cannot have what it carries. */
  | { readonly kind: 'transfer-withheld'; readonly message: BridgeMessage; readonly digest: Hash32 }
  /** What a verifier's governor makes of a transfer, or of one that waits with it. */
  | {
      readonly kind: 'transfer-governed'
      readonly message: BridgeMessage
      readonly digest: Hash32
      /** What a unit of its token counts for with this verifier. */
      readonly priceE8: bigint
      readonly verdict: GovernorVerdict
    }
  /** From this moment on (Unix ms) verifiers let go what waits with them at a bridge. */
  | { readonly kind: 'release-declared'; readonly bridge: Address; readonly atMs: number }
  /** A transaction of the node's came into a block late, or was given up: there was no place for what it offered. */
  | {
      readonly kind: 'transaction-late'
      readonly chainId: ChainId
      readonly call: Call['kind']
      /** From its signing to its block, or to the moment when it was given up. */
      readonly waitedMs: number
      /** How often its offer was raised. */
      readonly raised: number
      readonly outcome: 'included' | 'given-up'
    }
  | { readonly kind: 'exploit-declared'; readonly message: BridgeMessage; readonly digest: Hash32 }
  /** The fill is an exploit as well: its order, and with it the message, is known when it is delivered. */
  | { readonly kind: 'false-fill-declared'; readonly fill: FalseFill }
  /** From now on anyone who broke their scheme may sign for these verifiers of a bridge. */
  | { readonly kind: 'scheme-break-declared'; readonly bridge: Address; readonly keys: readonly Address[] }
  /** From this moment on (Unix ms) `by` can sign for these accounts: what they pay it may be stolen. */
  | {
      readonly kind: 'account-break-declared'
      readonly accounts: readonly Party[]
      readonly by: Address
      readonly atMs: number
    }
  | { readonly kind: 'outage-declared'; readonly outage: SequencerOutage }
  /** People decided that what was final of an L1 above this slot counts no more. */
  | { readonly kind: 'finality-overruled'; readonly chainId: ChainId; readonly slot: number }
  | { readonly kind: 'censorship-declared'; readonly censorship: DeclaredCensorship }
  | {
      readonly kind: 'fault'
      readonly fault: string
      /** Of the fault `control`: what the node is ordered to do. */
      readonly control?: string
      readonly target: string
      readonly phase: 'begin' | 'end'
    }
  /** The node does not do what an operator, or the schedule of faults, asks of it. */
  | {
      readonly kind: 'control-refused'
      readonly control: string
      readonly from: string
      readonly reason: string
    }
  | {
      readonly kind: 'message-refused'
      readonly from: string
      readonly type: string
      readonly verdict: 'ignore' | 'reject'
      readonly reason: string
    }
  | {
      readonly kind: 'peer-penalised'
      readonly peer: string
      readonly points: number
      readonly reason: string
      readonly action: 'none' | 'disconnect' | 'ban'
    }
  /** A watcher finds a signal unusual: the statistic has passed a level. */
  | {
      readonly kind: 'anomaly'
      readonly signal: string
      readonly level: number
      readonly value: number
      readonly statistic: number
    }
  | { readonly kind: 'node-started' | 'node-stopped' | 'node-restarted'; readonly role: string }

export const receivableStates = ['held', 'attested', 'proven', 'claimed', 'stranded', 'sold'] as const
export type ReceivableState = (typeof receivableStates)[number]
export type DomainEventKind = DomainEvent['kind']
