// A topic that few nodes listen to: on the ring below, nobody between who says it and who hears it does.
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { eventually, nodeNames, WordNetwork } from './testing/word-network.ts'

it('reaches its listeners through nodes that do not listen, and only them', async () => {
  const ids = nodeNames(8)
  const [speaker, listener] = [ids[0]!, ids[4]!]
  const received: string[] = []
  const network = await WordNetwork.start(
    ids.map((id) => ({
      id,
      create: (ports) => ({
        start: () => {
          if (id === listener) ports.transport.subscribe('news')
        },
        stop: () => undefined,
        onMessage: (inbound) => {
          if (inbound.via === 'gossip')
            received.push(`${id} ${inbound.message.n} ${inbound.message.signature}`)
          return 'accept'
        },
        onTimer: () => undefined,
        snapshot: () => new Uint8Array(0),
        restore: () => undefined,
      }),
    })),
    { gossipDegree: 2 },
  )
  try {
    const { transport } = network.runtime(speaker)
    // What does not pass the door is not carried either.
    transport.publish('news', { type: 'gossip', n: 1, signature: 'forged' })
    transport.publish('news', { type: 'gossip', n: 2, signature: 'good' })
    await eventually('the message at its listener', () => received.length > 0)
    await sleep(500)
    expect(received).toEqual([`${listener} 2 good`])
  } finally {
    await network.stop()
  }
})
