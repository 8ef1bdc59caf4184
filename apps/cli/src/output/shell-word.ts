// A word as it is typed in a shell: lines that are printed to be pasted do what they say and nothing else.

/** In quotes where it needs them. */
export function shellWord(word: string): string {
  return /^[\w./@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}
