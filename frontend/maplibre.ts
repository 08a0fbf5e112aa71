// Builds the map's library from the sources that its package carries. Its ready-made files hold twice what a page and
// its worker both need (a third of all); built with our pages both load one file of it.
import { readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const PACKAGE = `${realpathSync(fileURLToPath(new URL("node_modules/maplibre-gl", import.meta.url)))}/`;
const OURS = fileURLToPath(new URL("src/map/", import.meta.url));
/** What a page imports to learn where the worker's file lies. */
const ADDRESS = "virtual:map-worker";

export function maplibre(): Plugin {
  const { version } = JSON.parse(readFileSync(`${PACKAGE}package.json`, "utf8")) as { version: string };
  const licence = `/*! MapLibre GL JS ${version}, 3-Clause BSD: https://github.com/maplibre/maplibre-gl-js/blob/v${version}/LICENSE.txt */\n`;
  return {
    name: "maplibre",
    config: (_, { command }) => ({
      // The library is written for class fields that are assigned: one that is only declared must not be set again.
      oxc: { typescript: { removeClassFieldsWithoutInitializer: true }, assumptions: { setPublicClassFields: true } },
      resolve: {
        alias: command === "build" ? [
          { find: /^maplibre-gl$/, replacement: `${PACKAGE}src/index.ts` },
          { find: /^maplibre-gl\/worker$/, replacement: `${PACKAGE}src/source/worker.ts` },
          // Our tiles have one encoding: the decoder of the other stays out.
          { find: /^@maplibre\/mlt$/, replacement: `${OURS}other-encoding.ts` },
        ] : [],
      },
    }),
    resolveId: (id) => (id === ADDRESS ? `\0${ADDRESS}` : null),
    load(id) {
      if (id !== `\0${ADDRESS}`) return null;
      if (this.environment.mode !== "build") return 'export default "/map-worker.js";';
      const worker = this.emitFile({ type: "chunk", id: `${OURS}worker.ts`, name: "map-worker" });
      return `export default import.meta.ROLLUP_FILE_URL_${worker};`;
    },
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type === "chunk" && file.moduleIds.some((id) => id.startsWith(`${PACKAGE}src/`))) file.code = licence + file.code;
      }
    },
  };
}

/** Names of the built files of the library, by what lies in them. */
export function libraryName(modules: readonly string[]): string {
  if (modules.includes(`${PACKAGE}src/ui/map.ts`)) return "assets/maplibre-[hash].js";
  return modules.includes(`${PACKAGE}src/style/style_layer.ts`) ? "assets/maplibre-shared-[hash].js" : "assets/[name]-[hash].js";
}
