// Letters of three by five dots, enough for the pictures of receipts.

/** Dots by row, true where there is ink. */
export type Raster = { readonly width: number; readonly height: number; readonly rows: readonly boolean[][] }

/** Dots from one letter to the next, and from one line to the next. */
const advance = 4
const lineHeight = 8
const margin = 6

/** Letters of a line at most; what is longer is cut, as a till does. */
const lineLength = 26

// Five rows each, every row an octal digit whose three bits are the dots.
const shapes =
  'A25755 B65656 C34443 D65556 E74647 F74644 G34553 H55755 I72227 J11152 K55655 L44447 M57755 N65555 O25552 ' +
  'P65644 Q25573 R65655 S34216 T72222 U55557 V55552 W55775 X55255 Y55222 Z71247 075557 126227 271747 371317 ' +
  '455711 574717 674757 771122 875757 975717 .00002 ,00024 :02020 -00700 /11244 &25253 +02720'

const glyphs = new Map(shapes.split(' ').map((entry) => [entry.slice(0, 1), entry.slice(1)]))

/** Writes lines on a slip of paper. Accents are dropped and letters are capitals; an unknown sign is a gap. */
export function writeSlip(lines: readonly string[]): Raster {
  const width = 2 * margin + lineLength * advance
  const height = 2 * margin + lines.length * lineHeight
  const rows = Array.from({ length: height }, () => Array<boolean>(width).fill(false))
  for (const [number, line] of lines.entries()) {
    const plain = line.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase().slice(0, lineLength)
    for (const [position, letter] of [...plain].entries()) {
      stamp(rows, glyphs.get(letter) ?? '', margin + position * advance, margin + number * lineHeight)
    }
  }
  return { width, height, rows }
}

function stamp(rows: boolean[][], glyph: string, left: number, top: number): void {
  for (const [y, digit] of [...glyph].entries()) {
    const row = rows[top + y]
    for (let x = 0; row !== undefined && x < 3; x += 1) {
      if ((Number(digit) & (4 >> x)) !== 0) row[left + x] = true
    }
  }
}
