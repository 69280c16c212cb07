// A source file as the house rules look at it: the code without its words, and the words without the code.

/** One file of the checkout. The three texts have the same length and the same lines. */
export type Source = {
  /** From the checkout's root, with forward slashes. */
  readonly path: string
  readonly text: string
  /** Comments and the insides of strings, templates and regular expressions are blank. */
  readonly code: string
  /** Everything but comments is blank. */
  readonly comments: string
}

type Kind = 'code' | 'comment' | 'quoted'

// A slash after one of these starts a regular expression; after a value it divides.
const beforeRegex = /(?:^|[=(,:;!&|?{[+\-*%~^>]|\b(?:return|typeof|case|of|in|await|yield|throw|new))$/

/** Reads a file. Only languages like TypeScript are told apart; other text comes out as code. */
export function source(path: string, text: string): Source {
  if (!isScript(path, text)) return { path, text, code: text, comments: blank(text) }
  const kinds = classify(text)
  const only = (kind: Kind) => {
    let seen = ''
    let at = 0
    for (const [end, part] of kinds) {
      const piece = text.slice(at, end)
      seen += part === kind ? piece : blank(piece)
      at = end
    }
    return seen
  }
  return { path, text, code: only('code'), comments: only('comment') }
}

/** Whether the rules for code apply to it. */
export function isScript(path: string, text: string): boolean {
  return /\.(?:ts|tsx|js|mjs|cjs)$/.test(path) || /^#!.*\bnode\b/.test(text)
}

/** The line, counted from one, that an offset is on. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}

/** Cuts the text into stretches of one kind, each given by its end. */
function classify(text: string): [end: number, kind: Kind][] {
  const parts: [number, Kind][] = []
  // How many braces are open in the code of each template we are inside of.
  const braces: number[] = []
  let at = 0
  let code = ''
  const take = (end: number, kind: Kind) => {
    parts.push([end, kind])
    at = end
  }
  while (at < text.length) {
    const rest = text.slice(at, at + 2)
    const first = text.charAt(at)
    if (rest === '//' || (at === 0 && rest === '#!')) take(endOfLine(text, at), 'comment')
    else if (rest === '/*') take(after(text, '*/', at + 2), 'comment')
    else if (first === "'" || first === '"') quote(first)
    else if (first === '`') template()
    else if (first === '}' && braces.at(-1) === 0) {
      braces.pop()
      template()
    } else if (first === '/' && beforeRegex.test(code.trimEnd().slice(-12))) regex()
    else {
      if (first === '{' || first === '}') {
        const open = braces.pop()
        if (open !== undefined) braces.push(open + (first === '{' ? 1 : -1))
      }
      code += first
      take(at + 1, 'code')
    }
  }
  return parts

  function quote(mark: string) {
    take(at + 1, 'code')
    take(
      closing(text, at, (char) => char === mark || char === '\n'),
      'quoted',
    )
    if (text.charAt(at) === mark) take(at + 1, 'code')
    code += `${mark}${mark}`
  }
  function template() {
    take(at + 1, 'code')
    const end = closing(text, at, (char, next) => char === '`' || (char === '$' && next === '{'))
    take(end, 'quoted')
    const opens = text.charAt(end) === '$'
    if (opens) braces.push(0)
    take(Math.min(text.length, end + (opens ? 2 : 1)), 'code')
    code = opens ? `${code}(` : `${code}\`\``
  }
  function regex() {
    take(at + 1, 'code')
    let inClass = false
    const end = closing(text, at, (char) => {
      if (char === '[') inClass = true
      if (char === ']') inClass = false
      return (char === '/' && !inClass) || char === '\n'
    })
    take(end, 'quoted')
    if (text.charAt(at) === '/') take(at + 1, 'code')
    code += '//'
  }
}

/** The offset of the first character that ends it, escapes passed over. */
function closing(text: string, from: number, ends: (char: string, next: string) => boolean): number {
  let at = from
  while (at < text.length && !ends(text.charAt(at), text.charAt(at + 1)))
    at += text.charAt(at) === '\\' ? 2 : 1
  return Math.min(at, text.length)
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

function after(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from)
  return at === -1 ? text.length : at + mark.length
}
