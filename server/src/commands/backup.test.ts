// A backup is one moment of the book, whatever is written meanwhile, and says which files it could not get.

import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { forEachEngine, refusal } from '../../test/harness.ts'
import { type Manifest, readManifest } from './backup/manifest.ts'
import { storedFiles } from './backup/stored-files.ts'
import { createTrial, type Trial, type TrialBook } from './backup/trial.ts'
import { writeBackup } from './backup/write.ts'
import { backup } from './backup.ts'
import { UsageError } from './command.ts'
import { restore } from './restore.ts'
import { verify } from './verify.ts'

type Printed = {
  ok: boolean
  stateHash: string
  rows: number
  problems: { where: string; message: string }[]
}
type Verified = { ok: boolean; stateHash: string; counts: { events: number; rows: number } }

let trial: Trial
before(async () => {
  trial = await createTrial()
})
after(() => trial.close())

describe('backup', () => {
  test('holds what the manifest tells: every table, every row, every file', async () => {
    const manifest: Manifest = await readManifest(trial.backup)
    assert.deepEqual(readdirSync(trial.backup).sort(), ['files', 'manifest.json', 'tables'])
    assert.deepEqual(
      readdirSync(join(trial.backup, 'tables')).sort(),
      manifest.tables.map(({ name }) => `${name}.jsonl`),
    )
    for (const { name, columns, rows } of manifest.tables) {
      const lines = readFileSync(join(trial.backup, 'tables', `${name}.jsonl`), 'utf8')
        .split('\n')
        .slice(0, -1)
      assert.equal(lines.length, rows, name)
      for (const line of lines) assert.equal(JSON.parse(line).length, columns.length, name)
    }
    const names = manifest.tables.map(({ name }) => name)
    for (const name of ['events', 'passwords', 'settings', 'idempotency_keys', 'id_counters', 'expense_tags'])
      assert.ok(names.includes(name), name)
    const files = await Array.fromAsync(storedFiles(join(trial.backup, 'files')))
    assert.deepEqual(files, await Array.fromAsync(storedFiles(trial.demo.files)))
    assert.deepEqual([files.length, []], [manifest.files.count, manifest.files.missing])
    assert.equal(manifest.madeAt, '2026-11-20T08:00:00.000Z')
  })

  test('is for the eyes of its owner only', () => {
    assert.equal(statSync(trial.backup).mode & 0o077, 0)
  })

  test('prints the state that verify finds, and an empty folder is as good as none', async () => {
    const folder = trial.fresh('backup')
    mkdirSync(folder)
    const made = await trial.run<Printed>(backup, trial.demo, folder)
    const verified = await trial.run<Verified>(verify, trial.demo)
    assert.deepEqual([made.code, made.data.ok], [0, true])
    assert.equal(made.data.stateHash, verified.data.stateHash)
    assert.equal(made.data.rows, verified.data.counts.rows)
    assert.match(made.text, new RegExp(`State hash: ${made.data.stateHash}$`))
  })

  test('refuses a folder that holds anything, a file, no name and no book, and leaves nothing behind', async () => {
    const folder = trial.fresh('taken')
    mkdirSync(folder)
    writeFileSync(join(folder, 'mine'), 'mine')
    await assert.rejects(trial.run(backup, trial.demo, folder), refusal('conflict'))
    await assert.rejects(trial.run(backup, trial.demo, join(folder, 'mine')), refusal('conflict'))
    await assert.rejects(trial.run(backup, trial.demo), UsageError)
    const nowhere = join(folder, 'backup')
    await assert.rejects(trial.run(backup, trial.place(), nowhere), refusal('not_found'))
    assert.deepEqual(readdirSync(folder), ['mine'])
  })

  test('names a missing file and a damaged one, and copies the rest; so does restoring it', async () => {
    const data = trial.copy(trial.demo.data)
    const at: TrialBook = {
      ...trial.demo,
      data,
      database: join(data, 'daybook.db'),
      env: { DAYBOOK_DATA: data },
    }
    const files = await Array.fromAsync(storedFiles(join(data, 'files')))
    const [missing = '', damaged = ''] = files
    const pathOf = (hash: string) => join(data, 'files', hash.slice(0, 2), hash.slice(2))
    rmSync(pathOf(missing))
    writeFileSync(pathOf(damaged), 'something else')

    const folder = trial.fresh('backup')
    const made = await trial.run<Printed>(backup, at, folder)
    assert.deepEqual([made.code, made.data.ok], [1, false])
    const told = made.data.problems.map(({ where, message }) => `${where}: ${message}`).sort()
    assert.match(told.join('\n'), new RegExp(`The file ${missing} is missing`))
    assert.match(told.join('\n'), new RegExp(`The file ${damaged} is damaged`))
    assert.match(made.text, /organization \d, receipts \d+ ".+": The file/)
    const copied = await Array.fromAsync(storedFiles(join(folder, 'files')))
    assert.deepEqual(copied, files.slice(2))

    const target = trial.place()
    const restored = await trial.run<Printed>(restore, target, folder)
    assert.deepEqual([restored.code, restored.data.stateHash], [1, made.data.stateHash])
    assert.match(restored.text, new RegExp(`The file ${missing} was missing or damaged`))
    assert.deepEqual(await Array.fromAsync(storedFiles(target.files)), files.slice(2))
  })
})

/** More than a backup of the demo lasts; a bound in case it never ends. */
const maxWrites = 5000

forEachEngine('backup while others write', (engine) => {
  test('is a moment between the first write and the last, whole in itself', async () => {
    const at = trial.place(engine.kind === 'sqlite' ? undefined : await engine.freshAddress())
    await trial.run(restore, at, trial.backup)
    const folder = trial.fresh('backup')
    const written = await trial.withBook(at, async ({ core, files }) => {
      const { user, password } = trial.summary.doors.xpenser
      const arrival = { door: 'native', requestId: 'writer', address: '127.0.0.1' } as const
      const actor = await core.signIn.byPassword(user, password, arrival)
      let done = false
      const making = writeBackup(trial.orderOf(at, files, folder)).finally(() => {
        done = true
      })
      let writes = 0
      while (!done && writes < maxWrites) {
        writes += 1
        const startedAt = Date.parse('2026-11-01T09:00:00Z') + writes * 60_000
        await core.time.log(actor, { startedAt, endedAt: startedAt + 60_000, description: `Write ${writes}` })
      }
      await making
      return writes
    })
    const before = await trial.run<Verified>(verify, trial.demo)
    const source = await trial.run<Verified>(verify, at)
    assert.deepEqual([source.code, source.data.counts.events], [0, before.data.counts.events + written])
    assert.ok(written > 5, `There were only ${written} writes.`)

    const copy = trial.place()
    const restored = await trial.run<Printed>(restore, copy, folder)
    const verified = await trial.run<Verified>(verify, copy)
    assert.deepEqual([restored.code, verified.code], [0, 0])
    assert.equal(verified.data.stateHash, restored.data.stateHash)
    const { events } = verified.data.counts
    assert.ok(events >= before.data.counts.events && events <= source.data.counts.events)
  })
})
