// What a command is: a name, its options, and what it does with them.

import { ConfigError } from '../config.ts'
import { DomainError } from '../core/errors.ts'

/** Options by name; `value` names what follows an option, flags have none. */
export type Options = Readonly<
  Record<string, { readonly value?: string; readonly help: string; readonly required?: boolean }>
>

/** What a command gets: its option values, what stands beside them, and the environment. */
export type Input = {
  readonly values: Readonly<Record<string, string | undefined>>
  readonly flags: ReadonlySet<string>
  readonly rest: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  /** Prints a line for people, or the object when `--json` was given. */
  readonly print: (text: string, data: unknown) => void
}

export type Command = {
  /** One or two words. */
  readonly name: string
  readonly summary: string
  readonly options: Options
  /** Names of what may stand beside the options, such as a folder. */
  readonly arguments?: readonly string[]
  readonly run: (input: Input) => Promise<number>
}

/** The command was called wrongly; told with how it should be. */
export class UsageError extends Error {}

/** The value of a required option. */
export function needed(input: Input, name: string): string {
  const value = input.values[name]
  if (value === undefined) throw new UsageError(`--${name} is missing.`)
  return value
}

/** A failure in words for the terminal; undefined for a bug. */
export function explain(error: unknown): string | undefined {
  if (error instanceof ConfigError) return error.problems.join('\n')
  if (error instanceof UsageError) return error.message
  if (error instanceof DomainError) {
    return error.issues.length === 0 ? error.message : error.issues.map((issue) => issue.message).join('\n')
  }
  // What the system refuses, such as a port in use or a folder that cannot be written, is no bug either.
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.message
  return undefined
}
