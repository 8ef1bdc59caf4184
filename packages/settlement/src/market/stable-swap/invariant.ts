// The StableSwap invariant in exact integers: D and one balance by Newton's iteration, every step rounded down. Source:
// curve-contract, SwapTemplateBase.vy (_get_D, _get_y, _get_y_D). `amplification` is what the contract stores, A·n^(n−1)
// times 100: a contract's A of 50 for two coins is 5,000n here and 25 in the formula of the paper.

/** The iterations that contracts allow; where they do not settle, the contract reverts. */
const MAX_ROUNDS = 255
/** The contracts' A_PRECISION. */
export const AMPLIFICATION_PRECISION = 100n

/** D of balances in common units; 0 for an empty pool, null when a balance is 0 or the iteration does not settle. */
export function invariantFloor(balances: readonly bigint[], amplification: bigint): bigint | null {
  const n = BigInt(balances.length)
  const sum = balances.reduce((total, balance) => total + balance, 0n)
  if (sum === 0n) return 0n
  if (balances.includes(0n)) return null
  const ann = amplification * n
  const annSum = (ann * sum) / AMPLIFICATION_PRECISION
  let d = sum
  for (let round = 0; round < MAX_ROUNDS; round++) {
    let product = d
    for (const balance of balances) product = (product * d) / (balance * n)
    const next =
      ((annSum + product * n) * d) /
      (((ann - AMPLIFICATION_PRECISION) * d) / AMPLIFICATION_PRECISION + (n + 1n) * product)
    if (isSettled(next, d)) return next
    d = next
  }
  return null
}

/** The balance of coin `at` that gives D, the others as they are; null when the iteration does not settle. */
export function balanceFloor(
  balances: readonly bigint[],
  at: number,
  amplification: bigint,
  d: bigint,
): bigint | null {
  const n = BigInt(balances.length)
  const ann = amplification * n
  let sum = 0n
  let c = d
  for (let i = 0; i < balances.length; i++) {
    if (i === at) continue
    const balance = balances[i] as bigint
    if (balance === 0n) return null
    sum += balance
    c = (c * d) / (balance * n)
  }
  c = (c * d * AMPLIFICATION_PRECISION) / (ann * n)
  const b = sum + (d * AMPLIFICATION_PRECISION) / ann
  let y = d
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const divisor = 2n * y + b - d
    if (divisor <= 0n) return null
    const next = (y * y + c) / divisor
    if (isSettled(next, y)) return next
    y = next
  }
  return null
}

function isSettled(next: bigint, previous: bigint): boolean {
  const change = next - previous
  return change <= 1n && change >= -1n
}
