import { describe, expect, it } from 'vitest'
import { type AnsweredOrder, answerOf, type RecordedStep } from './order-answer.ts'

const ORDER: AnsweredOrder = {
  end: 'expired',
  winner: null,
  bids: 0,
  receivable: null,
  isStolen: false,
  bridge: 'hub',
  originChain: 'linea',
  signedMs: 1_000,
  awardedMs: 4_000,
  filledMs: null,
  claimedMs: null,
}
const step = (node: string, kind: string, reason: string | null = null): RecordedStep => ({
  node,
  kind,
  reason,
})
const answer = (order: Partial<AnsweredOrder>, ...steps: readonly RecordedStep[]) =>
  answerOf({ ...ORDER, ...order }, steps, 'when the run ended')

describe('why an order was not filled', () => {
  it('is said of one that nobody wanted: by reason, the most frequent first', () => {
    const steps = [
      step('b', 'bid-declined', 'no-price'),
      step('c', 'bid-declined', 'no-inventory'),
      step('a', 'bid-declined', 'no-inventory'),
    ]
    expect(answer({}, ...steps)).toBe(
      'It was not filled: nobody bid; solvers declined: 2 because of no-inventory (a, c); 1 because of no-price (b).',
    )
    expect(answer({ end: 'pending' })).toBe('It is not filled: nobody bid; no solver said why.')
  })

  it('is said of one that was refused, cancelled, or over before its auction', () => {
    expect(answer({ awardedMs: null }, step('auctioneer-1', 'order-refused', 'unfunded'))).toBe(
      'It was not filled: its time was over before an auction had closed; refused by auctioneer-1 (unfunded); no solver said why.',
    )
    expect(answer({ end: 'cancelled', awardedMs: null })).toContain(
      'its user cancelled it before anyone had won it',
    )
    expect(answer({ end: 'pending', awardedMs: null })).toContain('no auction had closed when the run ended')
  })

  const won = { winner: 'atlas', bids: 3 }
  const freed = step('atlas', 'inventory-released', 'failed')
  it.each([
    ['refunded', 'did not deliver in time: its transaction failed; the user got the money back'],
    ['expired', 'did not deliver in time: its transaction failed; nothing had been taken from the user'],
    ['rejected', 'never opened its escrow: its transaction failed'],
    ['cancelled', 'had not delivered when its user cancelled it: its transaction failed'],
    ['pending', 'had not delivered when the run ended: its transaction failed'],
  ])('is said of one that its winner let down and that is %s', (end, what) => {
    expect(answer({ ...won, end }, freed)).toBe(
      `It ${end === 'pending' ? 'is' : 'was'} not filled: atlas won it among 3 bids and ${what}.`,
    )
  })

  it('knows that the auctioneer saw the winner fade, and not what others freed', () => {
    const told = answer(
      { ...won, end: 'refunded' },
      step('borealis', 'inventory-released', 'lost'),
      step('x', 'award-faded'),
    )
    expect(told).toContain(
      'did not deliver in time; the auctioneer saw it let its exclusive time pass; the user',
    )
  })
})

describe('an order that was filled', () => {
  const filled = { winner: 'atlas', bids: 3, filledMs: 6_500 }
  it.each([
    [
      { end: 'settled', claimedMs: 8_500 },
      'atlas filled it 5.5 s after it was signed, and was paid 2.0 s after that.',
    ],
    [
      { end: 'pending', receivable: 'attested' },
      'atlas filled it 5.5 s after it was signed; its claim when the run ended: attested.',
    ],
    [
      { end: 'refunded', receivable: 'stranded' },
      'atlas filled it 5.5 s after it was signed, but no proof of hub reached linea in time; the user was refunded, and the solver bears the loss.',
    ],
    [{ isStolen: true }, 'A false proof took its escrow: atlas had filled it and was not paid.'],
  ])('with %o', (order, what) => {
    expect(answer({ ...filled, ...order })).toBe(what)
  })
})
