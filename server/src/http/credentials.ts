// Reading credentials from headers.

/** Characters of an Authorization header at most: name, password and Base64 around them. */
const maxHeader = 2000

/**
 * Reads HTTP Basic. The name ends at the first colon, so passwords may hold some; both are UTF-8.
 * Answers undefined for anything else.
 */
export function readBasic(header: string | undefined): { user: string; password: string } | undefined {
  if (header === undefined || header.length > maxHeader) return undefined
  if (header.slice(0, 6).toLowerCase() !== 'basic ') return undefined
  const text = Buffer.from(header.slice(6).trim(), 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon < 0) return undefined
  return { user: text.slice(0, colon), password: text.slice(colon + 1) }
}
