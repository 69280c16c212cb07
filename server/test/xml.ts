// A strict reader of the small part of XML that doors answer: elements and text. Anything else is an error.

/** An element with its children, or with its text when it has none. */
export type XmlElement = {
  readonly name: string
  readonly text: string
  readonly children: readonly XmlElement[]
}

const head = /^<\?xml version="1\.0" encoding="utf-8"\?>\s*/
const piece = /<(\/?)([A-Za-z_][\w.-]*)(\/?)>|([^<]+)/y
const character = /&(?:amp|lt|gt|quot|apos|#(\d{1,7})|#x([\da-fA-F]{1,6}));/g
const meanings: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

type Open = { readonly name: string; text: string; readonly children: XmlElement[] }

/** Reads a whole document into its root element. Throws for whatever a strict parser refuses, and for attributes. */
export function readXml(document: string): XmlElement {
  if (!head.test(document)) throw new Error('The declaration is missing.')
  const text = document.replace(head, '').trimEnd()
  const stack: Open[] = [{ name: '', text: '', children: [] }]
  let at = 0
  while (at < text.length) {
    piece.lastIndex = at
    const found = piece.exec(text)
    if (found === null) throw new Error(`No markup at ${at}: ${text.slice(at, at + 60)}`)
    at = piece.lastIndex
    const [, closes, name, empty, words] = found
    const open = stack.at(-1)
    if (open === undefined) throw new Error('Something follows the root element.')
    if (words !== undefined) open.text += unescaped(words)
    else if (closes) close(stack, name ?? '')
    else if (empty) open.children.push({ name: name ?? '', text: '', children: [] })
    else stack.push({ name: name ?? '', text: '', children: [] })
  }
  const [top] = stack
  const [root] = top?.children ?? []
  if (stack.length !== 1 || top?.children.length !== 1 || top.text !== '' || root === undefined) {
    throw new Error('There is not exactly one whole root element.')
  }
  return root
}

function close(stack: Open[], name: string): void {
  const ended = stack.pop()
  if (ended?.name !== name) throw new Error(`</${name}> closes <${ended?.name}>.`)
  if (ended.children.length > 0 && ended.text.trim() !== '')
    throw new Error(`<${name}> mixes text and elements.`)
  stack.at(-1)?.children.push(ended)
}

function unescaped(words: string): string {
  if (/&/.test(words.replace(character, ''))) throw new Error(`A bare ampersand: ${words.slice(0, 60)}`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot hold.
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(words) || !words.isWellFormed()) {
    throw new Error(`A character that XML cannot hold: ${JSON.stringify(words.slice(0, 60))}`)
  }
  return words.replace(character, (whole, decimal?: string, hexadecimal?: string) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal))
    if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16))
    return meanings[whole.slice(1, -1)] ?? ''
  })
}
