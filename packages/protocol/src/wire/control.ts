// What an operator may ask of a running node, and what it answers. Nodes obey only the operators of their network.
import type { Address, ChainId, NodeId } from '@solvent/primitives'
import type { PauseAuthority } from '../bridge/bridge-call.ts'
import type { BridgeMessage } from '../bridge/bridge-message.ts'
import type { CustodyCall } from '../bridge/custody-call.ts'
import type { FalseFill } from '../bridge/false-fill.ts'
import type { TransferVote } from '../bridge/limiter-call.ts'
import type { SourceLie } from '../bridge/source-lie.ts'
import type { Measure } from '../controls/measure.ts'
import type { Censorship, DeclaredCensorship } from '../network/censorship.ts'
import type { FinalityViolation } from '../network/finality-violation.ts'
import type { MarketDemand } from '../network/market-demand.ts'
import type { MisconductOrder } from '../network/misconduct.ts'
import type { NodeFault } from '../network/node-fault.ts'
import type { SequencerOutage } from '../network/outage.ts'
import type { Party } from '../network/party.ts'
import type { SigningFault } from '../network/signing-fault.ts'
import type { SolverDistress } from '../network/solver-distress.ts'
import type { ValidatorDuty } from '../network/validator-set.ts'
import type { MisreportOrder } from '../oracle/report-lie.ts'
import type { RollupControl } from '../rollup/rollup-control.ts'
import type { UpgradeCall } from '../upgrade/upgrade-call.ts'

export const claimMoments = ['genesis', 'now'] as const
export type ClaimsAt = (typeof claimMoments)[number]

export type ControlMessage =
  | { readonly kind: 'status' }
  /** A producer promises inclusion and leaves the transactions out, until then (Unix ms). */
  | { readonly kind: 'break-preconfirmations'; readonly chainId: ChainId; readonly untilMs: number }
  /** A producer leaves transactions out, without saying so. */
  | { readonly kind: 'censor'; readonly censorship: Censorship }
  /** Other people's demand on a producer's chain changes: a rush, until it ends. */
  | { readonly kind: 'market-demand'; readonly demand: MarketDemand }
  /** A watcher answers with a part of its report of the run (canonical bytes); offset 0 makes a fresh report. */
  | { readonly kind: 'report'; readonly offset: number }
  /** A watcher answers with a part of the exposures that it has drawn up so far; offset 0 makes them afresh. */
  | { readonly kind: 'exposures'; readonly offset: number }
  /** A watcher answers with a part of what it keeps of the past; offset 0 makes it afresh. */
  | { readonly kind: 'history'; readonly offset: number }
  /** A user node signs and publishes one order now; `intent` names symbols and chains of the scenario. */
  | { readonly kind: 'send-order'; readonly intent: OrderIntent }
  | { readonly kind: 'order-status'; readonly orderId: string }
  /** Runtime: the node drops traffic to and from these peers until healed. */
  | { readonly kind: 'partition'; readonly from: readonly NodeId[] }
  | { readonly kind: 'heal' }
  /** Runtime: the node suffers this fault, so many ms of virtual time from now. */
  | { readonly kind: 'suffer'; readonly fault: NodeFault; readonly afterMs: number }
  /** A verifier's data source lies: it reports this message although the source chain never sent it. */
  | { readonly kind: 'forge'; readonly source: NodeId; readonly message: BridgeMessage }
  /** The same for the fill of an order which nobody filled: told once there is an order that it can be told of. */
  | { readonly kind: 'forge-fill'; readonly source: NodeId; readonly fill: FalseFill }
  /** A verifier's data source misleads it about a chain, until then. */
  | { readonly kind: 'source-lie'; readonly lie: SourceLie }
  /** A declared exploit, told to watchers: the audit expects exactly this deficit (B-2, B-8). */
  | { readonly kind: 'declare-exploit'; readonly message: BridgeMessage }
  /** Declared too: the first message of this key that pays this payee is false. */
  | { readonly kind: 'declare-false-fill'; readonly fill: FalseFill }
  | {
      readonly kind: 'pause'
      readonly bridge: Address
      readonly authority: PauseAuthority
      readonly until: number
    }
  | { readonly kind: 'unpause'; readonly bridge: Address; readonly authority: PauseAuthority }
  /** The bridge's operator makes this call on a chain: it issues, withdraws its providers' cash, sets a rate. */
  | { readonly kind: 'custody'; readonly chainId: ChainId; readonly call: CustodyCall }
  /** The contract's admin upgrades it on these chains; an empty list is everywhere. */
  | (UpgradeCall & { readonly on: readonly ChainId[] })
  /** A producer fails at one of its chains in the way and for the time that the outage says; a later one replaces it. */
  | { readonly kind: 'sequencer-outage'; readonly outage: SequencerOutage }
  /** Told to watchers: what the audit must not see of this producer in this time (T-7). */
  | { readonly kind: 'declare-outage'; readonly outage: SequencerOutage }
  /** Told to watchers: whose transactions a chain's producers leave out (T-6: a censored challenger has not failed). */
  | { readonly kind: 'declare-censorship'; readonly censorship: DeclaredCensorship }
  | RollupControl
  /** Validator groups of an L1, one bit each, do not vote or do not propose until then (Unix ms). */
  | {
      readonly kind: 'validators-absent'
      readonly chainId: ChainId
      readonly groups: number
      readonly duty: ValidatorDuty
      readonly untilMs: number
    }
  /** A producer builds another branch from `depth` blocks below the head until it overtakes; others stand back meanwhile. */
  | { readonly kind: 'reorg'; readonly chainId: ChainId; readonly depth: number }
  /** The validators of an L1 split: its first producer builds a hidden branch beside the one that everybody follows. */
  | { readonly kind: 'violate-finality'; readonly violation: FinalityViolation }
  /**
   * A decision of people, told to every node as clients would be by hand: what was final of an L1 above this slot counts no
   * more, and the other branch is followed once it is the better one.
   */
  | { readonly kind: 'overrule-finality'; readonly chainId: ChainId; readonly slot: number }
  /** The group signs a second block for its next slot. */
  | { readonly kind: 'equivocate'; readonly chainId: ChainId; readonly group: number }
  /** A disputer of an optimistic bridge disputes the next bundles, right or wrong. */
  | { readonly kind: 'dispute-blindly'; readonly bridge: Address; readonly count: number }
  /** The arbiter of an optimistic bridge says the opposite of what it reads in its next rulings. */
  | { readonly kind: 'rule-wrongly'; readonly bridge: Address; readonly count: number }
  /** A verifier votes for this set to be the next one, on these chains; an empty list is everywhere. */
  | {
      readonly kind: 'rotate-verifiers'
      readonly bridge: Address
      readonly verifiers: readonly Address[]
      readonly threshold: number
      readonly on: readonly ChainId[]
    }
  /** A verifier votes on everything that waits now in its bridge's limiter, or with itself under a governor. */
  | { readonly kind: 'vote-queued'; readonly bridge: Address; readonly vote: TransferVote }
  /** Told to watchers: verifiers let go what waits with them at this bridge (B-5). */
  | { readonly kind: 'declare-release'; readonly bridge: Address }
  /**
   * The signature scheme behind these keys of a bridge's verifiers is broken from now on. Told to an actor: it can sign for
   * them. Told to watchers: what their word alone carries may be forged.
   */
  | { readonly kind: 'scheme-broken'; readonly bridge: Address; readonly keys: readonly Party[] }
  /**
   * The same for keys of accounts. Told to the actor who can sign for them from now on, and to watchers: what they pay it may be
   * stolen.
   */
  | { readonly kind: 'accounts-broken'; readonly accounts: readonly Party[]; readonly by: Address }
  /** The guardian says what a token of an asset is worth to the limiters of its bridge. */
  | {
      readonly kind: 'price-asset'
      readonly bridge: Address
      readonly symbol: string
      readonly priceE8: bigint
    }
  /** The issuer shares the loss of an asset among its claims: these, or these at genesis and what it has counted since. */
  | {
      readonly kind: 'share-loss'
      readonly bridge: Address
      readonly symbol: string
      readonly claims: bigint
      readonly claimsAt: ClaimsAt
    }
  /** An actor plays the step of this label, which waits to be called; each call plays it once more. */
  | { readonly kind: 'act'; readonly step: string }
  /** An actor gives back a part of what it has provided at a market, as it has it when this comes, beside its script. */
  | { readonly kind: 'withdraw-depth'; readonly market: Address; readonly partMillionths: number }
  /**
   * An actor sells at a market until the token's price there is so much of what it was when the fall of that name began, as the
   * market stands when this comes; the sales before have taken it to `fromBps`.
   */
  | {
      readonly kind: 'press-price'
      readonly fall: string
      readonly market: Address
      readonly token: Address
      readonly fromBps: bigint
      readonly toBps: bigint
    }
  /** The node breaks the protocol in this way, until then. */
  | { readonly kind: 'misbehave'; readonly misconduct: MisconductOrder }
  /** A solver runs, fights for orders or defaults. */
  | { readonly kind: 'distress'; readonly distress: SolverDistress }
  /**
   * A custodian loses so much of the coins at its address to somebody; what becomes public with it weighs on its customers, in
   * hundredths of the pressure at which people of threshold 1 leave.
   */
  | {
      readonly kind: 'manager-loss'
      readonly amount: bigint
      readonly to: Address
      readonly newsPercent: number
    }
  /** The node's next transactions are signed in this wrong way. */
  | { readonly kind: 'sign-wrongly'; readonly fault: SigningFault }
  /** Told to watchers: what this node says until then counts against nobody; what chains do with it still does. */
  | { readonly kind: 'declare-misconduct'; readonly node: NodeId; readonly untilMs: number }
  /** A member of an authority puts this to the vote. */
  | { readonly kind: 'propose-measure'; readonly authority: Address; readonly measure: Measure }
  /** A reporter goes wrong at a feed. */
  | { readonly kind: 'misreport'; readonly order: MisreportOrder }
  | { readonly kind: 'shutdown' }

export interface OrderIntent {
  readonly origin: ChainId
  readonly inputSymbol: string
  /** Base units. */
  readonly inputAmount: bigint
  readonly destination: ChainId
  readonly outputSymbol: string
  /** Least output in basis points of the fair value. */
  readonly minOutputBps: number
  readonly award: 'auctioneer' | 'chain' | 'user'
}

export type ControlReply =
  | { readonly kind: 'status'; readonly status: NodeStatus }
  /** Bytes [offset, offset + bytes.length) of `total`; at most 32 KiB at a time, so that it fits a frame. */
  | {
      readonly kind: 'report' | 'exposures' | 'history'
      readonly offset: number
      readonly total: number
      readonly bytes: Uint8Array
    }
  | { readonly kind: 'sent'; readonly orderId: string }
  | { readonly kind: 'order'; readonly state: string; readonly detail: string }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly reason: string }

export interface NodeStatus {
  readonly node: NodeId
  readonly role: string
  readonly nowMs: number
  readonly peers: number
  readonly heads: readonly {
    readonly chainId: ChainId
    readonly head: number
    readonly safe: number
    readonly finalized: number
  }[]
  /** One line for people, e.g. `12 fills, 3 receivables`. */
  readonly summary: string
}
