// Browsers, and whoever loads the WebAssembly engine by hand.

export * from "fapiao-edge/slim";
