// One-time secrets and recovery codes: what is read at sign-in, and how each code is used up by one of many at once.

import type { SecondFactor, SecondFactorWriter } from '../core/ports.ts'
import type { Connection, Shapes } from './engine.ts'

/** Reads the second factor of a person, confirmed or not. */
export async function readSecondFactor(
  connection: Connection,
  shapes: Shapes,
  personId: number,
): Promise<SecondFactor | undefined> {
  const shape = shapes('secondFactor', (db, slot) =>
    db
      .selectFrom('second_factors')
      .select((eb) => [
        'secret',
        'confirmed_at',
        eb
          .selectFrom('recovery_codes')
          .select((codes) => codes.fn.countAll().as('n'))
          .whereRef('recovery_codes.person_id', '=', 'second_factors.person_id')
          .as('recovery_codes'),
      ])
      .where('person_id', '=', slot()),
  )
  const [row] = await connection.rows(shape, [personId])
  if (row === undefined) return undefined
  const [secret, confirmedAt, recoveryCodes] = row
  return { secret, confirmedAt, recoveryCodes: Number(recoveryCodes) } as SecondFactor
}

/** Makes the writing of second factors of one transaction. */
export function secondFactorsOf(connection: Connection, shapes: Shapes): SecondFactorWriter {
  async function remove(table: 'second_factors' | 'recovery_codes', personId: number): Promise<void> {
    const shape = shapes(`remove ${table}`, (db, slot) =>
      db.deleteFrom(table).where('person_id', '=', slot()),
    )
    await connection.run(shape, [personId])
  }

  return {
    async beginSecondFactor(personId, secret) {
      const shape = shapes('beginSecondFactor', (db, slot) =>
        db
          .insertInto('second_factors')
          .values({ person_id: slot(), secret: slot(), last_step: slot() })
          .onConflict((conflict) =>
            conflict
              .column('person_id')
              .doUpdateSet((eb) => ({ secret: eb.ref('excluded.secret') }))
              .where('second_factors.confirmed_at', 'is', null),
          ),
      )
      return (await connection.run(shape, [personId, secret, 0])) === 1
    },

    async confirmSecondFactor(personId, secret, step, at) {
      const shape = shapes('confirmSecondFactor', (db, slot) =>
        db
          .updateTable('second_factors')
          .set({ confirmed_at: slot(), last_step: slot() })
          .where('person_id', '=', slot())
          .where('secret', '=', slot())
          .where('confirmed_at', 'is', null),
      )
      return (await connection.run(shape, [at, step, personId, secret])) === 1
    },

    async setRecoveryCodes(personId, digests) {
      await remove('recovery_codes', personId)
      const shape = shapes('addRecoveryCode', (db, slot) =>
        db.insertInto('recovery_codes').values({ person_id: slot(), digest: slot() }),
      )
      for (const digest of digests) await connection.run(shape, [personId, digest])
    },

    async removeSecondFactor(personId) {
      await remove('recovery_codes', personId)
      await remove('second_factors', personId)
    },

    async takeStep(personId, step) {
      const shape = shapes('takeStep', (db, slot) =>
        db
          .updateTable('second_factors')
          .set({ last_step: slot() })
          .where('person_id', '=', slot())
          .where('last_step', '<', slot()),
      )
      return (await connection.run(shape, [step, personId, step])) === 1
    },

    async takeRecoveryCode(personId, digest) {
      const shape = shapes('takeRecoveryCode', (db, slot) =>
        db.deleteFrom('recovery_codes').where('person_id', '=', slot()).where('digest', '=', slot()),
      )
      return (await connection.run(shape, [personId, digest])) === 1
    },
  }
}
