// One-page PDF files with a few lines of text.

// A narrow page, in points: as wide as the paper of a till.
const width = 300
const top = 360

/** The lines as a PDF 1.4 of one page, set in Helvetica. The first line is the heading. Latin-1 only. */
export function encodePdf(lines: readonly string[]): Uint8Array {
  const [heading = '', ...rest] = lines
  const text = [
    `BT /F1 16 Tf 24 ${top - 40} Td (${quoted(heading)}) Tj`,
    '/F1 10 Tf 0 -28 Td 15 TL',
    ...rest.map((line) => `(${quoted(line)}) Tj T*`),
    'ET',
  ].join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${top}] /Contents 4 0 R ` +
      '/Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]
  return Buffer.from(assemble(objects), 'latin1')
}

/** Numbers the objects and adds the table of where each begins. One character is one byte throughout. */
function assemble(objects: readonly string[]): string {
  let file = '%PDF-1.4\n%\xe2\xe3\xcf\xd3\n'
  const entries = ['0000000000 65535 f \n']
  for (const [index, object] of objects.entries()) {
    entries.push(`${String(file.length).padStart(10, '0')} 00000 n \n`)
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
  }
  const size = entries.length
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  return `${file}xref\n0 ${size}\n${entries.join('')}${trailer}`
}

function quoted(line: string): string {
  return line.replace(/[\\()]/g, '\\$&')
}
