// Secrets: their shapes, that no two are alike, and that only the right password verifies.

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { createSecrets } from './secrets.ts'

const secrets = createSecrets()
const thousand = <T>(make: () => T) => Array.from({ length: 1000 }, make)

describe('Random secrets', () => {
  test('tokens are 32 lower-case hexadecimal characters, no two alike', () => {
    const tokens = thousand(secrets.newToken)
    for (const token of tokens) assert.match(token, /^[0-9a-f]{32}$/)
    assert.equal(new Set(tokens).size, 1000)
  })

  test('keys are random UUIDs of version 4, no two alike', () => {
    const keys = thousand(secrets.newKey)
    for (const key of keys)
      assert.match(key, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    assert.equal(new Set(keys).size, 1000)
  })

  test('follow the chance they are given', () => {
    const zero = createSecrets((size) => new Uint8Array(size))
    assert.equal(zero.newToken(), '0'.repeat(32))
    assert.equal(zero.newKey(), '00000000-0000-4000-8000-000000000000')
  })
})

describe('Digests', () => {
  test('are SHA-256 of the text in UTF-8, or of the bytes', () => {
    const hash = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
    for (const text of ['', 'abc', 'é😀', '\u0000']) {
      assert.equal(secrets.digest(text), hash(text))
      assert.equal(secrets.digest(new TextEncoder().encode(text)), hash(text))
    }
  })
})

describe('Passwords', () => {
  test('verify against their own hash only, which holds neither them nor the same salt twice', async () => {
    const [one, two] = await Promise.all([
      secrets.hashPassword('correct horse'),
      secrets.hashPassword('correct horse'),
    ])
    assert.match(one, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    assert.notEqual(one, two)
    assert.equal(one.includes('correct'), false)
    assert.equal(await secrets.verifyPassword(one, 'correct horse'), true)
    assert.equal(await secrets.verifyPassword(two, 'correct horse'), true)
    for (const wrong of ['Correct horse', 'correct horse ', '', 'correct horse\u0000', 'x'.repeat(200)]) {
      assert.equal(await secrets.verifyPassword(one, wrong), false)
    }
  })

  test('are told apart to the last character, in any alphabet', async () => {
    const long = 'ü'.repeat(199)
    const hash = await secrets.hashPassword(`${long}a`)
    assert.equal(await secrets.verifyPassword(hash, `${long}a`), true)
    assert.equal(await secrets.verifyPassword(hash, `${long}b`), false)
  })

  test('never verify without a hash, nor against something that is none', async () => {
    for (const hash of [null, '', 'nobody', '$argon2id$', '$argon2id$v=19$m=99999999,t=2,p=1$AAAA$AAAA']) {
      assert.equal(await secrets.verifyPassword(hash, 'nobody'), false)
    }
  })

  test('many at once are all answered', async () => {
    const hash = await secrets.hashPassword('pass word')
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) => secrets.verifyPassword(hash, i % 2 === 0 ? 'pass word' : 'other')),
    )
    assert.deepEqual(
      answers,
      answers.map((_, i) => i % 2 === 0),
    )
  })
})
