// The contact as it is shown: our client, its properties, its people and its notes.

import type { Actor } from '../../core/actor.ts'
import type { Client, Contact } from '../../core/catalogue/nouns.ts'
import type { BookEvent } from '../../core/events.ts'
import type { Note } from '../../core/notes/nouns.ts'
import type { Call } from './call.ts'
import { type ContactNames, loadNames, namesOf } from './contact-names.ts'
import { presentPerson } from './contact-people.ts'
import { loadCustomFields } from './custom-fields.ts'
import { presentHistory } from './history.ts'
import { presentNote } from './notes.ts'
import { presentId, presentInstant, presentVersion, type WireObject } from './wire.ts'

/** Attributes that only this door knows, kept as properties under their own names. Texts; unset ones are empty. */
export const propertyNames = [
  'firstname',
  'lastname',
  'delivery_method',
  'chamber_of_commerce',
  'bank_account',
  'send_invoices_to_attention',
  'send_estimates_to_attention',
  'send_estimates_to_email',
  'sepa_iban',
  'sepa_iban_account_name',
  'sepa_bic',
  'sepa_mandate_id',
  'sepa_mandate_date',
  'sepa_sequence_type',
  'si_identifier',
  'si_identifier_type',
] as const

/** Attributes of the same kind that are flags. */
export const propertyFlags = ['email_ubl', 'direct_debit', 'sepa_active', 'is_trusted'] as const

/** What stands inside contacts, by client. */
export type ContactRelations = {
  readonly properties: ReadonlyMap<number, ContactNames>
  readonly people: ReadonlyMap<number, readonly Contact[]>
  readonly notes: ReadonlyMap<number, readonly Note[]>
  readonly custom: ReadonlyMap<number, readonly WireObject[]>
  /** Absent where contacts stand inside something else: they show no events there. */
  readonly history?: ReadonlyMap<number, readonly BookEvent[]>
}

/** Loads what stands inside contacts, with the rights of `actor`: a few queries, however many they are. */
export async function loadContactRelations(
  { core }: Pick<Call, 'core'>,
  actor: Actor,
  ids: readonly number[],
  events: boolean,
): Promise<ContactRelations> {
  const people = ids.length === 0 ? [] : await core.contacts.list(actor, { clientIds: ids })
  const notes = ids.length === 0 ? [] : await core.notes.list(actor, 'client', ids)
  return {
    properties: await loadNames(core, actor, ids),
    people: Map.groupBy(people, ({ clientId }) => clientId),
    notes: Map.groupBy(notes, ({ subjectId }) => subjectId),
    custom: await loadCustomFields(core, actor, 'client', ids),
    ...(events ? { history: await core.history(actor, 'client', ids) } : {}),
  }
}

/** A contact with the key order of the published answers. The lists are always there: a client walks them unasked. */
export function presentContact(
  { actor: { organization, personId }, publicUrl }: Pick<Call, 'actor' | 'publicUrl'>,
  client: Client,
  related: ContactRelations,
): WireObject {
  const properties = related.properties.get(client.id) ?? new Map<string, string>()
  const { company, first, last } = namesOf(client, properties)
  const own: Own = (name) => properties.get(name) ?? ''
  const flag: Flag = (name) => properties.get(name) === 'true'
  const id = presentId(client.id)
  const notes = related.notes.get(client.id) ?? []
  return {
    id,
    administration_id: presentId(client.organizationId),
    company_name: company,
    firstname: first,
    lastname: last,
    address1: client.addressLine1,
    address2: client.addressLine2,
    zipcode: client.postalCode,
    city: client.city,
    country: client.country,
    phone: client.phone,
    delivery_method: own('delivery_method') || 'Email',
    customer_id: client.number,
    tax_number: client.taxNumber,
    chamber_of_commerce: own('chamber_of_commerce'),
    bank_account: own('bank_account'),
    is_trusted: flag('is_trusted'),
    max_transfer_amount: null,
    attention: own('send_invoices_to_attention'),
    email: client.email,
    email_ubl: flag('email_ubl'),
    send_invoices_to_attention: own('send_invoices_to_attention'),
    send_invoices_to_email: client.email,
    send_estimates_to_attention: own('send_estimates_to_attention'),
    send_estimates_to_email: own('send_estimates_to_email'),
    ...presentPaying(own, flag),
    created_at: presentInstant(client.createdAt),
    updated_at: presentInstant(client.updatedAt),
    version: presentVersion(client.updatedAt),
    sales_invoices_url: `${publicUrl}/moneybird/${organization.id}/sales_invoices?contact_id=${id}`,
    notes: notes.map(presentNote).reverse(),
    custom_fields: related.custom.get(client.id) ?? [],
    contact_people: (related.people.get(client.id) ?? []).map(presentPerson),
    archived: client.state === 'archived',
    ...(related.history === undefined
      ? {}
      : {
          events: presentHistory('client', related.history.get(client.id) ?? [], notes, {
            organizationId: client.organizationId,
            personId,
            zone: organization.timeZone,
          }),
        }),
  }
}

type Own = (name: (typeof propertyNames)[number]) => string
type Flag = (name: (typeof propertyFlags)[number]) => boolean

/** How a contact pays and is reached, as far as anybody has told. */
function presentPaying(own: Own, flag: Flag): WireObject {
  return {
    direct_debit: flag('direct_debit'),
    sepa_active: flag('sepa_active'),
    sepa_iban: own('sepa_iban'),
    sepa_iban_account_name: own('sepa_iban_account_name'),
    sepa_bic: own('sepa_bic'),
    sepa_mandate_id: own('sepa_mandate_id'),
    sepa_mandate_date: own('sepa_mandate_date') || null,
    sepa_sequence_type: own('sepa_sequence_type') || 'RCUR',
    credit_card_number: '',
    credit_card_reference: '',
    credit_card_type: null,
    tax_number_validated_at: null,
    tax_number_valid: null,
    invoice_workflow_id: null,
    estimate_workflow_id: null,
    si_identifier: own('si_identifier'),
    si_identifier_type: own('si_identifier_type') || null,
    moneybird_payments_mandate: false,
  }
}
