import { type Locator, type Page, expect } from "@playwright/test";

/** Presses Tab until `target` has the focus, as somebody without a mouse does; Escape leads out of an editor first. */
export async function tabTo(page: Page, target: Locator, key: "Tab" | "Shift+Tab" = "Tab", most = 80): Promise<void> {
  await target.waitFor();
  for (let pressed = 0; pressed < most; pressed += 1) {
    if (await isFocused(target)) return;
    if (await isInEditor(page)) await page.keyboard.press("Escape");
    await page.keyboard.press(key);
  }
  expect(await isFocused(target), `reached with ${most} times ${key}: ${String(target)}`).toBe(true);
}

// Also within shadow roots, where the document's own active element is their host.
function isFocused(target: Locator): Promise<boolean> {
  return target.evaluate((element) => element.matches(":focus"));
}

function isInEditor(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.getAttribute("aria-multiline") === "true";
  });
}

/** Pastes as a person does: over all that is there, in one event. */
export async function paste(editor: Locator, text: string): Promise<void> {
  await editor.focus();
  await editor.press("ControlOrMeta+a");
  await editor.evaluate((element, content) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", content);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true }));
  }, text);
}
