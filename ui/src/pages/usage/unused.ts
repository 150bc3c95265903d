export interface UsedService {
  service: string;
  calls: number;
  last_seen?: string | null;
}

export interface UnusedService {
  service: string;
  calls: number;
  last_seen: string;
}

/** Services that were not used in the `days` before the principal was last seen, in any account; the oldest first. */
export function unusedServices(summaries: readonly { last_seen?: string | null; services: readonly UsedService[] }[], days: number): UnusedService[] {
  const seen = summaries.map(({ last_seen }) => last_seen ?? "").sort();
  const end = Date.parse(seen[seen.length - 1] ?? "");
  const services = new Map<string, UnusedService>();
  for (const { service, calls, last_seen } of summaries.flatMap((summary) => summary.services)) {
    if (!last_seen) continue;
    const before = services.get(service);
    services.set(service, {
      service,
      calls: calls + (before?.calls ?? 0),
      last_seen: before && before.last_seen > last_seen ? before.last_seen : last_seen,
    });
  }
  return [...services.values()]
    .filter(({ last_seen }) => end - Date.parse(last_seen) > days * 86_400_000)
    .sort((left, right) => (left.last_seen < right.last_seen ? -1 : 1));
}
