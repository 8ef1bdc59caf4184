// What reaches a node: gossip, direct messages, requests, answers to its own requests, and answers of its ports.
import type { NodeId } from '@solvent/primitives'
import type { ExecutionAnswer, ExecutionTicket } from './execution.ts'
import type { StoreTicket } from './store.ts'
import type { ReplyToken, RequestFailure, RequestId } from './transport.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Signatures inside messages have been verified at the door; `from` is the authenticated immediate sender. */
export type Inbound<V extends Vocabulary> =
  | {
      readonly via: 'gossip'
      readonly topic: V['topic']
      readonly from: NodeId
      readonly message: V['message']
    }
  | { readonly via: 'direct'; readonly from: NodeId; readonly message: V['message'] }
  /**
   * Answer it with `transport.reply(replyTo, …)`, now or later; unanswered requests time out at the asker.
   * A verdict of `ignore` or `reject` without a reply is told to the asker as `refused`.
   */
  | {
      readonly via: 'request'
      readonly from: NodeId
      readonly message: V['message']
      readonly replyTo: ReplyToken
    }
  | {
      readonly via: 'reply'
      readonly from: NodeId
      readonly message: V['message']
      readonly request: RequestId
    }
  | { readonly via: 'failure'; readonly request: RequestId; readonly reason: RequestFailure }
  | { readonly via: 'execution'; readonly ticket: ExecutionTicket; readonly answer: ExecutionAnswer<V> }
  /** The store holds what `put` or `append` gave it under this ticket. */
  | { readonly via: 'store'; readonly ticket: StoreTicket }
