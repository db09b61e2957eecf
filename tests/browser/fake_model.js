// A widget's model without a kernel, with what the front end uses of Backbone: attributes first, then their events.
window.Model = class {
  constructor(state) { this.state = state; this.handlers = []; this.sent = []; }
  get(name) { return this.state[name]; }
  set(name, value) { this.receive({ [name]: value }); }
  receive(state) {
    const changed = Object.keys(state).filter((k) => JSON.stringify(state[k]) !== JSON.stringify(this.state[k]));
    Object.assign(this.state, state);
    for (const name of changed) for (const [event, f] of [...this.handlers]) if (event === `change:${name}`) f();
  }
  on(event, f) { this.handlers.push([event, f]); }
  off(event, f) { this.handlers = this.handlers.filter(([e, g]) => e !== event || g !== f); }
  save_changes() { this.sent.push({ values: this.state.values }); }
  send(content) { this.sent.push({ content }); }
};

window.show = async (source, state, places) => {
  const made = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  const model = new Model(state);
  (window.models = window.models || []).push(model);
  model.module = made.default;
  model.remove = places.map((place) => made.default.render({ model, el: document.getElementById(place) }));
};
