// Numbers without gaps: the events of each organization, and counters that no id has overtaken.

import type { Noun } from '../../core/entity.ts'
import { countersTable, quoted, type Schema, sequenceOf } from '../schema.ts'
import type { Session } from '../session.ts'
import { tables } from '../tables.ts'
import type { Findings } from './findings.ts'

/** Gaps of one organization that are named at most. */
const maxGaps = 100

/** Checks that each organization's events are numbered from 1 to its counter. Answers how many there are in all. */
export async function checkSequences(session: Session, { add }: Findings): Promise<number> {
  let total = 0
  const logs = session.pages(
    `select c.organization_id, c.event_sequence, coalesce(e.n, 0), coalesce(e.least, 1), coalesce(e.most, 0)
     from organization_counters c left join (
       select organization_id, count(*) as n, min(sequence) as least, max(sequence) as most
       from events group by organization_id
     ) e on e.organization_id = c.organization_id order by c.organization_id`,
  )
  for await (const page of logs) {
    for (const row of page) {
      const [organizationId, counter, count, least, most] = row as number[]
      total += count ?? 0
      if (least === 1 && most === counter && count === counter) continue
      const where = `organization ${organizationId}`
      for (const gap of await gapsOf(session, Number(organizationId), Number(counter)))
        add('event', where, gap)
    }
  }
  return total
}

async function gapsOf(session: Session, organizationId: number, counter: number): Promise<string[]> {
  const found: string[] = []
  const gaps = await session.rows(
    `select previous, sequence from (
       select sequence, lag(sequence, 1, 0) over (order by sequence) as previous
       from events where organization_id = ?
     ) numbered where sequence <> previous + 1 order by sequence limit ${maxGaps}`,
    [organizationId],
  )
  for (const [previous, sequence] of gaps) {
    const [first, next] = [Number(previous) + 1, Number(sequence)]
    found.push(next < first ? `There is an event ${next}.` : missing(first, next - 1))
  }
  const [row] = await session.rows('select max(sequence) from events where organization_id = ?', [
    organizationId,
  ])
  const most = Number(row?.[0] ?? 0)
  if (most < counter) found.push(missing(most + 1, counter))
  if (most > counter) found.push(`There is an event ${most}, but only ${counter} were given a number.`)
  return found
}

function missing(first: number, last: number): string {
  return first === last ? `Event ${first} is missing.` : `Events ${first} to ${last} are missing.`
}

/** Checks that every noun's next number is above all that are taken. */
export async function checkCounters(session: Session, schema: Schema, { add }: Findings): Promise<void> {
  for (const [noun, { name }] of Object.entries(tables) as [Noun, { name: string }][]) {
    if (!schema.nouns.includes(noun)) continue
    const [highest] = await session.rows(`select coalesce(max(id), 0) from ${quoted(name)}`)
    const [counter] =
      session.kind === 'postgres'
        ? await session.rows(
            `select case when is_called then last_value else last_value - 1 end from ${quoted(sequenceOf(noun))}`,
          )
        : await session.rows(`select last from ${countersTable} where noun = ?`, [noun])
    const [id, last] = [Number(highest?.[0]), Number(counter?.[0] ?? 0)]
    if (id > last)
      add('counter', noun, `The last number given is ${last}, but there is a ${noun} with number ${id}.`)
  }
}
