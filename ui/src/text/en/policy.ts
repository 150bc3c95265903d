export const policy = {
  editorHelp: "Tab indents. To leave the editor with the keyboard, press Escape, then Tab.",
  tooLong: (characters: string) => `Highlighting and completion are off beyond ${characters} characters.`,
  line: (line: number, column: number) => `Line ${line}, column ${column}`,
  noFindings: "No findings",
  old: "Old",
  new: "New",
  split: "Side by side",
  unified: "One below the other",
  view: "View",
  /** CodeMirror's own words, by its English ones. */
  phrases: {} as Record<string, string>,
};
