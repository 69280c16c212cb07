// Loaded into the process of each test file: one line of JSON for every test that counts. Suites do not count, and
// neither do tests that only hold others; a skipped test counts as failed.

import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'

/** What one test came to. */
export type Outcome = {
  /** The names from the outermost suite to the test. */
  readonly name: string
  /** Why it failed, ready to print; absent when it passed. */
  readonly failure?: string
}

type Ended = Extract<TestEvent, { type: 'test:pass' | 'test:fail' }>['data']

/** The reporter itself, as the test runner of Node.js calls it. */
export async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  // Names of the open suites and tests, and how many children each has shown so far.
  const names: string[] = []
  const children: number[] = []
  for await (const { type, data } of events) {
    if (type === 'test:start') {
      names.splice(data.nesting, names.length, data.name)
      children.splice(data.nesting, children.length, 0)
      children[data.nesting - 1] = (children[data.nesting - 1] ?? 0) + 1
    } else if (type === 'test:pass' || type === 'test:fail') {
      const holdsOthers = data.details.type === 'suite' || (children[data.nesting] ?? 0) > 0
      const failure = type === 'test:fail' ? failureOf(data.details.error) : forbiddenMark(data)
      if (!holdsOthers || failure !== undefined) {
        const outcome: Outcome = {
          name: names.slice(0, data.nesting + 1).join(' › '),
          ...(failure && { failure }),
        }
        yield `${JSON.stringify(outcome)}\n`
      }
    }
  }
}

/** Undefined for a test that failed only because one inside it did, which has its own line. */
function failureOf(error: Error & { failureType?: string }): string | undefined {
  if (error.failureType === 'subtestsFailed') return undefined
  const cause = error.cause ?? error
  if (!(cause instanceof Error)) return typeof cause === 'string' ? cause : inspect(cause)
  const reason = cause.cause === undefined ? '' : `\n[cause] ${inspect(cause.cause)}`
  // The runner's own frames tell nothing.
  return `${cause.stack ?? inspect(cause)}${reason}`.replace(/\n +at .*\(?node:(internal|async_hooks).*/g, '')
}

function forbiddenMark(data: Ended): string | undefined {
  const mark = (['skip', 'todo', 'expectFailure'] as const).find((name) => {
    const value: unknown = Object(data)[name]
    return value !== undefined && value !== false
  })
  return (
    mark && `This test is marked "${mark}", and what is not tested counts as broken. Mend it or remove it.`
  )
}

// biome-ignore lint/style/noDefaultExport: Node.js takes the default export of a reporter.
export default report
