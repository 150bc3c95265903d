export interface Node {
  x: number;
  y: number;
  width: number;
  height: number;
  /** In lines that fit. */
  lines: string[];
}

export interface EscalationLayout {
  width: number;
  height: number;
  principal: Node;
  actions: Node[];
  gain: Node;
  /** Each a line from one node to another. */
  edges: string[];
}

const WIDTH = 540;
const COLUMNS = { principal: { x: 1, width: 116 }, actions: { x: 149, width: 232 }, gain: { x: 413, width: 126 } };
const LINE = 16;
const PADDING = 9;
const GAP = 10;
// Characters of a line: those of actions are set in a font where all are equally wide.
const IN_WORDS = 16;
const IN_ACTIONS = 30;

/** Whoever has the policy to the left, the actions that they use one below the other, and what they gain to the right. */
export function layOut(principal: string, actions: readonly string[], gain: string): EscalationLayout {
  const boxes = actions.map((action) => ({ lines: wrapAction(action) }));
  const heights = boxes.map(({ lines }) => heightOf(lines));
  const tall = heights.reduce((sum, height) => sum + height, 0) + GAP * Math.max(0, actions.length - 1);
  const ends = [wrap(principal, IN_WORDS), wrap(gain, IN_WORDS)] as const;
  const height = Math.max(tall, ...ends.map(heightOf)) + 2;

  let y = (height - tall) / 2;
  const placed = boxes.map(({ lines }, index): Node => {
    const node = { ...COLUMNS.actions, y, height: heights[index] ?? 0, lines };
    y += node.height + GAP;
    return node;
  });
  const middle = (column: { x: number; width: number }, lines: string[]): Node => {
    const tallness = heightOf(lines);
    return { ...column, y: (height - tallness) / 2, height: tallness, lines };
  };
  const from = middle(COLUMNS.principal, ends[0]);
  const to = middle(COLUMNS.gain, ends[1]);
  const edges = placed.flatMap((node) => [edge(from, node), edge(node, to)]);
  return { width: WIDTH, height, principal: from, actions: placed, gain: to, edges };
}

/** At spaces where that is possible. */
export function wrap(text: string, most: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(...chunks(word, most));
  }
  return lines;
}

// Behind the colon, where it is too long for a line.
function wrapAction(action: string): string[] {
  if (action.length <= IN_ACTIONS) return [action];
  const colon = action.indexOf(":");
  if (colon < 0) return chunks(action, IN_ACTIONS);
  return [action.slice(0, colon + 1), ...chunks(action.slice(colon + 1), IN_ACTIONS)];
}

function chunks(word: string, most: number): string[] {
  const characters = [...word];
  const parts: string[] = [];
  for (let at = 0; at < characters.length; at += most) parts.push(characters.slice(at, at + most).join(""));
  return parts;
}

function heightOf(lines: readonly string[]): number {
  return lines.length * LINE + 2 * PADDING;
}

function edge(from: Node, to: Node): string {
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  const end = { x: to.x - 7, y: to.y + to.height / 2 };
  const bend = (start.x + end.x) / 2;
  return `M ${start.x} ${start.y} C ${bend} ${start.y} ${bend} ${end.y} ${end.x} ${end.y}`;
}

/** Where the first line of a node's text stands, and how far apart lines are. */
export const TEXT = { first: PADDING + 12, line: LINE };
