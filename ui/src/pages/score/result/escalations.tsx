import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import Link from "@cloudscape-design/components/link";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useState } from "react";
import type { Schemas } from "../../../api/client";
import { useTexts } from "../../../text/context";
import { EmptyState } from "../../../ui/empty-state";
import { Said } from "../../../ui/said";
import { Disclosure } from "./disclosure";
import { EscalationGraph } from "./escalation-graph";

type Escalation = Schemas["Escalation"];

const AT_FIRST = 6;

/** Ways to more access that are open, by what is gained. */
export function Escalations({ answer }: { answer: Schemas["ScoreAnswer"] }) {
  const { texts, format } = useTexts();
  const words = texts.score.escalations;
  const { escalations, type } = answer;
  if (!isLookedAt(answer)) return <EmptyState title={words.notLooked}>{type === "identity" ? words.unreadable : words.notAsked}</EmptyState>;
  if (escalations.length === 0) return <EmptyState title={words.none}>{words.noneHint}</EmptyState>;
  const known = Object.keys(words.categories);
  const categories = [...new Set([...known, ...escalations.map(({ category }) => category)])]
    .map((category) => ({ category, paths: escalations.filter((path) => path.category === category) }))
    .filter(({ paths }) => paths.length > 0);
  const first = categories[0]?.paths[0]?.path;
  return (
    <SpaceBetween size="l">
      <Box>
        {format.number(escalations.length)} {format.plural(escalations.length, words.intro)}
      </Box>
      {categories.map(({ category, paths }) => (
        <Category key={category} category={category} paths={paths} first={first} />
      ))}
    </SpaceBetween>
  );
}

/** Whether there was anything to look for, and a policy to look in: none found says something only then. */
export function isLookedAt({ escalations, type, score }: Schemas["ScoreAnswer"]): boolean {
  return escalations.length > 0 || (type === "identity" && typeof score === "number");
}

function Category({ category, paths, first }: { category: string; paths: Escalation[]; first: string | undefined }) {
  const { texts, format } = useTexts();
  const [all, setAll] = useState(false);
  const names: Record<string, string> = texts.score.escalations.categories;
  const gain = names[category] ?? category;
  const shown = all ? paths : paths.slice(0, AT_FIRST);
  return (
    <section>
      <Box variant="h3">
        {gain} <span className="score-count">({format.number(paths.length)})</span>
      </Box>
      {shown.map((path) => (
        <PathView key={path.path} path={path} gain={gain} isOpen={path.path === first} />
      ))}
      {shown.length < paths.length && (
        <Button variant="inline-link" onClick={() => setAll(true)}>
          {texts.common.showAll(format.number(paths.length))}
        </Button>
      )}
    </section>
  );
}

function PathView({ path, gain, isOpen }: { path: Escalation; gain: string; isOpen: boolean }) {
  const { texts } = useTexts();
  const words = texts.score.escalations;
  return (
    <Disclosure summary={path.title.replaceAll("`", "")} isOpen={isOpen}>
      {() => (
        <SpaceBetween size="xxs">
          <EscalationGraph actions={path.actions} gain={gain} />
          {path.prerequisites && (
            <Box>
              {words.where}:{" "}
              <span lang="en">
                <Said>{path.prerequisites}</Said>
              </span>
            </Box>
          )}
          <Box fontSize="body-s">
            {words.references}:{" "}
            {path.references.filter(isWebAddress).map((address, index) => (
              <span key={address}>
                {index > 0 && ", "}
                <Link href={address} external rel="noopener noreferrer" target="_blank" fontSize="body-s">
                  {nameOf(address)}
                </Link>
              </span>
            ))}
          </Box>
        </SpaceBetween>
      )}
    </Disclosure>
  );
}

function isWebAddress(address: string): boolean {
  return URL.canParse(address) && new URL(address).protocol === "https:";
}

function nameOf(address: string): string {
  const { hostname, pathname } = new URL(address);
  const page = pathname.split("/").filter(Boolean).at(-1);
  return page ? `${hostname}: ${page}` : hostname;
}
