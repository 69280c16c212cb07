// Ledger accounts: list, read, create, update, delete. There they are categories in error texts.

import type { LedgerAccount, LedgerKind } from '../../core/catalogue/nouns.ts'
import type { CatalogueInput } from '../../core/catalogue/verbs.ts'
import type { Answer, Call } from './call.ts'
import { blank, Refused, validation } from './errors.ts'
import { textOf, wrapped } from './fields.ts'
import { presentId, presentInstant, type WireObject } from './wire.ts'

/** What a side of the books is called there, and the documents that may use an account of it. */
const kinds: {
  readonly [K in LedgerKind]: { readonly type: string; readonly documents: readonly string[] }
} = {
  revenue: {
    type: 'revenue',
    documents: ['sales_invoice', 'general_journal_document', 'financial_mutation', 'payment'],
  },
  expenses: {
    type: 'expenses',
    documents: ['purchase_invoice', 'general_journal_document', 'financial_mutation', 'payment'],
  },
  assets: { type: 'current_assets', documents: ['purchase_invoice', 'general_journal_document'] },
  liabilities: { type: 'current_liabilities', documents: ['general_journal_document'] },
  equity: { type: 'equity', documents: ['general_journal_document'] },
}

/** Their finer kinds as ours. */
const parsedKinds: ReadonlyMap<string, LedgerKind> = new Map([
  ['revenue', 'revenue'],
  ['other_income_expenses', 'revenue'],
  ['expenses', 'expenses'],
  ['direct_costs', 'expenses'],
  ['current_assets', 'assets'],
  ['non_current_assets', 'assets'],
  ['current_liabilities', 'liabilities'],
  ['non_current_liabilities', 'liabilities'],
  ['provisions', 'liabilities'],
  ['equity', 'equity'],
])

/** `GET ledger_accounts`: all of them, without pages. */
export async function listLedgerAccounts({ core, actor }: Call): Promise<Answer> {
  return { list: (await core.ledgerAccounts.list(actor, {})).map(presentLedgerAccount) }
}

/** `GET ledger_accounts/{id}`. */
export async function readLedgerAccount({ core, actor, id }: Call): Promise<Answer> {
  return { item: presentLedgerAccount(await core.ledgerAccounts.read(actor, id)) }
}

/** `POST ledger_accounts`. The reference of a tax authority beside it is not kept. */
export async function createLedgerAccount(call: Call): Promise<Answer> {
  const { name, kind, ...fields } = parseLedgerAccount(call)
  const missing = [...(name === undefined ? ['name'] : []), ...(kind === undefined ? ['account_type'] : [])]
  if (name === undefined || kind === undefined) throw new Refused(validation(missing.map(blank)))
  const account = await call.core.ledgerAccounts.add(call.actor, { name, kind, ...fields })
  return { item: presentLedgerAccount(account), created: true }
}

/** `PATCH ledger_accounts/{id}`: the given attributes only. */
export async function updateLedgerAccount(call: Call): Promise<Answer> {
  const account = await call.core.ledgerAccounts.update(call.actor, call.id, parseLedgerAccount(call))
  return { item: presentLedgerAccount(account) }
}

/** `DELETE ledger_accounts/{id}`. */
export async function deleteLedgerAccount({ core, actor: caller, id }: Call): Promise<Answer> {
  await core.together(caller, async (actor) => {
    await core.ledgerAccounts.read(actor, id)
    await core.ledgerAccounts.remove(actor, id)
  })
  return 'empty'
}

function parseLedgerAccount({ body }: Call): Partial<CatalogueInput<'ledger_account'>> {
  const attributes = wrapped(body, 'ledger_account')
  const [name, type, number] = ['name', 'account_type', 'account_id'].map((key) => textOf(attributes, key))
  const kind = type === undefined ? undefined : parsedKinds.get(type)
  if (type !== undefined && kind === undefined) {
    const wrong = { attribute: 'account_type', text: 'is not included in the list', code: 'inclusion' }
    throw new Refused(validation([wrong]))
  }
  return {
    ...(name === undefined ? {} : { name }),
    ...(kind === undefined ? {} : { kind }),
    ...(number === undefined ? {} : { number }),
  }
}

function presentLedgerAccount(account: LedgerAccount): WireObject {
  const { type, documents } = kinds[account.kind]
  return {
    id: presentId(account.id),
    administration_id: presentId(account.organizationId),
    name: account.name,
    account_type: type,
    account_id: account.number || null,
    parent_id: null,
    active: account.state === 'active',
    created_at: presentInstant(account.createdAt),
    updated_at: presentInstant(account.updatedAt),
    allowed_document_types: documents,
    taxonomy_item: null,
    financial_account_id: null,
  }
}
