/** The API answered, and the answer is no: its problem+json. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly hint: string | undefined;

  constructor(problem: { status: number; title: string; detail: string; hint?: string }) {
    super(problem.detail || problem.title);
    this.name = "ApiProblem";
    this.status = problem.status;
    this.title = problem.title;
    this.detail = problem.detail;
    this.hint = problem.hint;
  }
}

/** Nothing answered: offline, the server is gone, or the connection was cut. */
export class NetworkFailure extends Error {
  override readonly name = "NetworkFailure";
}

/** Nothing answered in time. */
export class TimedOut extends Error {
  override readonly name = "TimedOut";
}

/** Whether `error` only says that nobody wants the answer any more. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** A proxy between may answer with anything; whatever it is becomes a problem that can be shown. */
export function toProblem(response: Response, body: unknown): ApiProblem {
  const fields = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return new ApiProblem({
    status: response.status,
    title: text(fields.title) || response.statusText || String(response.status),
    detail: text(fields.detail) || text(fields.message),
    hint: text(fields.hint) || undefined,
  });
}
