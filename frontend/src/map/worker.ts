// The map's worker: it fetches tiles and makes of them what is drawn. The library's own, as a file of our address, so
// that the content policy needs no blob; it shares its largest part with the page.
import "maplibre-gl/worker";
