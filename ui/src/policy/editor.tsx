import { setDiagnostics } from "@codemirror/lint";
import { Annotation, Compartment, EditorState } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef } from "react";
import { useTexts } from "../text/context";
import { useTheme } from "../theme/context";
import { appearance } from "./appearance";
import { PLAIN_BEYOND, baseExtensions, languageExtensions } from "./extensions";
import { type EditorFinding, offsetOf, toDiagnostics } from "./findings";
import { shadowOf } from "./shadow";

export interface EditorHandle {
  /** Puts the cursor there, in the middle of the view, and takes the focus. Line and column count from 1. */
  reveal: (line: number, column: number) => void;
}

export interface PolicyEditorProps {
  value: string;
  /** What the screen reader calls it. */
  label: string;
  onChange?: (value: string) => void;
  findings?: readonly EditorFinding[];
  readOnly?: boolean;
  language?: "json" | "text";
  /** CSS lengths. The editor grows with its text between them. */
  minHeight?: string;
  maxHeight?: string;
  ref?: Ref<EditorHandle>;
}

interface Mounted {
  view: EditorView;
  attributes: Compartment;
  theme: Compartment;
  language: Compartment;
  help: HTMLElement;
}

// Marks a change that came from `value`, which must not come back through `onChange`.
const FromOutside = Annotation.define<boolean>();
const NO_FINDINGS: readonly EditorFinding[] = [];

export function PolicyEditor({
  value,
  label,
  onChange,
  findings = NO_FINDINGS,
  readOnly = false,
  language = "json",
  minHeight = "240px",
  maxHeight = "60vh",
  ref,
}: PolicyEditorProps) {
  const { texts, format } = useTexts();
  const { dark } = useTheme();
  const host = useRef<HTMLDivElement>(null);
  const mounted = useRef<Mounted>(undefined);
  const changed = useRef(onChange);
  useEffect(() => {
    changed.current = onChange;
  });

  // Made once; what can change stands in compartments and in the effects below.
  useLayoutEffect(() => {
    if (!host.current) return;
    mounted.current = mount(host.current, readOnly, (text) => changed.current?.(text));
    return () => {
      mounted.current?.view.destroy();
      mounted.current?.help.remove();
      mounted.current = undefined;
    };
  }, [readOnly]);

  // In one go with the render that brings `value`: an effect that comes later would meet what was typed since, and undo it.
  useLayoutEffect(() => {
    const view = mounted.current?.view;
    if (!view || view.state.doc.toString() === value) return;
    view.dispatch({
      changes: { from: 0, to: view.state.doc.length, insert: value },
      annotations: FromOutside.of(true),
    });
  }, [value, readOnly]);

  useEffect(() => {
    const { view, theme } = mounted.current ?? {};
    view?.dispatch({ effects: theme?.reconfigure(appearance(dark)) });
  }, [dark, readOnly]);

  const plain = value.length > PLAIN_BEYOND;
  useEffect(() => {
    const { view, language: compartment } = mounted.current ?? {};
    const length = plain ? PLAIN_BEYOND + 1 : 0;
    view?.dispatch({ effects: compartment?.reconfigure(languageExtensions(language, length, readOnly)) });
  }, [language, plain, readOnly]);

  useEffect(() => {
    if (!mounted.current) return;
    const { view, attributes, help } = mounted.current;
    help.textContent = readOnly ? "" : texts.policy.editorHelp;
    view.dispatch({
      effects: attributes.reconfigure([
        // What can be edited takes the focus anyway; what checks pages for people wants it said where a text scrolls.
        EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": help.id, spellcheck: "false", tabindex: "0" }),
        EditorState.phrases.of(texts.policy.phrases),
      ]),
    });
  }, [label, texts, readOnly]);

  useEffect(() => {
    const view = mounted.current?.view;
    if (!view || readOnly) return;
    const names: Record<string, string> = texts.common.severity;
    const diagnostics = plain ? [] : toDiagnostics(findings, view.state.doc, (severity) => names[severity] ?? severity);
    view.dispatch(setDiagnostics(view.state, diagnostics));
  }, [findings, plain, texts, readOnly]);

  useImperativeHandle(ref, () => ({
    reveal: (line, column) => {
      const view = mounted.current?.view;
      if (!view) return;
      const anchor = offsetOf(view.state.doc, line, column);
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
      view.focus();
    },
  }));

  const heights = { "--editor-min-height": minHeight, "--editor-max-height": maxHeight } as React.CSSProperties;
  return (
    <>
      <div ref={host} style={heights} />
      {plain && !readOnly && <small>{texts.policy.tooLong(format.number(PLAIN_BEYOND))}</small>}
    </>
  );
}

function mount(host: HTMLElement, readOnly: boolean, changed: (text: string) => void): Mounted {
  const root = shadowOf(host);
  // An id is looked up in the tree that its user stands in: the shadow root, where it needs no care for uniqueness.
  const help = document.createElement("span");
  help.id = "help";
  help.hidden = true;
  root.append(help);
  const attributes = new Compartment();
  const theme = new Compartment();
  const language = new Compartment();
  const view = new EditorView({
    root,
    parent: root,
    extensions: [
      attributes.of([]),
      theme.of([]),
      baseExtensions(readOnly),
      language.of([]),
      EditorView.updateListener.of((update) => {
        const typed = update.transactions.some((each) => each.docChanged && !each.annotation(FromOutside));
        if (typed) changed(update.state.doc.toString());
      }),
    ],
  });
  return { view, attributes, theme, language, help };
}
