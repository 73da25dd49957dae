const MINUTE_MS = 60_000;

/** The time as the window shows it; moves each minute, and at once when the window comes back to sight. */
class Clock {
  now = $state.raw(new Date());

  start(): () => void {
    const tick = (): void => {
      this.now = new Date();
    };
    const timer = setInterval(tick, MINUTE_MS);
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }
}

export const clock = new Clock();
