// The database in which a phone keeps reports that were written without a line.
export const QUEUE = "shige-report";
