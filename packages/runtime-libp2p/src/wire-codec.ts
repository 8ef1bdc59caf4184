// Bytes on the wire, injected: the transport does not know what is said.

export interface MessageCodec<M> {
  encode(message: M): Uint8Array
  /**
   * Throws a SolventError (`E_MALFORMED`, `E_NON_CANONICAL`, `E_TOO_LARGE`, `E_FOREIGN_NETWORK`, `E_SCHEMA`), or
   * `E_UNKNOWN_TYPE` for a message of a newer node, which is nobody's fault.
   */
  decode(bytes: Uint8Array): M
}
