// Files that have no types of their own.
declare module "maplibre-gl/worker";

declare module "virtual:map-worker" {
  const address: string;
  export default address;
}

declare module "echarts/i18n/langZH-obj.js" {
  import type { registerLocale } from "echarts/core";
  const words: Parameters<typeof registerLocale>[1];
  export default words;
}
