// The library that asks the server for parts of a page, under a name of ours that a page can ask for early.
import htmx from "htmx.org";

export default htmx;
