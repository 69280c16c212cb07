// What the authorization server keeps: applications' secrets, and records of consents, codes and tokens.

import type { GrantReader, GrantRecord, GrantWriter } from '../core/ports.ts'
import type { Stored } from './codec.ts'
import { atMost, type Connection, type Engine, type Shapes } from './engine.ts'
import { readStanding, standingColumns, standings } from './people.ts'
import { tables } from './tables.ts'

const columns = [
  'door',
  'kind',
  'digest',
  'grant_digest',
  'organization_id',
  'credential_id',
  'scope',
  'payload',
  'created_at',
  'expires_at',
  'used_at',
] as const

const { application } = tables

/** Makes the reads of the authorization server. */
export function readGrants(connection: Connection, shapes: Shapes): GrantReader {
  return {
    async application(identifier) {
      const shape = shapes('applicationByIdentifier', (db, slot) =>
        db
          .selectFrom('applications')
          .select([...application.columns, 'secret_digest'])
          .where('identifier', '=', slot())
          .where('deleted_at', 'is', null),
      )
      const [row] = await connection.rows(shape, [identifier])
      if (row === undefined) return undefined
      return {
        application: application.read(row),
        secretDigest: row[application.columns.length] as string | null,
      }
    },

    async record(door, kind, digest) {
      const shape = shapes('grantRecord', (db, slot) =>
        db
          .selectFrom('oauth_records')
          .select([...columns])
          .where('door', '=', slot())
          .where('kind', '=', slot())
          .where('digest', '=', slot()),
      )
      const [row] = await connection.rows(shape, [door, kind, digest])
      if (row === undefined) return undefined
      const [, , , grantDigest, organizationId, credentialId, scope, payload, ...times] = row
      const [createdAt, expiresAt, usedAt] = times
      const hangsOn = { grantDigest, organizationId, credentialId }
      return { door, kind, digest, ...hangsOn, scope, payload, createdAt, expiresAt, usedAt } as GrantRecord
    },

    async lives(organizationId, credentialId) {
      const shape = shapes('grantLives', (db, slot) =>
        admitted(db)
          .select('credentials.id')
          .where('credentials.organization_id', '=', slot())
          .where('credentials.id', '=', slot()),
      )
      return (await connection.rows(shape, [organizationId, credentialId])).length === 1
    },

    async byAccessToken(door, digest) {
      const shape = shapes('byAccessToken', (db, slot) =>
        admitted(db)
          .innerJoin('oauth_records', (join) =>
            join
              .onRef('oauth_records.organization_id', '=', 'credentials.organization_id')
              .onRef('oauth_records.credential_id', '=', 'credentials.id'),
          )
          .select([
            ...standingColumns,
            'oauth_records.scope as granted_scope',
            'oauth_records.expires_at as token_expires_at',
          ])
          .where('oauth_records.door', '=', slot())
          .where('oauth_records.kind', '=', slot())
          .where('oauth_records.digest', '=', slot())
          .limit(atMost(1)),
      )
      const [row] = await connection.rows(shape, [door, 'AccessToken', digest])
      if (row === undefined) return undefined
      const [scope, expiresAt] = row.slice(standingColumns.length)
      return {
        ...readStanding(row),
        scope: scope as string,
        expiresAt: expiresAt as number | null,
      }
    },
  }
}

/** Live members with the live credentials of live applications that they have let in. */
function admitted(db: Parameters<typeof standings>[0]) {
  return standings(db)
    .innerJoin('credentials', (join) =>
      join
        .onRef('credentials.organization_id', '=', 'memberships.organization_id')
        .onRef('credentials.person_id', '=', 'memberships.person_id'),
    )
    .innerJoin('applications', 'applications.id', 'credentials.application_id')
    .where('credentials.deleted_at', 'is', null)
    .where('applications.deleted_at', 'is', null)
}

/** Makes the writes of the authorization server in one transaction. */
export function writeGrants({ shapes }: Engine, connection: Connection): GrantWriter {
  return {
    async setApplicationSecret(applicationId, organizationId, digest) {
      const shape = shapes('setApplicationSecret', (db, slot) =>
        db
          .updateTable('applications')
          .set({ secret_digest: slot() })
          .where('organization_id', '=', slot())
          .where('id', '=', slot()),
      )
      await connection.run(shape, [digest, organizationId, applicationId])
    },

    async keepRecord(record) {
      const shape = shapes('keepRecord', (db, slot) =>
        db
          .insertInto('oauth_records')
          .values(Object.fromEntries(columns.map((column) => [column, slot()])))
          .onConflict((conflict) =>
            conflict.columns(['door', 'kind', 'digest']).doUpdateSet((eb) => ({
              payload: eb.ref('excluded.payload'),
              expires_at: eb.ref('excluded.expires_at'),
            })),
          ),
      )
      const { door, kind, digest, grantDigest, organizationId, credentialId } = record
      const what = [door, kind, digest, grantDigest, organizationId, credentialId]
      const { scope, payload, createdAt, expiresAt, usedAt } = record
      await connection.run(shape, [...what, scope, payload, createdAt, expiresAt, usedAt])
    },

    async useRecord(door, kind, digest, at) {
      const shape = shapes('useRecord', (db, slot) =>
        db
          .updateTable('oauth_records')
          .set({ used_at: slot() })
          .where('door', '=', slot())
          .where('kind', '=', slot())
          .where('digest', '=', slot())
          .where('used_at', 'is', null),
      )
      return (await connection.run(shape, [at, door, kind, digest])) === 1
    },

    dropRecord: (door, kind, digest) => drop({ door, kind, digest }),

    async dropRecordsOf(what) {
      await ('grantDigest' in what
        ? drop({ grant_digest: what.grantDigest })
        : drop({ organization_id: what.organizationId, credential_id: what.credentialId }))
    },

    async dropExpiredRecords(before) {
      const shape = shapes('dropExpiredRecords', (db, slot) =>
        db.deleteFrom('oauth_records').where('expires_at', '<', slot()),
      )
      await connection.run(shape, [before])
    },

    async dropOldRecords(kind, grantDigest, most) {
      const shape = shapes('dropOldRecords', (db, slot) =>
        db
          .deleteFrom('oauth_records')
          .where('grant_digest', '=', slot())
          .where('kind', '=', slot())
          .where('digest', 'not in', (eb) =>
            eb
              .selectFrom('oauth_records as newest')
              .select('newest.digest')
              .where('newest.grant_digest', '=', slot())
              .where('newest.kind', '=', slot())
              .orderBy('newest.created_at', 'desc')
              .orderBy('newest.digest')
              .limit(atMost(slot())),
          ),
      )
      await connection.run(shape, [grantDigest, kind, grantDigest, kind, most])
    },
  }

  async function drop(where: Readonly<Record<string, Stored>>): Promise<void> {
    const entries = Object.entries(where)
    const shape = shapes(`dropRecords ${Object.keys(where)}`, (db, slot) =>
      entries.reduce((query, [column]) => query.where(column, '=', slot()), db.deleteFrom('oauth_records')),
    )
    await connection.run(shape, Object.values(where))
  }
}
