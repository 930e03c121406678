// Checks of what a file has, for messages that say where it is wrong.
'use strict';

const { InputError } = require('../errors.js');
const { nameOf } = require('../input.js');

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text that says something. */
const isText = (value) => typeof value === 'string' && value.trim() !== '';

/** @param {string} path @param {string} what it should be @returns {InputError} */
const wrongShape = (path, what) => new InputError(`${nameOf(path)}: is not ${what}`);

/** @param {unknown} value one of something, or several @returns {any[]} */
const listOf = (value) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]);

module.exports = { isObject, isText, listOf, wrongShape };
