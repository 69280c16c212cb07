// Reading requests in XML: fields inside one element. Elements, texts and the five known entities are all there is.

import type { Input, InputValue } from './input.ts'

/** Elements inside one another at most, and of one request. */
const limits = { depth: 10, elements: 5000 }

const token =
  /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([A-Za-z_][\w.-]*)((?:\s[^<>]*?)?)(\/?)>|([^<]+)/y
const entity = /&(?:#(\d{1,7})|#x([0-9A-Fa-f]{1,6})|(lt|gt|amp|quot|apos));|&/g
const known = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" } as const

type Element = { readonly name: string; text: string; readonly children: [string, InputValue][] }

/**
 * The fields of a request: the elements inside its root. Repeated ones are a list. Attributes say nothing. Undefined for
 * what is no such document: a declaration of types or an entity of one's own is none.
 */
export function readXmlInput(text: string): Input | undefined {
  const open: Element[] = []
  let root: Element | undefined
  let count = 0
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const match = token.exec(text)
    if (match === null) return undefined
    const [, data, closing, name, , empty, words] = match
    const here = open.at(-1)
    if (name === undefined) {
      const said = data ?? (words === undefined ? '' : plain(words))
      if (said === undefined) return undefined
      if (here !== undefined) here.text += said
      else if (said.trim() !== '' && said.trim() !== '\ufeff') return undefined
      continue
    }
    if (closing !== '/') {
      count += 1
      if (root !== undefined && open.length === 0) return undefined
      if (open.length >= limits.depth || count > limits.elements) return undefined
      const element: Element = { name, text: '', children: [] }
      root ??= element
      open.push(element)
      if (empty !== '/') continue
    } else if (here?.name !== name) return undefined
    const closed = open.pop()
    const outer = open.at(-1)
    if (closed !== undefined && outer !== undefined) outer.children.push([closed.name, contentOf(closed)])
  }
  return root === undefined || open.length > 0 ? undefined : collected(root.children)
}

function contentOf({ text, children }: Element): InputValue {
  return children.length === 0 ? text : collected(children)
}

function collected(children: readonly [string, InputValue][]): Input {
  const input: Record<string, InputValue> = Object.create(null)
  const repeated = new Map<string, InputValue[]>()
  for (const [name, value] of children) {
    const list = repeated.get(name)
    if (list) list.push(value)
    else repeated.set(name, [value])
  }
  for (const [name, values] of repeated) input[name] = values.length === 1 ? (values[0] ?? null) : values
  return input
}

/** A text with its entities read; undefined when there is one that nobody knows. */
function plain(text: string): string | undefined {
  let wrong = false
  const read = text.replace(entity, (whole, decimal?: string, hex?: string, name?: keyof typeof known) => {
    if (name !== undefined) return known[name]
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    if (whole === '&' || Number.isNaN(code) || code > 0x10ffff) {
      wrong = true
      return ''
    }
    return String.fromCodePoint(code)
  })
  return wrong ? undefined : read
}
