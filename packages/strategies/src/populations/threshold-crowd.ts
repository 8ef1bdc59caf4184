// A crowd whose members leave when what they see is too much for them: the threshold model of Granovetter ("Threshold models of
// collective behavior", American J. Sociology 83, 1978), with news beside what the others do. Who has left is seen by amount, not by
// heads: on a chain one sees money go. Who has left may come back when the pressure is far enough below what drove him out. Members are held in order
// of threshold, so that a step costs what it moves.

export interface CrowdMember {
  /** The least pressure at which the member leaves. */
  readonly threshold: number
  /** Base units. */
  readonly amount: bigint
}

/** Members that leave together. */
export interface Departure {
  readonly members: number
  readonly amount: bigint
}

const NOBODY: Departure = { members: 0, amount: 0n }

export class ThresholdCrowd {
  readonly #members: readonly CrowdMember[]
  readonly #herding: number
  readonly #total: number
  #gone = 0
  #amountGone = 0n

  /** @param herding pressure when all others have left; 0: nobody looks at the others */
  constructor(members: readonly CrowdMember[], herding: number) {
    this.#members = [...members].sort((a, b) => a.threshold - b.threshold)
    this.#herding = herding
    this.#total = Number(members.reduce((sum, { amount }) => sum + amount, 0n))
  }

  /** Pressure on whoever is left: the news, and the share that has gone. */
  pressure(news: number): number {
    return news + this.#herding * this.shareGone
  }

  /** One generation: whoever cannot bear the pressure leaves; the others see that the next time. */
  leave(news: number): Departure {
    const pressure = this.pressure(news)
    const before = this.#amountGone
    const first = this.#gone
    for (
      let next = this.#members[this.#gone];
      next !== undefined && next.threshold <= pressure;
      next = this.#members[this.#gone]
    ) {
      this.#gone += 1
      this.#amountGone += next.amount
    }
    return this.#gone === first ? NOBODY : { members: this.#gone - first, amount: this.#amountGone - before }
  }

  /**
   * One generation of those who have left comes back: whom the pressure would not have driven out by far. Who left last, and bears most, comes first.
   *
   * @param below of its threshold, that the pressure has to be under for a member
   */
  comeBack(news: number, below: number): Departure {
    const pressure = this.pressure(news)
    const before = this.#amountGone
    const first = this.#gone
    for (
      let last = this.#members[this.#gone - 1];
      last !== undefined && pressure < below * last.threshold;
      last = this.#members[this.#gone - 1]
    ) {
      this.#gone -= 1
      this.#amountGone -= last.amount
    }
    return this.#gone === first ? NOBODY : { members: first - this.#gone, amount: before - this.#amountGone }
  }

  /** Whether anybody would come back now. */
  isCalm(news: number, below: number): boolean {
    const last = this.#members[this.#gone - 1]
    return last !== undefined && this.pressure(news) < below * last.threshold
  }

  /** So much is known to have gone (somebody who comes back to the chain reads it there): whoever goes first made it up. */
  assumeGone(amount: bigint): void {
    for (
      let next = this.#members[this.#gone];
      next !== undefined && this.#amountGone < amount;
      next = this.#members[this.#gone]
    ) {
      this.#gone += 1
      this.#amountGone += next.amount
    }
  }

  get amountGone(): bigint {
    return this.#amountGone
  }

  get shareGone(): number {
    return this.#total === 0 ? 0 : Number(this.#amountGone) / this.#total
  }

  get gone(): number {
    return this.#gone
  }

  get left(): number {
    return this.#members.length - this.#gone
  }
}
