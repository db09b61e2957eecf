// The door between JupyterLab and the modules beside this file.
//
// JupyterLab expects a container built by webpack: `init(scope)` receives the modules that JupyterLab shares,
// `get(name)` returns a factory of what package.json calls "extension" and "style".  Both are short by hand.
(() => {
  const here = document.currentScript.src;
  const beside = (file) => new URL(file, here).href;
  let scope = {};

  // A shared module is stored as {version: {get}}; there is one version of each in practice.
  async function shared(name) {
    const [version] = Object.values(scope[name] ?? {});
    return version ? (await version.get())() : null;
  }

  const parts = {
    async "./extension"() {
      const [notebook, cells, widgets, apputils, coreutils] = await Promise.all(
        ["@jupyterlab/notebook", "@jupyterlab/cells", "@lumino/widgets", "@jupyterlab/apputils", "@jupyterlab/coreutils"]
          .map(shared),
      );
      // Voila loads JupyterLab's extensions too, but has no notebooks to put a bar on.
      if (!notebook || !cells) return [];
      const { plugin } = await import(beside("lessons.js"));
      return [plugin({ ...notebook, ...cells, ...widgets, ...apputils, ...coreutils })];
    },
    async "./style"() {
      const link = document.createElement("link");
      link.rel = "stylesheet";
      link.href = beside("lessons.css");
      document.head.append(link);
    },
  };

  window._JUPYTERLAB = window._JUPYTERLAB ?? {};
  window._JUPYTERLAB["crossing-lessons"] = {
    init(shareScope) {
      scope = shareScope;
    },
    async get(name) {
      const part = await parts[name]();
      return () => ({ __esModule: true, default: part });
    },
  };
})();
