// The project resource: list, create, read, update, delete.

import type { Actor } from '../../core/actor.ts'
import type { Client, Project } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import { invalid, notFound } from '../../core/errors.ts'
import { type Currency, parseCurrency } from '../../core/money.ts'
import type { Answer, Call } from './call.ts'
import { cutPage, pageQuery, presentCursor } from './cursors.ts'
import { type Fields, readFields } from './fields.ts'
import type { Ids } from './ids.ts'
import { parameter } from './query.ts'
import { presentInstant, presentOne, presentPage, presentText } from './wire.ts'

function presentProject(project: Project, client: Client | undefined, ids: Ids, actor: Actor) {
  const { organizationId } = project
  return {
    id: ids.present('project', organizationId, project.id),
    organization_id: ids.present('organization', organizationId, organizationId),
    name: project.name,
    customer_id: client === undefined ? null : ids.present('client', organizationId, client.id),
    // A text here, a number inside time entries: both are documented so.
    hourly_rate: project.hourlyRate,
    currency: currencyOf(client, actor),
    active: project.state === 'active',
    created_at: presentInstant(project.createdAt),
    updated_at: presentInstant(project.updatedAt),
    customer:
      client === undefined
        ? null
        : {
            id: ids.present('client', organizationId, client.id),
            name: client.name,
            email: presentText(client.email),
          },
  }
}

/** `GET projects`: the newest first. */
export async function listProjects(call: Call): Promise<Answer> {
  const { core, actor, ids } = call
  const page = pageQuery(call, 'project')
  const text = parameter(call.query, 'q')
  const query = text === undefined ? page : { ...page, text }
  const { items, last } = cutPage(await core.projects.page(actor, query), page)
  const clients = await clientsOf(call, items)
  const texts = items.map((project) =>
    JSON.stringify(presentProject(project, clients.get(project.clientId ?? 0), ids, actor)),
  )
  const next = last === undefined ? null : presentCursor(call, 'project', { value: last.id, id: last.id })
  return { text: presentPage(texts, next) }
}

/** `GET projects/{id}`. */
export async function readProject(call: Call): Promise<Answer> {
  return present(call, await call.core.projects.read(call.actor, projectId(call)))
}

/** `POST projects`. */
export async function createProject(call: Call): Promise<Answer> {
  const fields = readFields(call.bytes)
  fields.require('name')
  const { input, currency } = parseInput(call, fields)
  const { name = '', ...rest } = input
  await checkCurrency(call, currency, input.clientId ?? null)
  const project = await call.core.projects.add(call.actor, { name, ...rest })
  return { ...(await present(call, project)), created: true }
}

/** `PATCH projects/{id}`: any of the fields; the others stay. */
export async function updateProject(call: Call): Promise<Answer> {
  const { core } = call
  const id = projectId(call)
  const { input, currency } = parseInput(call, readFields(call.bytes))
  const project = await core.together(call.actor, async (actor) => {
    const before = await core.projects.read(actor, id)
    await checkCurrency(
      { ...call, actor },
      currency,
      input.clientId === undefined ? before.clientId : input.clientId,
    )
    return core.projects.update(actor, id, input)
  })
  return present(call, project)
}

/** `DELETE projects/{id}`. Entries go on showing it by its name. */
export async function deleteProject(call: Call): Promise<Answer> {
  const { core } = call
  const id = projectId(call)
  await core.together(call.actor, async (actor) => {
    await core.projects.read(actor, id)
    await core.projects.remove(actor, id)
  })
  return 'empty'
}

function projectId({ ids, actor, id }: Call): number {
  const number = ids.parse('project', actor.organizationId, id)
  if (number === undefined) throw notFound('project')
  return number
}

function parseInput(
  { ids, actor }: Call,
  fields: Fields,
): { input: Partial<CatalogueInput<'project'>>; currency: string | null | undefined } {
  const name = fields.text('name')
  const clientId = fields.orNull('customer_id', (field) =>
    fields.id(field, ids, 'client', actor.organizationId),
  )
  const hourlyRate = fields.orNull('hourly_rate', fields.number)
  const currency = fields.orNull('currency', fields.text)
  const active = fields.flag('active')
  if (hourlyRate?.startsWith('-')) throw invalid('hourly_rate', 'range', 'hourly_rate must not be negative.')
  fields.check()
  const input = {
    ...(name === undefined ? {} : { name }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(hourlyRate === undefined ? {} : { hourlyRate }),
    ...(active === undefined ? {} : { state: active ? ('active' as const) : ('archived' as const) }),
  }
  return { input, currency }
}

function currencyOf(client: Client | undefined, actor: Actor): Currency {
  return client?.currency ?? actor.organization.currency
}

// A project is billed in the currency of its customer. Another one would be shown here and billed differently elsewhere.
async function checkCurrency(
  { core, actor }: Call,
  wanted: string | null | undefined,
  clientId: number | null,
): Promise<void> {
  if (wanted === null || wanted === undefined) return
  const [client] = clientId === null ? [] : await core.clients.byIds(actor, [clientId])
  const own = currencyOf(client, actor)
  if (parseCurrency(wanted) === own) return
  throw invalid(
    'currency',
    'unknown_value',
    `currency must be that of the customer or of the organization, ${own}.`,
  )
}

async function clientsOf({ core, actor }: Call, projects: readonly Project[]): Promise<Map<number, Client>> {
  const ids = [...new Set(projects.flatMap((project) => project.clientId ?? []))]
  const clients = ids.length === 0 ? [] : await core.clients.byIds(actor, ids)
  return new Map(clients.map((client) => [client.id, client]))
}

async function present(call: Call, project: Project): Promise<{ text: string }> {
  const clients = await clientsOf(call, [project])
  const shown = presentProject(project, clients.get(project.clientId ?? 0), call.ids, call.actor)
  return { text: presentOne(JSON.stringify(shown)) }
}
