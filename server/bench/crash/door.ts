// The few calls of Xpenser's API that the writers and the comparison make.

import { createHash } from 'node:crypto'
import type { Found } from './ledger.ts'

/** No call may take longer, whatever has become of the server. */
const callLimitMs = 20_000

/** Who writes. */
export type Login = { readonly email: string; readonly password: string }

type Form = URLSearchParams | FormData

/** The server answered, but not with what was asked for. */
export class Refused extends Error {}

export type Door = ReturnType<typeof openDoor>

/** The calls against one server. Everything throws `Refused` for a refusal, and what `fetch` throws when nobody answers. */
export function openDoor(url: string, { email, password }: Login) {
  const authorization = `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`

  async function call(method: 'GET' | 'POST', path: string, body?: Form): Promise<Response> {
    const answer = await fetch(url + path, {
      method,
      headers: { authorization },
      body: body ?? null,
      signal: AbortSignal.timeout(callLimitMs),
    })
    if (answer.ok) return answer
    throw new Refused(`${method} ${path}: ${answer.status} ${(await answer.text()).slice(0, 200)}`)
  }

  const api = '/xpenser/api/v1.0'
  type Shown = {
    readonly id: number
    readonly notes: string
    readonly status: number
    readonly amount: string
    readonly tags: readonly { readonly name: string }[]
    readonly receipt?: { readonly image: string }
  }

  /** The answer as the ledger keeps states; downloads the receipt, so that its bytes are compared and not its name. */
  async function present(shown: Shown): Promise<Found> {
    const { id, notes, status, amount, tags, receipt } = shown
    return {
      id,
      note: notes,
      state: {
        amount,
        tag: tags.map(({ name }) => name).join(' '),
        deleted: status === -1,
        receipt: receipt === undefined || status === -1 ? null : await digestOf(receipt.image),
      },
    }
  }

  async function digestOf(image: string): Promise<string> {
    const answer = await call('GET', `/xpenser/static/xpenser/media/Receipts/${image}`)
    return digest(new Uint8Array(await answer.arrayBuffer()))
  }

  return {
    async createReport(name: string): Promise<number> {
      const answer = await call('POST', `${api}/report/`, new URLSearchParams({ name }))
      return ((await answer.json()) as { id: number }).id
    },

    /** Answers the new id. With a picture the body is multipart. */
    async create(
      fields: Readonly<Record<string, string>>,
      picture?: Uint8Array<ArrayBuffer>,
    ): Promise<number> {
      const answer = await call('POST', `${api}/expense/`, formOf(fields, picture))
      return ((await answer.json()) as Shown).id
    },

    async update(id: number, fields: Readonly<Record<string, string>>): Promise<void> {
      await (await call('POST', `${api}/expense/${id}`, formOf(fields))).text()
    },

    async remove(id: number): Promise<void> {
      await (await call('POST', `${api}/expense/${id}?action=delete`)).text()
    },

    async attach(id: number, picture: Uint8Array<ArrayBuffer>): Promise<void> {
      await (await call('POST', `${api}/receipt/`, formOf({ expense: String(id) }, picture))).text()
    },

    /** All expenses of a report, or of every report for `*`; deleted ones too. */
    async list(report: number | '*'): Promise<Found[]> {
      const answer = await call('GET', `${api}/expenses/?report=${report}&status=all`)
      const found: Found[] = []
      for (const shown of (await answer.json()) as Shown[]) found.push(await present(shown))
      return found
    },

    async read(id: number): Promise<Found> {
      const answer = await call('GET', `${api}/expense/${id}?status=all`)
      return present((await answer.json()) as Shown)
    },
  }
}

/** The SHA-256 of bytes, in hexadecimal. */
export function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function formOf(fields: Readonly<Record<string, string>>, picture?: Uint8Array<ArrayBuffer>): Form {
  if (picture === undefined) return new URLSearchParams(fields)
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('image', new Blob([picture], { type: 'image/png' }), 'receipt.png')
  return form
}
