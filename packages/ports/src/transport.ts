// How nodes talk. What the transport does not promise, the simulator varies on purpose: order, latency,
// delivery at most once (gossip may repeat), delivery at all.
import type { NodeId } from '@solvent/primitives'
import type { Vocabulary } from './vocabulary.ts'

/** Names a request until its reply or failure has been delivered; exactly one of the two comes. */
export type RequestId = number & { readonly RequestId: unique symbol }

/** Lets the receiver of a request answer it once. */
export type ReplyToken = { readonly ReplyToken: unique symbol }

/**
 * timeout: no answer in time. unreachable: no connection. refused: the peer does not serve this request, or
 * rejected it. too-large: request or reply over the frame limit. closed: the connection broke half-way.
 */
export type RequestFailure = 'timeout' | 'unreachable' | 'refused' | 'too-large' | 'closed'

export interface Transport<V extends Vocabulary> {
  readonly self: NodeId
  /** Fire and forget; may be lost. */
  send(to: NodeId, message: V['message']): void
  /** Asks for one reply; it arrives as `reply`, or `failure` after `timeoutMs` of the node's clock at the latest. */
  request(to: NodeId, message: V['message'], timeoutMs: number): RequestId
  /** Answers a request; a second answer, or one after the deadline, is dropped. */
  reply(token: ReplyToken, message: V['message']): void
  /** Gossip to all subscribers of the topic except the publisher itself. */
  publish(topic: V['topic'], message: V['message']): void
  /** From now on gossip on the topic is delivered. Subscribing twice is the same as once. */
  subscribe(topic: V['topic']): void
}
