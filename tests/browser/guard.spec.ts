import { expect, test } from "./support/test";

// A guard that sees nothing would let every other test pass.
test("the guard sees what the content security policy refuses, errors, and what leaves the origin", async ({ page, guard }) => {
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(guard.complaints()).toEqual([]);
  await page.evaluate(() => {
    document.head.append(Object.assign(document.createElement("style"), { textContent: "a { color: red }" }));
    document.body.append(Object.assign(document.createElement("script"), { textContent: "window.ran = true" }));
    document.body.append(Object.assign(document.createElement("img"), { src: "https://elsewhere.example.test/a.png" }));
    setTimeout(() => {
      throw new Error("thrown for the guard");
    });
  });
  const seen = () => guard.complaints().join("\n");
  await expect.poll(seen).toContain("style-src");
  await expect.poll(seen).toContain("script-src");
  await expect.poll(seen).toContain("elsewhere.example.test");
  await expect.poll(seen).toContain("thrown for the guard");
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
  guard.tolerate(/./u);
});
