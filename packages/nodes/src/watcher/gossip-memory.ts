// What gossip and operators told a watcher and no chain repeats: kept in its snapshot for a restart.
import { decodeCanonical, encodeCanonical, type NodeId } from '@solvent/primitives'
import type {
  BridgeMessage,
  DeclaredCensorship,
  DomainEvent,
  FalseFill,
  SequencerOutage,
  SignedAward,
  SignedOrder,
} from '@solvent/protocol'

export type Told = Pick<
  GossipMemory,
  | 'orders'
  | 'awards'
  | 'exploits'
  | 'falseFills'
  | 'brokenSchemes'
  | 'brokenAccounts'
  | 'outages'
  | 'overrulings'
  | 'censorships'
  | 'misconducts'
  | 'releases'
>

export type SchemeBroken = Extract<DomainEvent, { kind: 'scheme-break-declared' }>

export type AccountsBroken = Extract<DomainEvent, { kind: 'account-break-declared' }>

export type FinalityOverruled = Extract<DomainEvent, { kind: 'finality-overruled' }>

export type ReleaseDeclared = Extract<DomainEvent, { kind: 'release-declared' }>

/** It grows with a network's life. */
const MAX_BYTES = 64 * 1024 * 1024

export class GossipMemory {
  readonly orders: SignedOrder[] = []
  readonly awards: SignedAward[] = []
  readonly exploits: BridgeMessage[] = []
  readonly falseFills: FalseFill[] = []
  readonly brokenSchemes: SchemeBroken[] = []
  readonly brokenAccounts: AccountsBroken[] = []
  readonly outages: SequencerOutage[] = []
  readonly overrulings: FinalityOverruled[] = []
  readonly censorships: DeclaredCensorship[] = []
  readonly releases: ReleaseDeclared[] = []
  readonly misconducts: { readonly node: NodeId; readonly untilMs: number }[] = []

  /** Canonical bytes of all of it. */
  encode(): Uint8Array {
    const { orders, awards, exploits, falseFills, brokenSchemes, brokenAccounts } = this
    const { outages, overrulings, censorships, misconducts, releases } = this
    const declared = { exploits, falseFills, outages, overrulings, censorships, misconducts, releases }
    return encodeCanonical({ orders, awards, ...declared, brokenSchemes, brokenAccounts })
  }

  /** @throws what `decodeCanonical` throws */
  static decode(bytes: Uint8Array): Told {
    return decodeCanonical(bytes, { maxBytes: MAX_BYTES }) as Told
  }
}
