// The administration: the organization that the token belongs to.

import type { Organization } from '../../core/people/nouns.ts'
import type { Answer, Call } from './call.ts'
import { languageOf } from './sales-invoice.ts'
import { presentId, presentInstant, type WireObject } from './wire.ts'

/** `GET administrations`: the one that the token is for. Clients take the first. */
export async function listAdministrations({ actor }: Call): Promise<Answer> {
  return { list: [presentAdministration(actor.organization)] }
}

function presentAdministration({
  id,
  name,
  currency,
  country,
  timeZone,
  createdAt,
}: Organization): WireObject {
  return {
    id: presentId(id),
    name,
    language: languageOf(country),
    currency,
    country,
    time_zone: timeZone,
    access: 'user',
    suspended: false,
    period_locked_until: null,
    period_start_date: `${presentInstant(createdAt).slice(0, 4)}-01-01`,
  }
}
