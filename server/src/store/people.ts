// The reads that sign-in starts with, each one query.

import type { PeopleReader, Standing } from '../core/ports.ts'
import { atMost, type Builder, type Connection, type Row, type Shapes } from './engine.ts'
import { readSecondFactor } from './second-factors.ts'
import { tables } from './tables.ts'

const { organization, person, membership, credential, receipt, invoice } = tables

const revisionColumns = [
  'organizations.id as organization_id',
  'organizations.revision as organization_revision',
  'people.revision as person_revision',
  'memberships.id as membership_id',
  'memberships.revision as membership_revision',
  'passwords.revision as password_revision',
  'organization_counters.references_revision',
  'organization_counters.categories_revision',
  'second_factors.confirmed_at',
  'organization_counters.event_sequence',
] as const

/** All of them but the last: that moves with every event, and a standing is the same after most. */
const comparedRevisions = revisionColumns.length - 1

/** All columns that a standing is read from. */
export const standingColumns = [
  ...revisionColumns,
  ...qualified('organizations', organization.columns),
  ...qualified('people', person.columns),
  ...qualified('memberships', membership.columns),
] as const

/** Standings by whom they are asked for, each under the revisions of all it was read from. */
export type Standings = Map<string, { readonly revisions: Row; readonly standing: Standing }>

/** Standings remembered at most; then it starts over. */
const maxStandings = 10_000

/**
 * Makes the reads that know no organization yet. A standing is asked for at every request, so it is read whole only
 * when one of its revisions has moved. Inside a transaction there is nothing to remember: it may yet be undone.
 */
export function readPeople(connection: Connection, shapes: Shapes, remembered?: Standings): PeopleReader {
  return {
    async byLogin(login) {
      const shape = shapes('byLogin', (db, slot) =>
        db
          .selectFrom('people')
          .leftJoin('passwords', 'passwords.person_id', 'people.id')
          .select([...qualified('people', person.columns), 'passwords.hash', 'passwords.revision'])
          .where('people.deleted_at', 'is', null)
          .where((eb) => eb.or([eb('email', '=', slot()), eb('username', '=', slot())]))
          // Someone's e-mail address may be another one's username; the address wins.
          .orderBy((eb) => eb.case().when('email', '=', slot()).then(0).else(1).end())
          .limit(atMost(1)),
      )
      const [row] = await connection.rows(shape, [login, login, login])
      if (row === undefined) return undefined
      const width = person.columns.length
      return {
        person: person.read(row),
        passwordHash: row[width] as string | null,
        passwordRevision: (row[width + 1] as number | null) ?? 0,
      }
    },

    async standing(personId, organizationId) {
      const anywhere = organizationId === null
      const key = `${personId} ${organizationId}`
      const find = (name: string, columns: readonly string[]) =>
        shapes(`${name} ${anywhere}`, (db, slot) => {
          const query = standings(db)
            .select([...columns])
            .where('people.id', '=', slot())
          const within = anywhere ? query : query.where('organizations.id', '=', slot())
          return within.orderBy('memberships.id').limit(atMost(1))
        })
      const values = anywhere ? [personId] : [personId, organizationId]
      const [revisions] = await connection.rows(find('standing revisions', revisionColumns), values)
      if (revisions === undefined) return undefined
      const known = remembered?.get(key)
      if (known?.revisions.every((value, i) => value === revisions[i])) {
        return { ...known.standing, sequence: revisions[comparedRevisions] as number }
      }
      const [row] = await connection.rows(find('standing', standingColumns), values)
      if (row === undefined) return undefined
      const standing = readStanding(row)
      if (remembered !== undefined && remembered.size >= maxStandings) remembered.clear()
      remembered?.set(key, { revisions: row.slice(0, comparedRevisions), standing })
      return standing
    },

    async byDigest(digest) {
      const shape = shapes('byDigest', (db, slot) =>
        standings(db)
          .select([...standingColumns])
          .innerJoin('credentials', (join) =>
            join
              .onRef('credentials.organization_id', '=', 'memberships.organization_id')
              .onRef('credentials.person_id', '=', 'memberships.person_id'),
          )
          .select(qualified('credentials', credential.columns))
          .where('credentials.digest', '=', slot())
          .where('credentials.deleted_at', 'is', null)
          // A new password ends every session, in all organizations at once.
          .where((eb) =>
            eb.or([
              eb('credentials.kind', '=', 'token'),
              eb('credentials.password_revision', '=', eb.ref('passwords.revision')),
            ]),
          ),
      )
      const [row] = await connection.rows(shape, [digest])
      if (row === undefined) return undefined
      const { id, kind, scopes, expiresAt } = credential.read(row, standingColumns.length)
      return { ...readStanding(row), credentialId: id, kind, scopes, expiresAt }
    },

    async membershipCount(personId) {
      const shape = shapes('membershipCount', (db, slot) =>
        db
          .selectFrom('memberships')
          .select((eb) => eb.fn.countAll().as('n'))
          .where('person_id', '=', slot())
          .where('deleted_at', 'is', null),
      )
      const [row] = await connection.rows(shape, [personId])
      return Number(row?.[0] ?? 0)
    },

    async places(personId) {
      const shape = shapes('places', (db, slot) =>
        standings(db)
          .select([
            ...qualified('organizations', organization.columns),
            ...qualified('memberships', membership.columns),
          ])
          .where('people.id', '=', slot())
          .orderBy('memberships.id'),
      )
      const width = organization.columns.length
      return (await connection.rows(shape, [personId])).map((row) => ({
        organization: organization.read(row),
        membership: membership.read(row, width),
      }))
    },

    async session(organizationId, credentialId) {
      const shape = shapes('session', (db, slot) =>
        db
          .selectFrom('credentials')
          .innerJoin('passwords', 'passwords.person_id', 'credentials.person_id')
          .select(['credentials.person_id', 'credentials.expires_at'])
          .where('credentials.organization_id', '=', slot())
          .where('credentials.id', '=', slot())
          .where('credentials.kind', '=', 'session')
          .where('credentials.deleted_at', 'is', null)
          .whereRef('credentials.password_revision', '=', 'passwords.revision'),
      )
      const [row] = await connection.rows(shape, [organizationId, credentialId])
      return row && { personId: row[0] as number, expiresAt: row[1] as number | null }
    },

    async organizations() {
      const shape = shapes('organizations', (db) =>
        db
          .selectFrom('organizations')
          .select([...organization.columns])
          .where('deleted_at', 'is', null)
          .orderBy('id'),
      )
      return (await connection.rows(shape, [])).map((row) => organization.read(row))
    },

    async receiptByPublicKey(publicKey) {
      const shape = shapes('receiptByPublicKey', (db, slot) =>
        db
          .selectFrom('receipts')
          .select([...receipt.columns])
          .where('public_key', '=', slot())
          .where('deleted_at', 'is', null),
      )
      const [row] = await connection.rows(shape, [publicKey])
      return row && receipt.read(row)
    },

    async invoiceByPublicKey(publicKey) {
      const shape = shapes('invoiceByPublicKey', (db, slot) =>
        db
          .selectFrom('invoices')
          .select([...invoice.columns])
          .where('public_key', '=', slot())
          .where('deleted_at', 'is', null),
      )
      const [row] = await connection.rows(shape, [publicKey])
      return row && invoice.read(row)
    },

    secondFactor: (personId) => readSecondFactor(connection, shapes, personId),

    async setting(name) {
      const shape = shapes('setting', (db, slot) =>
        db.selectFrom('settings').select('value').where('name', '=', slot()),
      )
      const [row] = await connection.rows(shape, [name])
      return (row?.[0] as string | null | undefined) ?? null
    },
  }
}

/** Live members with their organization. */
export function standings(db: Builder) {
  return db
    .selectFrom('people')
    .innerJoin('memberships', 'memberships.person_id', 'people.id')
    .innerJoin('organizations', 'organizations.id', 'memberships.organization_id')
    .innerJoin('organization_counters', 'organization_counters.organization_id', 'organizations.id')
    .leftJoin('passwords', 'passwords.person_id', 'people.id')
    .leftJoin('second_factors', 'second_factors.person_id', 'people.id')
    .where('people.deleted_at', 'is', null)
    .where('memberships.deleted_at', 'is', null)
    .where('organizations.deleted_at', 'is', null)
}

/** The standing in a row that begins with `standingColumns`. */
export function readStanding(row: Row): Standing {
  const first = revisionColumns.length
  const second = first + organization.columns.length
  const third = second + person.columns.length
  return {
    organization: organization.read(row, first),
    person: person.read(row, second),
    membership: membership.read(row, third),
    passwordRevision: (row[5] as number | null) ?? 0,
    referencesRevision: row[6] as number,
    categoriesRevision: row[7] as number,
    secondFactor: row[8] !== null,
    sequence: row[9] as number,
  }
}

// Columns of several tables share names; an alias each keeps them apart in every engine.
function qualified(table: string, columns: readonly string[]) {
  return columns.map((column) => `${table}.${column} as ${table}_${column}` as const)
}
