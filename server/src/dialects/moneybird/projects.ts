// Projects: list, read, create, update, delete.

import type { Actor } from '../../core/actor.ts'
import type { Project } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import { fold } from '../../core/text.ts'
import type { Answer, Call } from './call.ts'
import { parameter } from './call.ts'
import { blank, Refused, validation } from './errors.ts'
import { countOf, textOf, wrapped } from './fields.ts'
import { parseStates, parseTerms } from './filters.ts'
import { parsePage, slice } from './pages.ts'
import { presentId, type WireObject } from './wire.ts'

const hour = 3600

/** A project. The budget is in whole hours; those who may not see budgets read null. */
export function presentProject({ id, name, state, budgetSeconds }: Project): WireObject {
  return {
    id: presentId(id),
    name,
    state,
    budget: budgetSeconds === null ? null : Math.floor(budgetSeconds / hour),
  }
}

/** `GET projects`: active ones unless `filter=state:…` says otherwise. */
export async function listProjects(call: Call): Promise<Answer> {
  const { core, actor } = call
  const page = parsePage(call, 25, 'newer')
  const text = parseTerms(parameter(call, 'filter') ?? '').get('state') ?? 'active'
  const states = parseStates(text, ['all', 'archived', 'active'])
  const [state, other] = [...states]
  const query = state === 'all' || other !== undefined || state === undefined ? {} : { state }
  const part = slice(page)
  const projects = part === undefined ? [] : await core.projects.page(actor, { ...query, ...part })
  const total = await core.projects.count(actor, query)
  return { items: projects.map((project) => JSON.stringify(presentProject(project))), page, total }
}

/** `GET projects/{id}`. */
export async function readProject({ core, actor, id }: Call): Promise<Answer> {
  return { item: presentProject(await core.projects.read(actor, id)) }
}

/** `POST projects`. */
export async function createProject(call: Call): Promise<Answer> {
  const { name, ...fields } = parseProject(call)
  if (name === undefined) throw new Refused(validation([blank('name')]))
  const project = await call.core.together(call.actor, async (actor) => {
    await checkName(call, actor, name)
    return call.core.projects.add(actor, { name, ...fields })
  })
  return { item: presentProject(project), created: true }
}

/** `PATCH projects/{id}`: the given attributes only. */
export async function updateProject(call: Call): Promise<Answer> {
  const fields = parseProject(call)
  const project = await call.core.together(call.actor, async (actor) => {
    if (fields.name !== undefined) await checkName(call, actor, fields.name, call.id)
    return call.core.projects.update(actor, call.id, fields)
  })
  return { item: presentProject(project) }
}

/** `DELETE projects/{id}`. One that something belongs to is archived instead. */
export async function deleteProject({ core, actor: caller, id }: Call): Promise<Answer> {
  await core.together(caller, async (actor) => {
    await core.projects.read(actor, id)
    // Whoever may delete projects counts everybody's; a token for settings alone must not miss what it cannot list.
    const counting = { ...actor, scopes: null }
    const uses = [
      await core.time.count(counting, { projectIds: [id] }),
      await core.expenses.count(counting, { projectIds: [id] }),
    ]
    if (uses.some((count) => count > 0)) await core.projects.update(actor, id, { state: 'archived' })
    else await core.projects.remove(actor, id)
  })
  return 'empty'
}

function parseProject({ body }: Call): Partial<CatalogueInput<'project'>> {
  const attributes = wrapped(body, 'project')
  const name = textOf(attributes, 'name')
  if (name !== undefined && name.trim() === '') throw new Refused(validation([blank('name')]))
  const hours = countOf(attributes, 'budget')
  return {
    ...(name === undefined ? {} : { name }),
    ...(hours === undefined ? {} : { budgetSeconds: hours === null ? null : hours * hour }),
  }
}

/** Names of projects are unique there; in the book two clients may each have a website. */
async function checkName({ core }: Call, actor: Actor, name: string, ownId?: number): Promise<void> {
  const twins = await core.projects.list(actor, { names: [name.trim()] })
  if (twins.every(({ id, name: other }) => id === ownId || fold(other) !== fold(name.trim()))) return
  throw new Refused(validation([{ attribute: 'name', text: 'has already been taken', code: 'taken' }]))
}
