// What the writers have been told, entry by entry: the state that was acknowledged last, and the one that was asked for
// when the server died. After a restart the book must hold one or the other, nothing between and nothing else.

/** All that a writer ever changes of an expense. */
export type State = {
  readonly amount: string
  readonly tag: string
  readonly deleted: boolean
  /** SHA-256 of its receipt's bytes; null without one, and for a deleted entry, whose file is not given out. */
  readonly receipt: string | null
}

/** One expense of one writer. Only that writer changes it, one call at a time. */
export type Entry = {
  /** Its description; no other entry has it. */
  readonly note: string
  readonly reportId: number
  /** Known once its creation was acknowledged, or found after a restart. */
  id: number | undefined
  /** The state acknowledged last; null while there is none. */
  known: State | null
  /** What was asked for and not answered. */
  pending: State | undefined
}

/** An expense as the book shows it. */
export type Found = { readonly id: number; readonly note: string; readonly state: State }

/** Counts over a whole run. */
export type Tally = {
  rounds: number
  acknowledged: { creates: number; updates: number; deletes: number; receipts: number }
  /** Calls in flight at a kill that took effect, and those that did not. */
  unanswered: { kept: number; dropped: number }
  /** Acknowledged changes that are gone. */
  lost: number
  /** Entries that are there twice. */
  doubled: number
  /** One line for each violation, the two above included. */
  violations: string[]
}

/** A tally of nothing. */
export function createTally(): Tally {
  return {
    rounds: 0,
    acknowledged: { creates: 0, updates: 0, deletes: 0, receipts: 0 },
    unanswered: { kept: 0, dropped: 0 },
    lost: 0,
    doubled: 0,
    violations: [],
  }
}

/**
 * Compares an entry with what the book shows of it, all rows with its note. Counts violations, and takes what is there
 * as known from now on, so that the next round starts from it.
 */
export function settle(entry: Entry, found: readonly Found[], tally: Tally): void {
  const { note, known, pending } = entry
  if (found.length > 1) {
    tally.doubled += 1
    tally.violations.push(
      `${note}: there ${found.length} times, as ${found.map(({ id }) => id).join(' and ')}.`,
    )
  }
  const [first] = found
  const actual = first?.state ?? null
  if (!same(actual, known) && !(pending !== undefined && same(actual, pending))) {
    tally.lost += 1
    tally.violations.push(
      `${note}: acknowledged ${show(known)}, ${pending === undefined ? '' : `asked for ${show(pending)}, `}there is ${show(actual)}.`,
    )
  }
  if (first !== undefined && entry.id !== undefined && first.id !== entry.id) {
    tally.violations.push(`${note}: acknowledged as ${entry.id}, now ${first.id}.`)
  }
  if (pending !== undefined) tally.unanswered[same(actual, pending) ? 'kept' : 'dropped'] += 1
  entry.id = first?.id ?? entry.id
  entry.known = actual
  entry.pending = undefined
}

function same(a: State | null, b: State | null): boolean {
  if (a === null || b === null) return a === b
  return a.amount === b.amount && a.tag === b.tag && a.deleted === b.deleted && a.receipt === b.receipt
}

function show(state: State | null): string {
  return state === null ? 'nothing' : JSON.stringify(state)
}
