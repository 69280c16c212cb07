// What time entries refer to, loaded in batches.

import { reach, visible } from '../access.ts'
import type { Actor } from '../actor.ts'
import type { Client, Project } from '../catalogue/nouns.ts'
import type { Invoice } from '../invoices/nouns.ts'
import type { Person } from '../people/nouns.ts'
import type { Reader } from '../ports.ts'
import type { TimeEntry } from './nouns.ts'

/** By their ids, tombstones included: an entry shows what is gone by its name. */
export type TimeRelations = {
  readonly people: ReadonlyMap<number, Person>
  readonly projects: ReadonlyMap<number, Project>
  /** Those of the entries and those of their projects. */
  readonly clients: ReadonlyMap<number, Client>
  /** None for those who may not read invoices. */
  readonly invoices: ReadonlyMap<number, Invoice>
}

/** Loads people, projects, clients and invoices of these entries: four queries at most, whatever their number. */
export async function loadTimeRelations(
  from: Reader,
  actor: Actor,
  entries: readonly TimeEntry[],
): Promise<TimeRelations> {
  async function load<N extends 'person' | 'project' | 'client' | 'invoice'>(
    noun: N,
    wanted: readonly (number | null)[],
  ) {
    const ids = [...new Set(wanted.flatMap((id) => id ?? []))]
    const found = ids.length === 0 ? [] : await from.byId(noun, actor.organizationId, ids)
    return new Map(found.map((entity) => [entity.id, visible(actor, noun, entity)]))
  }
  const people = await load(
    'person',
    entries.map((entry) => entry.personId),
  )
  const projects = await load(
    'project',
    entries.map((entry) => entry.projectId),
  )
  const clients = await load('client', [
    ...entries.map((entry) => entry.clientId),
    ...[...projects.values()].map((project) => project.clientId),
  ])
  const mayReadInvoices = reach(actor, 'invoice.read') !== undefined
  const invoices = await load(
    'invoice',
    entries.map((entry) => (mayReadInvoices ? entry.invoiceId : null)),
  )
  return { people, projects, clients, invoices }
}
