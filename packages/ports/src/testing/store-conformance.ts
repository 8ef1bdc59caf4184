// What every store must do: answer when a write would survive, show it at once, keep it over a kill.
import type { NodeId } from '@solvent/primitives'
import { afterEach, describe, expect, it } from 'vitest'
import type { StoreTicket } from '../store.ts'
import type { Vocabulary } from '../vocabulary.ts'
import type { ConformanceHarness, ConformanceNetwork } from './harness.ts'
import { createProbe, type Probe } from './probe.ts'
import { until } from './until.ts'

const PATIENCE_MS = 2_000

/** Registers the store suite for one runtime. */
export function storeConformance<V extends Vocabulary>(makeHarness: () => ConformanceHarness<V>): void {
  describe(`store: ${makeHarness().name}`, () => {
    let network: ConformanceNetwork | null = null
    afterEach(async () => {
      await network?.stop()
      network = null
    })

    async function start() {
      const harness = makeHarness()
      const probe = createProbe<V>()
      const id = harness.nodeIds[0]
      network = await harness.start([{ id, create: probe.create, engines: [] }])
      return { network, probe, id }
    }

    /** Puts all pairs in one handler and waits until the store has answered each. */
    async function put(
      network: ConformanceNetwork,
      probe: Probe<V>,
      id: NodeId,
      pairs: readonly (readonly [string, Uint8Array])[],
    ) {
      const tickets: StoreTicket[] = []
      await network.act(id, () => {
        for (const [key, value] of pairs) tickets.push(probe.ports.store.put(key, value))
      })
      await until(network, PATIENCE_MS, () => tickets.every((ticket) => answered(probe).includes(ticket)))
      return tickets
    }

    it('answers each put once, under its own ticket, never inside the handler', async () => {
      const { network, probe, id } = await start()
      await network.act(id, () => {
        probe.ports.store.put('early', bytes(0))
        expect(probe.inbox).toEqual([])
      })
      const tickets = await put(network, probe, id, [
        ['a', bytes(1)],
        ['b', bytes(2)],
      ])
      await network.advance(200)
      expect(new Set(tickets).size).toBe(2)
      for (const ticket of tickets) expect(answered(probe).filter((t) => t === ticket)).toHaveLength(1)
      expect(answered(probe)).toHaveLength(3)
      expect(probe.reentered).toBe(false)
    })

    it('shows a put at once, also before it is answered, and the last one wins', async () => {
      const { network, probe, id } = await start()
      await network.act(id, () => {
        expect(probe.ports.store.get('k')).toBeUndefined()
        probe.ports.store.put('k', bytes(1))
        expect(probe.ports.store.get('k')).toEqual(bytes(1))
        probe.ports.store.put('k', bytes(2, 3))
        expect(probe.ports.store.get('k')).toEqual(bytes(2, 3))
      })
    })

    it('keeps bytes of its own: what the caller changes afterwards changes nothing', async () => {
      const { network, probe, id } = await start()
      await network.act(id, () => {
        const mine = bytes(7, 7)
        probe.ports.store.put('k', mine)
        mine[0] = 0
        expect(probe.ports.store.get('k')).toEqual(bytes(7, 7))
        const theirs = probe.ports.store.get('k') as Uint8Array
        theirs[1] = 0
        expect(probe.ports.store.get('k')).toEqual(bytes(7, 7))
      })
    })

    it('keeps what a function makes the bytes of as it keeps bytes', async () => {
      const { network, probe, id } = await start()
      await network.act(id, () => {
        expect(probe.ports.store.has('k')).toBe(false)
        probe.ports.store.put('k', () => bytes(5, 6))
        expect(probe.ports.store.has('k')).toBe(true)
        expect(probe.ports.store.get('k')).toEqual(bytes(5, 6))
        probe.ports.store.delete('k')
        expect(probe.ports.store.has('k')).toBe(false)
      })
    })

    it('forgets a deleted key and answers that too', async () => {
      const { network, probe, id } = await start()
      await put(network, probe, id, [['k', bytes(1)]])
      const tickets: StoreTicket[] = []
      await network.act(id, () => {
        tickets.push(probe.ports.store.delete('k'), probe.ports.store.delete('never-there'))
        expect(probe.ports.store.get('k')).toBeUndefined()
        expect(probe.ports.store.keys('')).toEqual([])
      })
      await until(network, PATIENCE_MS, () => tickets.every((ticket) => answered(probe).includes(ticket)))
      expect(answered(probe)).toEqual(expect.arrayContaining(tickets))
    })

    it('lists keys of a prefix in ascending code-unit order', async () => {
      const { network, probe, id } = await start()
      await put(
        network,
        probe,
        id,
        ['p/10', 'p/9', 'q/1', 'p/Z', 'p/a', 'p/'].map((key) => [key, bytes(1)] as const),
      )
      await network.act(id, () => {
        expect(probe.ports.store.keys('p/')).toEqual(['p/', 'p/10', 'p/9', 'p/Z', 'p/a'])
        expect(probe.ports.store.keys('none')).toEqual([])
        expect(probe.ports.store.keys('')).toHaveLength(6)
      })
    })

    it('keeps an empty value apart from no value', async () => {
      const { network, probe, id } = await start()
      await put(network, probe, id, [['empty', bytes()]])
      await network.restart(id)
      await network.act(id, () => {
        expect(probe.ports.store.get('empty')).toEqual(bytes())
        expect(probe.ports.store.get('nothing')).toBeUndefined()
      })
    })

    it('has every answered put and delete after the node was killed', async () => {
      const { network, probe, id } = await start()
      const large = new Uint8Array(40_000).fill(5)
      await put(network, probe, id, [
        ['kept', bytes(1)],
        ['kept', bytes(9)],
        ['gone', bytes(2)],
        ['large', large],
      ])
      const tickets: StoreTicket[] = []
      await network.act(id, () => tickets.push(probe.ports.store.delete('gone')))
      await until(network, PATIENCE_MS, () => answered(probe).includes(tickets[0] as StoreTicket))
      await network.restart(id)
      await network.act(id, () => {
        expect(probe.ports.store.keys('')).toEqual(['kept', 'large'])
        expect(probe.ports.store.get('kept')).toEqual(bytes(9))
        expect(probe.ports.store.get('large')).toEqual(large)
      })
      expect(probe.starts).toBe(2)
    })
  })
}

function answered<V extends Vocabulary>(probe: Probe<V>): StoreTicket[] {
  return probe.inbox.flatMap((m) => (m.via === 'store' ? [m.ticket] : []))
}

function bytes(...values: number[]): Uint8Array {
  return new Uint8Array(values)
}
