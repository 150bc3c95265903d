import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import {
  borderRadiusInput,
  colorBackgroundContainerContent,
  colorBorderDividerDefault,
  colorBorderInputDefault,
  colorBorderItemFocused,
  colorTextBodyDefault,
  colorTextBodySecondary,
} from "@cloudscape-design/design-tokens";
import { tags } from "@lezer/highlight";

// Cloudscape's tokens are custom properties: they reach into the shadow root and follow the theme by themselves.
const shared = EditorView.theme({
  "&": {
    color: colorTextBodyDefault,
    backgroundColor: colorBackgroundContainerContent,
    border: `1px solid ${colorBorderInputDefault}`,
    borderRadius: borderRadiusInput,
    fontSize: "13px",
    overflow: "hidden",
  },
  "&.cm-focused": { outline: `2px solid ${colorBorderItemFocused}`, outlineOffset: "1px" },
  ".cm-scroller": {
    fontFamily: "Monaco, Menlo, Consolas, 'Courier Prime', Courier, monospace",
    lineHeight: "20px",
    maxHeight: "var(--editor-max-height)",
    overflow: "auto",
  },
  // Not on the scroller: a click below the last line would then miss the text.
  ".cm-content, .cm-gutter": { minHeight: "var(--editor-min-height)" },
  ".cm-content": { padding: "8px 0" },
  ".cm-gutters": {
    color: colorTextBodySecondary,
    backgroundColor: "transparent",
    borderRight: `1px solid ${colorBorderDividerDefault}`,
  },
  ".cm-panels": { color: colorTextBodyDefault, backgroundColor: colorBackgroundContainerContent },
  ".cm-tooltip": {
    color: colorTextBodyDefault,
    backgroundColor: colorBackgroundContainerContent,
    border: `1px solid ${colorBorderDividerDefault}`,
    borderRadius: "8px",
    overflow: "hidden",
  },
  ".cm-diagnostic": { maxWidth: "56ch", whiteSpace: "pre-wrap", padding: "6px 10px" },
  // The package's own marks are signs that few fonts have.
  ".cm-collapsedLines": {
    padding: "4px 12px",
    color: colorTextBodySecondary,
    background: "color-mix(in srgb, currentcolor 8%, transparent)",
    borderBlock: `1px dashed ${colorBorderDividerDefault}`,
    fontSize: "12px",
    textAlign: "center",
    "&:before, &:after": { content: "none" },
    "&:hover": { color: colorTextBodyDefault },
  },
  ".cm-specialChar": { color: "#fff", backgroundColor: "#d91515", borderRadius: "2px", padding: "0 2px" },
});

const light = EditorView.theme({
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "#0972d30d" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "#b8d9f7" },
});
const dark = EditorView.theme(
  {
    ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "#539fe51a" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "#1b4a73" },
    ".cm-cursor": { borderLeftColor: "#fff" },
  },
  { dark: true },
);

// Each colour has a contrast of 4.5 or more on its background.
const lightInk = HighlightStyle.define([
  { tag: tags.propertyName, color: "#033160" },
  { tag: tags.string, color: "#1a6b1e" },
  { tag: [tags.number, tags.bool, tags.null], color: "#8a3b00" },
  { tag: tags.invalid, color: "#b00d0d" },
]);
const darkInk = HighlightStyle.define([
  { tag: tags.propertyName, color: "#89bdee" },
  { tag: tags.string, color: "#86d993" },
  { tag: [tags.number, tags.bool, tags.null], color: "#ffbb6e" },
  { tag: tags.invalid, color: "#ff8b8b" },
]);

export function appearance(isDark: boolean): Extension {
  return isDark ? [shared, dark, syntaxHighlighting(darkInk)] : [shared, light, syntaxHighlighting(lightInk)];
}
