import { createHash } from "node:crypto";
import type { BrowserContext, Route } from "@playwright/test";

/**
 * An OpenID Connect provider that stands in the browser's way, and is asked by nobody else: discovery, a page to sign
 * in, tokens for a code with its PKCE verifier, and a way out.
 */
export class Provider {
  readonly issuer = "https://sign-in.example.test";
  readonly client = "portal";
  /** What the tokens claim otherwise than they should. */
  claims: Record<string, unknown> = {};
  readonly asked: URL[] = [];
  private granted: URLSearchParams | undefined;

  /** As the API of a deployment says it, and as its content security policy lets the portal reach it. */
  async standBefore(context: BrowserContext, portal: string): Promise<void> {
    await context.route(`${portal}/api/sign-in`, (route) =>
      route.fulfill({ json: { kind: "oidc", issuer: this.issuer, client_id: this.client, scope: "openid email" } }),
    );
    await context.route(
      (url) => url.origin === portal && !url.pathname.startsWith("/api/"),
      async (route) => {
        if (route.request().resourceType() !== "document") return route.fallback();
        const response = await route.fetch();
        const policy = response.headers()["content-security-policy"] ?? "";
        const headers = { ...response.headers(), "content-security-policy": policy.replace("connect-src 'self'", `connect-src 'self' ${this.issuer}`) };
        return route.fulfill({ response, headers });
      },
    );
    await context.route(`${this.issuer}/**`, (route) => this.answer(route, portal));
  }

  private answer(route: Route, portal: string): Promise<void> {
    const url = new URL(route.request().url());
    this.asked.push(url);
    const headers = { "access-control-allow-origin": portal, "access-control-allow-headers": "*" };
    switch (url.pathname) {
      case "/.well-known/openid-configuration": {
        const at = (path: string) => `${this.issuer}${path}`;
        const json = { issuer: this.issuer, authorization_endpoint: at("/authorize"), token_endpoint: at("/token"), end_session_endpoint: at("/logout") };
        return route.fulfill({ json, headers });
      }
      case "/authorize": {
        this.granted = url.searchParams;
        const back = new URL(url.searchParams.get("redirect_uri") ?? "");
        back.search = new URLSearchParams({ code: "code", state: url.searchParams.get("state") ?? "" }).toString();
        return route.fulfill({ contentType: "text/html", body: page(`<a href="${back.href.replaceAll("&", "&amp;")}">Sign in as Ana</a>`) });
      }
      case "/token":
        return route.fulfill({ ...this.tokens(new URLSearchParams(route.request().postData() ?? "")), headers });
      default:
        return route.fulfill({ contentType: "text/html", body: page("Signed out") });
    }
  }

  private tokens(sent: URLSearchParams): { status: number; json: unknown } {
    const challenge = createHash("sha256").update(sent.get("code_verifier") ?? "").digest("base64url");
    const fits = sent.get("code") === "code" && sent.get("client_id") === this.client && challenge === this.granted?.get("code_challenge");
    if (!fits) return { status: 400, json: { error: "invalid_grant" } };
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: this.issuer, aud: this.client, sub: "ana", email: "ana@example.com", nonce: this.granted?.get("nonce"), iat: now, exp: now + 3600, ...this.claims };
    const token = ["{}", JSON.stringify(claims), "signature"].map((part) => Buffer.from(part).toString("base64url")).join(".");
    return { status: 200, json: { id_token: token, token_type: "Bearer", expires_in: 3600 } };
  }
}

function page(body: string): string {
  return `<!doctype html><html lang="en"><title>Provider</title><link rel="icon" href="data:,">${body}</html>`;
}
