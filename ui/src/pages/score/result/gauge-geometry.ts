export const BANDS = ["dangerous", "broad", "fair", "least"] as const;
export type Band = (typeof BANDS)[number];

export const BEST = 10;

/** What a score from 1 to 10 means in a word. */
export function bandOf(score: number): Band {
  if (score <= 3) return "dangerous";
  if (score <= 6) return "broad";
  return score <= 8 ? "fair" : "least";
}

/** The middle of the half circle that a gauge is, and its size, in units of its own. */
export const CENTRE = { x: 100, y: 100 };
export const RADIUS = 84;
const GAP_DEGREES = 2.4;

/** An arc for each score, from the left over the top to the right. */
export function segments(count = BEST): string[] {
  const step = 180 / count;
  return Array.from({ length: count }, (_, index) => {
    const from = index * step + (index === 0 ? 0 : GAP_DEGREES / 2);
    const to = (index + 1) * step - (index === count - 1 ? 0 : GAP_DEGREES / 2);
    return `M ${at(from)} A ${RADIUS} ${RADIUS} 0 0 1 ${at(to)}`;
  });
}

// 0 degrees is left, 90 the top.
function at(degrees: number): string {
  const radians = (degrees * Math.PI) / 180;
  const x = CENTRE.x - RADIUS * Math.cos(radians);
  const y = CENTRE.y - RADIUS * Math.sin(radians);
  return `${x.toFixed(2)} ${y.toFixed(2)}`;
}
