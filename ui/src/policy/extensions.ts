import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from "@codemirror/language";
import { lintGutter, lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import {
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { completePolicy } from "./completion";

/** Beyond this many characters a text is shown plainly: an editor that parses a megabyte at each key is slow. */
export const PLAIN_BEYOND = 200_000;

// CodeMirror marks most control characters by itself; these turn text around or join it without a trace.
const HIDDEN = /\u200c|\u200d|[\u202a-\u202e\u2060-\u2064\u2066-\u206f]/u;

/** What every editor has. Those that can be written in get undo and a keyboard, too. */
export function baseExtensions(readOnly: boolean): Extension {
  const reading = [
    lineNumbers(),
    highlightSpecialChars({ addSpecialChars: HIDDEN }),
    drawSelection(),
    search({ top: true }),
    EditorState.tabSize.of(2),
  ];
  if (readOnly) {
    // Not `editable.of(false)`: a text that takes no focus cannot be scrolled or copied with the keyboard.
    return [reading, EditorState.readOnly.of(true), keymap.of([...searchKeymap, ...foldKeymap, ...defaultKeymap])];
  }
  return [
    reading,
    history(),
    indentOnInput(),
    closeBrackets(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    // Escape, then Tab leaves: CodeMirror's own way out.
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...foldKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
  ];
}

/** What knows JSON, and a policy's elements; nothing for long texts and for other languages. */
export function languageExtensions(language: "json" | "text", length: number, readOnly: boolean): Extension {
  if (language !== "json" || length > PLAIN_BEYOND) return EditorView.lineWrapping;
  const reading = [json(), bracketMatching(), foldGutter()];
  if (readOnly) return reading;
  return [
    reading,
    lintGutter(),
    highlightSelectionMatches(),
    autocompletion({ override: [completePolicy] }),
  ];
}
