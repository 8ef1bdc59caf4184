import { asNodeId } from '@solvent/primitives'
import type { Fault } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { unplayedOnLibp2p } from './runtime-limits.ts'

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
