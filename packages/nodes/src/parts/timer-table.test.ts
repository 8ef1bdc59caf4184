import type { TimerId } from '@solvent/ports'
import { createLoopback, createProbe } from '@solvent/ports/testing'
import { asNodeId } from '@solvent/primitives'
import type { SolventVocabulary } from '@solvent/protocol'
import { describe, expect, it } from 'vitest'
import { signerOf } from '../testing/running-network.ts'
import { createTimerTable, type TimerTable } from './timer-table.ts'

function setUp() {
  const taken: (string | undefined)[] = []
  let table: TimerTable<string> | null = null
  const node = asNodeId('atlas')
  const network = createLoopback<SolventVocabulary>({ seed: 'timers', startMs: 0, signer: signerOf })
  const probe = createProbe<SolventVocabulary>({
    onStart: (ports) => {
      table = createTimerTable<string>(ports.timers)
    },
    onTimer: (timer) => void taken.push(table?.take(timer)),
  })
  network.add(node, probe.create)
  network.start()
  return { network, taken, table: table as unknown as TimerTable<string>, probe }
}

describe('a timer table', () => {
  it('tells what each timer was for, once', () => {
    const { network, taken, table } = setUp()
    const second = table.set(20, 'second')
    table.setAt(10, 'first')
    expect(table.size()).toBe(2)
    network.advance(30)
    expect(taken).toEqual(['first', 'second'])
    expect(table.take(second)).toBeUndefined()
    expect(table.size()).toBe(0)
  })

  it('cancels, and knows nothing of timers that others set', () => {
    const { network, taken, table, probe } = setUp()
    table.cancel(table.set(5, 'cancelled'))
    table.cancel(null)
    table.cancel(99_999 as TimerId)
    probe.ports.timers.set(6)
    network.advance(10)
    expect(taken).toEqual([undefined])
  })
})
