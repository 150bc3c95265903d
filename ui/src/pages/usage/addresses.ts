import { type Window, writeWindow } from "./filters";

/** The page of one principal: an ARN has slashes, so it stands in the query. */
export function principalAddress(principal: string, account: string, more: Window & { service?: string } = {}): string {
  const query = new URLSearchParams({ arn: principal, account });
  writeWindow(query, more);
  if (more.service) query.set("service", more.service);
  return `/usage/principal?${query}`;
}

/** The Generate page, filled in for a principal. */
export function generateAddress(principal: string, account: string | undefined, window: Window = {}): string {
  const query = new URLSearchParams({ principal });
  if (account) query.set("account", account);
  writeWindow(query, window);
  return `/generate?${query}`;
}
