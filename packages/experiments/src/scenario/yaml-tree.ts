// From the bytes of a YAML file to a plain tree with places. Everything that could hurt is measured before the
// composing parser runs: size, encoding, nesting (the parser's recursion aborts the process on deep
// documents), aliases, tags. The tree has plain objects, arrays, strings, booleans, null and finite numbers.
import { isForbiddenKey } from '@solvent/primitives'
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Node,
  Parser,
  parseAllDocuments,
} from 'yaml'
import { cut, type ScenarioProblem, type ScenarioProblemCode, scenarioError } from './scenario-error.ts'

export const MOST_BYTES = 1_048_576
export const MOST_DEPTH = 64
export const MOST_NODES = 50_000

/** Where a path of the tree stands in the text. */
export type Locate = (path: readonly (string | number)[]) => {
  readonly line: number
  readonly column: number
}

/**
 * Parses one strict YAML 1.2 document.
 *
 * @param file name for messages
 * @param bytes content of the file, at most 1 MiB
 * @throws SolventError E_SCENARIO with one line a problem
 */
export function parseYamlTree(file: string, bytes: Uint8Array): { tree: unknown; locate: Locate } {
  if (bytes.length > MOST_BYTES) {
    fail(file, 'E_SIZE', 'the file is too large', `${bytes.length} bytes`, `at most ${MOST_BYTES} bytes`)
  }
  const text = decodeUtf8(file, bytes)
  checkDepth(file, text)
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    schema: 'core',
    version: '1.2',
    strict: true,
    uniqueKeys: true,
    merge: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
  if (!Array.isArray(documents) || documents.length === 0)
    fail(file, 'E_EMPTY', 'the file is empty', '', 'one YAML document')
  const list = documents as Exclude<typeof documents, { empty: true }>
  if (list.length > 1)
    fail(file, 'E_MULTI', 'the file holds several documents', `${list.length}`, 'one YAML document')
  const document = list[0]!
  const problems: ScenarioProblem[] = [...document.errors, ...document.warnings].map((error) => {
    const at = lines.linePos(error.pos[0])
    const code: ScenarioProblemCode =
      error.code === 'TAG_RESOLVE_FAILED' ? 'E_TAG' : error.code === 'DUPLICATE_KEY' ? 'E_KEY' : 'E_SYNTAX'
    return {
      code,
      line: at.line,
      column: at.col,
      path: '',
      problem: error.message.split('\n')[0] ?? 'not YAML',
    }
  })
  if (problems.length > 0) throw scenarioError(file, problems)
  if (document.contents === null) fail(file, 'E_EMPTY', 'the file is empty', '', 'one YAML document')
  const counter = { nodes: 0 }
  const tree = toTree(document.contents as Node, [], { problems, lines, counter })
  if (problems.length > 0) throw scenarioError(file, problems)
  return { tree, locate: (path) => locateIn(document.contents as Node, path, lines) }
}

function fail(file: string, code: ScenarioProblemCode, problem: string, got: string, allowed: string): never {
  throw scenarioError(file, [{ code, line: 0, column: 0, path: '', problem, got, allowed }])
}

function decodeUtf8(file: string, bytes: Uint8Array): string {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    fail(file, 'E_ENCODING', 'the file is not UTF-8', 'other bytes', 'UTF-8 text')
  }
  if (text.includes('\u0000'))
    fail(file, 'E_ENCODING', 'the file holds a NUL character', 'NUL', 'UTF-8 text without NUL')
  return text
}

/** The concrete-syntax parser keeps an explicit stack, so its height measures nesting without recursion. */
function checkDepth(file: string, text: string): void {
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

interface Walk {
  readonly problems: ScenarioProblem[]
  readonly lines: LineCounter
  readonly counter: { nodes: number }
}

function toTree(node: Node | null, path: readonly (string | number)[], walk: Walk): unknown {
  walk.counter.nodes += 1
  if (walk.counter.nodes > MOST_NODES) {
    if (walk.counter.nodes === MOST_NODES + 1)
      report(
        walk,
        node,
        path,
        'E_BUDGET',
        'the document has too many values',
        undefined,
        `at most ${MOST_NODES}`,
      )
    return null
  }
  if (path.length > MOST_DEPTH) {
    report(
      walk,
      node,
      path,
      'E_DEPTH',
      'the document is nested too deeply',
      undefined,
      `at most ${MOST_DEPTH} levels`,
    )
    return null
  }
  if (node === null) return null
  if (isAlias(node))
    return report(
      walk,
      node,
      path,
      'E_ALIAS',
      'aliases are not allowed',
      `*${node.source}`,
      'the value itself',
    )
  if (isNode(node) && 'anchor' in node && node.anchor !== undefined)
    report(walk, node, path, 'E_ALIAS', 'anchors are not allowed', `&${node.anchor}`)
  if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:'))
    return report(walk, node, path, 'E_TAG', 'tags are not allowed', node.tag)
  if (isMap(node)) return mapToTree(node, path, walk)
  if (isSeq(node)) return node.items.map((item, index) => toTree(item as Node, [...path, index], walk))
  if (isScalar(node)) return scalarToTree(node, path, walk)
  return report(walk, node, path, 'E_SYNTAX', 'this is not a value')
}

function mapToTree(
  node: Parameters<typeof isMap>[0] & { items: readonly unknown[] },
  path: readonly (string | number)[],
  walk: Walk,
): unknown {
  const tree: Record<string, unknown> = {}
  for (const item of node.items as readonly { key: unknown; value: unknown }[]) {
    const key = isScalar(item.key) ? item.key.value : undefined
    if (typeof key !== 'string') {
      const got = isScalar(item.key) ? String(item.key.value) : 'a collection'
      report(walk, item.key as Node, path, 'E_KEY', 'keys are text', got, 'a name')
    } else if (isForbiddenKey(key)) {
      report(walk, item.key as Node, path, 'E_KEY', 'this key is not allowed', key)
    } else if (key === '<<') {
      report(walk, item.key as Node, path, 'E_KEY', 'merge keys are not allowed', '<<', 'the keys themselves')
    } else {
      tree[key] = toTree(item.value as Node | null, [...path, key], walk)
    }
  }
  return tree
}

function scalarToTree(
  node: { value: unknown; source?: string } & Node,
  path: readonly (string | number)[],
  walk: Walk,
): unknown {
  const { value } = node
  if (typeof value === 'bigint')
    return report(
      walk,
      node,
      path,
      'E_UNSAFE_INT',
      'the integer does not fit',
      String(value),
      'at most 9007199254740991; write amounts in quotes',
    )
  if (typeof value !== 'number') return value
  const source = node.source ?? String(value)
  if (!Number.isFinite(value)) return report(walk, node, path, 'E_NUMBER', 'the number is not finite', source)
  if (/^[-+]?0[0-9o]/.test(source))
    return report(walk, node, path, 'E_NUMBER', 'leading zeros and octal numbers are not allowed', source)
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return report(
      walk,
      node,
      path,
      'E_UNSAFE_INT',
      'the integer does not fit',
      source,
      'at most 9007199254740991; write amounts in quotes',
    )
  }
  return value
}

function report(
  walk: Walk,
  node: Node | null,
  path: readonly (string | number)[],
  code: ScenarioProblemCode,
  problem: string,
  got?: string,
  allowed?: string,
): null {
  const at = node?.range ? walk.lines.linePos(node.range[0]) : { line: 0, col: 0 }
  walk.problems.push({
    code,
    line: at.line,
    column: at.col,
    path: pathText(path),
    problem,
    ...(got === undefined ? {} : { got: cut(got) }),
    ...(allowed === undefined ? {} : { allowed }),
  })
  return null
}

/** `a.b[2].c` */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  )
}

/** The place of the longest prefix of the path that exists; a map's entry is placed at its key. */
function locateIn(
  root: Node,
  path: readonly (string | number)[],
  lines: LineCounter,
): { line: number; column: number } {
  let node: Node | null = root
  let offset = root.range?.[0] ?? 0
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step)
      if (pair === undefined) break
      offset = (pair.key as Node).range?.[0] ?? offset
      node = pair.value as Node | null
    } else if (isSeq(node) && typeof step === 'number') {
      const item = node.items[step] as Node | undefined
      if (item === undefined) break
      offset = item.range?.[0] ?? offset
      node = item
    } else break
  }
  const at = lines.linePos(offset)
  return { line: at.line, column: at.col }
}
