// A restored book is the one that was backed up, on whichever engine; and nothing else is ever restored.

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createTestEngine, refusal } from '../../test/harness.ts'
import { timeZone } from '../core/day.ts'
import type { DomainError } from '../core/errors.ts'
import { currency } from '../core/money.ts'
import { createDiskFiles } from '../outside/files.ts'
import { type Migration, migrations } from '../store/migrations/index.ts'
import { openSession } from '../store/session.ts'
import { type Manifest, readManifest, tablePath } from './backup/manifest.ts'
import { checkBackup, restoreBackup } from './backup/read.ts'
import { storedFiles } from './backup/stored-files.ts'
import { createTrial, type Trial, type TrialBook } from './backup/trial.ts'
import { backup } from './backup.ts'
import { restore } from './restore.ts'
import { verify } from './verify.ts'

type Printed = { ok: boolean; stateHash: string; migrated: string[] }

describe('restore', () => {
  let trial: Trial
  const postgres = createTestEngine('postgres')
  before(async () => {
    trial = await createTrial()
  })
  after(() => trial.close())

  const place = async (kind: 'sqlite' | 'postgres') =>
    trial.place(kind === 'sqlite' ? undefined : await postgres.freshAddress())

  const rows = async (at: TrialBook, statement: string) => {
    const session = await openSession(at.database, 'read')
    try {
      return await session.rows(statement)
    } finally {
      await session.close()
    }
  }

  for (const [from, to] of [
    ['sqlite', 'sqlite'],
    ['sqlite', 'postgres'],
    ['postgres', 'sqlite'],
  ] as const) {
    test(`brings a backup of ${from} back on ${to}: the same state, people come in, new ids are new`, async () => {
      const { stateHash } = await readManifest(trial.backup)
      let folder = trial.backup
      if (from === 'postgres') {
        const source = await place(from)
        await trial.run(restore, source, trial.backup)
        folder = trial.fresh('backup')
        assert.equal((await trial.run<Printed>(backup, source, folder)).data.stateHash, stateHash)
      }
      const target = await place(to)
      const restored = await trial.run<Printed>(restore, target, folder)
      assert.deepEqual(restored.data, { ...restored.data, ok: true, stateHash, migrated: [] })
      assert.equal((await trial.run<Printed>(verify, target)).data.stateHash, stateHash)
      const [highest] = await rows(target, 'select max(id) from time_entries')

      await trial.withBook(target, async ({ core }) => {
        const [person] = trial.summary.people
        const arrival = { door: 'native', requestId: 'new', address: '127.0.0.1' } as const
        const login = { username: person?.username ?? '', password: person?.password ?? '' }
        const actor = await core.signIn.byPassword(login.username, login.password, arrival)
        assert.equal(actor.personId, person?.id)
        assert.equal(
          (await core.signIn.bySecret(person?.token ?? '', arrival, 'token'))?.personId,
          person?.id,
        )
        const startedAt = Date.parse('2026-11-20T09:00:00Z')
        const entry = await core.time.log(actor, {
          startedAt,
          endedAt: startedAt + 60_000,
          description: 'New',
        })
        assert.ok(entry.id > Number(highest?.[0]))
      })
      assert.equal((await trial.run(verify, target)).code, 0)
    })
  }

  test('fills a book that was started but never used, and takes its invitation away', async () => {
    const target = trial.place()
    await trial.withBook(target, ({ core }) => core.setUp.invite())
    assert.equal((await rows(target, 'select * from settings')).length, 1)
    assert.equal((await trial.run(restore, target, trial.backup)).code, 0)
    assert.equal((await rows(target, 'select * from settings')).length, 0)
  })

  for (const kind of ['sqlite', 'postgres'] as const) {
    test(`refuses a book on ${kind} that is not empty, and leaves it as it is`, async () => {
      const target = await place(kind)
      await trial.withBook(target, ({ core }) =>
        core.organizations.foundOrganization(
          { name: 'Mine', currency: currency('EUR'), timeZone: timeZone('UTC') },
          { email: 'me@mine.example', name: 'Me', password: 'correct horse' },
        ),
      )
      const before = await trial.run<Printed>(verify, target)
      await assert.rejects(
        trial.run(restore, target, trial.backup),
        refusal('conflict', { reason: 'already_exists' }),
      )
      assert.equal((await trial.run<Printed>(verify, target)).data.stateHash, before.data.stateHash)
      assert.ok(!existsSync(target.files))
    })
  }

  const change = (folder: string, alter: (manifest: Manifest) => object) => {
    const path = join(folder, 'manifest.json')
    writeFileSync(path, JSON.stringify(alter(JSON.parse(readFileSync(path, 'utf8')))))
  }
  const oneFile = async (folder: string) => {
    const [hash = ''] = await Array.fromAsync(storedFiles(join(folder, 'files')))
    return join(folder, 'files', hash.slice(0, 2), hash.slice(2))
  }
  const damages: readonly [string, RegExp, (folder: string) => unknown][] = [
    ['no manifest', /is no backup/, (folder) => rmSync(join(folder, 'manifest.json'))],
    [
      'half a manifest',
      /manifest.json is damaged/,
      (folder) => truncateSync(join(folder, 'manifest.json'), 900),
    ],
    ['a manifest of nothing', /manifest.json is damaged/, (folder) => change(folder, () => ({ format: 1 }))],
    [
      'a later format',
      /newer Daybook \(format 2\)/,
      (folder) => change(folder, (m) => ({ ...m, format: 2 })),
    ],
    [
      'an unknown migration',
      /newer Daybook \(9999-later\)/,
      (folder) => change(folder, (m) => ({ ...m, migrations: [...m.migrations, '9999-later'] })),
    ],
    [
      'a table too few',
      /does not have the tables/,
      (folder) => change(folder, (m) => ({ ...m, tables: m.tables.slice(1) })),
    ],
    [
      'another state',
      /contradicts itself/,
      (folder) => change(folder, (m) => ({ ...m, stateHash: '0'.repeat(64) })),
    ],
    ['a table gone', /tables\/tags.jsonl is missing/, (folder) => rmSync(tablePath(folder, 'tags'))],
    [
      'a table cut off',
      /tables\/events.jsonl is damaged/,
      (folder) => truncateSync(tablePath(folder, 'events'), 100_000),
    ],
    [
      'a changed byte',
      /tables\/expenses.jsonl is damaged/,
      (folder) => {
        const path = tablePath(folder, 'expenses')
        writeFileSync(path, readFileSync(path, 'utf8').replace('4', '5'))
      },
    ],
    [
      'a file gone',
      /receipts \d+ ".*": The file \w+ is missing/,
      async (folder) => rmSync(await oneFile(folder)),
    ],
    [
      'a file changed',
      /receipts \d+ ".*": The file \w+ is damaged/,
      async (folder) => writeFileSync(await oneFile(folder), 'x'),
    ],
  ]
  for (const [name, words, damage] of damages) {
    test(`refuses a backup with ${name}, and writes nothing`, async () => {
      const folder = trial.copy(trial.backup)
      await damage(folder)
      const target = trial.place()
      await assert.rejects(trial.run(restore, target, folder), (error: DomainError) => {
        assert.match(error.message, words)
        assert.ok(error.kind === 'invalid' || error.kind === 'conflict')
        return true
      })
      assert.ok(!existsSync(target.data))
    })
  }

  test('brings a backup of an older Daybook up to date, whatever schema the empty book has', async () => {
    const later: Migration = {
      name: '9000-later',
      statements: () => [
        'alter table tags add column shade text',
        'create table moods (id bigint primary key, name text not null)',
      ],
    }
    const known = [...migrations, later]
    for (const [kind, started] of [
      ['sqlite', false],
      ['sqlite', true],
      ['postgres', true],
    ] as const) {
      const target = await place(kind)
      mkdirSync(target.data)
      if (started) await trial.withBook(target, async () => {})
      const checked = await checkBackup(trial.backup, known)
      const files = createDiskFiles(target.files)
      const { migrated } = await restoreBackup(checked, { database: target.database, files }, known)
      assert.deepEqual(migrated, [later.name])
      assert.deepEqual(await rows(target, 'select count(*), count(shade) from tags'), [[13, 0]])
      assert.deepEqual(await rows(target, 'select * from moods'), [])
    }
  })
})
