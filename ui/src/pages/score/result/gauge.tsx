import {
  colorBorderDividerDefault,
  colorChartsStatusCritical,
  colorChartsStatusLow,
  colorChartsStatusMedium,
  colorChartsStatusPositive,
  colorTextBodyDefault,
  colorTextBodySecondary,
} from "@cloudscape-design/design-tokens";
import { useTexts } from "../../../text/context";
import { type Band, BEST, CENTRE, bandOf, segments } from "./gauge-geometry";

const COLORS: Record<Band, string> = {
  dangerous: colorChartsStatusCritical,
  broad: colorChartsStatusMedium,
  fair: colorChartsStatusLow,
  least: colorChartsStatusPositive,
};

/** The score as a half circle: number, word and colour say the same. */
export function Gauge({ score, risk }: { score: number; risk: number | undefined }) {
  const { texts, format } = useTexts();
  const words = texts.score.grade;
  const band = bandOf(score);
  const said = [words.outOf(format.number(score)), words.bands[band], risk !== undefined && words.risk(format.number(risk))];
  return (
    <svg className="score-gauge" viewBox="0 0 200 112" role="img" aria-label={said.filter(Boolean).join(". ")}>
      {segments().map((path, index) => (
        <path key={path} d={path} fill="none" strokeWidth="16" style={{ stroke: index < score ? COLORS[band] : colorBorderDividerDefault }} />
      ))}
      <text x={CENTRE.x} y="86" textAnchor="middle" fontSize="50" fontWeight="700" style={{ fill: colorTextBodyDefault }}>
        {format.number(Math.min(score, BEST))}
      </text>
      <text x={CENTRE.x} y="106" textAnchor="middle" fontSize="13" style={{ fill: colorTextBodySecondary }}>
        {words.of}
      </text>
    </svg>
  );
}
