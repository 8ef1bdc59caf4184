// What every execution port must do with the engine behind it: call it once for each call, in order, and answer
// by message. The engine here only records, because the port is what is tested.
import { afterEach, describe, expect, it } from 'vitest'
import type { ExecutionAnswer, ExecutionEngine, ExecutionTicket } from '../execution.ts'
import type { Vocabulary } from '../vocabulary.ts'
import type { ConformanceHarness, ConformanceNetwork } from './harness.ts'
import { createProbe, type Probe } from './probe.ts'
import { until } from './until.ts'

const PATIENCE_MS = 2_000

/** Registers the execution suite for one runtime. */
export function executionConformance<V extends Vocabulary>(makeHarness: () => ConformanceHarness<V>): void {
  describe(`execution: ${makeHarness().name}`, () => {
    let network: ConformanceNetwork | null = null
    afterEach(async () => {
      await network?.stop()
      network = null
    })

    async function start() {
      const harness = makeHarness()
      const probe = createProbe<V>()
      const id = harness.nodeIds[0]
      const engines = [createRecordingEngine(harness), createRecordingEngine(harness)] as const
      network = await harness.start([{ id, create: probe.create, engines: engines.map((e) => e.engine) }])
      return { harness, network, probe, id, engines }
    }

    it('offers one execution for each engine, in their order', async () => {
      const { harness, network, probe, id, engines } = await start()
      expect(probe.ports.execution).toHaveLength(2)
      await network.act(id, () => void probe.ports.execution[1]?.submit(harness.transaction(0)))
      await until(network, PATIENCE_MS, () => answers(probe).length > 0)
      expect([engines[0].calls.length, engines[1].calls.length]).toEqual([0, 1])
    })

    it('answers an admission with the verdict and the reason of the engine', async () => {
      const { harness, network, probe, id } = await start()
      const tickets: ExecutionTicket[] = []
      await network.act(id, () => {
        for (const n of [0, 1])
          tickets.push(probe.ports.execution[0]?.submit(harness.transaction(n)) as ExecutionTicket)
        expect(answers(probe)).toEqual([])
      })
      await until(network, PATIENCE_MS, () => answers(probe).length === 2)
      expect(answerTo(probe, tickets[0])).toEqual({
        kind: 'admission',
        transaction: harness.transaction(0),
        accepted: true,
        reason: null,
      })
      expect(answerTo(probe, tickets[1])).toEqual({
        kind: 'admission',
        transaction: harness.transaction(1),
        accepted: false,
        reason: 'odd',
      })
    })

    it('answers a production with the block, or null when the engine had nothing', async () => {
      const { harness, network, probe, id, engines } = await start()
      const tickets: ExecutionTicket[] = []
      await network.act(id, () => {
        tickets.push(probe.ports.execution[0]?.produce({ number: 4, allowEmpty: false }) as ExecutionTicket)
        tickets.push(probe.ports.execution[0]?.produce({ number: 5, allowEmpty: true }) as ExecutionTicket)
      })
      await until(network, PATIENCE_MS, () => answers(probe).length === 2)
      expect(answerTo(probe, tickets[0])).toEqual({ kind: 'produced', number: 4, block: null })
      expect(answerTo(probe, tickets[1])).toEqual({ kind: 'produced', number: 5, block: harness.block(5) })
      expect(engines[0].calls).toEqual(['produce 4 false', 'produce 5 true'])
    })

    it('answers an import with the verdict of the engine', async () => {
      const { harness, network, probe, id } = await start()
      const tickets: ExecutionTicket[] = []
      await network.act(id, () =>
        tickets.push(probe.ports.execution[0]?.import(harness.block(1)) as ExecutionTicket),
      )
      await until(network, PATIENCE_MS, () => answers(probe).length === 1)
      expect(answerTo(probe, tickets[0])).toEqual({ kind: 'imported', accepted: true, reason: null })
    })

    it('gives tickets that are distinct across the engines of a node, because answers name nothing else', async () => {
      const { harness, network, probe, id } = await start()
      const tickets: ExecutionTicket[] = []
      await network.act(id, () => {
        for (const execution of probe.ports.execution) tickets.push(execution.submit(harness.transaction(0)))
      })
      await until(network, PATIENCE_MS, () => answers(probe).length === 2)
      expect(tickets).toHaveLength(2)
      expect(new Set(tickets).size).toBe(2)
      expect(answers(probe).map(({ ticket }) => ticket)).toEqual(expect.arrayContaining(tickets))
    })

    it('calls the engine once for each call, in the order of the calls, under distinct tickets', async () => {
      const { harness, network, probe, id, engines } = await start()
      const tickets: ExecutionTicket[] = []
      await network.act(id, () => {
        const execution = probe.ports.execution[0]
        if (execution === undefined) throw new Error('The runtime gave no execution port.')
        tickets.push(
          execution.submit(harness.transaction(0)),
          execution.produce({ number: 1, allowEmpty: true }),
          execution.import(harness.block(2)),
        )
      })
      await until(network, PATIENCE_MS, () => answers(probe).length === 3)
      await network.advance(200)
      expect(engines[0].calls).toEqual(['submit', 'produce 1 true', 'import'])
      expect(new Set(tickets).size).toBe(3)
      expect(answers(probe)).toHaveLength(3)
      expect(probe.reentered).toBe(false)
    })
  })
}

/** Admits even transactions, refuses odd ones, makes a block only when empty ones are wanted. */
function createRecordingEngine<V extends Vocabulary>(harness: ConformanceHarness<V>) {
  const calls: string[] = []
  let submitted = 0
  const engine: ExecutionEngine<V> = {
    submit: () => {
      calls.push('submit')
      return submitted++ % 2 === 0 ? { accepted: true, reason: null } : { accepted: false, reason: 'odd' }
    },
    produce: ({ number, allowEmpty }) => {
      calls.push(`produce ${number} ${allowEmpty}`)
      return allowEmpty ? harness.block(number) : null
    },
    import: () => {
      calls.push('import')
      return { accepted: true, reason: null }
    },
    finalize: (number) => void calls.push(`finalize ${number}`),
    hold: (above, without) => void calls.push(`hold ${above} ${without.length}`),
    follow: (tip) => void calls.push(`follow ${tip}`),
    force: (_transaction, dueAt) => void calls.push(`force ${dueAt}`),
    rewind: (number) => void calls.push(`rewind ${number}`),
  }
  return { engine, calls }
}

function answers<V extends Vocabulary>(
  probe: Probe<V>,
): { ticket: ExecutionTicket; answer: ExecutionAnswer<V> }[] {
  return probe.inbox.flatMap((m) => (m.via === 'execution' ? [{ ticket: m.ticket, answer: m.answer }] : []))
}

function answerTo<V extends Vocabulary>(
  probe: Probe<V>,
  ticket: ExecutionTicket | undefined,
): ExecutionAnswer<V> | undefined {
  return answers(probe).find((a) => a.ticket === ticket)?.answer
}
