// Pieces of HTML for the docs page: everything is escaped unless it was made here.

/** HTML that is safe to send. */
export type Html = { readonly html: string }

/** HTML with values in it: texts are escaped, pieces of HTML and lists of them stay. */
export function html(
  parts: TemplateStringsArray,
  ...values: readonly (Html | readonly Html[] | string)[]
): Html {
  return { html: parts.reduce((text, part, i) => text + spell(values[i - 1] ?? '') + part) }
}

/** Words with code between backquotes. */
export function worded(text: string): Html {
  return {
    html: text
      .split('`')
      .map((part, i) => (i % 2 === 1 ? `<code>${escaped(part)}</code>` : escaped(part)))
      .join(''),
  }
}

/** JSON as people read it: short objects and lists stay on one line. */
export function jsonText(value: unknown, depth = 0): string {
  const flat = JSON.stringify(value)
  if (typeof value !== 'object' || value === null || flat.length + depth * 2 <= 76) {
    return flat.replaceAll('":', '": ').replaceAll(/,(?=["{[\d])/g, ', ')
  }
  const pad = '  '.repeat(depth + 1)
  const end = `\n${'  '.repeat(depth)}`
  if (Array.isArray(value)) {
    return `[\n${value.map((item) => pad + jsonText(item, depth + 1)).join(',\n')}${end}]`
  }
  const rows = Object.entries(value).map(([name, item]) => `${pad}"${name}": ${jsonText(item, depth + 1)}`)
  return `{\n${rows.join(',\n')}${end}}`
}

function spell(value: Html | readonly Html[] | string): string {
  if (typeof value === 'string') return escaped(value)
  return 'html' in value ? value.html : value.map((piece) => piece.html).join('')
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
}
