/**
 * How well a score tells positives from negatives: area under the receiver operating characteristic, ties one half.
 *
 * Source: J. A. Hanley, B. J. McNeil, "The meaning and use of the area under a receiver operating characteristic
 * curve", Radiology 143, 1982, 29-36, for the area and its standard error; W. J. Youden, Cancer 3, 1950, for J.
 */

export interface RocPoint {
  readonly threshold: number
  readonly fpr: number
  readonly tpr: number
}

export interface Roc {
  readonly auc: number
  readonly hanley_mcneil_se: number
  /** The greatest share of positives found at a false positive rate of at most 5 % (10 %). */
  readonly tpr_at_fpr_05: number
  readonly tpr_at_fpr_10: number
  readonly youden_threshold: number
  readonly youden_j: number
  readonly trapezoid_auc: number
  /** At each distinct threshold, from the highest down: flagged when score ≥ threshold. */
  readonly points: readonly RocPoint[]
}

/**
 * Higher scores are more suspicious; labels 1 positive, 0 negative. Null without both kinds.
 *
 * @example rocOf([3, 2, 1], [1, 0, 0])?.auc // 1
 */
export function rocOf(scores: readonly number[], labels: readonly number[]): Roc | null {
  const positives = labels.filter((label) => label === 1).length
  const negatives = labels.length - positives
  if (positives === 0 || negatives === 0) return null
  const order = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]!)
  const points: RocPoint[] = []
  let [found, falsely, trapezoid, pairs] = [0, 0, 0, 0]
  for (let from = 0; from < order.length; ) {
    const threshold = scores[order[from]!]!
    let [here, hereFalsely] = [0, 0]
    while (from < order.length && scores[order[from]!] === threshold) {
      if (labels[order[from]!] === 1) here++
      else hereFalsely++
      from++
    }
    pairs += hereFalsely * (found + here / 2)
    trapezoid += (hereFalsely / negatives) * ((2 * found + here) / positives / 2)
    found += here
    falsely += hereFalsely
    points.push({ threshold, fpr: falsely / negatives, tpr: found / positives })
  }
  const auc = pairs / (positives * negatives)
  const best = points.reduce((top, point) => (point.tpr - point.fpr > top.tpr - top.fpr ? point : top))
  return {
    auc,
    hanley_mcneil_se: hanleyMcNeil(auc, positives, negatives),
    tpr_at_fpr_05: truePositives(points, 0.05),
    tpr_at_fpr_10: truePositives(points, 0.1),
    youden_threshold: best.threshold,
    youden_j: best.tpr - best.fpr,
    trapezoid_auc: trapezoid,
    points,
  }
}

/** The share of positives found at a false positive rate of at most `rate`. */
function truePositives(points: readonly RocPoint[], rate: number): number {
  return points.reduce((most, { fpr, tpr }) => (fpr <= rate ? Math.max(most, tpr) : most), 0)
}

function hanleyMcNeil(auc: number, positives: number, negatives: number): number {
  const q1 = auc / (2 - auc)
  const q2 = (2 * auc * auc) / (1 + auc)
  const square = auc * auc
  return Math.sqrt(
    (auc * (1 - auc) + (positives - 1) * (q1 - square) + (negatives - 1) * (q2 - square)) /
      (positives * negatives),
  )
}
