// What each pending request of a node is for. Exactly one reply or failure comes for each, so the table drains.
import type { RequestId, Transport } from '@solvent/ports'
import type { NodeId } from '@solvent/primitives'
import type { RequestMessage, SolventVocabulary } from '@solvent/protocol'

export interface RequestTable<Purpose> {
  /** As `Transport.request`; `timeoutMs` of the node's clock. */
  ask(to: NodeId, message: RequestMessage, timeoutMs: number, purpose: Purpose): RequestId
  /** The purpose of a request that ended, once; undefined when it is not of this table. */
  take(request: RequestId): Purpose | undefined
  /** Forgets a request: its end will be nobody's. */
  forget(request: RequestId): void
}

/** Binds requests to typed purposes. */
export function createRequestTable<Purpose>(transport: Transport<SolventVocabulary>): RequestTable<Purpose> {
  const purposes = new Map<RequestId, Purpose>()
  return {
    ask(to, message, timeoutMs, purpose) {
      const request = transport.request(to, message, timeoutMs)
      purposes.set(request, purpose)
      return request
    },
    take(request) {
      const purpose = purposes.get(request)
      if (purpose !== undefined) purposes.delete(request)
      return purpose
    },
    forget: (request) => void purposes.delete(request),
  }
}
