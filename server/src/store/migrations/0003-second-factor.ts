// The second factor of people, beside their passwords: neither is ever part of an entity, an event or an export.

import type { Migration } from './index.ts'

/** A person has one secret for one-time codes at most, and codes to recover with, each good for one time. */
export const secondFactor: Migration = {
  name: '0003-second-factor',
  statements(engine) {
    const clustered = engine === 'sqlite' ? ' without rowid' : ''
    return [
      `create table second_factors (person_id bigint primary key, secret text not null, confirmed_at bigint,
       last_step bigint not null)${clustered}`,
      `create table recovery_codes (person_id bigint not null, digest text not null,
       primary key (person_id, digest))${clustered}`,
    ]
  },
}
