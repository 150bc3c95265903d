import {
  colorBackgroundContainerContent,
  colorBackgroundStatusError,
  colorBorderStatusError,
  colorBorderStatusInfo,
  colorTextBodyDefault,
  colorTextBodySecondary,
} from "@cloudscape-design/design-tokens";
import { useId } from "react";
import { useTexts } from "../../../text/context";
import { type Node, TEXT, layOut } from "./escalation-layout";

/** Who, by which permissions, gains what. What it shows stands in its name, too. */
export function EscalationGraph({ actions, gain }: { actions: string[]; gain: string }) {
  const { texts, format } = useTexts();
  const arrow = useId();
  const words = texts.score.escalations;
  const layout = layOut(words.principal, actions, gain);
  return (
    <div className="score-graph">
      <svg viewBox={`0 0 ${layout.width} ${layout.height}`} role="img" aria-label={words.graph(format.list(actions), gain)}>
        <defs>
          <marker id={arrow} viewBox="0 0 8 8" refX="2" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
            <path d="M 0 0 L 8 4 L 0 8 z" style={{ fill: colorTextBodySecondary }} />
          </marker>
        </defs>
        {layout.edges.map((path) => (
          <path key={path} d={path} fill="none" strokeWidth="1.5" markerEnd={`url(#${arrow})`} style={{ stroke: colorTextBodySecondary }} />
        ))}
        <NodeView node={layout.principal} />
        {layout.actions.map((node) => (
          <NodeView key={node.y} node={node} isAction />
        ))}
        <NodeView node={layout.gain} isGain />
      </svg>
    </div>
  );
}

function NodeView({ node, isAction = false, isGain = false }: { node: Node; isAction?: boolean; isGain?: boolean }) {
  const { x, y, width, height, lines } = node;
  const ink = {
    fill: isGain ? colorBackgroundStatusError : colorBackgroundContainerContent,
    stroke: isGain ? colorBorderStatusError : isAction ? colorBorderStatusInfo : colorTextBodySecondary,
  };
  return (
    <g>
      <rect x={x} y={y} width={width} height={height} rx="8" strokeWidth="1.5" style={ink} />
      {lines.map((line, index) => (
        <text key={index} className={isAction ? "score-graph-action" : undefined} x={x + width / 2} y={y + TEXT.first + index * TEXT.line} textAnchor="middle" fontSize="12.5" style={{ fill: colorTextBodyDefault }}>
          {line}
        </text>
      ))}
    </g>
  );
}
