// Applications of others, and what the authorization server remembers between two requests.

import type { Migration } from './index.ts'

/** Applications, what they are let in by, and the records of codes and tokens, found by digests alone. */
export const oauth: Migration = {
  name: '0004-oauth',
  statements(engine) {
    const clustered = engine === 'sqlite' ? ' without rowid' : ''
    return [
      'alter table credentials add column application_id bigint',
      `create table applications (
         organization_id bigint not null, id bigint not null, revision bigint not null, created_at bigint not null,
         updated_at bigint not null, deleted_at bigint, name text not null, identifier text not null,
         door text not null, redirect_uris text not null, scopes text not null, confidential integer not null,
         reach text not null, secret_digest text, primary key (organization_id, id))${clustered}`,
      'create index applications_id on applications (id)',
      'create unique index applications_identifier on applications (identifier)',
      `create table oauth_records (
         door text not null, kind text not null, digest text not null, grant_digest text, organization_id bigint,
         credential_id bigint, scope text not null, payload text not null, created_at bigint not null,
         expires_at bigint, used_at bigint,
         primary key (door, kind, digest))${clustered}`,
      'create index oauth_records_grant on oauth_records (grant_digest) where grant_digest is not null',
      `create index oauth_records_credential on oauth_records (organization_id, credential_id)
       where credential_id is not null`,
      'create index oauth_records_expiry on oauth_records (expires_at) where expires_at is not null',
      engine === 'postgres'
        ? 'create sequence application_ids'
        : "insert into id_counters (noun, last) values ('application', 0)",
    ]
  },
}
