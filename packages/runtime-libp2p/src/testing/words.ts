// A small vocabulary for tests of the runtime, with a codec and a door of its own: what is tested is the runtime,
// not what Solvent says. `forged` messages carry a signature that does not hold.
import type { Vocabulary } from '@solvent/ports'
import {
  type Address,
  asAddress,
  asHash32,
  decodeCanonical,
  encodeCanonical,
  SolventError,
  sha256Hex,
} from '@solvent/primitives'
import type { Signature, SignatureVerifier } from '@solvent/protocol'
import type { LaneRule } from '../door/inspection.ts'
import type { MessageDoor } from '../door/message-door.ts'
import type { MessageCodec } from '../wire-codec.ts'

export interface Word {
  readonly type: 'gossip' | 'direct' | 'request' | 'reply'
  readonly n: number
  /** Milliseconds of virtual time until which it may be sent. */
  readonly expires?: number
  readonly network?: string
  readonly signature?: 'good' | 'forged'
}

export interface Words extends Vocabulary {
  readonly message: Word
  readonly topic: 'news' | 'other'
  readonly transaction: { readonly n: number }
  readonly block: { readonly number: number }
  readonly event: { readonly kind: string; readonly detail?: string }
  readonly signer: null
}

export const wordTopics: readonly Words['topic'][] = ['news', 'other']
const NETWORK = 'words'
const TYPES = new Set(['gossip', 'direct', 'request', 'reply'])
const FIELDS = new Set(['type', 'n', 'expires', 'network', 'signature'])

/** Canonical bytes, strictly read. */
export const wordCodec: MessageCodec<Word> = {
  encode: (word) => encodeCanonical({ ...word }),
  decode: (bytes) => {
    const value = decodeCanonical(bytes) as Record<string, unknown> | null
    if (value === null || typeof value !== 'object' || Array.isArray(value)) throw schema('shape')
    if (Object.keys(value).some((key) => !FIELDS.has(key))) throw schema('unknown field')
    if (!TYPES.has(String(value['type'])) || !Number.isSafeInteger(value['n'])) throw schema('field')
    return value as unknown as Word
  },
}

export const wordsFit: LaneRule<Word> = (lane, word) =>
  lane.via === 'gossip' ? word.type === 'gossip' && lane.topic === 'news' : word.type === lane.via

const SIGNER: Address = asAddress(`0x${'11'.repeat(20)}`)
const GOOD = `0x${'22'.repeat(65)}` as Signature
const BAD = `0x${'33'.repeat(65)}` as Signature

/** Refuses foreign networks and what has expired; 30 s late is nobody's fault. */
export const wordDoor: MessageDoor<Word> = {
  precheck: (word, nowMs) => {
    if ((word.network ?? NETWORK) !== NETWORK)
      return { ok: false, verdict: 'reject', reason: 'foreign-network', severity: 'low' }
    const lateMs = nowMs - (word.expires ?? nowMs)
    if (lateMs > 30_000) return { ok: false, verdict: 'reject', reason: 'expired', severity: 'mid' }
    return lateMs > 0 ? { ok: false, verdict: 'ignore', reason: 'expired', severity: 'mid' } : { ok: true }
  },
  signatures: (word) => {
    if (word.signature === undefined) return []
    const digest = asHash32(sha256Hex(wordCodec.encode(word)))
    return [{ digest, signature: word.signature === 'good' ? GOOD : BAD, signer: SIGNER }]
  },
}

export const wordVerifier: SignatureVerifier = {
  scheme: 'stand-in',
  verify: (_digest, signature) => signature === GOOD,
}

function schema(what: string): SolventError {
  return new SolventError({ code: 'E_SCHEMA', message: 'This is no word.', details: { what } })
}
