// A page opened from the disk may start no worker, by the rules of browsers. The search then runs in a hidden frame of the page.
// (The name is the one by which the plugin `offline` of the theme knows that nothing need be fetched from elsewhere for this.)
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(address) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.frame.srcdoc = "<!doctype html><title>search</title>";
      const shown = new Promise((resolve) => this.frame.addEventListener("load", resolve, { once: true }));
      document.body.append(this.frame);
      this.started = shown.then(() => this.start(new URL(address, document.baseURI)));
    }

    // What the script says goes to the listeners of this object, what is said to this object goes to those of the script.
    start(address) {
      const inside = this.frame.contentWindow;
      const run = (source) =>
        new Promise((resolve, reject) => {
          const script = inside.document.createElement("script");
          Object.assign(script, { src: source, onload: resolve, onerror: () => reject(new Error(`${source} cannot be read`)) });
          inside.document.head.append(script);
        });
      inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data: structuredClone(data) }));
      inside.importScripts = (...names) => names.reduce((before, name) => before.then(() => run(new URL(name, address))), Promise.resolve());
      return run(address);
    }

    postMessage(data) {
      this.started.then(() => {
        const inside = this.frame.contentWindow;
        inside.dispatchEvent(new inside.MessageEvent("message", { data: inside.structuredClone(data) }));
      });
    }
  };
}
