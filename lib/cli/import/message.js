// Where the message of an error lies in its text, which is `Name: message`, its stack, and its causes.
'use strict';

/** For patterns that are meant for the message alone. */
const MESSAGE = { before: '(?:[\\w.$]+(?: \\[\\w+\\])?: )?', after: '\\r?\\n\\s*at |\\r?\\nCaused by:' };

module.exports = { MESSAGE };
