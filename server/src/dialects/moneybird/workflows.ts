// What there is one of in a book, where the original has several: workflow, document style, identity. And no bank account.

import type { Answer, Call } from './call.ts'
import { modelNotFound } from './errors.ts'
import { presentId, presentInstant, type WireObject } from './wire.ts'

/** `GET workflows`: how invoices are settled. Its id is the organization's. */
export async function listWorkflows(call: Call): Promise<Answer> {
  return { list: [presentWorkflow(call)] }
}

/** `GET document_styles`. */
export async function listDocumentStyles(call: Call): Promise<Answer> {
  return { list: [presentDocumentStyle(call)] }
}

/** `GET identities`: the letterhead of the organization. */
export async function listIdentities(call: Call): Promise<Answer> {
  return { list: [presentIdentity(call)] }
}

/** `GET identities/default` and `GET identities/{id}`. */
export async function readIdentity(call: Call): Promise<Answer> {
  const { id, actor, params } = call
  if (params.id !== undefined && id !== actor.organizationId) return modelNotFound('Identity')
  return { item: presentIdentity(call) }
}

/** `GET financial_accounts`: none. */
export async function listFinancialAccounts(_: Call): Promise<Answer> {
  return { list: [] }
}

function presentWorkflow(call: Call): WireObject {
  const { actor } = call
  const { organization } = actor
  const step = {
    id: presentId(organization.id),
    administration_id: presentId(organization.id),
    step_order: 0,
    due_interval: organization.invoiceDueDays,
    reminder_delay: 0,
    reminder_text: null,
    reminder_auto_send: false,
    action: null,
    ...times(call),
  }
  return {
    id: presentId(organization.id),
    administration_id: presentId(organization.id),
    type: 'InvoiceWorkflow',
    name: 'Standard',
    default: true,
    currency: organization.currency,
    language: 'en',
    active: true,
    prices_are_incl_tax: false,
    payment_methods: [],
    collection_method: null,
    number_of_collections: 0,
    show_qr_code: false,
    ...times(call),
    steps: [step],
  }
}

function presentDocumentStyle(call: Call): WireObject {
  const id = presentId(call.actor.organizationId)
  return {
    id,
    administration_id: id,
    name: 'Standard',
    identity_id: id,
    default: true,
    logo_hash: null,
    logo_container_full_width: false,
    logo_display_width: null,
    logo_position: 'left',
    background_hash: null,
    paper_size: 'A4',
    address_position: 'left',
    font_size: 10,
    font_family: 'Helvetica',
    print_on_stationery: false,
    custom_css: null,
    invoice_sender_address: [],
    invoice_metadata_left: [],
    invoice_metadata_right: [],
    estimate_sender_address: [],
    estimate_metadata_left: [],
    estimate_metadata_right: [],
    ...times(call),
  }
}

function presentIdentity(call: Call): WireObject {
  const { organization } = call.actor
  const id = presentId(organization.id)
  const { created_at, updated_at } = times(call)
  return {
    id,
    administration_id: id,
    company_name: organization.name,
    city: organization.city || null,
    country: organization.country || null,
    zipcode: organization.postalCode || null,
    address1: organization.addressLine1 || null,
    address2: organization.addressLine2 || null,
    email: organization.email || null,
    phone: organization.phone || null,
    bank_account_name: null,
    bank_account_number: null,
    bank_account_bic: null,
    custom_fields: [],
    updated_at,
    created_at,
    chamber_of_commerce: null,
    tax_number: organization.taxNumber || null,
  }
}

function times({ actor: { organization } }: Call) {
  return {
    created_at: presentInstant(organization.createdAt),
    updated_at: presentInstant(organization.updatedAt),
  }
}
