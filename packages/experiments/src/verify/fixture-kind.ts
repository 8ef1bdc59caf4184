// How one kind of worked cases is read and computed: the inputs apart from what should come out.

/** A number agrees when |got − want| ≤ absolute + relative · |want|; zeros mean equal. */
export interface Tolerance {
  readonly relative: number
  readonly absolute: number
}

/** For files of integers and of round numbers. */
export const EXACT: Tolerance = { relative: 0, absolute: 0 }

/** Cases of some seconds only, or those too that take minutes. */
export type VerificationSize = 'quick' | 'long'

/** One case of a file, split into what is computed from and what should come out. */
export interface FixtureCase<Input> {
  readonly name: string
  readonly input: Input
  readonly want: unknown
  readonly tolerance: Tolerance
  /** Left out of a quick verification. */
  readonly isLong?: boolean
}

/** How the cases of one kind of file are split and computed. */
export interface FixtureKind<Input> {
  readonly kind: string
  /** Takes the expected parts out of the inputs. */
  split(content: Record<string, unknown>): FixtureCase<Input>[]
  /** Sees a copy of one input and nothing else of the file. What it gives may be a promise. */
  compute(input: Input, size: VerificationSize): unknown
}
