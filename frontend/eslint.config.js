// The rules for our own TypeScript: the strict set, with types.
import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

// What a folder of `src` may not import: the two faces know nothing of each other, and what both share knows neither.
const APART = { console: ["resident"], resident: ["console"], map: ["console", "resident"], page: ["console", "resident", "map"] };

const layers = Object.entries(APART).map(([folder, others]) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: { "no-restricted-imports": ["error", { patterns: others.map((other) => ({ group: [`**/${other}/**`] })) }] },
}));

export default defineConfig(
  { ignores: ["node_modules"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      complexity: ["error", 8],
      "max-lines": ["error", 250],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  ...layers,
);
