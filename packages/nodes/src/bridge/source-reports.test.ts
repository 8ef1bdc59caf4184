import type { Store } from '@solvent/ports'
import { asChainId, asNodeId } from '@solvent/primitives'
import type { Block, BridgeMessage, BridgeSpec, FalseFill } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { createSourceReports } from './source-reports.ts'

const SOURCE = asNodeId('source')

/** One life of a node with this disk. */
function live(disk: Map<string, Uint8Array>, believed: BridgeMessage[]) {
  const store = {
    get: (key: string) => disk.get(key),
    put: (key: string, bytes: Uint8Array) => void disk.set(key, bytes),
    delete: (key: string) => void disk.delete(key),
  } as unknown as Store
  return createSourceReports({
    bridge: { address: 'oracle' } as unknown as BridgeSpec,
    trustedSources: [SOURCE],
    believer: { report: (message) => void believed.push(message) },
    store,
  })
}

const fill = {
  bridge: 'oracle',
  srcChainId: 10,
  settler: 'settler-10',
  sequence: 7,
  dstChainId: 1,
  order: { by: 'time', openedFrom: 0 },
  payee: 'mallory',
} as unknown as FalseFill

const opening = {
  hash: 'block',
  header: { chainId: asChainId(1), timestamp: 100 },
  receipts: [
    {
      events: [
        {
          kind: 'order-opened',
          orderId: 'alice/0',
          order: {
            originChainId: asChainId(1),
            user: 'alice',
            nonce: 0n,
            prover: 'oracle',
            output: {
              chainId: 10,
              settler: 'settler-10',
              token: 'usdc',
              minAmount: 990n,
              recipient: 'alice',
            },
          },
        },
      ],
    },
  ],
} as unknown as Block

it('a lie that waits for its order is told to the node that comes back, and once', () => {
  const disk = new Map<string, Uint8Array>()
  const believed: BridgeMessage[] = []
  expect(live(disk, believed).reportFill(SOURCE, fill)).toBe('done')
  live(disk, believed).onBlock(opening)
  expect(believed.map(({ sequence }) => sequence)).toEqual([7])
  live(disk, believed).onBlock(opening)
  expect(believed).toHaveLength(1)
})
