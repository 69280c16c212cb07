// Verbs on receipts: attach, read, open, show small, find twins, remove.

import { require as requirePermission } from '../access.ts'
import type { Actor } from '../actor.ts'
import { type Context, listAll, reader, readOwn, readToChange } from '../context.ts'
import { DomainError, invalid, notFound } from '../errors.ts'
import { maxIds } from '../page.ts'
import { text } from '../text.ts'
import type { Change } from '../writing.ts'
import type { Expense, Receipt } from './nouns.ts'
import { openReport } from './verbs.ts'

/** Bytes of one file: a phone's photo or a scanned letter is far smaller. */
export const maxReceiptBytes = 20 * 1024 * 1024

/** Receipts of one expense. */
export const maxReceipts = 20

/** Files that can stand behind an expense, told from their bytes. Anything that could run in a browser is missing. */
export const receiptMediaTypes: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/heic',
  'image/tiff',
  'application/pdf',
])

/** Sizes of thumbnails: pixels of the longer side. */
export const thumbnailPixels = { small: 100, medium: 250, large: 500 } as const
export type ThumbnailSize = keyof typeof thumbnailPixels

export type ReceiptFile = { readonly bytes: Uint8Array; readonly fileName: string }

/** A file whose bytes are kept already. */
export type KeptFile = Pick<Receipt, 'contentHash' | 'sizeBytes' | 'mediaType' | 'fileName'>

/** A receipt with the bytes of its file, or of a picture of it. */
export type OpenReceipt = { readonly receipt: Receipt; readonly bytes: Uint8Array }

export type Receipts = ReturnType<typeof createReceipts>

const permissions = { read: 'expense.read', write: 'expense.write' } as const

/** Verbs on receipts. They follow the rights on their expense. */
export function createReceipts(context: Context) {
  const { store, write, files, secrets } = context

  return {
    /**
     * Checks a file and keeps its bytes, durable when this resolves, for `attach` to put behind an expense.
     * Throws `forbidden` for those who may record nothing, `invalid` for empty or unknown files, `limit` for too large
     * ones. Needs no transaction and opens none.
     */
    async keep(actor: Actor, file: ReceiptFile): Promise<KeptFile> {
      requirePermission(actor, 'expense.write')
      const mediaType = await checkFile(file)
      return {
        contentHash: await files.put(file.bytes),
        sizeBytes: file.bytes.length,
        mediaType,
        fileName: lastSegment(file.fileName),
      }
    },

    /** Puts a kept file behind an expense; its revision moves. Throws `invalid` for too many, `locked` as for changes. */
    attach(actor: Actor, expenseId: number, file: KeptFile): Promise<{ receipt: Receipt; expense: Expense }> {
      return write(actor, async (change) => {
        const expense = await expenseWithRoom(change, actor, expenseId)
        const { organizationId, personId } = actor
        const receipt = await change.add('receipt', {
          organizationId,
          expenseId,
          personId,
          ...file,
          publicKey: secrets.newKey(),
        })
        return { receipt, expense: await change.touch('expense', expense) }
      })
    },

    /** Brings a receipt back that was taken away; its expense's revision moves. Throws like `attach`. */
    restore(actor: Actor, id: number): Promise<Receipt> {
      return write(actor, async (change) => {
        const [receipt] = await change.tx.byId('receipt', actor.organizationId, [id])
        if (receipt === undefined) throw notFound('receipt')
        await asReceipt(readToChange(change, actor, permissions, 'expense', receipt.expenseId))
        if (receipt.deletedAt === null) return receipt
        const expense = await expenseWithRoom(change, actor, receipt.expenseId)
        await change.touch('expense', expense)
        return change.restore('receipt', receipt)
      })
    },

    /** One receipt of an expense the actor may read. */
    read,

    /**
     * The receipts of those of these expenses that the actor may read, oldest first; others are left out. Throws
     * `invalid` for more than `maxIds` expenses.
     */
    async list(actor: Actor, expenseIds: readonly number[]): Promise<Receipt[]> {
      if (expenseIds.length > maxIds) {
        throw invalid('expenseIds', 'too_many', `At most ${maxIds} expenses at once.`)
      }
      const { organizationId } = actor
      const readable = await readableExpenses(actor, expenseIds)
      if (readable.size === 0) return []
      return listAll(reader(context, actor), 'receipt', { organizationId, expenseIds: [...readable] })
    },

    /**
     * Receipts with the same bytes that the actor may read, oldest first: perhaps the same purchase recorded twice.
     * `except` leaves one out, such as the one just attached.
     */
    async duplicatesOf(actor: Actor, contentHash: string, except?: number): Promise<Receipt[]> {
      const { organizationId } = actor
      requirePermission(actor, 'expense.read')
      const same = await listAll(reader(context, actor), 'receipt', { organizationId, contentHash })
      const readable = await readableExpenses(actor, [...new Set(same.map(({ expenseId }) => expenseId))])
      return same.filter(({ id, expenseId }) => id !== except && readable.has(expenseId))
    },

    /** A receipt and its bytes, for those who may read its expense. */
    async openAs(actor: Actor, id: number): Promise<OpenReceipt> {
      const receipt = await read(actor, id)
      return { receipt, bytes: await files.get(receipt.contentHash) }
    },

    /** A receipt and a PNG of it, for those who may read its expense. Throws `not_found` when none can be made. */
    async thumbnail(actor: Actor, id: number, size: ThumbnailSize): Promise<OpenReceipt> {
      return preview(await read(actor, id), size)
    },

    /** The same by the unguessable key alone. */
    async thumbnailByKey(publicKey: string, size: ThumbnailSize): Promise<OpenReceipt> {
      return preview(await byKey(publicKey), size)
    },

    /** Takes a receipt away; its expense's revision moves. The bytes stay until nothing refers to them. */
    remove(actor: Actor, id: number): Promise<void> {
      return write(actor, async (change) => {
        const [receipt] = await change.tx.byId('receipt', actor.organizationId, [id])
        if (receipt === undefined) throw notFound('receipt')
        const expense = await readToChange(change, actor, permissions, 'expense', receipt.expenseId, true)
        if (receipt.deletedAt !== null) return
        if (expense.deletedAt === null) await openReport(change, expense.reportId)
        await change.remove('receipt', receipt)
        await change.touch('expense', expense)
      })
    },

    /** A receipt and its bytes by the unguessable key alone. Throws `not_found` when it or its expense was removed. */
    async open(publicKey: string): Promise<OpenReceipt> {
      const receipt = await byKey(publicKey)
      return { receipt, bytes: await files.get(receipt.contentHash) }
    },
  }

  async function read(actor: Actor, id: number): Promise<Receipt> {
    const from = reader(context, actor)
    const [receipt] = await from.byId('receipt', actor.organizationId, [id])
    if (receipt === undefined || receipt.deletedAt !== null) throw notFound('receipt')
    await asReceipt(readOwn(from, actor, 'expense.read', 'expense', receipt.expenseId))
    return receipt
  }

  async function byKey(publicKey: string): Promise<Receipt> {
    const receipt = await store.people.receiptByPublicKey(publicKey)
    const [expense] =
      receipt === undefined ? [] : await store.byId('expense', receipt.organizationId, [receipt.expenseId])
    if (receipt === undefined || expense === undefined || expense.deletedAt !== null)
      throw notFound('receipt')
    return receipt
  }

  async function preview(receipt: Receipt, size: ThumbnailSize): Promise<OpenReceipt> {
    const bytes = await files.preview(receipt, thumbnailPixels[size])
    if (bytes === null) {
      throw new DomainError('not_found', 'no_preview', 'No picture can be made of this receipt.')
    }
    return { receipt, bytes }
  }

  /** Ids of the live expenses among these that the actor may read. */
  async function readableExpenses(actor: Actor, ids: readonly number[]): Promise<Set<number>> {
    const far = requirePermission(actor, 'expense.read')
    const expenses = await reader(context, actor).byId('expense', actor.organizationId, ids)
    const readable = expenses.filter(
      ({ deletedAt, personId }) => deletedAt === null && (far === 'all' || personId === actor.personId),
    )
    return new Set(readable.map(({ id }) => id))
  }

  async function checkFile(file: ReceiptFile): Promise<string> {
    if (file.bytes.length === 0) throw invalid('file', 'required', 'The file is empty.')
    if (file.bytes.length > maxReceiptBytes) {
      throw new DomainError('limit', 'too_large', `A receipt has at most ${maxReceiptBytes} bytes.`)
    }
    const mediaType = await files.mediaTypeOf(file.bytes)
    if (mediaType === null || !receiptMediaTypes.has(mediaType)) {
      throw invalid('file', 'format', 'A receipt is an image (JPEG, PNG, GIF, WebP, HEIC, TIFF) or a PDF.')
    }
    return mediaType
  }
}

/** The expense for one receipt more. Throws `invalid` when it has as many as it can, `locked` as for changes. */
async function expenseWithRoom(change: Change, actor: Actor, expenseId: number): Promise<Expense> {
  const expense = await readToChange(change, actor, permissions, 'expense', expenseId)
  await openReport(change, expense.reportId)
  const query = { organizationId: actor.organizationId, expenseIds: [expenseId] }
  if ((await change.tx.count('receipt', query)) < maxReceipts) return expense
  throw invalid('file', 'too_many', `An expense has at most ${maxReceipts} receipts.`)
}

/** An expense that is not to be found means that neither is its receipt. */
function asReceipt(reading: Promise<Expense>): Promise<Expense> {
  return reading.catch((error: unknown) => {
    throw error instanceof DomainError && error.kind === 'not_found' ? notFound('receipt') : error
  })
}

// Control characters and marks that turn the direction of writing: a name with them shows as something else.
const deceptive = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu

// Browsers of old send whole paths, and nothing good comes from keeping folders.
function lastSegment(fileName: string): string {
  const segment = fileName.split(/[/\\]/).at(-1) ?? ''
  const kept = text('fileName', segment.replace(deceptive, ''), 1000).slice(-200)
  // The cut may have gone through a character of two units.
  return kept.replace(/^[\udc00-\udfff]/, '')
}
