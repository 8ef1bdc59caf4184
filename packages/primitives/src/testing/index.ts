// For tests of every package: reference cases.
export { fixture } from './fixture.ts'
