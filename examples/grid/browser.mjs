// A browser on the Grid, whose actions are steps of the test's log.

import { Builder, By, Capabilities, until } from 'selenium-webdriver';

const ARGUMENTS = [
  '--headless=new',
  '--no-sandbox', // root has none
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @typedef {object} Lab where the sessions come from
 * @property {string} url of the Grid
 * @property {string} chromium
 * @property {string} shop the URL
 * @property {() => string} newProfile an empty folder for each session
 */

export class Browser {
  #driver;
  #log;
  #shop;

  constructor(driver, log, shop) {
    this.#driver = driver;
    this.#log = log;
    this.#shop = shop;
  }

  /**
   * Waits until the Grid has a free slot.
   *
   * @param {Lab} lab
   * @param {import('./test-log.mjs').TestLog} log
   * @param {object} wanted capabilities, besides the usual ones
   */
  static open(lab, log, wanted) {
    return log.step('new session', async () => {
      const args = [...ARGUMENTS, `--user-data-dir=${lab.newProfile()}`];
      const capabilities = new Capabilities({
        browserName: 'chrome',
        'goog:chromeOptions': { binary: lab.chromium, args },
        ...wanted,
      });
      const driver = await new Builder().usingServer(lab.url).withCapabilities(capabilities).build();
      log.message(`session ${(await driver.getSession()).getId()}`);
      return new Browser(driver, log, lab.shop);
    });
  }

  /** The WebDriver session, for what has no step of its own. */
  get driver() {
    return this.#driver;
  }

  visit(path) {
    return this.#log.step(`open ${path}`, () => this.#driver.get(this.#shop + path));
  }

  find(css) {
    return this.#log.step(`find ${css}`, () => this.#driver.findElement(By.css(css)));
  }

  click(css) {
    return this.#log.step(`click ${css}`, async () => (await this.find(css)).click());
  }

  type(css, text) {
    return this.#log.step(`type "${text}" into ${css}`, async () => (await this.find(css)).sendKeys(text));
  }

  text(css) {
    return this.#log.step(`read ${css}`, async () => {
      const text = await (await this.find(css)).getText();
      this.#log.message(`it says "${text}"`);
      return text;
    });
  }

  /** Waits for an element. `message` is what the error says if it does not come. */
  waitFor(css, message, timeoutMs = 5000) {
    return this.#log.step(`wait for ${css}`, () => this.#driver.wait(until.elementLocated(By.css(css)), timeoutMs, message));
  }

  script(source, ...args) {
    return this.#log.step('run a script', () => this.#driver.executeScript(source, ...args));
  }

  /** Never fails: what the test found is worth more than how its session ended. */
  close() {
    return this.#log.step('end the session', () => this.#driver.quit()).catch((error) => this.#log.message(`${error.message}`));
  }
}
