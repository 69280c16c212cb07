// Ids as UUIDs: they come back as what they were, and nothing else does.

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { createIds, type IdNoun, isUuid } from './ids.ts'

const ids = createIds(new Uint8Array(32).fill(7))
const others = createIds(new Uint8Array(32).fill(8))

const noun = fc.constantFrom<IdNoun>(
  'organization',
  'person',
  'membership',
  'client',
  'project',
  'time_entry',
  'invoice',
  'category',
  'recurring_invoice',
)
const number = fc.oneof(
  fc.integer({ min: 1, max: 1000 }),
  fc.constantFrom(2 ** 31, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER),
  fc.maxSafeNat().map((n) => Math.max(n, 1)),
)

describe('An id', () => {
  test('is a UUID of version 8 that comes back as the number it was, in any letter case', () => {
    fc.assert(
      fc.property(noun, number, number, (noun, organization, id) => {
        const text = ids.present(noun, organization, id)
        assert.match(text, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
        assert.equal(ids.parse(noun, organization, text), id)
        assert.equal(ids.parse(noun, organization, text.toUpperCase()), id)
      }),
    )
  })

  test('of another noun, another organization or another installation is nothing', () => {
    fc.assert(
      fc.property(noun, noun, number, number, number, (noun, other, organization, elsewhere, id) => {
        const text = ids.present(noun, organization, id)
        if (other !== noun) assert.equal(ids.parse(other, organization, text), undefined)
        if (elsewhere !== organization) assert.equal(ids.parse(noun, elsewhere, text), undefined)
        assert.equal(others.parse(noun, organization, text), undefined)
      }),
    )
  })

  test('with any one bit changed is nothing', () => {
    const text = ids.present('time_entry', 3, 12_345)
    const digits = text.replaceAll('-', '')
    for (let bit = 0; bit < 128; bit += 1) {
      const flipped = (BigInt(`0x${digits}`) ^ (1n << BigInt(bit))).toString(16).padStart(32, '0')
      const forged = flipped.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
      assert.equal(ids.parse('time_entry', 3, forged), undefined, `bit ${bit}`)
    }
  })

  test('that is guessed is nothing', () => {
    fc.assert(
      fc.property(fc.uuid(), noun, number, (text, noun, organization) => {
        assert.equal(ids.parse(noun, organization, text), undefined)
      }),
      { numRuns: 1000 },
    )
  })

  test('is another one for each of many things', () => {
    const made = new Set<string>()
    for (const noun of ['person', 'project', 'time_entry'] as const) {
      for (let organization = 1; organization <= 3; organization += 1) {
        for (let id = 1; id <= 300; id += 1) made.add(ids.present(noun, organization, id))
      }
    }
    assert.equal(made.size, 2700)
  })

  test('tells nothing of its number: neighbours have no beginning in common', () => {
    const beginnings = new Set(
      Array.from({ length: 500 }, (_, i) => ids.present('time_entry', 1, i + 1).slice(0, 8)),
    )
    assert.equal(beginnings.size, 500)
  })

  test('stays the same one, since clients keep it', () => {
    const made = [
      ids.present('organization', 1, 1),
      ids.present('time_entry', 1, 1),
      ids.present('recurring_invoice', 1, Number.MAX_SAFE_INTEGER),
    ]
    assert.deepEqual(made, [
      'f92d12ad-8c0a-8a1f-a999-79aac40024a6',
      'fa8a6121-ef3e-85c8-91a0-2f7534432c56',
      'fddaddf9-b352-87be-8009-b495066d8479',
    ])
  })

  test('of an organization is read without knowing which one', () => {
    assert.equal(ids.parseOrganization(ids.present('organization', 7, 7)), 7)
    assert.equal(ids.parseOrganization(ids.present('organization', 7, 8)), undefined)
    assert.equal(ids.parseOrganization(ids.present('project', 7, 7)), undefined)
    assert.equal(others.parseOrganization(ids.present('organization', 7, 7)), undefined)
  })

  const none = [
    ...['', '1', 'me', 'string', 'null', '00000000-0000-0000-0000-000000000000', '../../etc/passwd'],
    ...['ffffffff-ffff-8fff-bfff-ffffffffffff', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'x'.repeat(100_000)],
  ]
  for (const text of none) {
    test(`is not ${JSON.stringify(text.slice(0, 40))}`, () =>
      assert.equal(ids.parse('time_entry', 1, text), undefined))
  }

  test('with anything around it, or without its hyphens, is nothing', () => {
    const text = ids.present('project', 1, 1)
    for (const near of [` ${text}`, `${text}\n`, `{${text}}`, text.replaceAll('-', ''), `${text}0`]) {
      assert.equal(isUuid(near), false)
      assert.equal(ids.parse('project', 1, near), undefined)
    }
  })
})
