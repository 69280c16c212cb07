// Checks a whole book, as one moment of it: nothing is changed, and servers may go on writing meanwhile.

import { DomainError } from '../../core/errors.ts'
import { readState } from '../dump.ts'
import { migrations } from '../migrations/index.ts'
import { presentSchema, type Schema, schemaOf } from '../schema.ts'
import type { Session } from '../session.ts'
import { checkEntities, type FirstColumns } from './entities.ts'
import { checkFiles, type FileRoom } from './files.ts'
import { createFindings, type Findings, type Problem } from './findings.ts'
import { checkCounters, checkSequences } from './numbers.ts'
import { checkReferences } from './references.ts'

export type CheckedBook = {
  /** The first thousand of what is wrong; `counts.problems` is how many there are. */
  readonly problems: readonly Problem[]
  /** Undefined when not all of the book can be read. */
  readonly stateHash: string | undefined
  readonly counts: {
    readonly problems: number
    readonly organizations: number
    readonly events: number
    /** Of all nouns, tombstones included. */
    readonly entities: number
    readonly rows: number
    /** Receipt files that rows name, and those that no row names. */
    readonly files: number
    readonly unnamedFiles: number
  }
}

/** Checks the book. Throws `not_found` where there is none, `conflict` when its schema is not that of this Daybook. */
export async function checkBook(session: Session, room: FileRoom, known = migrations): Promise<CheckedBook> {
  const schema = await presentSchema(session, known)
  const behind = known.filter(({ name }) => !schema.migrations.includes(name))
  if (behind.length > 0) {
    const message =
      'The book was written by an older Daybook: bring it up to date with `daybook migrate` first.'
    throw new DomainError('conflict', 'revision_changed', message)
  }
  const findings = createFindings()
  const attempt = attemptWith(findings)
  await attempt('the database', undefined, () => checkEngine(session, findings))
  const events = await attempt('event numbers', 0, () => checkSequences(session, findings))
  const entities = await attempt('rows and their events', 0, async () =>
    checkEntities(session, await firstColumns(schema, known), findings),
  )
  await attempt('references', undefined, () => checkReferences(session, schema, findings))
  await attempt('id counters', undefined, () => checkCounters(session, schema, findings))
  const none = { named: 0, unnamed: 0 }
  const { named, unnamed } = await attempt('files', none, () => checkFiles(session, room, findings))
  const state = await attempt('the state', undefined, () => readState(session, schema))
  const rowsOf = (name?: string) =>
    (state?.dumps ?? [])
      .filter((dump) => name === undefined || dump.name === name)
      .reduce((sum, { rows }) => sum + rows, 0)
  return {
    problems: findings.problems,
    stateHash: state?.stateHash,
    counts: {
      problems: findings.count(),
      organizations: rowsOf('organizations'),
      events,
      entities,
      rows: rowsOf(),
      files: named,
      unnamedFiles: unnamed,
    },
  }
}

/** A damaged database may fail in the middle of a check; that is a finding, and the other checks go on. */
function attemptWith({ add }: Findings) {
  return async <T>(what: string, otherwise: T, check: () => Promise<T>): Promise<T> => {
    try {
      return await check()
    } catch (error) {
      add(
        'engine',
        what,
        `It could not be checked: ${error instanceof Error ? error.message : String(error)}`,
      )
      return otherwise
    }
  }
}

/** What the database says of itself. PostgreSQL has no such question; it fails on what it cannot read. */
async function checkEngine(session: Session, { add }: Findings): Promise<void> {
  if (session.kind !== 'sqlite') return
  for (const [words] of await session.rows('pragma integrity_check')) {
    if (words !== 'ok') add('engine', 'the database', String(words))
  }
}

async function firstColumns({ migrations: names }: Schema, known: typeof migrations): Promise<FirstColumns> {
  const first = new Map<string, ReadonlySet<string>>()
  for (let count = 1; count <= names.length; count += 1) {
    const { tables } = await schemaOf(names.slice(0, count), known)
    for (const { name, columns } of tables) if (!first.has(name)) first.set(name, new Set(columns))
  }
  return first
}
