import { colorBackgroundContainerContent } from "@cloudscape-design/design-tokens";
import { type CSSProperties, type ReactNode, memo } from "react";
import { Link } from "react-router";
import { useTexts } from "../../text/context";
import { localeOf } from "../../text/languages";
import { type Cell, type HeatRow, hottest, shadeOf } from "./heat";
import "./heat-map.css";

export interface NamedHeatRow extends HeatRow {
  name: string;
  /** What stands at the start of the row, a link perhaps; `name` if nothing is said. */
  header?: ReactNode;
}

interface HeatMapProps {
  caption: string;
  rows: readonly NamedHeatRow[];
  /** `title` is the whole of a name that stands short. */
  columns: readonly { key: string; name: string; title?: string }[];
  /** What comes last is looked at first, as with days. */
  startAtEnd?: boolean;
  addressOf?: (row: string, column: string) => string | undefined;
}

/** A table whose cells are shaded by their counts. It stands as numbers, too, for those who cannot tell the shades. */
export const HeatMap = memo(function HeatMap({ caption, rows, columns, addressOf, startAtEnd = false }: HeatMapProps) {
  const { texts, language } = useTexts();
  const most = hottest(rows);
  const compact = new Intl.NumberFormat(localeOf(language), { notation: "compact", maximumFractionDigits: 1 });
  const background = { "--heat-background": colorBackgroundContainerContent } as CSSProperties;
  // What scrolls must be reachable with the keyboard: https://www.w3.org/WAI/standards-guidelines/act/rules/0ssw9k/
  const reachable = { tabIndex: 0 };
  return (
    <div className="heat" style={background}>
      <div className="heat-legend" aria-hidden="true">
        <span>{texts.usage.heat.fewer}</span>
        {[1, 2, 3, 4, 5].map((shade) => (
          <i key={shade} className={`heat-${shade}`} />
        ))}
        <span>{texts.usage.heat.more}</span>
        <i className="heat-0 heat-refused">⊘</i>
        <span>{texts.usage.heat.refused}</span>
      </div>
      <div className="heat-scroll" role="region" aria-label={texts.usage.heat.scroll} {...reachable} ref={startAtEnd ? toEnd : undefined}>
        <table>
          <caption>{caption}</caption>
          <thead>
            <tr>
              <td />
              {columns.map(({ key, name, title }) => (
                <th key={key} scope="col" title={title ?? name}>
                  <span>{name}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row" title={row.name}>
                  {row.header ?? row.name}
                </th>
                {columns.map((column) => (
                  <HeatCell
                    key={column.key}
                    cell={row.cells.get(column.key)}
                    most={most}
                    row={row.name}
                    column={column.title ?? column.name}
                    compact={compact}
                    address={addressOf?.(row.key, column.key)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
});

function toEnd(element: HTMLElement | null): void {
  if (element) element.scrollLeft = element.scrollWidth;
}

interface HeatCellProps {
  cell: Cell | undefined;
  most: number;
  row: string;
  column: string;
  compact: Intl.NumberFormat;
  address: string | undefined;
}

function HeatCell({ cell, most, row, column, compact, address }: HeatCellProps) {
  const { texts, format } = useTexts();
  if (!cell || cell.calls + cell.denied === 0) return <td className="heat-0" />;
  const { calls, denied } = cell;
  const words = texts.usage.heat.cell(row, column, format.number(calls), format.number(denied));
  const inner = (
    <>
      {calls > 0 && <span>{compact.format(calls)}</span>}
      {denied > 0 && (
        <span>
          <span aria-hidden="true">⊘</span>
          <span className="heat-hidden"> {texts.usage.heat.refused} </span>
          {compact.format(denied)}
        </span>
      )}
    </>
  );
  return (
    <td className={`heat-${shadeOf(calls + denied, most)}${denied > 0 ? " heat-refused" : ""}`} title={words}>
      {address ? (
        // The row's own link is where the keyboard stops: hundreds of stops would be in its way.
        <Link className="heat-cell" to={address} tabIndex={-1}>
          {inner}
        </Link>
      ) : (
        <span className="heat-cell">{inner}</span>
      )}
    </td>
  );
}
