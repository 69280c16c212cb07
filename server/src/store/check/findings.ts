// What a check has found wrong, with a limit on how much of it is kept.

/** Which promise is broken. */
export type ProblemKind = 'engine' | 'event' | 'row' | 'derived' | 'reference' | 'counter' | 'file'

export type Problem = {
  readonly what: ProblemKind
  /** Such as `organization 1, expense 17`. */
  readonly where: string
  readonly message: string
}

export type Findings = {
  /** The first of them. */
  readonly problems: readonly Problem[]
  /** How many there are. */
  readonly count: () => number
  readonly add: (what: ProblemKind, where: string, message: string) => void
}

/** A book that is wrong everywhere is not better understood from more of them, and memory has an end. */
export const maxProblems = 1000

/** Starts with nothing found. */
export function createFindings(): Findings {
  const problems: Problem[] = []
  let count = 0
  return {
    problems,
    count: () => count,
    add(what, where, message) {
      count += 1
      if (problems.length < maxProblems) problems.push({ what, where, message })
    },
  }
}

/** How a row is named. */
export function placeOf(organizationId: unknown, noun: string, id: unknown): string {
  const thing = `${noun.replaceAll('_', ' ')} ${id}`
  return organizationId === null ? thing : `organization ${organizationId}, ${thing}`
}
