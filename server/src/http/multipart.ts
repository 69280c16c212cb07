// Reading multipart/form-data: fields as pairs, files in memory, everything limited.

import type { IncomingMessage } from 'node:http'
import { Busboy, type BusboyHeaders } from '@fastify/busboy'
import type { Pairs } from './pairs.ts'

/** A file part. The media type the sender claims is not kept: it is decided from the bytes. */
export type FilePart = { readonly field: string; readonly fileName: string; readonly bytes: Uint8Array }

export type Form = { readonly pairs: Pairs; readonly files: readonly FilePart[] }

/** What is wrong with a form; the door words it. */
export type FormProblem = 'broken' | 'too_large'

export type FormLimits = {
  readonly maxFileBytes: number
  readonly maxFiles: number
  readonly maxFieldBytes: number
}

/** Reads a whole form from the request, or tells what is wrong with it. A cut upload is `broken`. */
export function readMultipart(
  request: IncomingMessage,
  headers: IncomingMessage['headers'],
  limits: FormLimits,
): Promise<Form | FormProblem> {
  return new Promise((resolve) => {
    const pairs: [string, string][] = []
    const files: FilePart[] = []
    let problem: FormProblem | undefined

    function finish(found: Form | FormProblem): void {
      request.unpipe()
      // The rest of a refused body is read and dropped, so that the sender gets to read the answer.
      request.resume()
      resolve(found)
    }

    let parser: InstanceType<typeof Busboy>
    try {
      parser = new Busboy({
        headers: headers as BusboyHeaders,
        limits: {
          fileSize: limits.maxFileBytes,
          files: limits.maxFiles,
          fieldSize: limits.maxFieldBytes,
          fields: 200,
          parts: 220,
          fieldNameSize: 200,
          headerPairs: 50,
        },
      })
    } catch {
      finish('broken')
      return
    }
    parser.on('field', (name, value, nameCut, valueCut) => {
      if (nameCut || valueCut) problem = 'too_large'
      pairs.push([name, value])
    })
    parser.on('file', (field, stream, fileName) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('limit', () => {
        problem = 'too_large'
      })
      stream.on('error', () => finish('broken'))
      stream.on('end', () => files.push({ field, fileName: fileName ?? '', bytes: Buffer.concat(chunks) }))
    })
    for (const limit of ['partsLimit', 'filesLimit', 'fieldsLimit'] as const) {
      parser.on(limit, () => {
        problem = 'too_large'
      })
    }
    parser.on('error', () => finish('broken'))
    parser.on('finish', () => finish(problem ?? { pairs, files }))
    request.on('aborted', () => finish('broken'))
    request.pipe(parser)
  })
}
