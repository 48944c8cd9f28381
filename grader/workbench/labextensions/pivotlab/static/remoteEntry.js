// Pivotlab in JupyterLab. A federated module written by hand: JupyterLab hands over its own modules in `init`, so nothing
// is bundled and nothing has to be built. What comes from a notebook is only ever set as text.
"use strict";
(() => {
  let shared;

  const load = async (name) => {
    const versions = Object.values(shared[name]);
    return (await versions[0].get())();
  };

  const element = (tag, text = "", className = "") => {
    const made = document.createElement(tag);
    made.textContent = text;
    made.className = className;
    return made;
  };

  const STYLE = `
.pivotlab-Panel { padding: 1.25rem 1.5rem; overflow: auto; color: var(--jp-ui-font-color1); font-size: var(--jp-ui-font-size1); line-height: 1.5; }
.pivotlab-Panel h2 { font-size: 1.25rem; margin: 0 0 .75rem; }
.pivotlab-Panel ul { list-style: none; margin: 0 0 1rem; padding: 0; }
.pivotlab-Panel li { padding: .5rem 0; border-top: 1px solid var(--jp-border-color2); white-space: pre-wrap; overflow-wrap: anywhere; }
.pivotlab-Panel .said { color: var(--jp-ui-font-color2); display: block; }
.pivotlab-Panel .passes::before { content: "✓ "; color: var(--jp-success-color1); font-weight: bold; }
.pivotlab-Panel .wanting::before { content: "✗ "; color: var(--jp-error-color1); font-weight: bold; }
.pivotlab-Panel .leak::before { content: "⚠ "; color: var(--jp-warn-color1); font-weight: bold; }
.pivotlab-Panel pre { white-space: pre-wrap; overflow-wrap: anywhere; }
.pivotlab-Panel button { font: inherit; text-align: left; cursor: pointer; background: none; border: 0; padding: 0; color: var(--jp-content-link-color); }
`;

  const build = async () => {
    const [apputils, coreutils, services, notebooks, ui, widgets, launchers] = await Promise.all(
      [
        "@jupyterlab/apputils", "@jupyterlab/coreutils", "@jupyterlab/services", "@jupyterlab/notebook",
        "@jupyterlab/ui-components", "@lumino/widgets", "@jupyterlab/launcher",
      ].map(load),
    );
    const icon = new ui.LabIcon({
      name: "pivotlab:icon",
      svgstr:
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="16"><g fill="none" stroke-width="2" stroke-linecap="round"' +
        ' class="jp-icon3" stroke="#616161"><path d="M4 19 12 5l8 14"/><circle cx="12" cy="5" r="2"/></g></svg>',
    });

    const ask = async (name, body) => {
      const settings = services.ServerConnection.makeSettings();
      const address = coreutils.URLExt.join(settings.baseUrl, "pivotlab", name);
      const options = body ? { method: "POST", body: JSON.stringify(body) } : {};
      const response = await services.ServerConnection.makeRequest(address, options, settings);
      const answer = await response.json();
      if (!response.ok) {
        throw new Error(answer.message);
      }
      return answer;
    };

    return [{ id: "pivotlab:labs", autoStart: true, requires: [apputils.ICommandPalette, notebooks.INotebookTracker],
      optional: [launchers.ILauncher], activate }];

    function activate(app, palette, tracker, launcher) {
      document.head.append(element("style", STYLE));
      const panels = new Map();

      // A panel of ours, shown anew when it is there.
      const show = (name, title, content, mode) => {
        const old = panels.get(name);
        if (old && !old.isDisposed) {
          old.dispose();
        }
        const node = element("div", "", "pivotlab-Panel");
        node.append(...content);
        const panel = new apputils.MainAreaWidget({ content: new widgets.Widget({ node }) });
        panel.id = `pivotlab-${name}`;
        panel.title.label = title;
        panel.title.icon = icon;
        panel.title.closable = true;
        panels.set(name, panel);
        app.shell.add(panel, "main", { mode });
        app.shell.activateById(panel.id);
      };

      const lab = (panel) => panel?.context.model.getMetadata("pivotlab")?.lab;
      const isLab = () => Boolean(lab(tracker.currentWidget));
      const trouble = (error) => apputils.showErrorMessage("Pivotlab", error.message);

      const entry = (title, said, className) => {
        const made = element("li", "", className);
        made.append(title, element("span", said, "said"));
        return made;
      };

      const showCheck = (checked) => {
        const list = element("ul");
        list.append(
          ...checked.exercises.map((one) => entry(`${one.exercise}: ${one.title}`, one.said, one.passed ? "passes" : "wanting")),
          ...checked.troubles.map((one) => entry(one.cell, one.said, "wanting")),
          ...checked.leaks.map((one) => entry(`leak in ${one.cell}, line ${one.line}`, one.said, "leak")),
          ...checked.notes.map((one) => entry("note", one, "")),
        );
        const passed = checked.exercises.filter((one) => one.passed).length;
        const words = `${passed} of ${checked.exercises.length} exercises pass their visible checks`;
        show("check", "Check", [element("h2", words), list], "split-right");
      };

      const check = async () => {
        const panel = tracker.currentWidget;
        await panel.context.save();
        show("check", "Check", [element("h2", "Running your notebook from top to bottom…")], "split-right");
        showCheck(await ask("check", { path: panel.context.path }));
      };

      const submit = async () => {
        const panel = tracker.currentWidget;
        await panel.context.save();
        const { to } = await ask("submit");
        const chosen = to || (await apputils.InputDialog.getText({
          title: "Hand in", label: "Folder from which your instructor collects", okLabel: "Hand in",
        })).value;
        if (chosen) {
          show("check", "Submit", [element("h2", "Checking, then handing in…")], "split-right");
          const { said } = await ask("submit", { path: panel.context.path, to: chosen });
          show("check", "Submit", [element("h2", "Handed in"), element("pre", said)], "split-right");
        }
      };

      const open = async (name) => {
        const { path } = await ask("open", { lab: name });
        await app.commands.execute("docmanager:open", { path });
      };

      const showLabs = async () => {
        const list = element("ul");
        for (const one of await ask("labs")) {
          const button = element("button", one.title);
          button.onclick = () => open(one.lab).catch(trouble);
          list.append(entry(button, `${one.lab} · ${one.minutes} minutes · ${one.said === "-" ? "new" : one.said}`, ""));
        }
        show("labs", "Labs", [element("h2", "Labs"), list], "tab-after");
      };

      const add = (id, label, execute, isEnabled) => {
        app.commands.addCommand(id, { label, icon, isEnabled, execute: () => execute().catch(trouble) });
        palette.addItem({ command: id, category: "Pivotlab" });
      };
      add("pivotlab:labs", "Pivotlab labs", showLabs, () => true);
      add("pivotlab:check", "Check this lab", check, isLab);
      add("pivotlab:submit", "Submit this lab", submit, isLab);
      launcher?.add({ command: "pivotlab:labs", category: "Other", rank: 0 });

      app.docRegistry.addWidgetExtension("Notebook", {
        createNew: (panel, context) => {
          void context.ready.then(() => {
            if (lab(panel)) {
              const button = (name, label, tooltip) => panel.toolbar.insertBefore(
                "spacer", `pivotlab-${name}`,
                new ui.ToolbarButton({ label, tooltip, onClick: () => app.commands.execute(`pivotlab:${name}`) }),
              );
              button("check", "Check", "Run from top to bottom as a grading would");
              button("submit", "Submit", "Check, then hand in a sealed copy");
            }
          });
        },
      });
    }
  };

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB.pivotlab = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      const plugins = await build();
      return () => ({ __esModule: true, default: plugins });
    },
  };
})();
