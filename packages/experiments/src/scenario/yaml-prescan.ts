// What is measured of a scenario file before anything composes it: encoding and nesting.
import { Lexer, LineCounter, Parser } from 'yaml'
import { type ScenarioProblemCode, scenarioError } from './scenario-error.ts'
import { pathText } from './yaml-place.ts'

export const MOST_BYTES = 1_048_576
export const MOST_DEPTH = 64
export const MOST_NODES = 50_000
const LINE_FEED = 0x0a

/** UTF-8 text without NUL. @throws SolventError E_SCENARIO */
export function checkedText(file: string, bytes: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    failAtByte(file, bytes, firstForeignByte(bytes), 'the file is not UTF-8')
  }
  const nul = bytes.indexOf(0)
  if (nul >= 0) failAtByte(file, bytes, nul, 'the file holds a NUL character')
  return text
}

/** Replacement characters encode to other bytes than those that they stand for. */
function firstForeignByte(bytes: Uint8Array): number {
  const again = new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  return bytes.findIndex((byte, index) => byte !== again[index])
}

function failAtByte(file: string, bytes: Uint8Array, offset: number, problem: string): never {
  const before = bytes.subarray(0, offset)
  throw scenarioError(file, [
    {
      code: 'E_ENCODING',
      line: before.reduce((count, byte) => (byte === LINE_FEED ? count + 1 : count), 1),
      column: offset - before.lastIndexOf(LINE_FEED),
      path: '',
      problem,
      got: `byte 0x${bytes[offset]!.toString(16).padStart(2, '0')}`,
      allowed: 'UTF-8 text without NUL',
    },
  ])
}

/** The concrete-syntax parser keeps an explicit stack, so its height measures nesting without recursion. */
export function checkDepth(file: string, text: string): void {
  const lines = new LineCounter()
  lines.addNewLine(0)
  const parser = new Parser(lines.addNewLine)
  let offset = 0
  // Each level of the tree takes at most two stack entries (a collection and its document or item).
  const allowed = 2 * MOST_DEPTH + 4
  for (const lexeme of new Lexer().lex(text)) {
    for (const _ of parser.next(lexeme)) {
      // Documents are composed later; here only the stack matters.
    }
    const height = stackOf(parser).length
    offset += lexeme.length
    if (height > allowed) {
      const at = lines.linePos(Math.min(offset, text.length))
      throw scenarioError(file, [
        {
          code: 'E_DEPTH',
          line: at.line,
          column: at.col,
          path: pathText(openPath(parser)),
          problem: 'the document is nested too deeply',
          got: `more than ${MOST_DEPTH} levels`,
          allowed: `at most ${MOST_DEPTH} levels`,
        },
      ])
    }
  }
}

interface OpenToken {
  readonly type: string
  readonly start?: { readonly source: string }
  readonly items?: readonly { readonly key?: { readonly source?: string } | null }[]
}

/** The parser does not offer its stack; its height and its collections are what is read of it. */
function stackOf(parser: Parser): readonly OpenToken[] {
  return (parser as unknown as { stack: readonly OpenToken[] }).stack
}

/** The path of the innermost collection that the parser has open. */
function openPath(parser: Parser): (string | number)[] {
  return stackOf(parser).flatMap(({ type, start, items }): (string | number)[] => {
    const last = items?.at(-1)
    if (items === undefined || last === undefined) return []
    if (type === 'block-map' || (type === 'flow-collection' && start?.source === '{')) {
      const key = last.key?.source
      return key === undefined ? [] : [key]
    }
    return type === 'block-seq' || type === 'flow-collection' ? [items.length - 1] : []
  })
}

/** A problem of the file as a whole. */
export function failWholeFile(
  file: string,
  code: ScenarioProblemCode,
  problem: string,
  got: string,
  allowed: string,
): never {
  throw scenarioError(file, [{ code, line: 1, column: 1, path: '', problem, got, allowed }])
}
