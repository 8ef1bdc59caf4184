import { asNodeId } from '@solvent/primitives'
import type { Fault } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { unplayedInSimulator, unplayedOnLibp2p } from './runtime-limits.ts'

const crash = (disk: 'kept' | 'unsynced-lost'): Fault => ({
  kind: 'crash',
  node: asNodeId('a'),
  disk,
  restartAfterMs: null,
})
const link = (duplicate: number): Fault => ({
  kind: 'link',
  from: [asNodeId('a')],
  to: [asNodeId('b')],
  loss: 0.5,
  duplicate,
  delayMs: 0,
  jitterMs: 0,
  durationMs: 1_000,
})

it('says once what libp2p will not do, and nothing of what it does', () => {
  const schedule = [link(0.1), link(0.2), link(0), crash('unsynced-lost'), crash('kept')]
  const lines = unplayedOnLibp2p(schedule.map((fault) => ({ atMs: 0, label: fault.kind, fault })))
  expect(lines).toEqual([
    'link: libp2p repeats nothing, because ids make repetition invisible above it',
    'crash: a killed process loses nothing that it wrote, so that the disk is kept',
  ])
})

it('says once what the simulator will not do, and nothing of what it does', () => {
  const node = asNodeId('a')
  const strangers: Fault = { kind: 'strangers', node, connections: 1, manner: 'fin', durationMs: 1_000 }
  const small: Fault = { kind: 'crash', node, disk: 'kept', restartAfterMs: 1_000, heapMegabytes: 96 }
  const schedule: Fault[] = [
    small,
    crash('kept'),
    strangers,
    strangers,
    { kind: 'eclipse', node, durationMs: 1_000 },
    link(0.1),
  ]
  const lines = unplayedInSimulator(schedule.map((fault) => ({ atMs: 0, label: fault.kind, fault })))
  expect(lines).toEqual([
    'crash: simulated nodes share one process and its heap: the node comes back with no less',
  ])
})
