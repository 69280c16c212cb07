// The receipt resource, and the files themselves at their unguessable address.

import { invalid } from '../../core/errors.ts'
import type { Receipt } from '../../core/expenses/nouns.ts'
import { type KeptFile, maxReceiptBytes } from '../../core/expenses/receipts.ts'
import { first } from '../../http/pairs.ts'
import type { Answer, Call } from './call.ts'
import { parseId } from './ids.ts'
import type { WireObject } from './wire.ts'

/** What a form with a file may hold. */
export const uploadLimits = { maxFileBytes: maxReceiptBytes, maxFiles: 1, maxFieldBytes: 100_000 }

const extensions: Readonly<Record<string, string>> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/heic': 'heic',
  'image/tiff': 'tif',
  'application/pdf': 'pdf',
}

/** `image` is a relative path: a small number, a UUID, and the extension in its original letter case. */
export function presentReceipt(receipt: Receipt): WireObject {
  const given = /\.([A-Za-z0-9]{1,5})$/.exec(receipt.fileName)?.[1]
  const extension = given ?? extensions[receipt.mediaType] ?? 'bin'
  return { image: `${folderOf(receipt.personId)}/${receipt.publicKey}.${extension}`, id: receipt.id }
}

/** Reads the last part of an image path. The number before it and the extension carry no meaning. */
export function parseImage(text: string): string | undefined {
  return /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})(\.[A-Za-z0-9]{1,5})?$/.exec(
    text,
  )?.[1]
}

/** `POST receipt/`: the id of an expense and a file. */
export async function createReceipt(call: Call): Promise<Answer> {
  const expense = parseId(first(call.form, 'expense') ?? '')
  if (expense === undefined) throw invalid('expense', 'required', 'no expense')
  const file = await keepFile(call)
  if (file === undefined) throw invalid('image', 'required', 'no image')
  const { receipt } = await call.core.receipts.attach(call.actor, expense, file)
  return { item: call.format.item(presentReceipt(receipt)) }
}

/** Keeps the file that came with a form, before anything is written. */
export async function keepFile(call: Call): Promise<KeptFile | undefined> {
  // A form in a browser sends an empty part without a name when no file was chosen.
  const [file] = call.files.filter(({ fileName, bytes }) => fileName !== '' || bytes.length > 0)
  return file && call.core.receipts.keep(call.actor, file)
}

/** `GET receipt/{id}`. */
export async function readReceipt(call: Call): Promise<Answer> {
  return { item: call.format.item(presentReceipt(await call.core.receipts.read(call.actor, call.id))) }
}

/** `POST receipt/{id}?action=delete`, or `DELETE`. */
export async function deleteReceipt(call: Call): Promise<Answer> {
  await call.core.receipts.remove(call.actor, call.id)
  return 'empty'
}

// The original spread files over numbered folders; any small number does.
function folderOf(personId: number): number {
  return personId % 100
}
