// An answer that does not fit a frame, handed out part by part: the first part makes it afresh.
/** Fits a frame. */
const PART_BYTES = 32_768

export interface AnswerPart {
  readonly offset: number
  readonly total: number
  readonly bytes: Uint8Array
}

export class AnswerParts {
  readonly #make: () => Uint8Array
  #bytes: Uint8Array = new Uint8Array(0)

  constructor(make: () => Uint8Array) {
    this.#make = make
  }

  from(offset: number): AnswerPart {
    if (offset === 0) this.#bytes = this.#make()
    return { offset, total: this.#bytes.length, bytes: this.#bytes.slice(offset, offset + PART_BYTES) }
  }
}
