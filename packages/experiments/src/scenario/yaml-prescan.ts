// What is measured of a scenario file before anything composes it: encoding and nesting.
import { Lexer, LineCounter, Parser } from 'yaml'
import { type ScenarioProblemCode, scenarioError } from './scenario-error.ts'

export const MOST_BYTES = 1_048_576
export const MOST_DEPTH = 64
export const MOST_NODES = 50_000

/** UTF-8 text without NUL. @throws SolventError E_SCENARIO */
export function checkedText(file: string, bytes: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    failWholeFile(file, 'E_ENCODING', 'the file is not UTF-8', 'other bytes', 'UTF-8 text')
  }
  if (text.includes('\u0000'))
    failWholeFile(file, 'E_ENCODING', 'the file holds a NUL character', 'NUL', 'UTF-8 text without NUL')
  return text
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
    const height = (parser as unknown as { stack: readonly unknown[] }).stack.length
    offset += lexeme.length
    if (height > allowed) {
      const at = lines.linePos(Math.min(offset, text.length))
      throw scenarioError(file, [
        {
          code: 'E_DEPTH',
          line: at.line,
          column: at.col,
          path: '',
          problem: 'the document is nested too deeply',
          allowed: `at most ${MOST_DEPTH} levels`,
        },
      ])
    }
  }
}

/** A problem of the file as a whole. */
export function failWholeFile(
  file: string,
  code: ScenarioProblemCode,
  problem: string,
  got: string,
  allowed: string,
): never {
  throw scenarioError(file, [{ code, line: 0, column: 0, path: '', problem, got, allowed }])
}
