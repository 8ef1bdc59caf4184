// Conditions that somebody waits for, looked at again whenever something has changed.

export class WakeUps {
  readonly #checks = new Set<() => void>()

  /** Something has changed. */
  wake(): void {
    for (const check of [...this.#checks]) check()
  }

  /** Calls back at every change until the returned function is called. */
  onWake(listener: () => void): () => void {
    this.#checks.add(listener)
    return () => this.#checks.delete(listener)
  }

  /** True when the condition came to hold in time. */
  until(timeoutMs: number, holds: () => boolean): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = Number.isFinite(timeoutMs) ? setTimeout(() => finish(false), timeoutMs) : undefined
      const finish = (result: boolean) => {
        clearTimeout(timer)
        this.#checks.delete(check)
        resolve(result)
      }
      const check = () => {
        if (holds()) finish(true)
      }
      this.#checks.add(check)
      check()
    })
  }
}
