// The one organization of a token.

import { invalid } from '../../core/errors.ts'
import type { Organization } from '../../core/people/nouns.ts'
import type { Answer, Call } from './call.ts'
import { readFields } from './fields.ts'
import type { Ids } from './ids.ts'
import { slugOf } from './slugs.ts'
import { presentInstant, presentOne } from './wire.ts'

function presentOrganization(organization: Organization, ids: Ids) {
  const { id, name, currency, createdAt } = organization
  return {
    id: ids.present('organization', id, id),
    name,
    slug: slugOf(name, 'organization'),
    logo: null,
    base_currency: currency,
    avatar_url: null,
    created_at: presentInstant(createdAt),
  }
}

/** `GET organizations/current`. */
export async function readOrganization({ actor, ids }: Call): Promise<Answer> {
  return { text: presentOne(JSON.stringify(presentOrganization(actor.organization, ids))) }
}

/** `PATCH organizations/current`: the name. Logos are not kept, so one is refused rather than lost. */
export async function updateOrganization({ core, actor, ids, bytes }: Call): Promise<Answer> {
  const fields = readFields(bytes)
  const name = fields.text('name')
  const logo = fields.orNull('logo', fields.text)
  fields.check()
  if (logo) throw invalid('logo', 'unknown_value', 'logo must be null: logos are not kept here.')
  const organization = await core.organizations.updateOrganization(actor, name === undefined ? {} : { name })
  return { text: presentOne(JSON.stringify(presentOrganization(organization, ids))) }
}
