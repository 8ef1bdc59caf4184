/** What a private report is about: one line of a balance sheet. Amounts are exact, in 10⁻⁸ of the unit of account. */
import { SolventError } from '@solvent/primitives'
import { type ExposureLayer, LAYERS } from '../exposure/exposure-network.ts'

/** The layers of claims, and what is no claim within the network. */
export type ReportLayer = ExposureLayer | 'outside'
export const REPORT_LAYERS: readonly ReportLayer[] = [...LAYERS, 'outside']

export const SIDES = ['owns', 'owes'] as const
export type ReportSide = (typeof SIDES)[number]

export interface Position {
  readonly side: ReportSide
  /** Who owes it, or is owed it; for assets and debts outside the network what they are. */
  readonly counterparty: string
  readonly layer: ReportLayer
  /** 0 to {@link MAX_AMOUNT_E8}. */
  readonly amountE8: bigint
}

/** The most of a position and of a sum: 2^127 − 1. */
export const MAX_AMOUNT_E8 = 2n ** 127n - 1n

/** @throws SolventError E_REPORT for an amount that is negative or too large */
export function checkedAmount(amountE8: bigint, at: string): bigint {
  if (amountE8 < 0n || amountE8 > MAX_AMOUNT_E8)
    throw new SolventError({
      code: 'E_REPORT',
      message:
        amountE8 < 0n
          ? 'A report has a negative amount: it would hide as much of what stands beside it.'
          : 'A report has an amount, or a sum, that is too large.',
      details: { at, got: String(amountE8), least: '0', most: String(MAX_AMOUNT_E8) },
    })
  return amountE8
}
