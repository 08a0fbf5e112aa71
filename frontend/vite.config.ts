// Builds the pages' scripts and styles into the Python package; the manifest tells the templates their names.
import { defineConfig } from "vitest/config";
import { libraryName, maplibre } from "./maplibre.ts";
import { precompress } from "./precompress.ts";

/** What templates load, by the name of the built file: the two faces, and what single pages have beside them. */
const ENTRIES = {
  console: "src/console/main.ts",
  "grid-map": "src/console/grids/grid-map.ts",
  "matter-map": "src/console/matters/matter-map.ts",
  plan: "src/console/plans/plan.ts",
  "line-map": "src/console/redline/line-map.ts",
  chart: "src/console/figures/chart.ts",
  resident: "src/resident/main.ts",
  offline: "src/resident/offline/offline.ts",
  pin: "src/map/pin.ts",
  place: "src/map/place.ts",
  htmx: "src/page/htmx.ts",
};
const SHARED = /frontend\/src\/(?:page\/(?!htmx)|map\/(?:first-view\.ts|pin-picture\.ts|place\.css))|preload-helper/;

export default defineConfig({
  // Relative, so that the address under which the files are served stays the server's setting.
  base: "./",
  build: {
    outDir: "../src/shige/static",
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    // Data addresses in styles would need a wider content policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: ENTRIES,
      // One file of what most pages share: a browser opens six connections at once, and on a slow line what waits
      // for a free one waits for half a second.
      output: {
        codeSplitting: { groups: [{ name: "common", test: SHARED }] },
        chunkFileNames: ({ moduleIds }) => libraryName(moduleIds),
      },
    },
  },
  plugins: [maplibre(), precompress()],
  test: {
    environment: "happy-dom",
    // A link or a form that is pressed opens nothing: what a script does of itself is what is tested.
    environmentOptions: { happyDOM: { url: "http://shige.test/", settings: { navigation: { disableMainFrameNavigation: true, disableFallbackToSetURL: true } } } },
  },
});
