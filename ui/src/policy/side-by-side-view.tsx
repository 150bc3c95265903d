import SegmentedControl from "@cloudscape-design/components/segmented-control";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { MergeView, unifiedMergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { useEffect, useRef, useState } from "react";
import { useTexts } from "../text/context";
import { useTheme } from "../theme/context";
import { appearance } from "./appearance";
import { baseExtensions, languageExtensions } from "./extensions";
import { shadowOf } from "./shadow";
import type { SideBySideProps } from "./side-by-side";

// Two columns of text need the room of two.
const NARROW = "(max-width: 700px)";
const COLLAPSE = { margin: 3, minSize: 6 };

export default function SideBySideView({ old, new: next, oldLabel, newLabel }: SideBySideProps) {
  const { texts } = useTexts();
  const { dark } = useTheme();
  const host = useRef<HTMLDivElement>(null);
  const [view, setView] = useState(() => (window.matchMedia(NARROW).matches ? "unified" : "split"));
  const before = oldLabel ?? texts.policy.old;
  const after = newLabel ?? texts.policy.new;
  const { phrases } = texts.policy;

  useEffect(() => {
    if (!host.current) return;
    const root = shadowOf(host.current);
    const extensions = (label: string): Extension => [
      baseExtensions(true),
      languageExtensions("json", Math.max(old.length, next.length), true),
      appearance(dark),
      EditorView.lineWrapping,
      EditorState.phrases.of(phrases),
      EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
    ];
    if (view === "split") {
      const merge = new MergeView({
        a: { doc: old, extensions: extensions(before) },
        b: { doc: next, extensions: extensions(after) },
        root,
        parent: root,
        gutter: true,
        collapseUnchanged: COLLAPSE,
      });
      return () => merge.destroy();
    }
    const unified = new EditorView({
      doc: next,
      root,
      parent: root,
      extensions: [
        extensions(`${before} / ${after}`),
        unifiedMergeView({ original: old, mergeControls: false, gutter: true, collapseUnchanged: COLLAPSE }),
      ],
    });
    return () => unified.destroy();
  }, [old, next, before, after, view, dark, phrases]);

  return (
    <SpaceBetween size="xs">
      <SegmentedControl
        label={texts.policy.view}
        selectedId={view}
        onChange={({ detail }) => setView(detail.selectedId)}
        options={[
          { id: "split", text: texts.policy.split },
          { id: "unified", text: texts.policy.unified },
        ]}
      />
      <div ref={host} />
    </SpaceBetween>
  );
}
