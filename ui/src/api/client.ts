import createClient, { defaultPathSerializer } from "openapi-fetch";
import { ExactNumber, hasExact, parseExact, writeExact } from "../policy/exact";
import { bearer, refused } from "../sign-in/session";
import { ApiProblem, NetworkFailure, TimedOut, isAbort, toProblem } from "./problem";
import type { components, paths } from "./schema";

/** The shapes of the API by name: `Schemas["ScoreAnswer"]`. */
export type Schemas = components["schemas"];

// Texts of answers with numbers that JavaScript would change, by the response in which they came.
const exactTexts = new WeakMap<Response, string>();

const TIMEOUT_MILLISECONDS = 30_000;

/**
 * The API, typed by its OpenAPI file. Hand its promises to `answer`:
 * `answer(api.GET("/stats", { params: { query }, signal }))`.
 */
export const api = createClient<paths>({
  baseUrl: new URL("/api", window.location.origin).href,
  fetch: guardedFetch,
  pathSerializer: (path, parameters) => {
    if (!Object.values(parameters).every((value) => isSegment(String(value)))) throw new ApiProblem({ status: 400, title: "", detail: "`.` and `..` name nothing" });
    return defaultPathSerializer(path, parameters);
  },
  // Policies go back as they came.
  bodySerializer: (body) => writeExact(body),
});

/** The data of an answer; throws `ApiProblem`, `NetworkFailure`, `TimedOut` or an `AbortError`. */
export async function answer<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  const exact = exactTexts.get(response);
  if (response.ok && exact !== undefined) return numbersOutsideOf(parseExact(exact)) as T;
  if (response.ok && data !== undefined) return data;
  throw toProblem(response, error);
}

/** Whether a text can stand in a path: `.` and `..` lead elsewhere in it, percent-encoded or not. */
export function isSegment(text: string): boolean {
  return !/^\.{0,2}$/.test(text);
}

/** The text of a policy, which gives findings their lines, where the API's file can only say "object". */
export function asPolicy(text: string): Record<string, unknown> {
  return text as unknown as Record<string, unknown>;
}

// What is a policy, or a part of one; a number elsewhere is to be counted with.
const POLICIES = new Set(["policy", "proposal", "document", "allows", "refuses", "witness"]);

function numbersOutsideOf(value: unknown, name = ""): unknown {
  if (POLICIES.has(name) || typeof value !== "object" || value === null) return value;
  if (value instanceof ExactNumber) return Number(value.source);
  if (Array.isArray(value)) return value.map((each) => numbersOutsideOf(each));
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, numbersOutsideOf(each, key)]));
}

async function guardedFetch(request: Request): Promise<Response> {
  const timeout = AbortSignal.timeout(TIMEOUT_MILLISECONDS);
  try {
    const token = await bearer();
    if (token) request.headers.set("Authorization", `Bearer ${token}`);
    const response = await fetch(request, { signal: AbortSignal.any([request.signal, timeout]) });
    // The body is read while the timeout still counts, and a cut connection fails here and not in the parser.
    const body = response.status === 204 ? null : await response.arrayBuffer();
    if (response.status === 401) refused(token);
    return withReadableBody(response, body);
  } catch (error) {
    if (timeout.aborted) throw new TimedOut();
    if (isAbort(error)) throw error;
    throw new NetworkFailure(error instanceof Error ? error.message : "", { cause: error });
  }
}

function withReadableBody(response: Response, body: ArrayBuffer | null): Response {
  const { status, statusText } = response;
  const headers = new Headers(response.headers);
  const claimsJson = headers.get("Content-Type")?.includes("json") ?? false;
  // A server of pages answers unknown paths with one: that is no answer of this API.
  if (response.ok && !claimsJson) {
    const problem = { detail: "what answered is not the leastwise API" };
    return new Response(JSON.stringify(problem), { status: 502, statusText: "Bad Gateway", headers: { "Content-Type": "application/json" } });
  }
  headers.delete("Content-Length");
  headers.delete("Content-Encoding");
  const readable = new Response(body, { status, statusText, headers });
  const text = body && claimsJson ? new TextDecoder().decode(body) : "";
  if (hasExact(text)) exactTexts.set(readable, text);
  return readable;
}
