// Texts of pages, for programs in the browser too: nothing here needs more than the language.
export { numberText } from './number-text.ts'
export { resolvingText } from './resolving-text.ts'
export { shortenedName } from './shortened-name.ts'
