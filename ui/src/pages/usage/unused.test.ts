import { expect, test } from "vitest";
import { unusedServices } from "./unused";

test("a service is unused where no account has seen it since", () => {
  const summaries = [
    {
      last_seen: "2026-06-01T00:00:00Z",
      services: [
        { service: "s3", calls: 1, last_seen: "2026-01-01T00:00:00Z" },
        { service: "sqs", calls: 2, last_seen: "2026-03-01T00:00:00Z" },
        { service: "sns", calls: 0, last_seen: null },
      ],
    },
    { last_seen: "2026-05-01T00:00:00Z", services: [{ service: "s3", calls: 1, last_seen: "2026-05-30T00:00:00Z" }, { service: "sqs", calls: 5, last_seen: "2026-02-01T00:00:00Z" }] },
  ];
  expect(unusedServices(summaries, 30)).toEqual([{ service: "sqs", calls: 7, last_seen: "2026-03-01T00:00:00Z" }]);
  expect(unusedServices([], 30)).toEqual([]);
});
