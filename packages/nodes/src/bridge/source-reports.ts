// What a node's data source tells of messages that its chain has not shown: believed from sources that are trusted, by the
// part of the node that vouches for messages. A lie about a fill waits until there is an order to tell it of.
import type { Store } from '@solvent/ports'
import { decodeCanonical, encodeCanonical, type NodeId } from '@solvent/primitives'
import type { Block, BridgeMessage, BridgeSpec, FalseFill } from '@solvent/protocol'
import { OpenedOrders } from '../parts/opened-orders.ts'

/** What became of a report of a message by a data source. */
export type ReportOutcome = 'done' | 'untrusted-source' | 'not-a-verifier' | 'wrong-bridge'

export interface SourceReportsInit {
  readonly bridge: BridgeSpec
  readonly trustedSources: readonly NodeId[]
  /** Null where nobody's word counts. */
  readonly believer: { report?(message: BridgeMessage): void } | null
  /** Keeps lies that wait: a source goes on lying to a node that was restarted. */
  readonly store: Store
}

const WAITING = 'false-fill'

export interface SourceReports {
  report(source: NodeId, message: BridgeMessage): ReportOutcome
  /** Told of a fill that there was not. */
  reportFill(source: NodeId, fill: FalseFill): ReportOutcome
  /** Every followed block, in order. */
  onBlock(block: Block): void
  onOrphaned(block: Block): void
}

/** Makes the ear of one bridge node for its data sources. */
export function createSourceReports({
  bridge,
  trustedSources,
  believer,
  store,
}: SourceReportsInit): SourceReports {
  const opened = new OpenedOrders()
  /** Lies that no order suits yet. */
  const kept = store.get(WAITING)
  let untold = kept === undefined ? [] : (decodeCanonical(kept) as FalseFill[])

  function judge(source: NodeId, of: BridgeMessage['bridge']): ReportOutcome {
    if (believer?.report === undefined) return 'not-a-verifier'
    if (!trustedSources.includes(source)) return 'untrusted-source'
    return of === bridge.address ? 'done' : 'wrong-bridge'
  }

  function tell(): void {
    const waiting = untold.length
    untold = untold.filter((fill) => {
      const message = opened.lie(fill)
      if (message !== undefined) believer?.report?.(message)
      return message === undefined
    })
    if (untold.length !== waiting) keep()
  }

  function keep(): void {
    if (untold.length === 0) store.delete(WAITING)
    else store.put(WAITING, encodeCanonical(untold))
  }

  return {
    report(source, message) {
      const outcome = judge(source, message.bridge)
      if (outcome === 'done') believer?.report?.(message)
      return outcome
    },
    reportFill(source, fill) {
      const outcome = judge(source, fill.bridge)
      if (outcome === 'done') {
        untold.push(fill)
        keep()
        tell()
      }
      return outcome
    },
    onBlock(block) {
      opened.onBlock(block)
      if (untold.length > 0) tell()
    },
    onOrphaned: (block) => opened.onOrphaned(block),
  }
}
