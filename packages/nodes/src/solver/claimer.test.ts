// A claim and its proof around a re-org: whichever order the branch that is followed puts them in, the escrow is paid once.
import { asAddress, asChainId } from '@solvent/primitives'
import type { Receipt } from '@solvent/protocol'
import { expect, it } from 'vitest'
import type { SendOptions, SendOutcome } from '../parts/transaction-sender.ts'
import { Claimer } from './claimer.ts'
import type { Engagement } from './engagement.ts'
import type { EngagementDesk } from './engagement-desk.ts'
import type { SolverBooks } from './solver-books.ts'

const self = asAddress(`0x${'5'.repeat(40)}`)
const orderId = `0x${'1'.repeat(64)}` as Engagement['orderId']
const engagement = { orderId, signed: { order: { originChainId: asChainId(1) } } } as unknown as Engagement
const proven = { kind: 'fill-proven', orderId, payee: self, outputAmount: 1n, filledAt: 1 } as const
const reverted = { status: 'reverted', reason: 'not-proven' } as Receipt

/** The claimer, the refs that it sent, and what became of them: `pending` until a test says otherwise. */
function claims() {
  const outcomes = new Map<string, SendOutcome>()
  const books = {
    self,
    receivables: { advance: () => true },
    ports: { log: { text: () => {} } },
    send: ({ ref }: SendOptions): SendOutcome => {
      if (!outcomes.has(ref)) outcomes.set(ref, 'pending')
      return outcomes.get(ref)!
    },
  } as unknown as SolverBooks
  const desk = { find: () => engagement, moved: () => {}, end: () => {} } as unknown as EngagementDesk
  const claimer = new Claimer(books, desk)
  return {
    refs: () => [...outcomes.keys()],
    prove: () => claimer.onEvent(engagement, proven, 1),
    unprove: () => claimer.onUnproven(orderId),
    revert: (ref: string) => {
      outcomes.set(ref, 'reverted')
      claimer.onIncluded(orderId, reverted)
    },
  }
}

it('claims once however often the proof is read', () => {
  const { refs, prove } = claims()
  prove()
  prove()
  expect(refs()).toEqual([`claim/${orderId}`])
})

it('claims again after a claim that stood before its proof in the block of both', () => {
  const { refs, prove, revert } = claims()
  prove()
  revert(`claim/${orderId}`)
  expect(refs()).toEqual([`claim/${orderId}`, `claim/${orderId}/1`])
})

it('waits for the proof where it is still to come, and then claims again', () => {
  const { refs, prove, unprove, revert } = claims()
  prove()
  unprove()
  revert(`claim/${orderId}`)
  expect(refs()).toEqual([`claim/${orderId}`])
  prove()
  expect(refs()).toEqual([`claim/${orderId}`, `claim/${orderId}/1`])
})

it('gives up after eight', () => {
  const { refs, prove, revert } = claims()
  prove()
  for (let round = 0; round < 20; round++) revert(refs().at(-1)!)
  expect(refs()).toHaveLength(8)
})
