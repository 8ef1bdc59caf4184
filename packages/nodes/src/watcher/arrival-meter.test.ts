import type { Hash32 } from '@solvent/primitives'
import type { Block, BridgeMessage } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { smallNetwork } from '../testing/small-network.ts'
import { ArrivalMeter } from './arrival-meter.ts'

const bridge = smallNetwork.bridges.find(({ routes }) => routes.some(({ wrapped }) => wrapped.length > 0))!
const route = bridge.routes[0]!
const [far] = route.wrapped as [(typeof route.wrapped)[number]]

/** A block at this second in which transfers to an end of the route are sent or delivered. */
function block(
  timestamp: number,
  kind: 'message-sent' | 'message-delivered',
  digests: readonly string[],
  end: { readonly chainId: number; readonly token: string } = far,
): Block {
  const payload = { kind: 'transfer', token: end.token }
  const message = { bridge: bridge.address, dstChainId: end.chainId, payload } as BridgeMessage
  const events = digests.map((digest) => ({ kind, message, digest: digest as Hash32 }))
  return { header: { timestamp }, receipts: [{ events }] } as unknown as Block
}

describe('how long transfers over a bridge take', () => {
  it('is measured from the block that sent them to the block that delivered them, both ways, forged ones left out', () => {
    const meter = new ArrivalMeter(smallNetwork)
    expect(meter.secondsOf(bridge.address, route.home)).toBe(null)
    meter.followed(block(100, 'message-sent', ['a', 'b']))
    meter.followed(block(110, 'message-delivered', ['a', 'forged']))
    meter.followed(block(105, 'message-sent', ['c'], route.home))
    meter.followed(block(145, 'message-delivered', ['c'], route.home))
    meter.followed(block(125, 'message-delivered', ['b']))
    expect(meter.secondsOf(bridge.address, route.home)).toEqual({ min: 10, median: 25, max: 40 })
  })

  it('forgets a delivery, or a sending, that a re-org takes back', () => {
    const meter = new ArrivalMeter(smallNetwork)
    const [sent, delivered] = [block(100, 'message-sent', ['a']), block(110, 'message-delivered', ['a'])]
    meter.followed(sent)
    meter.followed(delivered)
    meter.orphaned(delivered)
    expect(meter.secondsOf(bridge.address, route.home)).toBe(null)
    meter.followed(block(130, 'message-delivered', ['a']))
    expect(meter.secondsOf(bridge.address, route.home)).toEqual({ min: 30, median: 30, max: 30 })
    meter.orphaned(sent)
    expect(meter.secondsOf(bridge.address, route.home)).toBe(null)
  })
})
