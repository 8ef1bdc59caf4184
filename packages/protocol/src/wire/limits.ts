// How large what peers send may be, in one place. Byte limits are on encoded messages, checked before anything is
// decoded; list limits are in the schemas. Source of the figures: the limits table of the peer-to-peer reference.
import type { MessageType } from './message-type.ts'

const KIB = 1024

/** No frame between nodes is longer. */
export const MAX_FRAME_BYTES = 64 * KIB
/** No request is longer. */
export const MAX_REQUEST_BYTES = 16 * KIB
/** An order with its signature and envelope. */
export const MAX_ORDER_BYTES = 4 * KIB
/** One part of a watcher's report. */
export const MAX_REPORT_PART_BYTES = 32 * KIB
/** Free text and names, in bytes of UTF-8. */
export const MAX_TEXT_BYTES = 256

/** Bids revealed in an award. */
export const MAX_BIDS = 64
/** Shares of one order's bids at a member of a committee: with the largest committee they still fit a frame. */
export const MAX_BID_SHARES = 32
/** Orders of a solution. */
export const MAX_SOLUTION_ITEMS = 64
/** Verifiers of a bridge, hence signatures of a delivery. */
export const MAX_VERIFIERS = 64
/** Messages of a batch that a relayer hands in; as many as fit the bytes of a transaction with the proof of a deep tree. */
export const MAX_DELIVERIES = 48
/** Siblings in a Merkle proof: the depth of the trees. */
export const MAX_PROOF_HASHES = 32
/** Orders asked for, or answered, at once: the largest of them still fit a frame. */
export const MAX_ORDERS = 48
/** Blocks in a range, transactions in a block, and legs or entries of the genesis receipt. */
export const MAX_BLOCK_ITEMS = 4096
/** Chains and peers that a control message may name. */
export const MAX_NAMES = 1024

/** How deep a message may nest: a block range reaches 11 levels. */
export const MAX_MESSAGE_DEPTH = 12

/** The longest encoding of each type of message, envelope included. */
export const maxBytesByType: Readonly<Record<MessageType, number>> = {
  order: MAX_ORDER_BYTES,
  award: MAX_REQUEST_BYTES,
  header: MAX_ORDER_BYTES,
  attestation: MAX_ORDER_BYTES,
  evidence: MAX_FRAME_BYTES,
  'quote-request': MAX_ORDER_BYTES,
  bid: MAX_ORDER_BYTES,
  'sealed-bid': MAX_ORDER_BYTES,
  'bid-share': MAX_ORDER_BYTES,
  'share-request': MAX_ORDER_BYTES,
  solution: MAX_REQUEST_BYTES,
  'side-channel': MAX_ORDER_BYTES,
  transaction: MAX_REQUEST_BYTES,
  'block-request': MAX_ORDER_BYTES,
  'order-request': MAX_REQUEST_BYTES,
  control: MAX_REQUEST_BYTES,
  quote: MAX_ORDER_BYTES,
  receipt: MAX_ORDER_BYTES,
  'bid-shares': MAX_FRAME_BYTES,
  blocks: MAX_FRAME_BYTES,
  orders: MAX_FRAME_BYTES,
  'control-reply': MAX_FRAME_BYTES,
  'source-report': MAX_ORDER_BYTES,
}

/** Bytes of a transaction that is forced upon a rollup, at most. */
export const MAX_FORCED_BYTES = 8 * 1024
