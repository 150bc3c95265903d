/** Lines and columns, from 1, of offsets that never fall, so that the text is walked once however many there are. */
export function placesIn(text: string): (offset: number) => { line: number; column: number } {
  let at = 0;
  let line = 1;
  let column = 1;
  return (offset) => {
    while (at < offset) {
      const letter = text.codePointAt(at) ?? 0;
      // Editors count characters, of which some take two units.
      at += letter > 0xffff ? 2 : 1;
      const ends = letter === 0x0a;
      line += ends ? 1 : 0;
      column = ends ? 1 : column + 1;
    }
    return { line, column };
  };
}
