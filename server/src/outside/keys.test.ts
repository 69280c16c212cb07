// The key of the installation: made once, the same at every start, for nobody else to read.

import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { createKeys, keyFile, openKeys } from './keys.ts'

const folders: string[] = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'daybook-keys-'))
  folders.push(folder)
  return folder
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('The key of an installation', () => {
  test('is made at the first start, and is the same at the next', () => {
    const folder = freshFolder()
    const first = hex(openKeys(folder).derive('cookies'))
    assert.match(first, /^[0-9a-f]{64}$/)
    assert.equal(hex(openKeys(folder).derive('cookies')), first)
    assert.deepEqual(readdirSync(folder), [keyFile], 'No draft is left behind.')
  })

  test('is another one for every purpose, every folder, and every server without a folder', () => {
    const folder = freshFolder()
    const derived = [
      openKeys(folder).derive('cookies'),
      openKeys(folder).derive('sessions'),
      openKeys(freshFolder()).derive('cookies'),
      createKeys().derive('cookies'),
      createKeys().derive('cookies'),
    ].map(hex)
    assert.equal(new Set(derived).size, derived.length)
    assert.ok(!derived.includes(readFileSync(join(folder, keyFile), 'utf8').trim()))
  })

  test('is read by its owner alone, also when a copy of the folder lost its rights', () => {
    const folder = freshFolder()
    const file = join(folder, keyFile)
    const before = hex(openKeys(folder).derive('x'))
    assert.equal(statSync(file).mode & 0o777, 0o600)
    chmodSync(file, 0o644)
    assert.equal(hex(openKeys(folder).derive('x')), before)
    assert.equal(statSync(file).mode & 0o777, 0o600)
  })

  test('is not replaced when its file is damaged', () => {
    for (const text of ['', 'abc', 'ABCDEF'.repeat(20), '00'.repeat(31)]) {
      const folder = freshFolder()
      writeFileSync(join(folder, keyFile), text)
      assert.throws(() => openKeys(folder), /secret\.key is damaged/)
      assert.equal(readFileSync(join(folder, keyFile), 'utf8'), text)
    }
  })
})
