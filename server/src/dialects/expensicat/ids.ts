// Ids as UUIDs: each encodes noun and number and carries a keyed check, so that foreign, guessed and forged ones are
// recognised without a table. Pure over the key.

import { createCipheriv, hkdfSync, timingSafeEqual } from 'node:crypto'

/** What has an id at this door. The numbers are part of every id that clients keep: they never change. */
const nouns = {
  organization: 1,
  person: 2,
  membership: 3,
  client: 4,
  project: 5,
  time_entry: 6,
  invoice: 7,
  category: 8,
  recurring_invoice: 9,
} as const

export type IdNoun = keyof typeof nouns

export type Ids = {
  /** The UUID of an entity of the organization, in lower case. Always the same one under the same key. */
  readonly present: (noun: IdNoun, organizationId: number, id: number) => string
  /**
   * The number behind a UUID, in any letter case. Undefined for what is no UUID, for one of another noun or organization,
   * and for one that was not made under this key.
   */
  readonly parse: (noun: IdNoun, organizationId: number, text: string) => number | undefined
  /** The organization behind its own UUID. */
  readonly parseOrganization: (text: string) => number | undefined
}

const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether a text has the form of a UUID of any kind. */
export function isUuid(text: string): boolean {
  return shape.test(text)
}

// A UUID has 122 free bits: 64 of the check, then 5 of the noun and 53 of the number under a mask made from the check.
const numberBits = 53n
const payloadBits = 58n
const payloadMask = (1n << payloadBits) - 1n
const lowBits = 62n
const middleBits = 12n

/**
 * Makes the ids of a server from 32 secret bytes. The check is a block of AES over noun, organization and number; a second
 * block over the check hides noun and number, so that ids tell neither how many there are nor which are neighbours.
 */
export function createIds(key: Uint8Array): Ids {
  const checks = createBlocks(key, 'check')
  const masks = createBlocks(key, 'mask')

  function checkOf(noun: number, organizationId: number, id: number): bigint {
    const block = Buffer.alloc(16)
    block.writeBigUInt64BE((BigInt(noun) << 56n) | BigInt(organizationId), 0)
    block.writeBigUInt64BE(BigInt(id), 8)
    return checks(block).readBigUInt64BE(0)
  }

  function maskOf(check: bigint): bigint {
    const block = Buffer.alloc(16)
    block.writeBigUInt64BE(check, 0)
    return masks(block).readBigUInt64BE(0) & payloadMask
  }

  function read(noun: IdNoun, organizationId: number | undefined, text: string): number | undefined {
    if (!isUuid(text)) return undefined
    const bits = bitsOf(text)
    if (bits === undefined) return undefined
    const check = bits >> payloadBits
    const payload = (bits & payloadMask) ^ maskOf(check)
    const code = Number(payload >> numberBits)
    const id = Number(payload & ((1n << numberBits) - 1n))
    const expected = checkOf(code, organizationId ?? id, id)
    return same(check, expected) && code === nouns[noun] && id > 0 ? id : undefined
  }

  return {
    present(noun, organizationId, id) {
      const code = nouns[noun]
      const check = checkOf(code, organizationId, id)
      const payload = (BigInt(code) << numberBits) | BigInt(id)
      return uuidOf((check << payloadBits) | (payload ^ maskOf(check)))
    },
    parse: read,
    parseOrganization: (text) => read('organization', undefined, text),
  }
}

/** One block of AES at a time, under a key of its own for each purpose. */
function createBlocks(key: Uint8Array, purpose: string): (block: Buffer) => Buffer {
  const own = new Uint8Array(hkdfSync('sha256', key, '', purpose, 32))
  const cipher = createCipheriv('aes-256-ecb', own, null)
  cipher.setAutoPadding(false)
  return (block) => cipher.update(block)
}

function uuidOf(bits: bigint): string {
  const head = (bits >> (lowBits + middleBits)).toString(16).padStart(12, '0')
  const middle = ((bits >> lowBits) & ((1n << middleBits) - 1n)).toString(16).padStart(3, '0')
  // The variant of RFC 9562 is the bits 10 in front of the last 62.
  const tail = ((bits & ((1n << lowBits) - 1n)) | (2n << lowBits)).toString(16)
  return `${head.slice(0, 8)}-${head.slice(8)}-8${middle}-${tail.slice(0, 4)}-${tail.slice(4)}`
}

/** The free bits of a UUID of version 8 and variant 10; undefined for any other. */
function bitsOf(text: string): bigint | undefined {
  const digits = text.replaceAll('-', '')
  const tail = BigInt(`0x${digits.slice(16)}`)
  if (digits[12] !== '8' || tail >> lowBits !== 2n) return undefined
  const head = BigInt(`0x${digits.slice(0, 12)}`)
  const middle = BigInt(`0x${digits.slice(13, 16)}`)
  return (((head << middleBits) | middle) << lowBits) | (tail & ((1n << lowBits) - 1n))
}

function same(a: bigint, b: bigint): boolean {
  const bytes = (value: bigint) => {
    const buffer = Buffer.alloc(8)
    buffer.writeBigUInt64BE(value)
    return buffer
  }
  return timingSafeEqual(bytes(a), bytes(b))
}
