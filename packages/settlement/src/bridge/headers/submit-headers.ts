// Bridge, following another chain: takes headers of the source, each the child of a known one and signed by a producer,
// and moves on what is final. The destination's own rules say nothing of the source: two thirds of its producers can
// make anything final here. A rollup's headers on the rollup's L1 are as firm as that L1 has made them.
import type { ChainId } from '@solvent/primitives'
import {
  type BlockHeader,
  type BridgeSpec,
  type Call,
  type ChainSpec,
  committeeOf,
  headerDigest,
  type RevertReason,
  type SignedHeader,
} from '@solvent/protocol'
import type { CallContext, CallResult } from '../../execution/call-context.ts'
import type { HeaderClient } from './header-client.ts'
import { rollupFirmness } from './rollup-firmness.ts'

export function submitHeaders(
  context: CallContext,
  call: Extract<Call, { kind: 'submit-headers' }>,
): CallResult {
  const { index, state, chain, now, events } = context
  const { bridge, source: sourceId, form, headers } = call
  const contract = state.bridges.get(bridge)
  if (contract === undefined) return 'unknown-bridge'
  const { verification, finality } = contract.spec
  const source = index.chain(sourceId)
  if (source === undefined || sourceId === chain.chainId) return 'wrong-chain'
  if (!('form' in verification) || verification.form !== form) return 'header-refused'
  if (verification.kind === 'canonical' && !isOwnL1(chain, sourceId)) return 'wrong-chain'
  const client = contract.clientOf(sourceId)
  const stopped = client.stopped(verification, now)
  if (stopped !== null) return stopped
  for (const signed of headers) {
    const refused = addHeader(context, { client, source, finality }, signed)
    if (refused !== null) return refused
  }
  const tip = headers.at(-1)
  if (tip === undefined) return 'header-refused'
  const hash = headerDigest(tip.header)
  const { number } = tip.header
  const ordered = rollupFirmness(context, source, finality)
  const committee = finality === 'unsafe' ? null : committeeOf(source.producers.length)
  const advance = ordered === null ? client.advance(hash, committee) : client.advance(hash, 1, ordered)
  if (advance.status === 'contradiction') {
    const { number: height, hash: header } = advance.header
    events.push({ kind: 'client-frozen', bridge, source: sourceId, number: height, header })
  } else {
    const { provableTo } = advance
    events.push({ kind: 'headers-accepted', bridge, source: sourceId, tip: hash, number, provableTo })
  }
  return null
}

/** A rollup's own bridge follows the rollup's L1 and no other chain. */
function isOwnL1({ consensus }: ChainSpec, source: ChainId): boolean {
  return consensus.kind !== 'l1' && consensus.l1 === source
}

interface Following {
  readonly client: HeaderClient
  readonly source: ChainSpec
  readonly finality: BridgeSpec['finality']
}

/** Adds one header; a known one is passed over, so that two relayers do not stand in each other's way. */
function addHeader(
  { verifier }: CallContext,
  { client, source, finality }: Following,
  { header, signature }: SignedHeader,
): RevertReason | null {
  const hash = headerDigest(header)
  if (client.has(hash)) return null
  const { chainId, number, parentHash, timestamp, producer, outboxRoot } = header
  if (chainId !== source.chainId || !client.takes(header)) return 'header-refused'
  if (!source.producers.some(({ address }) => address === producer)) return 'header-refused'
  if (!verifier.verify(hash, signature, producer)) return 'header-refused'
  const firmTo = firmNumber(header, finality)
  client.add({ hash, parentHash, number, timestamp, producer, outboxRoot, firmTo })
  return null
}

/** The newest block that a header declares as firm as demanded; a header alone is as firm as its producer's word. */
function firmNumber({ number, justified, finalized }: BlockHeader, finality: BridgeSpec['finality']): number {
  if (finality === 'unsafe') return number
  return finality === 'safe' ? justified : finalized
}
