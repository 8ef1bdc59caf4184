// Balances in the one order in which reports and hashes list them: chain, kind, owner, token, by code units.
import type { AccountBalance } from './auditor.ts'
import type { ChainRecord } from './chain-record.ts'

/** Every balance that is not zero. */
export function sortedBalances(chains: Iterable<ChainRecord>): AccountBalance[] {
  const lines: AccountBalance[] = []
  for (const { chainId, book } of chains) {
    for (const token of book.tokens()) {
      for (const { kind, owner, balance } of token.accounts()) {
        if (balance !== 0n) lines.push({ chainId, kind, owner, token: token.token, amount: balance })
      }
    }
  }
  return lines.sort(
    (a, b) =>
      a.chainId - b.chainId ||
      compareText(a.kind, b.kind) ||
      compareText(a.owner, b.owner) ||
      compareText(a.token, b.token),
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
