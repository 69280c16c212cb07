// Reads the event log behind the server's back: its numbers have no gap, each entity's events follow from one another,
// and the last of them says what the entity's row says.

import { isDeepStrictEqual } from 'node:util'
import type { Noun } from '../../src/core/entity.ts'
import type { BookEvent } from '../../src/core/events.ts'
import type { Store } from '../../src/core/ports.ts'
import { openStore } from '../../src/store/index.ts'

/** Events read at a time. */
const pageSize = 500

/** What is known of the log from earlier looks. */
export type LogMemory = {
  sequence: number
  /** The state that each entity's last event left, by noun and id. */
  readonly last: Map<string, Known>
}

type Known = { readonly noun: Noun; readonly id: number; readonly after: object | null }

/** A memory of nothing. */
export function createLogMemory(): LogMemory {
  return { sequence: 0, last: new Map() }
}

/** Reads on from where the memory ends and answers what is wrong. */
export async function checkLog(address: string, memory: LogMemory): Promise<string[]> {
  const store = await openStore(address)
  try {
    const organizations = await store.people.organizations()
    const [organization] = organizations
    if (organization === undefined || organizations.length > 1) {
      return [`There are ${organizations.length} organizations instead of one.`]
    }
    const violations: string[] = []
    const changed = new Map<string, Known>()
    let page: BookEvent[]
    do {
      page = await store.events(organization.id, memory.sequence, pageSize)
      for (const event of page) follow(event, memory, changed, violations)
    } while (page.length > 0)
    violations.push(...(await compareRows(store, organization.id, changed)))
    return violations
  } finally {
    await store.close()
  }
}

/** Reads the whole log again, and compares every entity it tells of. `expenses` is how many there must be. */
export async function checkWholeLog(address: string, expenses: number): Promise<string[]> {
  const memory = createLogMemory()
  const violations = await checkLog(address, memory)
  const told = [...memory.last.values()].filter(({ noun }) => noun === 'expense').length
  if (told !== expenses) violations.push(`The log tells of ${told} expenses, the book has ${expenses}.`)
  return violations
}

function follow(
  event: BookEvent,
  memory: LogMemory,
  changed: Map<string, Known>,
  violations: string[],
): void {
  const { sequence, noun, entityId, before, after } = event
  if (sequence !== memory.sequence + 1) {
    violations.push(`Event ${memory.sequence} is followed by ${sequence}.`)
  }
  memory.sequence = sequence
  const key = `${noun} ${entityId}`
  const previous = memory.last.get(key)?.after ?? null
  if (!isDeepStrictEqual(comparable(noun, before), previous)) {
    violations.push(`Event ${sequence} of ${key} does not follow from the one before it.`)
  }
  const known: Known = { noun, id: entityId, after: comparable(noun, after) }
  memory.last.set(key, known)
  changed.set(key, known)
}

async function compareRows(
  store: Store,
  organizationId: number,
  changed: ReadonlyMap<string, Known>,
): Promise<string[]> {
  const violations: string[] = []
  const byNoun = Map.groupBy(changed.values(), ({ noun }) => noun)
  for (const [noun, entities] of byNoun) {
    const ids = entities.map(({ id }) => id)
    const rows = new Map((await store.byId(noun, organizationId, ids)).map((row) => [row.id, plain(row)]))
    for (const { id, after } of entities) {
      if (!isDeepStrictEqual(rows.get(id) ?? null, after)) {
        violations.push(`The row of ${noun} ${id} is not what its last event says.`)
      }
    }
  }
  return violations
}

/** No organization owns people and organizations; their events may still name the one they happened in. */
function comparable(noun: Noun, state: object | null): object | null {
  if (state === null || (noun !== 'person' && noun !== 'organization')) return state
  return Object.fromEntries(Object.entries(state).filter(([name]) => name !== 'organizationId'))
}

/** A row as the log writes it: amounts are numbers there. */
function plain(row: object): unknown {
  return JSON.parse(JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? Number(value) : value)))
}
