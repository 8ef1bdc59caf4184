// What models of contagion came to, looked at by the audit's own code before anybody is told (C-7).
import {
  type AuditedCascade,
  type AuditedClaim,
  type AuditedClearing,
  cascadeBreaches,
  clearingBreaches,
} from '@solvent/audit'
import type { SparseMatrix } from '@solvent/contagion'
import { SolventError } from '@solvent/primitives'

/** Above this many claims a list of them all would cost more than the model. */
const MOST_CLAIMS = 1_000_000

/** @throws SolventError E_INVARIANT */
export function auditedCascade<T extends Pick<AuditedCascade, 'defaultRound' | 'rounds' | 'finalLoss'>>(
  claims: SparseMatrix,
  about: Pick<AuditedCascade, 'buffers' | 'lossGivenDefault'>,
  outcome: T,
): T {
  if (claims.amounts.length <= MOST_CLAIMS)
    refuse(cascadeBreaches({ n: claims.rows, claims: claimsIn(claims, 'by-creditor'), ...about, ...outcome }))
  return outcome
}

/** @param liabilities by debtor. @throws SolventError E_INVARIANT */
export function auditClearing(
  liabilities: SparseMatrix,
  clearing: Omit<AuditedClearing, 'n' | 'claims'>,
): void {
  if (liabilities.amounts.length <= MOST_CLAIMS)
    refuse(clearingBreaches({ n: liabilities.rows, claims: claimsIn(liabilities, 'by-debtor'), ...clearing }))
}

function claimsIn(matrix: SparseMatrix, rows: 'by-creditor' | 'by-debtor'): AuditedClaim[] {
  const claims: AuditedClaim[] = []
  for (let row = 0; row < matrix.rows; row++)
    for (let at = matrix.offsets[row]!; at < matrix.offsets[row + 1]!; at++) {
      const [column, amount] = [matrix.columnOf[at]!, matrix.amounts[at]!]
      claims.push(
        rows === 'by-creditor'
          ? { creditor: row, debtor: column, amount }
          : { creditor: column, debtor: row, amount },
      )
    }
  return claims
}

function refuse(breaches: readonly string[]): void {
  if (breaches.length === 0) return
  throw new SolventError({
    code: 'E_INVARIANT',
    message: 'The outcome breaks C-7.',
    details: { breach: breaches[0], breaches: breaches.length },
  })
}
