import js from "@eslint/js";
import accessibility from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import globals from "globals";
import typescript from "typescript-eslint";

export default typescript.config(
  { ignores: ["dist", "node_modules", "src/api/schema.ts"] },
  js.configs.recommended,
  typescript.configs.strict,
  {
    files: ["src/**/*.{ts,tsx}"],
    extends: [accessibility.flatConfigs.recommended, hooks.configs.flat["recommended-latest"]],
    languageOptions: { globals: globals.browser },
    rules: {
      // What comes from a policy or a log is text, never markup.
      "no-restricted-syntax": [
        "error",
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Render text, never markup." },
        { selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]", message: "Render text, never markup." },
      ],
      "no-restricted-imports": [
        "error",
        {
          paths: [
            { name: "@cloudscape-design/components", message: "Import each component: `@cloudscape-design/components/button`." },
          ],
        },
      ],
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  { files: ["public/*.js"], languageOptions: { globals: globals.browser, sourceType: "script" }, rules: { "@typescript-eslint/no-unused-vars": ["error", { caughtErrors: "none" }] } },
  { files: ["build/**/*.ts", "*.config.*"], languageOptions: { globals: globals.node } },
);
