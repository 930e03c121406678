// The names of scenarios: a pickle, which is what runs, knows neither its feature nor its rule.
'use strict';

class Names {
  /** Titles around a scenario, by the ids of a scenario and of the rows of its examples. @type {Map<string, string[]>} */
  #suites = new Map();
  /** `#1.2`: the second row of the first examples, by the row's id; of outlines whose rows all have one name. @type {Map<string, string>} */
  #numbers = new Map();
  /** `Given`, `When` and so on, by the step's id. @type {Map<string, string>} */
  #keywords = new Map();

  /** @param {any} document a Gherkin document */
  add({ feature }) {
    if (feature) this.#addChildren(feature.children, [feature.name]);
  }

  /** @param {any} pickle */
  of({ name, astNodeIds }) {
    const number = astNodeIds.map((id) => this.#numbers.get(id)).find((text) => text !== undefined);
    return {
      suites: astNodeIds.map((id) => this.#suites.get(id)).find((titles) => titles !== undefined) ?? [],
      title: number === undefined ? name : `${name} - ${number}`,
    };
  }

  /** @param {any} pickleStep */
  ofStep({ text, astNodeIds }) {
    return [this.#keywords.get(astNodeIds[0]), text].filter(Boolean).join(' ');
  }

  #addChildren(children, suites) {
    for (const { rule, background, scenario } of children) {
      for (const step of (background ?? scenario)?.steps ?? []) this.#keywords.set(step.id, step.keyword.trim());
      if (rule) this.#addChildren(rule.children, [...suites, rule.name]);
      if (scenario) this.#addScenario(scenario, suites);
    }
  }

  #addScenario({ id, name, examples }, suites) {
    this.#suites.set(id, suites);
    // a parameter in the name gives each row a name of its own
    if (/<[^>]+>/.test(name)) return;
    for (const [table, { tableBody }] of examples.entries()) {
      for (const [row, { id: rowId }] of tableBody.entries()) this.#numbers.set(rowId, `#${table + 1}.${row + 1}`);
    }
  }
}

module.exports = { Names };
