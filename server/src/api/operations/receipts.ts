// Receipts: the files behind expenses.

import Type from 'typebox'
import type { Receipt } from '../../core/expenses/nouns.ts'
import { type KeptFile, type ThumbnailSize, thumbnailPixels } from '../../core/expenses/receipts.ts'
import { listOf } from '../crud.ts'
import { type Answer, type Call, done, json, type Operation } from '../operation.ts'
import { unreadable } from '../problem.ts'
import { id, instantText, presentInstant } from '../wire.ts'

const group = 'Receipts'

/** A receipt, its file aside. */
export const receipt = Type.Object(
  {
    object: Type.Literal('receipt'),
    id,
    expense_id: id,
    person_id: id,
    file_name: Type.String(),
    media_type: Type.String({ description: 'Decided from the bytes.' }),
    size_bytes: Type.Integer({ minimum: 1 }),
    sha256: Type.String(),
    created_at: instantText,
  },
  { additionalProperties: false },
)

const added = Type.Object(
  {
    ...receipt.properties,
    duplicates: Type.Array(receipt, {
      description: 'Others with the same bytes that you may read: perhaps the same purchase recorded twice.',
    }),
  },
  { additionalProperties: false },
)

/** A receipt as it is answered. */
export function presentReceipt(found: Receipt) {
  return {
    object: 'receipt',
    id: found.id,
    expense_id: found.expenseId,
    person_id: found.personId,
    file_name: found.fileName,
    media_type: found.mediaType,
    size_bytes: found.sizeBytes,
    sha256: found.contentHash,
    created_at: presentInstant(found.createdAt),
  }
}

/** Operations on receipts. */
export const receiptOperations: readonly Operation[] = [
  {
    name: 'listReceipts',
    method: 'GET',
    path: '/expenses/{id}/receipts',
    group,
    summary: 'List the receipts of an expense',
    about: 'Oldest first.',
    status: 200,
    answer: listOf(receipt),
    lasting: () => true,
    example: { ids: { id: 1 } },
    async run({ core, actor, ids }) {
      const expense = await core.reading.read(actor, 'expense', ids.id ?? 0)
      const data = (await core.reading.receiptsOf(actor, [expense.id])).map(presentReceipt)
      return json({ object: 'list', data, has_more: false, next_cursor: null })
    },
  },
  {
    name: 'addReceipt',
    method: 'POST',
    path: '/expenses/{id}/receipts',
    group,
    summary: 'Put a receipt behind an expense',
    about:
      'The file as it is, with its name percent-encoded in `X-File-Name`, or the first file of a multipart form. Images (JPEG, PNG, GIF, WebP, HEIC, TIFF) and PDF, told from the bytes, at most 20 MB, and 20 for one expense.',
    takesFile: true,
    status: 201,
    answer: added,
    example: { ids: { id: 1 }, headers: { 'x-file-name': 'lunch.png' } },
    async prepare({ core, actor, upload }) {
      if (upload === undefined) throw unreadable('There is no file.')
      return core.receipts.keep(actor, upload)
    },
    async run({ core, actor, ids, tools }, kept) {
      const { receipt: made } = await core.receipts.attach(actor, ids.id ?? 0, kept as KeptFile)
      const duplicates = await core.receipts.duplicatesOf(actor, made.contentHash, made.id)
      const location = `${tools.publicUrl}/api/v1/receipts/${made.id}`
      return json({ ...presentReceipt(made), duplicates: duplicates.map(presentReceipt) }, 201, { location })
    },
  },
  {
    name: 'readReceipt',
    method: 'GET',
    path: '/receipts/{id}',
    group,
    summary: 'Read about a receipt',
    status: 200,
    answer: receipt,
    lasting: () => true,
    example: { ids: { id: 1 } },
    run: async ({ core, actor, ids }) => json(presentReceipt(await core.receipts.read(actor, ids.id ?? 0))),
  },
  {
    name: 'openReceipt',
    method: 'GET',
    path: '/receipts/{id}/file',
    group,
    summary: 'Download a receipt',
    status: 200,
    answerType: '*/*',
    example: { ids: { id: 1 } },
    run: openFile,
  },
  ...(Object.keys(thumbnailPixels) as ThumbnailSize[]).map(thumbnail),
  {
    name: 'deleteReceipt',
    method: 'DELETE',
    path: '/receipts/{id}',
    group,
    summary: 'Delete a receipt',
    about: 'Repeats are harmless.',
    status: 204,
    example: { ids: { id: 1 } },
    async run({ core, actor, ids }) {
      await core.receipts.remove(actor, ids.id ?? 0)
      return done
    },
  },
  {
    name: 'restoreReceipt',
    method: 'POST',
    path: '/receipts/{id}/restore',
    group,
    summary: 'Restore a receipt',
    about: 'What is not deleted is answered as it is.',
    status: 200,
    answer: receipt,
    example: { ids: { id: 1 } },
    run: async ({ core, actor, ids }) =>
      json(presentReceipt(await core.receipts.restore(actor, ids.id ?? 0))),
  },
]

async function openFile({ core, actor, ids }: Call): Promise<Answer> {
  const { receipt: found, bytes } = await core.receipts.openAs(actor, ids.id ?? 0)
  const headers = fileHeaders(found.mediaType, found.fileName, found.contentHash)
  return { status: 200, headers, body: bytes }
}

function thumbnail(size: ThumbnailSize): Operation {
  return {
    name: `open${size[0]?.toUpperCase()}${size.slice(1)}Thumbnail`,
    method: 'GET',
    path: `/receipts/{id}/thumbnails/${size}`,
    group,
    summary: `See a receipt, ${size}`,
    about: `A PNG of the picture or of a PDF's first page, at most ${thumbnailPixels[size]} pixels wide and high, with nothing else of the file in it.`,
    status: 200,
    answerType: 'image/png',
    example: { ids: { id: 1 } },
    async run({ core, actor, ids }) {
      const { receipt: found, bytes } = await core.receipts.thumbnail(actor, ids.id ?? 0, size)
      const name = `${found.fileName.replace(/\.\w+$/, '')}-${size}.png`
      const headers = fileHeaders('image/png', name, `${found.contentHash}-${size}`)
      return { status: 200, headers, body: bytes }
    },
  }
}

/** Headers under which a file that somebody uploaded runs nothing, whatever it holds and however it is called. */
export function fileHeaders(mediaType: string, fileName: string, hash: string): Record<string, string> {
  const plain = fileName.replace(/[^\w .()-]/g, '_') || 'receipt'
  const encoded = encodeURIComponent(fileName.toWellFormed()).replace(
    /['()*]/g,
    (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return {
    'content-type': mediaType,
    'content-disposition': `inline; filename="${plain}"; filename*=UTF-8''${encoded}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'same-origin',
    etag: `"${hash}"`,
  }
}
