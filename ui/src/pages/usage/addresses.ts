/** The page of one principal: an ARN has slashes, so it stands in the query. */
export function principalAddress(principal: string, account: string): string {
  return `/usage/principal?${new URLSearchParams({ arn: principal, account })}`;
}
