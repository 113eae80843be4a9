// @ts-check

/**
 * ZIP files keep local wall-clock time, and the core has no time zone.
 * @param {number} instant
 */
export const wallClock = (instant) => instant - new Date(instant).getTimezoneOffset() * 60_000;
