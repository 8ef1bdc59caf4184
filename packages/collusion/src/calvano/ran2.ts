// RAN2 of Numerical Recipes in Fortran (Press et al., 2nd ed. 1992, §7.1): two generators of L'Ecuyer with a
// Bays–Durham shuffle. Here only to draw what the authors' program drew; other code uses named streams.

const M1 = 2147483563
const A1 = 40014
const Q1 = 53668
const R1 = 12211
const M2 = 2147483399
const A2 = 40692
const Q2 = 52774
const R2 = 3791
const TABLE = 32
const DIVISOR = 1 + Math.floor((M1 - 1) / TABLE)
const SCALE = 1 / M1
const LARGEST = 1 - 1.2e-7
const WARM_UP = 8

/** Numbers from 0 to 1, both excluded. */
export class Ran2 {
  readonly #table = new Int32Array(TABLE)
  #first: number
  #second: number
  #last: number

  /** @param seed a whole number from 1 to 2147483562: minus the `idum` of the book */
  constructor(seed: number) {
    this.#first = seed | 0
    this.#second = seed | 0
    for (let j = TABLE + WARM_UP - 1; j >= 0; j--) {
      this.#first = schrage(this.#first, M1, A1, Q1, R1)
      if (j < TABLE) this.#table[j] = this.#first
    }
    this.#last = this.#table[0] as number
  }

  next(): number {
    this.#first = schrage(this.#first, M1, A1, Q1, R1)
    this.#second = schrage(this.#second, M2, A2, Q2, R2)
    const j = (this.#last / DIVISOR) | 0
    let last = ((this.#table[j] as number) - this.#second) | 0
    this.#table[j] = this.#first
    if (last < 1) last = (last + (M1 - 1)) | 0
    this.#last = last
    const number = SCALE * last
    return number < LARGEST ? number : LARGEST
  }
}

/** a · x mod m without leaving 32 bits (Schrage 1979): m = a q + r. */
function schrage(x: number, m: number, a: number, q: number, r: number): number {
  const k = (x / q) | 0
  const product = (Math.imul(a, (x - Math.imul(k, q)) | 0) - Math.imul(k, r)) | 0
  return product < 0 ? (product + m) | 0 : product
}
