// The first schema: organizations, people, catalogue, expenses, time, notes, events.

import type { Migration } from './index.ts'

const owned = `
  organization_id bigint not null,
  id bigint not null,
  revision bigint not null,
  created_at bigint not null,
  updated_at bigint not null,
  deleted_at bigint`

const catalogue = `
  name text not null,
  name_folded text not null,
  comment text not null,
  color text not null,
  state text not null`

const nouns = [
  'organization',
  'person',
  'membership',
  'credential',
  'client',
  'project',
  'activity',
  'category',
  'tag',
  'expense',
  'receipt',
  'expense_report',
  'time_entry',
  'note',
  'property',
]

/**
 * Both engines get the same tables. Every table of an organization has it first in its key, so that rows of one
 * organization lie together and the schema can be distributed by it.
 */
export const book: Migration = {
  name: '0001-book',
  statements(engine) {
    // On SQLite the rows then lie in the tree of the key itself: one look-up instead of two.
    const clustered = engine === 'sqlite' ? ' without rowid' : ''
    const create = (name: string, columns: string) => `create table ${name} (${columns})${clustered}`
    const createOwned = (name: string, columns: string) =>
      create(name, `${owned},${columns}, primary key (organization_id, id)`)
    return [
      ...people(create, createOwned),
      ...sorting(createOwned),
      ...spending(create, createOwned),
      ...work(create, createOwned),
      ...log(create),
      ...numbers(engine, create),
    ]
  },
}

type Create = (name: string, columns: string) => string

function people(create: Create, createOwned: Create): string[] {
  const kept =
    'id bigint primary key, revision bigint not null, created_at bigint not null, updated_at bigint not null, deleted_at bigint'
  return [
    create(
      'organizations',
      `${kept}, name text not null, currency text not null, time_zone text not null, distance_unit text not null,
       distance_rate text, hourly_rate text, date_order text not null`,
    ),
    create(
      'organization_counters',
      'organization_id bigint primary key, event_sequence bigint not null, references_revision bigint not null, ' +
        'categories_revision bigint not null',
    ),
    create(
      'people',
      `${kept}, email text not null, username text not null, name text not null, time_zone text`,
    ),
    'create unique index people_email on people (email) where deleted_at is null',
    'create unique index people_username on people (username) where deleted_at is null',
    create(
      'passwords',
      'person_id bigint primary key, hash text not null, revision bigint not null, updated_at bigint not null',
    ),
    createOwned(
      'memberships',
      'person_id bigint not null, role text not null, hourly_rate text, cost_rate text',
    ),
    'create unique index memberships_person on memberships (person_id, organization_id) where deleted_at is null',
    createOwned(
      'credentials',
      `person_id bigint not null, kind text not null, name text not null, scopes text not null, expires_at bigint,
       digest text, password_revision bigint`,
    ),
    'create unique index credentials_digest on credentials (digest)',
    create('settings', 'name text primary key, value text'),
  ]
}

function sorting(createOwned: Create): string[] {
  return [
    createOwned(
      'clients',
      `${catalogue}, number text not null, currency text, contact_person text not null, email text not null,
       phone text not null, website text not null, address_line_1 text not null, address_line_2 text not null, postal_code text not null, city text not null,
       region text not null, country text not null, tax_number text not null, billable integer not null`,
    ),
    createOwned(
      'projects',
      `${catalogue}, client_id bigint, code text not null, billable integer not null, hourly_rate text,
       budget_minor bigint, budget_seconds bigint, starts_on text, ends_on text`,
    ),
    'create index projects_client on projects (organization_id, client_id)',
    createOwned(
      'activities',
      `${catalogue}, project_id bigint, code text not null, billable integer not null, hourly_rate text`,
    ),
    'create index activities_project on activities (organization_id, project_id)',
    createOwned('categories', `${catalogue}, unit text, unit_price text`),
    createOwned(
      'tags',
      'name text not null, name_folded text not null, color text not null, state text not null',
    ),
    ...['categories', 'tags'].map(
      (name) =>
        `create unique index ${name}_name on ${name} (organization_id, name_folded) where deleted_at is null`,
    ),
  ]
}

function spending(create: Create, createOwned: Create): string[] {
  // Stamps (id and revision) of the common lists come from these indexes alone.
  const covering = 'spent_at, id, revision, deleted_at'
  return [
    createOwned(
      'expenses',
      `person_id bigint not null, report_id bigint not null, category_id bigint not null, client_id bigint,
       project_id bigint, activity_id bigint, spent_at bigint not null, time_zone text not null,
       description text not null, description_folded text not null, quantity text not null, unit text,
       unit_price text not null, currency text not null, amount text not null, amount_minor bigint not null,
       base_amount_minor bigint not null, exchange_rate text, exchange_source text not null, exchange_on text,
       billable integer not null, billed integer not null, invoice_line_id bigint`,
    ),
    `create index expenses_report on expenses (organization_id, report_id, ${covering})`,
    `create index expenses_person on expenses (organization_id, person_id, ${covering})`,
    'create index expenses_updated on expenses (organization_id, person_id, updated_at, id, revision, deleted_at)',
    'create index expenses_category on expenses (organization_id, category_id, person_id)',
    create(
      'expense_tags',
      `organization_id bigint not null, expense_id bigint not null, position bigint not null, tag_id bigint not null,
       primary key (organization_id, expense_id, position)`,
    ),
    'create index expense_tags_tag on expense_tags (organization_id, tag_id, expense_id)',
    createOwned(
      'receipts',
      `expense_id bigint not null, person_id bigint not null, content_hash text not null, size_bytes bigint not null,
       media_type text not null, file_name text not null, public_key text not null`,
    ),
    'create index receipts_expense on receipts (organization_id, expense_id)',
    'create index receipts_hash on receipts (organization_id, content_hash)',
    'create unique index receipts_key on receipts (public_key)',
    createOwned(
      'expense_reports',
      `person_id bigint not null, name text not null, name_folded text not null, state text not null,
       is_default integer not null`,
    ),
    'create index expense_reports_person on expense_reports (organization_id, person_id, id)',
    'create index expense_reports_name on expense_reports (organization_id, person_id, name_folded)',
    `create unique index expense_reports_default on expense_reports (organization_id, person_id)
     where is_default = 1 and deleted_at is null`,
  ]
}

function work(create: Create, createOwned: Create): string[] {
  return [
    createOwned(
      'time_entries',
      `person_id bigint not null, client_id bigint, project_id bigint, activity_id bigint, started_at bigint not null,
       ended_at bigint, time_zone text not null, timed integer not null, break_seconds bigint not null,
       duration_seconds bigint, description text not null, description_folded text not null,
       billable integer not null, billed integer not null, invoice_line_id bigint, hourly_rate text`,
    ),
    'create index time_entries_start on time_entries (organization_id, started_at, id, revision, deleted_at)',
    'create index time_entries_person on time_entries (organization_id, person_id, started_at, id, revision, deleted_at)',
    'create index time_entries_updated on time_entries (organization_id, updated_at, id, revision, deleted_at)',
    `create index time_entries_running on time_entries (organization_id, person_id, started_at)
     where ended_at is null and deleted_at is null`,
    create(
      'time_entry_tags',
      `organization_id bigint not null, time_entry_id bigint not null, position bigint not null, tag_id bigint not null,
       primary key (organization_id, time_entry_id, position)`,
    ),
    'create index time_entry_tags_tag on time_entry_tags (organization_id, tag_id, time_entry_id)',
    createOwned(
      'notes',
      `subject_noun text not null, subject_id bigint not null, person_id bigint not null, body text not null,
       todo integer not null, assignee_id bigint, completed_at bigint, completed_by_id bigint`,
    ),
    'create index notes_subject on notes (organization_id, subject_noun, subject_id)',
    createOwned(
      'properties',
      'subject_noun text not null, subject_id bigint not null, space text not null, name text not null, value text',
    ),
    'create index properties_subject on properties (organization_id, subject_noun, subject_id)',
  ]
}

function log(create: Create): string[] {
  return [
    create(
      'events',
      `organization_id bigint not null, sequence bigint not null, at bigint not null, person_id bigint,
       door text not null, request_id text not null, noun text not null, entity_id bigint not null,
       action text not null, before text, after text, primary key (organization_id, sequence)`,
    ),
    'create index events_entity on events (organization_id, noun, entity_id, sequence)',
    create(
      'idempotency_keys',
      `organization_id bigint not null, person_id bigint not null, key text not null, fingerprint text not null,
       status bigint not null, headers text not null, body text not null, at bigint not null,
       primary key (organization_id, person_id, key)`,
    ),
  ]
}

function numbers(engine: 'sqlite' | 'postgres', create: Create): string[] {
  // A row that every insert updates would make all writers of a PostgreSQL server wait for each other.
  if (engine === 'postgres') return nouns.map((noun) => `create sequence ${noun}_ids`)
  return [
    create('id_counters', 'noun text primary key, last bigint not null'),
    ...nouns.map((noun) => `insert into id_counters (noun, last) values ('${noun}', 0)`),
  ]
}
