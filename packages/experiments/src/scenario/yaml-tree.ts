// From the bytes of a YAML file to a plain tree with places. Everything that could hurt is measured before the
// composing parser runs: size, encoding, nesting (the parser's recursion aborts the process on deep
// documents), aliases, tags. The tree has plain objects, arrays, strings, booleans, null and finite numbers.
import { isForbiddenKey } from '@solvent/primitives'
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseAllDocuments } from 'yaml'
import { type ScenarioProblem, type ScenarioProblemCode, scenarioError } from './scenario-error.ts'
import { type Locate, locateIn, pathText } from './yaml-place.ts'
import { checkDepth, checkedText, failWholeFile, MOST_BYTES, MOST_DEPTH, MOST_NODES } from './yaml-prescan.ts'
import { severalDocuments, syntaxProblems } from './yaml-syntax.ts'

/**
 * Parses one strict YAML 1.2 document.
 *
 * @param file name for messages
 * @param bytes content of the file, at most 1 MiB
 * @throws SolventError E_SCENARIO with one line a problem
 */
export function parseYamlTree(file: string, bytes: Uint8Array): { tree: unknown; locate: Locate } {
  if (bytes.length > MOST_BYTES) {
    failWholeFile(
      file,
      'E_SIZE',
      'the file is too large',
      `more than ${MOST_BYTES} bytes`,
      `at most ${MOST_BYTES} bytes`,
    )
  }
  const text = checkedText(file, bytes)
  checkDepth(file, text)
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    schema: 'core',
    version: '1.2',
    strict: true,
    // Twice the same key is found in the walk, which knows its path.
    uniqueKeys: false,
    merge: false,
    prettyErrors: false,
    logLevel: 'silent',
  })
  if (!Array.isArray(documents) || documents.length === 0)
    failWholeFile(file, 'E_EMPTY', 'the file is empty', 'nothing', 'one YAML document')
  const list = documents as Exclude<typeof documents, { empty: true }>
  const document = list[0]!
  if (list.length > 1) throw scenarioError(file, [severalDocuments(list, lines)])
  const problems = syntaxProblems(document, text, lines)
  if (problems.length > 0) throw scenarioError(file, problems)
  if (document.contents === null)
    failWholeFile(file, 'E_EMPTY', 'the file is empty', 'nothing', 'one YAML document')
  const counter = { nodes: 0 }
  const tree = toTree(document.contents as Node, [], { problems, lines, counter })
  if (problems.length > 0) throw scenarioError(file, problems)
  return { tree, locate: (path) => locateIn(document.contents as Node, path, lines) }
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
        `more than ${MOST_NODES}`,
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
      `${path.length} levels`,
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
    report(walk, node, path, 'E_ALIAS', 'anchors are not allowed', `&${node.anchor}`, 'the value itself')
  if (node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:'))
    return report(walk, node, path, 'E_TAG', 'tags are not allowed', node.tag, 'the value without a tag')
  if (isMap(node)) return mapToTree(node, path, walk)
  if (isSeq(node)) return node.items.map((item, index) => toTree(item as Node, [...path, index], walk))
  if (isScalar(node)) return scalarToTree(node, path, walk)
  return report(
    walk,
    node,
    path,
    'E_SYNTAX',
    'this is not a value',
    'another node',
    'a map, a list, text, a number, true, false or null',
  )
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
      report(
        walk,
        item.key as Node,
        [...path, key],
        'E_KEY',
        'this key is not allowed',
        key,
        'any name but __proto__, constructor and prototype',
      )
    } else if (key === '<<') {
      report(
        walk,
        item.key as Node,
        [...path, key],
        'E_KEY',
        'merge keys are not allowed',
        '<<',
        'the keys themselves',
      )
    } else if (Object.hasOwn(tree, key)) {
      report(walk, item.key as Node, [...path, key], 'E_KEY', 'this key is given twice', key, 'each key once')
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
  if (!Number.isFinite(value))
    return report(walk, node, path, 'E_NUMBER', 'the number is not finite', source, 'a finite number')
  if (/^[-+]?0[0-9o]/.test(source))
    return report(
      walk,
      node,
      path,
      'E_NUMBER',
      'leading zeros and octal numbers are not allowed',
      source,
      'a decimal number, or text in quotes',
    )
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
  got: string,
  allowed: string,
): null {
  const at = node?.range ? walk.lines.linePos(node.range[0]) : { line: 1, col: 1 }
  walk.problems.push({
    code,
    line: at.line,
    column: at.col,
    path: pathText(path),
    problem,
    got,
    allowed,
  })
  return null
}
