// Random messages of every type on the wire.
import fc from 'fast-check'
import { sourceLies } from '../../bridge/source-lie.ts'
import { misconducts } from '../../network/misconduct.ts'
import { type Message, refusalReasons } from '../../wire/message.ts'
import { messageTypes } from '../../wire/message-type.ts'
import { block } from './block.ts'
import { authority, bridgeMessage, falseFill, signedAttestation, upgrade, vote } from './bridge.ts'
import { signedTransaction } from './call.ts'
import { measure } from './controls.ts'
import { outage, signedHeader } from './header.ts'
import { misreportOrder } from './oracle.ts'
import { bid, bidShare, earlyOpening, quote, sealedBid, signedAward, signedOrder, solution } from './order.ts'
import { address, chainId, count, hash32, nodeId, signature, text, type, uint32, uint256 } from './scalars.ts'

/** A message of any type. */
export const message: fc.Arbitrary<Message> = fc.oneof(
  fc.record({ type: type('order'), body: signedOrder }),
  fc.record({ type: type('award'), body: signedAward }),
  fc.record({ type: type('header'), body: signedHeader }),
  fc.record({ type: type('attestation'), body: signedAttestation }),
  fc.record({
    type: type('evidence'),
    body: fc.oneof(
      fc.record({ kind: type('conflicting-awards'), first: signedAward, second: signedAward }),
      fc.record({ kind: type('conflicting-headers'), first: signedHeader, second: signedHeader }),
      fc.record({
        kind: type('conflicting-attestations'),
        first: signedAttestation,
        second: signedAttestation,
      }),
      fc.record({ kind: type('early-opening'), opening: earlyOpening, signature }),
    ),
  }),
  fc.record({
    type: type('quote-request'),
    body: fc.record({
      quoteId: hash32,
      originChainId: chainId,
      inputToken: address,
      inputAmount: uint256,
      outputChainId: chainId,
      outputToken: address,
      prover: address,
      fillDeadline: uint32,
      expires: uint32,
    }),
  }),
  fc.record({ type: type('bid'), body: fc.record({ bid, signature }) }),
  fc.record({ type: type('sealed-bid'), body: fc.record({ sealed: sealedBid, signature }) }),
  fc.record({ type: type('bid-share'), body: bidShare }),
  fc.record({ type: type('share-request'), body: fc.record({ orderId: hash32 }) }),
  fc.record({
    type: type('bid-shares'),
    body: fc.record({ shares: fc.array(bidShare, { maxLength: 3 }) }),
  }),
  fc.record({
    type: type('side-channel'),
    body: fc.oneof(
      fc.record({ kind: type('cost'), orderId: hash32, cost: uint256 }),
      fc.record({ kind: type('rival-bid'), orderId: hash32, solver: address, outputAmount: uint256 }),
      fc.record({ kind: type('rival-fill'), orderId: hash32, solver: address, outputAmount: uint256 }),
      fc.record({ kind: type('pending'), transaction: signedTransaction }),
    ),
  }),
  fc.record({ type: type('solution'), body: fc.record({ solution, signature }) }),
  fc.record({ type: type('transaction'), body: signedTransaction }),
  fc.record({
    type: type('block-request'),
    body: fc.record({ chainId, from: count, to: count, skip: count }),
  }),
  fc.record({
    type: type('order-request'),
    body: fc.record({ orderIds: fc.array(hash32, { maxLength: 5 }) }),
  }),
  fc.record({ type: type('quote'), body: fc.record({ quote, signature }) }),
  fc.record({
    type: type('receipt'),
    body: fc.record({ accepted: fc.boolean(), reason: fc.option(fc.constantFrom(...refusalReasons)) }),
  }),
  fc.record({
    type: type('blocks'),
    body: fc.record({
      chainId,
      blocks: fc.array(block, { maxLength: 2 }),
      next: fc.option(fc.record({ from: count, skip: count })),
    }),
  }),
  fc.record({ type: type('orders'), body: fc.record({ orders: fc.array(signedOrder, { maxLength: 3 }) }) }),
  fc.record({ type: type('source-report'), body: fc.record({ source: nodeId, message: bridgeMessage }) }),
  fc.record({
    type: type('control'),
    body: fc.oneof(
      fc.record({ kind: type('status') }),
      fc.record({ kind: type('report'), offset: count }),
      fc.record({ kind: type('exposures'), offset: count }),
      fc.record({
        kind: type('send-order'),
        intent: fc.record({
          origin: chainId,
          inputSymbol: text,
          inputAmount: uint256,
          destination: chainId,
          outputSymbol: text,
          minOutputBps: uint32,
          award: fc.constantFrom('auctioneer' as const, 'chain' as const, 'user' as const),
        }),
      }),
      fc.record({ kind: type('order-status'), orderId: text }),
      fc.record({ kind: type('partition'), from: fc.array(nodeId, { maxLength: 3 }) }),
      fc.record({ kind: type('heal') }),
      fc.record({ kind: type('forge'), source: nodeId, message: bridgeMessage }),
      fc.record({ kind: type('forge-fill'), source: nodeId, fill: falseFill }),
      fc.record({ kind: type('declare-exploit'), message: bridgeMessage }),
      fc.record({ kind: type('declare-false-fill'), fill: falseFill }),
      fc.record({ kind: type('pause'), bridge: address, authority, until: uint32 }),
      fc.record({ kind: type('unpause'), bridge: address, authority }),
      fc.record({
        kind: type('custody'),
        chainId,
        call: fc.record({ kind: type('pool-withdraw'), bridge: address, token: address, shares: uint256 }),
      }),
      fc.record({
        kind: type('upgrade'),
        ...upgrade,
        on: fc.array(chainId, { maxLength: 3 }),
      }),
      fc.record({ kind: type('sequencer-outage'), outage }),
      fc.record({ kind: type('declare-outage'), outage }),
      fc.record({
        kind: type('declare-censorship'),
        censorship: fc.record({
          chainId,
          mode: fc.constantFrom('exclude' as const, 'lose' as const),
          senders: fc.array(address, { maxLength: 3 }),
          calls: fc.array(text, { maxLength: 3 }),
          sharePercent: count,
          fromMs: count,
          untilMs: count,
        }),
      }),
      fc.record({ kind: type('vote-queued'), bridge: address, vote }),
      fc.record({ kind: type('declare-release'), bridge: address }),
      fc.record({ kind: type('rule-wrongly'), bridge: address, count }),
      fc.record({
        kind: type('rotate-verifiers'),
        bridge: address,
        verifiers: fc.array(address, { maxLength: 4 }),
        threshold: count,
        on: fc.array(chainId, { maxLength: 3 }),
      }),
      fc.record({
        kind: type('scheme-broken'),
        bridge: address,
        keys: fc.array(fc.record({ node: nodeId, address }), { maxLength: 4 }),
      }),
      fc.record({
        kind: type('accounts-broken'),
        accounts: fc.array(fc.record({ node: nodeId, address }), { maxLength: 4 }),
        by: address,
      }),
      fc.record({
        ...{ kind: type('share-loss'), bridge: address, symbol: text, claims: uint256 },
        claimsAt: fc.constantFrom('genesis' as const, 'now' as const),
      }),
      fc.record({ kind: type('price-asset'), bridge: address, symbol: text, priceE8: uint256 }),
      fc.record({ kind: type('act'), step: text }),
      fc.record({ kind: type('withdraw-depth'), market: address, partMillionths: count }),
      fc.record({
        ...{ kind: type('press-price'), fall: text, market: address, token: address },
        ...{ fromBps: uint256, toBps: uint256 },
      }),
      fc.record({
        kind: type('misbehave'),
        misconduct: fc.record({
          conduct: fc.constantFrom(...misconducts),
          types: fc.array(fc.constantFrom(...messageTypes), { maxLength: 3 }),
          untilMs: count,
        }),
      }),
      fc.record({ kind: type('misreport'), order: misreportOrder }),
      fc.record({ kind: type('manager-loss'), amount: uint256, to: address, newsPercent: count }),
      fc.record({
        kind: type('distress'),
        distress: fc.oneof(
          fc.record({ kind: type('stand-aside'), untilMs: count }),
          fc.record({ kind: type('undercut'), bps: count, untilMs: count }),
          fc.record({ kind: type('default'), creditor: fc.option(address) }),
        ),
      }),
      fc.record({ kind: type('propose-measure'), authority: address, measure }),
      fc.record({
        kind: type('source-lie'),
        lie: fc.record({ chainId, lie: fc.constantFrom(...sourceLies), untilMs: count }),
      }),
      fc.record({
        kind: type('sign-wrongly'),
        fault: fc.oneof(
          fc.record({ kind: type('skip-nonces'), chainId, count }),
          fc.record({
            kind: type('cut-gas'),
            chainId,
            calls: fc.array(text, { maxLength: 3 }),
            count,
            gasPercent: count,
          }),
        ),
      }),
      fc.record({ kind: type('declare-misconduct'), node: nodeId, untilMs: count }),
      fc.record({ kind: type('shutdown') }),
    ),
  }),
  fc.record({
    type: type('control-reply'),
    body: fc.oneof(
      fc.record({
        kind: type('status'),
        status: fc.record({
          node: nodeId,
          role: text,
          nowMs: count,
          peers: count,
          heads: fc.array(fc.record({ chainId, head: count, safe: count, finalized: count }), {
            maxLength: 3,
          }),
          summary: text,
        }),
      }),
      fc.record({ kind: type('report'), offset: count, total: count, bytes: fc.uint8Array() }),
      fc.record({ kind: type('exposures'), offset: count, total: count, bytes: fc.uint8Array() }),
      fc.record({ kind: type('sent'), orderId: text }),
      fc.record({ kind: type('order'), state: text, detail: text }),
      fc.record({ kind: type('done') }),
      fc.record({ kind: type('refused'), reason: text }),
    ),
  }),
)
