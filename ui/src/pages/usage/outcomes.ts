import {
  colorChartsPaletteCategorical1,
  colorChartsStatusHigh,
  colorChartsStatusMedium,
  colorChartsStatusNeutral,
  colorChartsPaletteCategorical3,
} from "@cloudscape-design/design-tokens";
import type { CSSProperties } from "react";

export const EVENT_OUTCOMES = ["allowed", "failed", "denied", "nothing", "unknown"] as const;
export type EventOutcome = (typeof EVENT_OUTCOMES)[number];

/** Colours by outcome, for `charts.css`, which gives each a pattern of its own, too. They follow the theme. */
export const OUTCOME_COLORS = {
  "--outcome-allowed": colorChartsPaletteCategorical1,
  "--outcome-failed": colorChartsStatusMedium,
  "--outcome-denied": colorChartsStatusHigh,
  "--outcome-nothing": colorChartsStatusNeutral,
  "--outcome-unknown": colorChartsPaletteCategorical3,
} as CSSProperties;
