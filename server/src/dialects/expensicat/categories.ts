// Categories of expenses: list, create, read.

import type { Actor } from '../../core/actor.ts'
import type { Category } from '../../core/catalogue/nouns.ts'
import { notFound } from '../../core/errors.ts'
import { maxIds } from '../../core/page.ts'
import type { Answer, Call } from './call.ts'
import { readFields } from './fields.ts'
import type { Ids } from './ids.ts'
import { slugOf } from './slugs.ts'
import { presentAll, presentInstant, presentOne, presentText } from './wire.ts'

/** The keys of the older edition, then those of the newer one. Taxes, parents and an order of their own they have not. */
function presentCategory(category: Category, slug: string | undefined, ids: Ids) {
  return {
    id: ids.present('category', category.organizationId, category.id),
    organization_id: ids.present('organization', category.organizationId, category.organizationId),
    name: category.name,
    color: presentText(category.color),
    slug: slug ?? slugOf(category.name, 'category'),
    created_at: presentInstant(category.createdAt),
    updated_at: presentInstant(category.updatedAt),
    parent_id: null,
    system_key: null,
    is_system: false,
    description: presentText(category.comment),
    tax_reporting_code: null,
    tax_type: null,
    tax_category: null,
    tax_rate: null,
    exclude_from_reports: false,
    sort_order: 0,
    children_count: 0,
  }
}

/** `GET categories`: all of them, the oldest first. */
export async function listCategories(call: Call): Promise<Answer> {
  const categories = await call.core.categories.list(call.actor, {})
  return { text: presentAll(await present(call, call.actor, categories)) }
}

/** `GET categories/{id}`. */
export async function readCategory(call: Call): Promise<Answer> {
  const { core, actor, ids } = call
  const id = ids.parse('category', actor.organizationId, call.id)
  if (id === undefined) throw notFound('category')
  const [item = ''] = await present(call, actor, [await core.categories.read(actor, id)])
  return { text: presentOne(item) }
}

/** `POST categories`. A slug that is given is remembered for this door; else it follows the name. */
export async function createCategory(call: Call): Promise<Answer> {
  const { core } = call
  const fields = readFields(call.bytes)
  fields.require('name')
  const name = fields.text('name') ?? ''
  const color = fields.orNull('color', fields.text) ?? ''
  const slug = fields.orNull('slug', fields.text)
  fields.check()
  const [item = ''] = await core.together(call.actor, async (actor) => {
    const category = await core.categories.add(actor, { name, color })
    const subject = { noun: 'category', id: category.id } as const
    if (slug) await core.notes.setProperty(actor, subject, 'expensicat', 'slug', slug)
    return present(call, actor, [category])
  })
  return { text: presentOne(item), created: true }
}

async function present(
  { core, ids }: Call,
  actor: Actor,
  categories: readonly Category[],
): Promise<string[]> {
  const slugs = new Map<number, string>()
  for (let start = 0; start < categories.length; start += maxIds) {
    const some = categories.slice(start, start + maxIds).map(({ id }) => id)
    for (const { name, subjectId, value } of await core.notes.properties(
      actor,
      'category',
      some,
      'expensicat',
    )) {
      if (name === 'slug' && value !== null) slugs.set(subjectId, value)
    }
  }
  return categories.map((category) => JSON.stringify(presentCategory(category, slugs.get(category.id), ids)))
}
