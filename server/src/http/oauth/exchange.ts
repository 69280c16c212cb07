// Requests to the authorization library within the process: it writes its answer here, and we send it on in our own way.

import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'

/** A request to the library. */
export type Question = {
  readonly method: 'GET' | 'POST'
  /** Below the door's prefix, with the query. */
  readonly url: string
  /** What the client sees in front of `url`. */
  readonly base: string
  /** As clients reach the server: the host of addresses in answers, and whether cookies need TLS. */
  readonly publicUrl: string
  readonly cookie?: string | undefined
  readonly authorization?: string | undefined
  /** A form body. */
  readonly form?: string
}

export type LibraryAnswer = {
  readonly status: number
  readonly location: string | undefined
  readonly cookies: readonly string[]
  readonly challenge: string | undefined
  readonly body: string
}

/** A request and the response that belongs to it, tied to no connection. */
export type Exchange = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly answer: () => LibraryAnswer
}

/** Makes the pair for one question. */
export function exchangeOf({
  method,
  url,
  base,
  publicUrl,
  cookie,
  authorization,
  form,
}: Question): Exchange {
  const { host, protocol } = new URL(publicUrl)
  const request = new IncomingMessage(new Socket())
  request.method = method
  request.url = url
  request.headers = {
    host,
    'x-forwarded-proto': protocol.slice(0, -1),
    accept: 'application/json',
    ...(cookie === undefined ? {} : { cookie }),
    ...(authorization === undefined ? {} : { authorization }),
    ...(form === undefined
      ? {}
      : {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': String(Buffer.byteLength(form)),
        }),
  }
  // From the difference of the two the library learns what stands in front of its paths.
  Object.assign(request, { originalUrl: base + url })
  if (form !== undefined) request.push(form)
  request.push(null)

  const response = new ServerResponse(request)
  let body = ''
  const end = (chunk?: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array)
      body = Buffer.from(chunk as string).toString()
    return response
  }
  Object.assign(response, { end })
  return {
    request,
    response,
    answer: () => ({
      status: response.statusCode,
      location: textOf(response.getHeader('location')),
      cookies: [response.getHeader('set-cookie') ?? []].flat().map(String),
      challenge: textOf(response.getHeader('www-authenticate')),
      body,
    }),
  }
}

function textOf(header: number | string | string[] | undefined): string | undefined {
  return header === undefined ? undefined : String(header)
}
