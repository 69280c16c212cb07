// Receipts: which files are taken, what their names become, who may attach, read and remove them.

import assert from 'node:assert/strict'
import { before, describe, test } from 'node:test'
import { createTestBook, forEachEngine, refusal, type TestBook, withScopes } from '../../../test/harness.ts'
import type { Actor } from '../actor.ts'
import type { LocalDateTime } from '../day.ts'
import { decimal } from '../decimal.ts'
import type { IssueCode } from '../errors.ts'
import { maxIds } from '../page.ts'
import { maxReceiptBytes, maxReceipts, thumbnailPixels } from './receipts.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const bytesOf = (text: string) => new TextEncoder().encode(text)

forEachEngine('Receipts', (engine) => {
  let book: TestBook
  before(async () => {
    book = await createTestBook(engine)
  })
  const member = () => book.actorOf('member')
  const receipts = () => book.core.receipts
  const record = (actor: Actor = member()) =>
    book.core.expenses.record(actor, {
      category: { name: 'Lunch' },
      spentAt: '2026-05-20T12:00:00' as LocalDateTime,
      unitPrice: decimal('10'),
    })
  const keep = (bytes: Uint8Array = png, fileName = 'lunch.png') =>
    receipts().keep(book.actorOf('owner'), { bytes, fileName })

  describe('A file', () => {
    test('is kept with the type its bytes have, whatever its name says', async () => {
      const kept = await keep(png, 'invoice.pdf')
      assert.deepEqual(
        [kept.mediaType, kept.sizeBytes, kept.fileName],
        ['image/png', png.length, 'invoice.pdf'],
      )
      assert.equal(kept.contentHash, book.secrets.digest(png))
      assert.deepEqual(Buffer.from(await book.files.get(kept.contentHash)), png)
    })

    const refused: readonly [string, Uint8Array, IssueCode][] = [
      ['no bytes', new Uint8Array(), 'required'],
      ['HTML under the name of an image', bytesOf('<!doctype html><script>alert(1)</script>'), 'format'],
      [
        'an SVG with a script',
        bytesOf('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        'format',
      ],
      ['XML', bytesOf('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'), 'format'],
      ['plain text', bytesOf('hello'), 'format'],
      ['a ZIP', Buffer.from('504b0304140000000000', 'hex'), 'format'],
      ['a program', Buffer.from('7f454c4602010100', 'hex'), 'format'],
    ]
    for (const [what, bytes, code] of refused) {
      test(`that is ${what} is refused`, async () => {
        await assert.rejects(keep(bytes, 'photo.jpg'), refusal('invalid', { path: 'file', code }))
      })
    }

    test('of more than 20 MiB is refused', async () => {
      const large = new Uint8Array(maxReceiptBytes + 1)
      large.set(png)
      await assert.rejects(keep(large), refusal('limit', { reason: 'too_large' }))
    })

    const names: readonly [string, string][] = [
      ['lunch.png', 'lunch.png'],
      ['../../etc/passwd', 'passwd'],
      ['C:\\Users\\me\\bill.png', 'bill.png'],
      ['folder/', ''],
      ['a\r\nSet-Cookie: b.png', 'aSet-Cookie: b.png'],
      ['nul\u0000.png', 'nul.png'],
      ['\u202egnp.exe', 'gnp.exe'],
      ['"; drop table', '"; drop table'],
      ['.htaccess', '.htaccess'],
      ['-rf', '-rf'],
      ['emoji 😀.png', 'emoji 😀.png'],
      [`${'x'.repeat(300)}.png`, `${'x'.repeat(196)}.png`],
      [`${'😀'.repeat(150)}a`, `${'😀'.repeat(99)}a`],
    ]
    for (const [given, name] of names) {
      test(`named ${JSON.stringify(given.slice(0, 30))} is kept as ${JSON.stringify(name.slice(0, 30))}`, async () => {
        assert.equal((await keep(png, given)).fileName, name)
      })
    }

    test('with half a character or far too long a name is refused', async () => {
      await assert.rejects(keep(png, 'a\ud83d.png'), refusal('invalid', { path: 'fileName', code: 'format' }))
      await assert.rejects(
        keep(png, 'x'.repeat(5000)),
        refusal('invalid', { path: 'fileName', code: 'too_long' }),
      )
    })
  })

  test('are attached, read, opened by their key alone, and removed; the expense’s revision moves with them', async () => {
    const expense = await record()
    const { receipt, expense: touched } = await receipts().attach(member(), expense.id, await keep())
    assert.equal(touched.revision, 2)
    assert.deepEqual(await receipts().read(member(), receipt.id), receipt)
    const opened = await receipts().open(receipt.publicKey)
    assert.deepEqual([opened.receipt, Buffer.from(opened.bytes)], [receipt, png])
    const { related } = await book.core.expenses.read(member(), expense.id)
    assert.deepEqual(related.receipts.get(expense.id), [receipt])
    await receipts().remove(member(), receipt.id)
    assert.equal((await book.core.expenses.stamp(member(), expense.id))?.revision, 3)
    await assert.rejects(receipts().read(member(), receipt.id), refusal('not_found'))
    await assert.rejects(receipts().open(receipt.publicKey), refusal('not_found'))
    await book.unchanged(() => receipts().remove(member(), receipt.id))
    await receipts().restore(member(), receipt.id)
    assert.equal((await receipts().read(member(), receipt.id)).publicKey, receipt.publicKey)
    assert.equal((await book.core.expenses.stamp(member(), expense.id))?.revision, 4)
    await book.unchanged(async () => {
      await receipts().restore(member(), receipt.id)
      const stranger = receipts().restore(book.actorOf('owner', 'b'), receipt.id)
      await assert.rejects(stranger, refusal('not_found'))
    })
  })

  test('are at most twenty on one expense, however many come at once', async () => {
    const expense = await record()
    const file = await keep()
    const results = await Promise.allSettled(
      Array.from({ length: maxReceipts + 5 }, () => receipts().attach(member(), expense.id, file)),
    )
    assert.equal(results.filter((result) => result.status === 'fulfilled').length, maxReceipts)
    for (const result of results) {
      if (result.status === 'rejected') refusal('invalid', { path: 'file', code: 'too_many' })(result.reason)
    }
  })

  test('follow the rights on their expense', async () => {
    const expense = await record(book.actorOf('owner'))
    const file = await keep()
    const { receipt } = await receipts().attach(book.actorOf('owner'), expense.id, file)
    await book.unchanged(async () => {
      for (const actor of [member(), book.actorOf('guest'), book.actorOf('owner', 'b')]) {
        await assert.rejects(receipts().read(actor, receipt.id), refusal('not_found'))
        await assert.rejects(receipts().remove(actor, receipt.id), refusal('not_found'))
        await assert.rejects(receipts().attach(actor, expense.id, file), refusal('not_found'))
      }
      const accountant = book.actorOf('accountant')
      assert.equal((await receipts().read(accountant, receipt.id)).id, receipt.id)
      await assert.rejects(receipts().remove(accountant, receipt.id), refusal('forbidden'))
      await assert.rejects(receipts().attach(accountant, expense.id, file), refusal('forbidden'))
      await assert.rejects(
        receipts().read(withScopes(book.actorOf('owner'), 'time:read'), receipt.id),
        refusal('forbidden', { reason: 'scope_missing' }),
      )
    })
    await receipts().attach(book.actorOf('manager'), expense.id, file)
  })

  test('are read with their bytes, listed and shown small by those who may read their expense', async () => {
    const mine = await record()
    const others = await record(book.actorOf('owner'))
    const attach = async (expense: number) =>
      (await receipts().attach(book.actorOf('owner'), expense, await keep())).receipt
    const [first, second, foreign] = [await attach(mine.id), await attach(mine.id), await attach(others.id)]
    const idsFor = async (actor: Actor) =>
      (await receipts().list(actor, [mine.id, others.id, 4711])).map(({ id }) => id)
    assert.deepEqual(await idsFor(member()), [first.id, second.id])
    assert.deepEqual(await idsFor(book.actorOf('accountant')), [first.id, second.id, foreign.id])
    assert.deepEqual(await idsFor(book.actorOf('guest')), [])
    assert.deepEqual(await idsFor(book.actorOf('owner', 'b')), [])
    assert.deepEqual(await receipts().list(member(), []), [])
    const many = Array.from({ length: maxIds + 1 }, (_, i) => i + 1)
    await assert.rejects(receipts().list(member(), many), refusal('invalid', { code: 'too_many' }))

    const opened = await receipts().openAs(member(), first.id)
    assert.deepEqual([opened.receipt, Buffer.from(opened.bytes)], [first, png])
    for (const size of ['small', 'medium', 'large'] as const) {
      const shown = await receipts().thumbnail(member(), first.id, size)
      assert.deepEqual(shown.receipt, first)
      assert.equal(Buffer.from(shown.bytes).toString('latin1', 1, 4), 'PNG')
      assert.deepEqual(await receipts().thumbnailByKey(first.publicKey, size), shown)
    }
    assert.deepEqual(thumbnailPixels, { small: 100, medium: 250, large: 500 })
    for (const actor of [member(), book.actorOf('guest'), book.actorOf('owner', 'b')]) {
      await assert.rejects(receipts().openAs(actor, foreign.id), refusal('not_found'))
      await assert.rejects(receipts().thumbnail(actor, foreign.id, 'small'), refusal('not_found'))
    }
    const noExpenses = withScopes(book.actorOf('owner'), 'time:read')
    for (const ask of [
      () => receipts().openAs(noExpenses, first.id),
      () => receipts().thumbnail(noExpenses, first.id, 'small'),
      () => receipts().list(noExpenses, [mine.id]),
      () => receipts().duplicatesOf(noExpenses, first.contentHash),
    ]) {
      await assert.rejects(ask(), refusal('forbidden', { reason: 'scope_missing' }))
    }
    await receipts().remove(member(), first.id)
    assert.deepEqual(await idsFor(member()), [second.id])
    await assert.rejects(receipts().thumbnail(member(), first.id, 'small'), refusal('not_found'))
    await assert.rejects(receipts().thumbnailByKey(first.publicKey, 'small'), refusal('not_found'))
    await assert.rejects(receipts().thumbnailByKey('guess', 'small'), refusal('not_found'))
  })

  test('of which no picture can be made say so', async () => {
    const expense = await record()
    const file = await keep(png.subarray(0, 40), 'cut-off.png')
    const { receipt } = await receipts().attach(member(), expense.id, file)
    await assert.rejects(
      receipts().thumbnail(member(), receipt.id, 'large'),
      refusal('not_found', { reason: 'no_preview' }),
    )
  })

  test('with the same bytes are found, as far as the actor may see them', async () => {
    const file = await keep(Buffer.concat([png, Buffer.from('twins')]))
    const attach = async (actor: Actor) =>
      (await receipts().attach(actor, (await record(actor)).id, file)).receipt
    const [mine, again] = [await attach(member()), await attach(member())]
    const owners = await attach(book.actorOf('owner'))
    const elsewhere = await attach(book.actorOf('owner', 'b'))
    const twins = async (actor: Actor, except?: number) =>
      (await receipts().duplicatesOf(actor, file.contentHash, except)).map(({ id }) => id)
    assert.deepEqual(await twins(member()), [mine.id, again.id])
    assert.deepEqual(await twins(member(), again.id), [mine.id])
    assert.deepEqual(await twins(book.actorOf('owner')), [mine.id, again.id, owners.id])
    assert.deepEqual(await twins(book.actorOf('guest')), [])
    assert.deepEqual(await twins(book.actorOf('owner', 'b')), [elsewhere.id])
    await receipts().remove(member(), mine.id)
    await book.core.expenses.remove(member(), again.expenseId)
    assert.deepEqual(await twins(book.actorOf('owner')), [owners.id])
    for (const hash of ['', '%', "' or 1=1 --", '0'.repeat(64)]) {
      assert.deepEqual(await receipts().duplicatesOf(member(), hash), [])
    }
  })

  test('cannot be found by guessing keys', async () => {
    for (const key of ['', '%', '\u0000', '00000000-0000-4000-8000-000000000000', "' or 1=1 --"]) {
      await assert.rejects(receipts().open(key), refusal('not_found'))
    }
  })
})
