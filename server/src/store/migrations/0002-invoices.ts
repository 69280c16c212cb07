// Invoices and what leads to them: contacts, task lists, teams, rates, taxes, products; and subscriptions to events.

import type { Migration } from './index.ts'

const owned = `
  organization_id bigint not null,
  id bigint not null,
  revision bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  deleted_at bigint`

const sorted = `
  name text not null,
  name_folded text not null,
  comment text not null,
  color text not null,
  state text not null`

const nouns = [
  'contact',
  'task_list',
  'team',
  'tax_rate',
  'product',
  'ledger_account',
  'custom_field',
  'rate',
  'invoice',
  'invoice_line',
  'payment',
  'recurring_invoice',
  'webhook',
]

/** As in the first migration, every table has the organization first in its key. */
export const invoices: Migration = {
  name: '0002-invoices',
  statements(engine) {
    const clustered = engine === 'sqlite' ? ' without rowid' : ''
    const create = (name: string, columns: string) => `create table ${name} (${columns})${clustered}`
    const createOwned: Create = (name, columns) =>
      create(name, `${owned},${columns}, primary key (organization_id, id)`)
    return [
      ...more(create),
      ...sorting(createOwned),
      ...billing(createOwned),
      ...nouns.map((noun) =>
        engine === 'postgres'
          ? `create sequence ${noun}_ids`
          : `insert into id_counters (noun, last) values ('${noun}', 0)`,
      ),
    ]
  },
}

type Create = (name: string, columns: string) => string

/** Columns and lists that things known before have got. */
function more(create: Create): string[] {
  const budget = ['budget_minor bigint', 'budget_seconds bigint']
  const period = `budget_period text not null default 'total'`
  const texts = [
    'email',
    'phone',
    'website',
    'address_line_1',
    'address_line_2',
    'postal_code',
    'city',
    'region',
  ]
  const added: Readonly<Record<string, readonly string[]>> = {
    organizations: [
      ...[...texts, 'country', 'tax_number'].map((name) => `${name} text not null default ''`),
      `invoice_pattern text not null default '{yyyy}-{nnnn}'`,
      'invoice_due_days bigint not null default 14',
    ],
    clients: [...budget, period],
    projects: [period],
    activities: [
      ...budget,
      period,
      'task_list_id bigint',
      'position bigint not null default 0',
      'priority bigint not null default 50',
      'starts_on text',
      'due_on text',
      'completed_at bigint',
      'completed_by_id bigint',
    ],
    expenses: ['invoice_id bigint'],
    time_entries: ['invoice_id bigint', 'fixed_rate text'],
    notes: ['pinned integer not null default 0'],
  }
  const covering = 'id, revision, deleted_at'
  const lists = [
    ['project_members', 'project_id', 'person_id'],
    ['project_managers', 'project_id', 'person_id'],
    ['activity_assignees', 'activity_id', 'person_id'],
  ] as const
  return [
    ...Object.entries(added).flatMap(([table, columns]) =>
      columns.map((column) => `alter table ${table} add column ${column}`),
    ),
    ...lists.flatMap(([name, own, other]) => [
      create(
        name,
        `organization_id bigint not null, ${own} bigint not null, position bigint not null, ${other} bigint not null,
         primary key (organization_id, ${own}, position)`,
      ),
      `create index ${name}_other on ${name} (organization_id, ${other}, ${own})`,
    ]),
    // What has no client or project is not in these, and costs nothing when it is recorded.
    ...['client', 'project'].flatMap((noun) => [
      `create index expenses_${noun} on expenses (organization_id, ${noun}_id, spent_at, ${covering})
       where ${noun}_id is not null`,
      `create index time_entries_${noun} on time_entries (organization_id, ${noun}_id, started_at, ${covering})
       where ${noun}_id is not null`,
    ]),
    ...['expenses', 'time_entries'].map(
      (table) =>
        `create index ${table}_invoice on ${table} (organization_id, invoice_id) where invoice_id is not null`,
    ),
    'create index activities_task_list on activities (organization_id, task_list_id) where task_list_id is not null',
  ]
}

function sorting(createOwned: Create): string[] {
  return [
    createOwned(
      'contacts',
      `client_id bigint not null, first_name text not null, last_name text not null, name_folded text not null,
       email text not null, phone text not null, mobile text not null, department text not null,
       job_title text not null, comment text not null, main integer not null`,
    ),
    'create index contacts_client on contacts (organization_id, client_id)',
    createOwned('task_lists', `${sorted}, project_id bigint not null, position bigint not null`),
    'create index task_lists_project on task_lists (organization_id, project_id)',
    createOwned(
      'teams',
      `${sorted}, member_ids text not null, lead_ids text not null, client_ids text not null,
       project_ids text not null, activity_ids text not null`,
    ),
    createOwned('tax_rates', `${sorted}, percent text not null, country text not null`),
    createOwned('ledger_accounts', `${sorted}, number text not null, kind text not null`),
    createOwned(
      'products',
      `${sorted}, identifier text not null, unit_price text not null, currency text, tax_rate_id bigint,
       ledger_account_id bigint`,
    ),
    createOwned('custom_fields', `${sorted}, subject_noun text not null, label text not null`),
    createOwned(
      'rates',
      `client_id bigint, project_id bigint, activity_id bigint, person_id bigint, amount text not null,
       cost_amount text, fixed integer not null, valid_from text`,
    ),
  ]
}

function billing(createOwned: Create): string[] {
  return [
    createOwned(
      'invoices',
      `client_id bigint not null, person_id bigint not null, number text, state text not null,
       currency text not null, issued_on text, due_on text, title text not null, reference text not null,
       notes text not null, footer text not null, bill_to text not null, discount_percent text not null,
       prices_include_tax integer not null, taxes text not null, subtotal_minor bigint not null,
       discount_minor bigint not null, tax_amounts text not null, total_minor bigint not null,
       paid_minor bigint not null, sent_at bigint, viewed_at bigint, paid_at bigint, public_key text not null`,
    ),
    'create index invoices_client on invoices (organization_id, client_id)',
    'create unique index invoices_number on invoices (organization_id, number) where deleted_at is null',
    'create unique index invoices_key on invoices (public_key)',
    createOwned(
      'invoice_lines',
      `invoice_id bigint not null, position bigint not null, title text not null, description text not null,
       quantity text not null, unit_price text not null, amount_minor bigint not null, taxes text not null,
       project_id bigint, expense_id bigint, product_id bigint, ledger_account_id bigint, "from" text, "to" text`,
    ),
    'create index invoice_lines_invoice on invoice_lines (organization_id, invoice_id)',
    'create index invoice_lines_expense on invoice_lines (organization_id, expense_id) where expense_id is not null',
    createOwned(
      'payments',
      'invoice_id bigint not null, amount_minor bigint not null, paid_on text not null, comment text not null',
    ),
    'create index payments_invoice on payments (organization_id, invoice_id)',
    createOwned(
      'recurring_invoices',
      `client_id bigint not null, person_id bigint not null, frequency text not null, starts_on text not null,
       ends_on text, max_invoices bigint, notes text not null, auto_send integer not null, lines text not null,
       state text not null, generated bigint not null, next_on text, last_on text`,
    ),
    createOwned(
      'webhooks',
      `person_id bigint not null, door text not null, url text not null, events text not null,
       filter text not null, token text not null, state text not null, last_status bigint,
       last_sequence bigint not null, secret text`,
    ),
    `create table number_series (organization_id bigint not null, name text not null, last bigint not null,
     primary key (organization_id, name))`,
  ]
}
