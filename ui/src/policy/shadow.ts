/**
 * Where editors stand. CodeMirror injects its styles: into a document as a `<style>` element, which a content security
 * policy of `style-src 'self'` refuses; into a shadow root as constructed sheets, which it does not.
 */
export function shadowOf(host: HTMLElement): ShadowRoot {
  return host.shadowRoot ?? host.attachShadow({ mode: "open" });
}
