// Coins that burn a part of every transfer: who moves one must count what arrives, and only transfers and locks do.
import type { Findings } from './findings.ts'
import type { Scenario } from './scenario-schema.ts'

export function checkTransferFees(scenario: Scenario, findings: Findings): void {
  for (const [symbol, { transferFeeBps }] of Object.entries(scenario.assets)) {
    if (transferFeeBps === 0) continue
    const refuse = (path: readonly (string | number)[], what: string, got: string, allowed: string): void =>
      findings.add('E_VALUE', [...path], what, { got, allowed })
    if (symbol === scenario.gasAsset)
      refuse(
        ['assets', symbol, 'transferFeeBps'],
        'the gas asset pays fees and keeps none',
        String(transferFeeBps),
        '0',
      )
    for (const [name, { custody, assets }] of Object.entries(scenario.bridges))
      if (symbol in assets && custody.kind !== 'lock-mint')
        refuse(
          ['bridges', name, 'assets', symbol],
          `${custody.kind} custody pays out what was put in, and ${symbol} arrives short`,
          custody.kind,
          'lock-mint, which counts what arrives',
        )
    for (const [name, { pairs }] of Object.entries(scenario.users))
      pairs.forEach(({ from, to }, index) => {
        if (from.asset === symbol || to.asset === symbol)
          refuse(
            ['users', name, 'pairs', index],
            `orders promise amounts, and ${symbol} arrives short`,
            symbol,
            'assets without transferFeeBps',
          )
      })
  }
}
