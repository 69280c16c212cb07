// Sweeping takes away bytes that belong to nothing, and never any that do, whoever keeps them at the same moment.

import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createTestEngine } from '../../../test/harness.ts'
import { createDiskFiles, previewsFolder } from '../../outside/files.ts'
import { restore } from '../restore.ts'
import { verify } from '../verify.ts'
import { storedFiles } from './stored-files.ts'
import { type SweepOrder, sweepFiles } from './sweep.ts'
import { createTrial, type Trial, type TrialBook } from './trial.ts'

type Printed = {
  ok: boolean
  stateHash: string
  counts: { unnamedFiles: number }
  swept?: { count: number; bytes: number }
}

const dayMs = 24 * 60 * 60 * 1000

describe('verify --sweep', () => {
  let trial: Trial
  const postgres = createTestEngine('postgres')
  before(async () => {
    trial = await createTrial()
  })
  after(() => trial.close())

  const pathOf = (folder: string, hash: string) => join(folder, hash.slice(0, 2), hash.slice(2))
  const yesterday = () => new Date(Date.now() - dayMs - 1000)
  const makeOld = (path: string) => utimesSync(path, yesterday(), yesterday())
  const stored = (at: TrialBook) => Array.fromAsync(storedFiles(at.files))
  const orderOf = (at: TrialBook): SweepOrder => ({
    database: at.database,
    folder: at.files,
    before: Date.now() - dayMs,
  })

  /** A copy of the demo world whose files are all older than a day, and one more that belongs to nothing. */
  async function world(kind: 'sqlite' | 'postgres' = 'sqlite') {
    const at = trial.place(kind === 'sqlite' ? undefined : await postgres.freshAddress())
    await trial.run(restore, at, trial.backup)
    const named = await stored(at)
    const files = createDiskFiles(at.files)
    const orphan = await files.put(Buffer.from('nobody asked for this'))
    for (const hash of [...named, orphan]) makeOld(pathOf(at.files, hash))
    return { at, named, files, orphan }
  }

  for (const kind of ['sqlite', 'postgres'] as const) {
    test(`takes old files that belong to nothing, and no others, on ${kind}`, async () => {
      const { at, named, files, orphan } = await world(kind)
      const young = await files.put(Buffer.from('kept a moment ago'))
      const without = await trial.run<Printed>(verify, at)
      assert.deepEqual([without.data.counts.unnamedFiles, without.data.swept], [2, undefined])
      assert.deepEqual(await stored(at), [...named, orphan, young].sort())

      const swept = await trial.run<Printed>(verify, at, '--sweep')
      assert.deepEqual([swept.code, swept.data.swept], [0, { count: 1, bytes: 21 }])
      assert.match(swept.text, /2 files belong to nothing.*\n1 of them are swept away: 21 bytes/)
      assert.deepEqual(await stored(at), [...named, young].sort())
      assert.equal((await trial.run<Printed>(verify, at)).data.stateHash, without.data.stateHash)
    })
  }

  test('leaves everything in a book that is not whole', async () => {
    const { at, named, orphan } = await world()
    writeFileSync(pathOf(at.files, named[0] ?? ''), 'damaged')
    const { code, data } = await trial.run<Printed>(verify, at, '--sweep')
    assert.deepEqual([code, data.swept], [1, undefined])
    assert.ok(existsSync(pathOf(at.files, orphan)))
  })

  test('keeps files of receipts that were removed: their history still names them', async () => {
    const { at, named } = await world()
    await trial.withBook(at, async ({ core, store }) => {
      const { user, password } = trial.summary.doors.xpenser
      const arrival = { door: 'native', requestId: 'sweep', address: '127.0.0.1' } as const
      const actor = await core.signIn.byPassword(user, password, arrival)
      const [receipt] = await store.list('receipt', { organizationId: actor.organizationId })
      await core.receipts.remove({ ...actor, role: 'owner' }, receipt?.id ?? 0)
    })
    await trial.run(verify, at, '--sweep')
    assert.deepEqual(await stored(at), named)
  })

  test('leaves a file whose bytes are kept again meanwhile', async () => {
    const { at, files, orphan } = await world()
    const path = pathOf(at.files, orphan)
    await files.put(Buffer.from('nobody asked for this'))
    assert.ok(statSync(path).mtimeMs > Date.now() - dayMs)
    assert.deepEqual(await sweepFiles(orderOf(at)), { count: 0, bytes: 0 })
    makeOld(path)
    const [swept] = await Promise.all([
      sweepFiles(orderOf(at)),
      ...Array.from({ length: 20 }, () => files.put(Buffer.from('nobody asked for this'))),
    ])
    assert.ok(swept.count <= 1)
    assert.equal(Buffer.from(await files.get(orphan)).toString(), 'nobody asked for this')
  })

  test('brings back what a sweep that was killed had set aside', async () => {
    const { at, named } = await world()
    const [hash = ''] = named
    const path = pathOf(at.files, hash)
    renameSync(path, join(dirname(path), `.swept-${hash.slice(2)}`))
    assert.deepEqual((await sweepFiles(orderOf(at))).count, 1)
    assert.deepEqual(await stored(at), named)
  })

  test('takes previews of files that are gone and leftovers of writers, not those that are in use', async () => {
    const { at, files, named, orphan } = await world()
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    const picture = await files.put(png)
    await files.preview({ contentHash: picture, mediaType: 'image/png' }, 100)
    const previews = (hash: string) => join(at.files, previewsFolder, hash.slice(0, 2))
    mkdirSync(previews(orphan), { recursive: true })
    writeFileSync(join(previews(orphan), `${orphan.slice(2)}-100.png`), 'a picture')
    const left = join(at.files, (named[0] ?? '').slice(0, 2), '.00000000-0000-4000-8000-000000000000')
    const young = left.replace(/0$/, '1')
    for (const path of [left, young]) writeFileSync(path, 'half')
    makeOld(left)
    await sweepFiles(orderOf(at))
    assert.deepEqual(readdirSync(previews(orphan)), [])
    assert.deepEqual(readdirSync(previews(picture)), [`${picture.slice(2)}-100.png`])
    assert.deepEqual([existsSync(left), existsSync(young)], [false, true])
  })
})
