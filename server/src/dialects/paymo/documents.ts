// Answers that are documents rather than data. None is made yet: whoever asks for one is told so.

import { Refused } from './errors.ts'

/** Formats of documents that the original knows. */
const documentFormats: ReadonlySet<string> = new Set(['pdf', 'xlsx', 'html'])

/** Throws for a format that asks for a document. */
export function refuseDocument(format: string | undefined): void {
  if (format === undefined || !documentFormats.has(format)) return
  throw new Refused({ status: 404, message: `There is no ${format} of this.` })
}
