import { asChainId } from '@solvent/primitives'
import type { BridgeSpec, ChainEvent, ChainSpec } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { HeaderRelay } from './header-relay.ts'
import type { SourceOutbox } from './source-outbox.ts'

const header = (number: number) => ({
  hash: `h${number}`,
  signed: { header: { number, timestamp: 12 * number, producer: 'p', justified: 0, finalized: 0 } },
})
const outbox = {
  headers: [1, 2, 3, 4].map(header),
  placeOf: (hash: string) => [1, 2, 3, 4].findIndex((number) => `h${number}` === hash),
} as unknown as SourceOutbox

const accepted = (tip: number, provableTo: number) =>
  ({ kind: 'headers-accepted', tip: `h${tip}`, provableTo }) as unknown as ChainEvent

it('headers whose block at the destination is orphaned are missing again', () => {
  const relay = new HeaderRelay(
    { finality: 'finalized' } as BridgeSpec,
    { producers: ['p'] } as unknown as ChainSpec,
    { destination: asChainId(1), outbox, orderedTo: () => 4 },
  )
  const numbers = () => relay.missing(3).map(({ header: { number } }) => number)
  relay.onEvent(accepted(2, 2))
  relay.onEvent(accepted(4, 3))
  expect([relay.tip(), relay.provable(), numbers()]).toEqual([3, 2, [4]])
  relay.onEventOrphaned(accepted(4, 3))
  expect([relay.tip(), relay.provable(), numbers()]).toEqual([1, 1, [3, 4]])
  const frozen = { kind: 'client-frozen' } as ChainEvent
  relay.onEvent(frozen)
  relay.onEventOrphaned(frozen)
  expect(relay.isFrozen).toBe(false)
})
