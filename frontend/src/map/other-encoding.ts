// Stands for the decoder of the tile encoding that we do not use (MLT), which the library would bring along.
export const GEOMETRY_TYPE = {};

export function decodeTile(): never {
  throw new Error("these tiles are Mapbox vector tiles");
}
