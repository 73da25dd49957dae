import { Channel, invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { Transport } from "../api.ts";
import type { Progress, WatchEvent } from "../generated/api.ts";

const EVENT = "rota://event";

/** The desktop's window: one command for every operation, one event for every change. */
export const tauriTransport: Transport = {
  call: (operation, input, onProgress) =>
    invoke("call", {
      operation,
      input,
      ...(onProgress && { progress: new Channel<Progress>(onProgress) }),
    }),
  async subscribe(onEvent) {
    // Listening comes first, so that nothing falls between the two.
    const end = await listen<WatchEvent>(EVENT, (event) => onEvent(event.payload));
    await invoke("subscribe");
    return end;
  },
};
