import type { Page } from "playwright-core";

/**
 * Milliseconds in the page from an action to the frame in which a condition holds and has been drawn.
 * @param action a statement of JavaScript
 * @param condition an expression of JavaScript, looked at once a frame
 */
export const timeTo = (page: Page, action: string, condition: string): Promise<number> =>
  page.evaluate<number>(`new Promise((resolve, reject) => {
    const began = performance.now();
    ${action};
    const look = () => {
      if (${condition}) return requestAnimationFrame(() => resolve(performance.now() - began));
      if (performance.now() - began > 60_000) return reject(new Error(${JSON.stringify(`never true: ${condition}`)}));
      requestAnimationFrame(look);
    };
    look();
  })`);

/** Milliseconds of each frame while something is done once a frame. */
export const frameTimes = (page: Page, frames: number, action: string): Promise<readonly number[]> =>
  page.evaluate<number[]>(`new Promise((resolve) => {
    const times = [];
    let before = performance.now();
    const next = (frame) => requestAnimationFrame(() => {
      const now = performance.now();
      times.push(now - before);
      before = now;
      ${action};
      if (frame + 1 < ${frames}) next(frame + 1);
      else resolve(times.slice(1));
    });
    next(0);
  })`);
