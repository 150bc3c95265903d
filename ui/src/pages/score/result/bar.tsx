import { borderRadiusInput, colorBorderDividerDefault } from "@cloudscape-design/design-tokens";

export interface Part {
  value: number;
  color: string;
}

/** Parts of a whole in their order. What they say stands beside it in words. */
export function Bar({ parts, whole }: { parts: Part[]; whole: number }) {
  const share = (value: number) => (whole > 0 ? `${(100 * value) / whole}%` : "0%");
  const before = (index: number) => parts.slice(0, index).reduce((sum, { value }) => sum + value, 0);
  return (
    <svg className="score-bar" aria-hidden="true" style={{ borderRadius: borderRadiusInput }}>
      <rect width="100%" height="100%" style={{ fill: colorBorderDividerDefault }} />
      {parts.map(({ value, color }, index) => (
        <rect key={index} x={share(before(index))} width={share(value)} height="100%" style={{ fill: color }} />
      ))}
    </svg>
  );
}
