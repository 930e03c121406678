// The shapes of runners that are not installed here, as they were measured on 2026-11-28, filled with the failures of the suite.

import codeceptjs from './codeceptjs.mjs';
import cucumber from './cucumber.mjs';
import selenium from './selenium.mjs';
import testcafe from './testcafe.mjs';
import webdriverio from './webdriverio.mjs';

export const shapes = [...webdriverio, ...cucumber, ...testcafe, ...codeceptjs, ...selenium];
