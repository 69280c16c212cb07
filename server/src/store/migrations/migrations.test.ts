// Migrations: applied once, whoever starts and however many start at the same moment, and never backwards.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'
import { forEachEngine } from '../../../test/harness.ts'
import { openEngine, openStore } from '../index.ts'
import { migrate, migrations } from './index.ts'

const all = migrations.map(({ name }) => name)

/** Starts a process that opens the book and tells which migrations it has applied. */
function openElsewhere(address: string): Promise<string> {
  const program = `
    import { openEngine } from ${JSON.stringify(new URL('../index.ts', import.meta.url).href)}
    import { migrate } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
    const engine = await openEngine(process.env.BOOK)
    const applied = await migrate(engine)
    await engine.close()
    process.stdout.write(JSON.stringify(applied))
  `
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    env: { ...process.env, BOOK: address },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  return new Promise((resolve, reject) => {
    child.on('close', (code) => (code === 0 ? resolve(output) : reject(new Error(errors))))
  })
}

forEachEngine('Migrations', (engine) => {
  test('bring an empty database up to date once, and then find nothing to do', async () => {
    const address = await engine.freshAddress()
    const first = await openEngine(address)
    assert.deepEqual(await migrate(first), all)
    assert.deepEqual(await migrate(first), [])
    await first.close()
    const again = await openEngine(address)
    assert.deepEqual(await migrate(again), [])
    await again.close()
  })

  test('keep what was there', async () => {
    const address = await engine.freshAddress()
    const store = await openStore(address)
    await store.write(null, (tx) => tx.setSetting('kept', 'yes'))
    await store.close()
    const again = engine.closing(await openStore(address))
    assert.equal(await again.people.setting('kept'), 'yes')
  })

  test('bring a book of the first release up to date, with everything in it', async () => {
    const address = await engine.freshAddress()
    const old = await openEngine(address)
    await migrate(old, migrations.slice(0, 1))
    await old.migrate(async (execute) => {
      await execute(
        `insert into projects (organization_id, id, revision, created_at, updated_at, name, name_folded, comment, color,
           state, code, billable) values (1, 7, 3, 10, 20, 'Old', 'old', '', '', 'active', '', 1)`,
      )
    })
    await old.close()
    const store = engine.closing(await openStore(address))
    const [project] = await store.byId('project', 1, [7])
    assert.deepEqual(
      [project?.name, project?.revision, project?.budgetPeriod, project?.memberIds],
      ['Old', 3, 'total', []],
    )
  })

  test('refuse a book that a newer version has written, and leave it alone', async () => {
    const address = await engine.freshAddress()
    const newer = await openEngine(address)
    await migrate(newer)
    await newer.migrate(async (execute) => {
      await execute(`insert into migrations (name) values ('9999-from-the-future')`)
    })
    await newer.close()
    await assert.rejects(openStore(address), /newer.*9999-from-the-future/)
    const look = await openEngine(address)
    await look.migrate(async (execute) => {
      const names = (await execute('select name from migrations order by name')).map((row) => row[0])
      assert.deepEqual(names, [...all, '9999-from-the-future'])
    })
    await look.close()
  })

  test('that fail leave nothing behind', async () => {
    const address = await engine.freshAddress()
    const broken = await openEngine(address)
    await assert.rejects(
      broken.migrate(async (execute) => {
        await execute('create table half (id integer)')
        await execute('this is no statement')
      }),
    )
    assert.deepEqual(await migrate(broken), all)
    await assert.rejects(broken.migrate(async (execute) => void (await execute('select * from half'))))
    await broken.close()
  })

  test('are applied by one of four processes that start at the same moment on a fresh database', async () => {
    const address = await engine.freshAddress()
    const outputs = await Promise.all(Array.from({ length: 4 }, () => openElsewhere(address)))
    assert.deepEqual(outputs.toSorted(), [JSON.stringify(all), '[]', '[]', '[]'].toSorted())
  })
})
