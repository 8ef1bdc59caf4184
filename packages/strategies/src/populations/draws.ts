// What a population draws from: the part of a runtime's random stream that it uses.

export interface Draws {
  /** Uniform on [0, 1). */
  uniform(): number
  normal(mean: number, standardDeviation: number): number
  /** A shuffled copy. */
  shuffle<T>(items: readonly T[]): T[]
}
