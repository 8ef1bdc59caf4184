// What the YAML parser says of a text, as problems with their path, what stands there, and what may stand there.
import type { Document, LineCounter, YAMLError } from 'yaml'
import { cut, type ScenarioProblem } from './scenario-error.ts'
import { pathAt, pathText } from './yaml-place.ts'

/** By the parser's own code; what is not listed breaks the grammar in some other way. */
const ALLOWED: ReadonlyMap<string, string> = new Map([
  ['TAB_AS_INDENT', 'spaces as indentation'],
  ['BAD_INDENT', 'the indentation of the lines beside it'],
  ['MISSING_CHAR', 'the missing character, e.g. a closing quote or a colon'],
  ['TAG_RESOLVE_FAILED', 'the value without a tag'],
])

/** One problem for each error and warning of the parser. */
export function syntaxProblems(document: Document, text: string, lines: LineCounter): ScenarioProblem[] {
  return [...document.errors, ...document.warnings].map((error) => {
    const isTag = error.code === 'TAG_RESOLVE_FAILED'
    const at = lines.linePos(error.pos[0])
    return {
      code: isTag ? 'E_TAG' : 'E_SYNTAX',
      line: at.line,
      column: at.col,
      path: pathText(pathAt(document.contents, error.pos[0])),
      problem: isTag ? 'tags are not allowed' : sentence(error),
      got: found(text, error.pos[0]),
      allowed: ALLOWED.get(error.code) ?? 'strict YAML 1.2',
    }
  })
}

/** A second `---`: placed where the second document begins. */
export function severalDocuments(documents: readonly Document[], lines: LineCounter): ScenarioProblem {
  const at = lines.linePos(documents[1]?.range?.[0] ?? 0)
  return {
    code: 'E_MULTI',
    line: at.line,
    column: at.col,
    path: '',
    problem: 'the file holds several documents',
    got: `${documents.length} documents`,
    allowed: 'one YAML document',
  }
}

function sentence(error: YAMLError): string {
  return cut((error.message.split('\n')[0] ?? '').replace(/[.:]$/, ''))
}

/** The rest of the line at an offset. */
function found(text: string, offset: number): string {
  const rest = /^.*/.exec(text.slice(offset, offset + 200))?.[0].trim() ?? ''
  if (rest !== '') return rest
  return text.slice(offset).trim() === '' ? 'the end of the file' : 'the end of the line'
}
