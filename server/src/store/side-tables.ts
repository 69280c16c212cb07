// What is kept beside the entities: password hashes, digests of secrets, settings, and answers under a key.

import type { SavedAnswer, Transaction } from '../core/ports.ts'
import type { Connection, Engine } from './engine.ts'

/** Makes the writing of secrets and settings of one transaction. */
export function secretsOf(
  { shapes }: Engine,
  connection: Connection,
): Pick<
  Transaction,
  'setPassword' | 'endTokens' | 'setCredentialDigest' | 'setWebhookSecret' | 'setSetting' | 'takeSetting'
> {
  return {
    async setPassword(personId, hash, at) {
      const shape = shapes('setPassword', (db, slot) =>
        db
          .insertInto('passwords')
          .values({ person_id: slot(), hash: slot(), revision: slot(), updated_at: slot() })
          .onConflict((conflict) =>
            conflict.column('person_id').doUpdateSet((eb) => ({
              hash: eb.ref('excluded.hash'),
              updated_at: eb.ref('excluded.updated_at'),
              revision: eb('passwords.revision', '+', eb.lit(1)),
            })),
          ),
      )
      await connection.run(shape, [personId, hash, 1, at])
    },
    async endTokens(personId) {
      const shape = shapes('endTokens', (db, slot) =>
        db
          .updateTable('credentials')
          .set({ digest: null })
          .where('person_id', '=', slot())
          .where('kind', '=', 'token'),
      )
      await connection.run(shape, [personId])
      const grants = shapes('endGrants', (db, slot) =>
        db
          .deleteFrom('oauth_records')
          .where((eb) =>
            eb.exists(
              eb
                .selectFrom('credentials')
                .select('credentials.id')
                .whereRef('credentials.organization_id', '=', 'oauth_records.organization_id')
                .whereRef('credentials.id', '=', 'oauth_records.credential_id')
                .where('credentials.person_id', '=', slot()),
            ),
          ),
      )
      await connection.run(grants, [personId])
    },
    async setCredentialDigest(credentialId, organizationId, digest) {
      const shape = shapes('setCredentialDigest', (db, slot) =>
        db
          .updateTable('credentials')
          .set((eb) => ({
            digest: slot(),
            password_revision: eb
              .selectFrom('passwords')
              .select('revision')
              .whereRef('passwords.person_id', '=', 'credentials.person_id'),
          }))
          .where('organization_id', '=', slot())
          .where('id', '=', slot()),
      )
      await connection.run(shape, [digest, organizationId, credentialId])
    },
    async setWebhookSecret(organizationId, webhookId, secret) {
      const shape = shapes('setWebhookSecret', (db, slot) =>
        db
          .updateTable('webhooks')
          .set({ secret: slot() })
          .where('organization_id', '=', slot())
          .where('id', '=', slot()),
      )
      await connection.run(shape, [secret, organizationId, webhookId])
    },
    async setSetting(name, value) {
      const shape = shapes('setSetting', (db, slot) =>
        db
          .insertInto('settings')
          .values({ name: slot(), value: slot() })
          .onConflict((conflict) =>
            conflict.column('name').doUpdateSet((eb) => ({ value: eb.ref('excluded.value') })),
          ),
      )
      await connection.run(shape, [name, value])
    },
    async takeSetting(name, value) {
      const shape = shapes('takeSetting', (db, slot) =>
        db
          .updateTable('settings')
          .set({ value: null })
          .where('name', '=', slot())
          .where('value', '=', slot()),
      )
      return (await connection.run(shape, [name, value])) === 1
    },
  }
}

/** Makes the keeping of answers of one transaction. */
export function answers(
  { shapes }: Engine,
  connection: Connection,
): Pick<Transaction, 'savedAnswer' | 'saveAnswer'> {
  const columns = ['fingerprint', 'status', 'headers', 'body', 'at'] as const
  return {
    async savedAnswer(organizationId, personId, key) {
      const shape = shapes('savedAnswer', (db, slot) =>
        db
          .selectFrom('idempotency_keys')
          .select([...columns])
          .where('organization_id', '=', slot())
          .where('person_id', '=', slot())
          .where('key', '=', slot()),
      )
      const [row] = await connection.rows(shape, [organizationId, personId, key])
      if (row === undefined) return undefined
      const [fingerprint, status, headers, body, at] = row
      return { fingerprint, status, headers: JSON.parse(headers as string), body, at } as SavedAnswer
    },
    async saveAnswer(organizationId, personId, key, answer) {
      const names = ['organization_id', 'person_id', 'key', ...columns]
      const shape = shapes('saveAnswer', (db, slot) =>
        db.insertInto('idempotency_keys').values(Object.fromEntries(names.map((name) => [name, slot()]))),
      )
      const { fingerprint, status, headers, body, at } = answer
      const what = [fingerprint, status, JSON.stringify(headers), body, at]
      await connection.run(shape, [organizationId, personId, key, ...what])
    },
  }
}
