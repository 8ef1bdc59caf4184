// One handler at a time: everything that reaches a node is a task in its mailbox, run to completion in a later
// turn of the event loop. A task that throws is a bug of the node and closes the mailbox.

/** Tasks run before the loop is given back to input and output. */
const TASKS_PER_TURN = 64

export class Mailbox {
  readonly #onFatal: (error: unknown) => void
  #tasks: (() => void)[] = []
  #next = 0
  #scheduled = false
  #closed = false

  constructor(onFatal: (error: unknown) => void) {
    this.#onFatal = onFatal
  }

  get length(): number {
    return this.#tasks.length - this.#next
  }

  /** Queues a task; after `close` it is dropped. Never runs it at once. */
  post(task: () => void): void {
    if (this.#closed) return
    this.#tasks.push(task)
    this.#schedule()
  }

  /** As `post`, for callers that want to know when it has run. */
  run<T>(task: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#closed) reject(new Error('The mailbox is closed.'))
      this.post(() => {
        try {
          resolve(task())
        } catch (error) {
          reject(error)
          throw error
        }
      })
    })
  }

  /** No task runs after this. */
  close(): void {
    this.#closed = true
    this.#tasks = []
    this.#next = 0
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    setImmediate(() => this.#drain())
  }

  #drain(): void {
    this.#scheduled = false
    for (let n = 0; n < TASKS_PER_TURN && this.#next < this.#tasks.length; n++) {
      const task = this.#tasks[this.#next] as () => void
      this.#next++
      try {
        task()
      } catch (error) {
        this.close()
        this.#onFatal(error)
        return
      }
    }
    if (this.#next === this.#tasks.length) {
      this.#tasks = []
      this.#next = 0
    } else {
      this.#schedule()
    }
  }
}
