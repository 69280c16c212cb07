// Migrations: applied once, whoever starts and however many start at the same moment, and never backwards.

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'
import { forEachEngine } from '../../../test/harness.ts'
import { openEngine, openStore } from '../index.ts'
import { migrate } from './index.ts'

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
    assert.deepEqual(await migrate(first), ['0001-book'])
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
      assert.deepEqual(names, ['0001-book', '9999-from-the-future'])
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
    assert.deepEqual(await migrate(broken), ['0001-book'])
    await assert.rejects(broken.migrate(async (execute) => void (await execute('select * from half'))))
    await broken.close()
  })

  test('are applied by one of four processes that start at the same moment on a fresh database', async () => {
    const address = await engine.freshAddress()
    const outputs = await Promise.all(Array.from({ length: 4 }, () => openElsewhere(address)))
    assert.deepEqual(outputs.toSorted(), ['["0001-book"]', '[]', '[]', '[]'])
  })
})
