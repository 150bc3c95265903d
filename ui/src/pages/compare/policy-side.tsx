import Container from "@cloudscape-design/components/container";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { type Ref, useMemo } from "react";
import { ProblemView } from "../../api/problem-view";
import { type EditorHandle, PolicyEditor } from "../../policy/editor";
import type { EditorFinding } from "../../policy/findings";
import type { PolicyProblem } from "./compare";

interface PolicySideProps {
  title: string;
  value: string;
  onChange: (value: string) => void;
  /** Why it was not taken, where it was this one. */
  problem: PolicyProblem | undefined;
  ref: Ref<EditorHandle>;
}

/** One of the two policies; what is wrong with it stands below it, and is marked in it. */
export function PolicySide({ title, value, onChange, problem, ref }: PolicySideProps) {
  const marks = useMemo(() => marksOf(problem), [problem]);
  return (
    <Container header={<Header variant="h2">{title}</Header>}>
      <SpaceBetween size="s">
        <PolicyEditor ref={ref} value={value} onChange={onChange} label={title} findings={marks} maxHeight="45vh" />
        <ProblemView error={problem} />
      </SpaceBetween>
    </Container>
  );
}

function marksOf(problem: PolicyProblem | undefined): EditorFinding[] {
  if (!problem?.place) return [];
  const { line, column } = problem.place;
  return [{ code: "", severity: "error", line, column, end_line: line, end_column: column + 1, message: problem.detail }];
}
