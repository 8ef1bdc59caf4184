// Random journal entries, receipts and blocks.
import fc from 'fast-check'
import type { Receipt } from '../../chain/block.ts'
import { accountKinds, entryCauses, type JournalEntry } from '../../chain/journal.ts'
import { revertReasons } from '../../chain/revert-reason.ts'
import { signedTransaction } from './call.ts'
import { chainEvent } from './chain-event.ts'
import { header } from './header.ts'
import { address, count, hash32, signature, text, uint256 } from './scalars.ts'

export const journalEntry: fc.Arbitrary<JournalEntry> = fc.record({
  index: count,
  cause: fc.constantFrom(...entryCauses),
  legs: fc.array(
    fc.record({
      kind: fc.constantFrom(...accountKinds),
      owner: text,
      token: address,
      amount: fc.bigInt({ min: 1n - 2n ** 255n, max: 2n ** 255n - 1n }).filter((amount) => amount !== 0n),
    }),
    { maxLength: 4 },
  ),
  rounding: fc.array(
    fc.record({
      token: address,
      direction: fc.constantFrom('floor' as const, 'up' as const),
      residue: uint256,
      divisor: uint256,
    }),
    { maxLength: 2 },
  ),
})

export const receipt: fc.Arbitrary<Receipt> = fc.record({
  transactionHash: hash32,
  status: fc.constantFrom('ok' as const, 'reverted' as const),
  reason: fc.option(fc.constantFrom(...revertReasons)),
  gasUsed: count,
  entries: fc.array(journalEntry, { maxLength: 3 }),
  events: fc.array(chainEvent, { maxLength: 3 }),
})

export const block = fc.record({
  header,
  signature,
  hash: hash32,
  transactions: fc.array(signedTransaction, { maxLength: 2 }),
  receipts: fc.array(receipt, { maxLength: 2 }),
})
