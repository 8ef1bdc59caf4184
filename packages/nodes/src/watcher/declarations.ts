// What operators declare to a watcher, so that the audit expects it: kept for a restart, and told to the audit as an event.
import {
  type BridgeMessage,
  type ControlMessage,
  type DeclaredCensorship,
  type DomainEvent,
  type FalseFill,
  messageDigest,
  type SequencerOutage,
} from '@solvent/protocol'
import type {
  AccountsBroken,
  FinalityOverruled,
  GossipMemory,
  ReleaseDeclared,
  SchemeBroken,
  Told,
} from './gossip-memory.ts'
import type { OutageBook } from './outage-book.ts'
import type { TheftMeter } from './theft-meter.ts'

export interface DeclarationsInit {
  readonly memory: GossipMemory
  readonly outages: Pick<OutageBook, 'declared'>
  readonly thefts: Pick<TheftMeter, 'declared'>
  /** The audit hears of it. */
  readonly tell: (event: DomainEvent) => void
}

export class Declarations {
  readonly #init: DeclarationsInit

  constructor(init: DeclarationsInit) {
    this.#init = init
  }

  /** What an operator says at a moment, told as an event; null for what declares nothing. */
  control(control: ControlMessage, atMs: number): DomainEvent | null {
    switch (control.kind) {
      case 'declare-exploit':
        return this.#exploit(control.message)
      case 'declare-false-fill':
        return this.#falseFill(control.fill)
      case 'scheme-broken': {
        const { bridge, keys } = control
        const addresses = keys.map(({ address }) => address)
        return this.#schemeBroken({ kind: 'scheme-break-declared', bridge, keys: addresses })
      }
      case 'accounts-broken': {
        const { accounts, by } = control
        return this.#accountsBroken({ kind: 'account-break-declared', accounts, by, atMs })
      }
      case 'declare-outage':
        return this.#outage(control.outage)
      case 'overrule-finality': {
        const { chainId, slot } = control
        return this.#overruling({ kind: 'finality-overruled', chainId, slot })
      }
      case 'declare-censorship':
        return this.#censorship(control.censorship)
      case 'declare-release':
        return this.#release({ kind: 'release-declared', bridge: control.bridge, atMs })
      default:
        return null
    }
  }

  #exploit(message: BridgeMessage): DomainEvent {
    this.#init.memory.exploits.push(message)
    return this.#told({ kind: 'exploit-declared', message, digest: messageDigest(message) })
  }

  #falseFill(fill: FalseFill): DomainEvent {
    this.#init.memory.falseFills.push(fill)
    return this.#told({ kind: 'false-fill-declared', fill })
  }

  #schemeBroken(event: SchemeBroken): DomainEvent {
    this.#init.memory.brokenSchemes.push(event)
    return this.#told(event)
  }

  #accountsBroken(event: AccountsBroken): DomainEvent {
    this.#init.memory.brokenAccounts.push(event)
    this.#init.thefts.declared(event)
    return this.#told(event)
  }

  #outage(outage: SequencerOutage): DomainEvent {
    this.#init.memory.outages.push(outage)
    this.#init.outages.declared(outage)
    return this.#told({ kind: 'outage-declared', outage })
  }

  #overruling(event: FinalityOverruled): DomainEvent {
    this.#init.memory.overrulings.push(event)
    return this.#told(event)
  }

  #censorship(censorship: DeclaredCensorship): DomainEvent {
    this.#init.memory.censorships.push(censorship)
    return this.#told({ kind: 'censorship-declared', censorship })
  }

  #release(event: ReleaseDeclared): DomainEvent {
    this.#init.memory.releases.push(event)
    return this.#told(event)
  }

  /** After a restart. */
  restore(told: Told): void {
    const { exploits, falseFills, brokenSchemes, brokenAccounts } = told
    const { outages, overrulings, censorships, releases } = told
    for (const message of exploits) this.#exploit(message)
    for (const fill of falseFills) this.#falseFill(fill)
    for (const broken of brokenSchemes) this.#schemeBroken(broken)
    for (const broken of brokenAccounts) this.#accountsBroken(broken)
    for (const outage of outages) this.#outage(outage)
    for (const overruling of overrulings) this.#overruling(overruling)
    for (const censorship of censorships) this.#censorship(censorship)
    for (const release of releases) this.#release(release)
  }

  #told(event: DomainEvent): DomainEvent {
    this.#init.tell(event)
    return event
  }
}
