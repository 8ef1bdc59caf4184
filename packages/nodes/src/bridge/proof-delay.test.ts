// A verifier in league with a ring, alone: whose proofs it keeps, and for how long.
import type { TimerId } from '@solvent/ports'
import { hashCanonical } from '@solvent/primitives'
import type { BridgeMessage } from '@solvent/protocol'
import { expect, it } from 'vitest'
import { address, L1, ROLLUP, settlerRollup, tokens, weakBridge } from '../testing/small-network.ts'
import { createProofDelay } from './proof-delay.ts'

const RIVAL = address('atlas')

const proofFor = (payee: typeof RIVAL, sequence = 0): BridgeMessage => ({
  bridge: weakBridge,
  srcChainId: ROLLUP,
  emitter: settlerRollup,
  sequence,
  dstChainId: L1,
  payload: {
    kind: 'fill-proof',
    orderId: hashCanonical(['order', sequence]) as never,
    payee,
    outputToken: tokens.usdcRollup,
    outputAmount: 1n,
    recipient: address('user-1'),
    filledAt: 0,
  },
})

function setUp() {
  const clock = { now: 1_000 }
  const set: number[] = []
  const setAt = (ms: number): TimerId => set.push(ms) as TimerId
  const delay = createProofDelay({ delayMs: 60_000, rivals: [RIVAL] }, {
    clock: { nowMs: () => clock.now },
    timers: { set: setAt, setAt, cancel() {} },
    meter: { count() {}, gauge() {} },
  } as Parameters<typeof createProofDelay>[1])
  return { clock, delay, set }
}

it('keeps the proof of a rival’s fill from the first time that it could sign it, and not longer', () => {
  const { clock, delay, set } = setUp()
  expect(delay.keeps(proofFor(RIVAL))).toBe(true)
  clock.now = 60_999
  expect(delay.keeps(proofFor(RIVAL))).toBe(true)
  clock.now = 61_000
  expect(delay.keeps(proofFor(RIVAL))).toBe(false)
  expect(delay.keeps(proofFor(RIVAL, 1))).toBe(true)
  expect(set).toEqual([61_000, 121_000])
  expect(delay.onTimer(1 as TimerId)).toBe(true)
  expect(delay.onTimer(1 as TimerId)).toBe(false)
})

it('keeps nothing else: not the ring’s own, and no transfer of a rival', () => {
  const { delay, set } = setUp()
  const transfer = { kind: 'transfer', token: tokens.usdcL1, amount: 1n, recipient: RIVAL } as const
  expect(delay.keeps(proofFor(address('borealis')))).toBe(false)
  expect(delay.keeps({ ...proofFor(RIVAL), payload: transfer })).toBe(false)
  expect(set).toEqual([])
})
