// The receipt of an expense: its addresses, how it comes and goes. The newest one shows.

import type { Actor } from '../../core/actor.ts'
import type { Expense, Receipt } from '../../core/expenses/nouns.ts'
import { type KeptFile, type ThumbnailSize, thumbnailPixels } from '../../core/expenses/receipts.ts'
import type { Call } from './call.ts'
import { fieldsOf, type Input } from './input.ts'
import type { WireObject } from './wire.ts'

/** Extensions of the files that can stand behind an expense. */
const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'image/tiff': 'tif',
  'application/pdf': 'pdf',
}

/** Where receipts lie. Clients and mails open these links without credentials, so the name alone opens them. */
export const assetPath = '/assets/:company/expenses/:file'

/** Where the thumbnails of images lie: pictures in PNG, whatever the original. */
export const thumbnailPath = '/assets/:company/expenses/thumbs/:size/:file'

// Only images have thumbnails here, though a PDF could be pictured too.
const images: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/tiff',
])

/** The fields that show a receipt. `file` is empty without one, as the published example has it. */
export function presentReceipts(receipt: Receipt | undefined, door: string): WireObject {
  if (receipt === undefined) return { file: '', download_token: '' }
  const name = receipt.publicKey.replaceAll('-', '')
  const folder = `${door}/assets/${receipt.organizationId}/expenses`
  return {
    file: `${folder}/${name}.${extensions[receipt.mediaType] ?? 'bin'}`,
    ...(images.has(receipt.mediaType) ? thumbnails(`${folder}/thumbs`, name) : {}),
    download_token: name,
  }
}

function thumbnails(folder: string, name: string): WireObject {
  const sizes = Object.keys(thumbnailPixels).map((size) => [
    `image_thumb_${size}`,
    `${folder}/${size}/${name}.png`,
  ])
  return Object.fromEntries(sizes)
}

/** Reads the size in the address of a thumbnail. */
export function parseSize(text: string): ThumbnailSize | undefined {
  return Object.hasOwn(thumbnailPixels, text) ? (text as ThumbnailSize) : undefined
}

/** Reads the file name of an asset: the public key without its dashes. Undefined for anything else. */
export function parseAsset(file: string): string | undefined {
  const [, ...parts] =
    /^([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})\.[a-z]{2,5}$/.exec(file) ?? []
  return parts.length === 5 ? parts.join('-') : undefined
}

/** Keeps the file that came with a form, before anything is written. An empty part is a form without a file. */
export async function keepReceipt({ core, actor, files }: Call): Promise<KeptFile | undefined> {
  const file = files.find(
    ({ field, fileName, bytes }) => field === 'file' && (fileName !== '' || bytes.length > 0),
  )
  return file && core.receipts.keep(actor, file)
}

/** Puts the file that came along in place of the receipts, or takes them away for an empty `file`. */
export async function replaceReceipt(call: Call, expense: Expense, input: Input): Promise<void> {
  const { core, actor, kept } = call
  const removes = kept === undefined && fieldsOf(input).value('file') !== undefined && isEmpty(input)
  if (kept === undefined && !removes) return
  for (const receipt of await receiptsOf(call, actor, expense)) await core.receipts.remove(actor, receipt.id)
  if (kept !== undefined) await core.receipts.attach(actor, expense.id, kept)
}

// `file` is not said to be read-only, so emptying it is taking the receipt away; the address sent back is no change.
function isEmpty(input: Input): boolean {
  const file = fieldsOf(input).value('file')
  return file === null || file === ''
}

async function receiptsOf({ core }: Call, actor: Actor, expense: Expense): Promise<readonly Receipt[]> {
  return (await core.expenses.related(actor, [expense])).receipts.get(expense.id) ?? []
}
