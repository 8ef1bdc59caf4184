// The places for connections that others make to this node: attackers may have taken them all, and hold on to them.

export class InboundPlaces {
  #takers = 0

  get areTaken(): boolean {
    return this.#takers > 0
  }

  /** Until the returned function is called. */
  take(): () => void {
    this.#takers++
    let isOver = false
    return () => {
      if (!isOver) this.#takers--
      isOver = true
    }
  }
}
