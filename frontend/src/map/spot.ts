// The place that is set, and what a map must be able to do for it.

export type Spot = [lon: number, lat: number];

/** What a map must be able to do for a pin: show it at a place. */
export interface PinMap {
  show(spot: Spot, fly: boolean): void;
}
