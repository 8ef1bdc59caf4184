// Shown values, L-9: what a report says that an account holds is worth is recomputed from the audit's own balances and
// the report's own marks. Values are in the numeraire times 10^8, each line rounded down.
import { divFloor } from '@solvent/primitives'
import type { ShownValue } from './auditor.ts'
import type { NetworkIndex } from './chain-record.ts'
import type { Tally } from './tally.ts'

export function checkShownValue(tally: Tally, index: NetworkIndex, shown: ShownValue, atMs: number): void {
  tally.checked['L-9']++
  let valueE8 = 0n
  for (const { chainId, token, decimals, priceE8, keepNumerator, keepDenominator } of shown.marks) {
    const book = index.chains.get(chainId)?.book.token(token)
    if (book === undefined) continue
    const held = book.balance('USER', shown.owner) + book.balance('SOLVER', shown.owner)
    valueE8 += divFloor(held * priceE8 * keepNumerator, 10n ** BigInt(decimals) * keepDenominator)
  }
  if (valueE8 === shown.valueE8) return
  tally.breach(
    'L-9',
    atMs,
    null,
    `the holdings of ${shown.owner} are shown as ${shown.valueE8}, the journal makes them ${valueE8} (E8)`,
  )
}
