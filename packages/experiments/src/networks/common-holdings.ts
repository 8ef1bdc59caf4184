// Balance sheets with common assets, which fire sales need.
import type { BalanceSheets } from '@solvent/contagion'
import { networkError } from './network-error.ts'
import type { NetworkSource } from './network-file.ts'
import { sheetsOf } from './network-sheets.ts'

/** @throws SolventError E_NETWORK when nobody holds common assets */
export function withHoldings(source: NetworkSource): BalanceSheets {
  const sheets = sheetsOf(source)
  if (sheets.assetIds.length === 0)
    throw networkError(
      source.file,
      ['assets, holdings: fire sales need common assets and who holds them'],
      'An exposure network lists them under assets and holdings.',
    )
  return sheets
}

/** What a node holds of all common assets. */
export const held = ({ holdings }: BalanceSheets, node: number) =>
  holdings[node]!.reduce((sum, value) => sum + value, 0)
