// happy-dom has no layout; what measures itself gets an observer that never fires.
globalThis.ResizeObserver ??= class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};
