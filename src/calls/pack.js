// Packs the next items of a `classifyAll` for the addon to copy. Evaluates to a function that batch.rs calls for each window.
//
// A call through Node-API for each string would cost more than the copy of a short one. So short strings are joined: V8 links them
// and copies each once, and the addon copies the joined text at once. Everything else goes one by one.
//
// As in promises.js, no method of a built-in is called that is not captured here, and no index is assigned of an array that
// inherits anything.
//
// All parameters come from promises.rs. `numbers`: the array through which what is packed is described. `copy`: copies the pieces that it
// is called with. `shortUnits`: the length up to which a string is joined. `groupUnits`: the length from which a joined text takes no
// more. `longUnits`: the length from which nobody has looked whether a string is Latin-1. The rest: the kinds of texts, and by how many
// bits a kind is above the length that it shares a number with. A joined text has the kind 0.
(numbers, copy, shortUnits, groupUnits, longUnits, kindShift, latin1Kind, wideKind, longKind, partsKind, noneKind) => {
  const { apply } = Reflect;
  const { min } = Math;
  const { setPrototypeOf } = Object;
  const { exec } = RegExp.prototype;
  const bareArray = () => setPrototypeOf([], null);

  /** Of a string that V8 keeps in one byte a character, its regular expressions know without a look that none is in there. */
  const beyondLatin1 = /[^\0-\xff]/;
  const isWide = (text) => apply(exec, beyondLatin1, [text]) !== null;

  /** Packs a text that goes by itself. `at`: where it is described. */
  const packOne = (pieces, at, text) => {
    if (typeof text !== 'string') {
      numbers[at] = partsKind << kindShift;
    } else {
      const kind = text.length >= longUnits ? longKind : isWide(text) ? wideKind : latin1Kind;
      numbers[at] = (kind << kindShift) | text.length;
    }
    pieces[pieces.length] = text;
  };

  /** Ends a group of joined errors: those of the items `from` to `to`. If it is not Latin-1, its texts go one by one. */
  const endGroup = (pieces, group, errors, first, from, to) => {
    if (group === '') return;
    if (!isWide(group)) {
      pieces[pieces.length] = group;
      return;
    }
    for (let index = from; index < to; index++) {
      const at = 2 * (index - first) + 3;
      if (errors[index]) packOne(pieces, at, errors[index]);
    }
  };

  /** Code units of a text that goes by itself, of a wide one twice as many: it takes as many bytes. */
  const unitsOf = (at, text) => {
    if (typeof text === 'string') return numbers[at] >>> kindShift === wideKind ? 2 * text.length : text.length;
    let units = 0;
    for (let part = 0; part < text.length; part++) units += text[part].length;
    return units;
  };

  /**
   * Packs the items from `first` on: at most `most`, and no more once their errors have `mostUnits` code units. Writes to `numbers`
   * how many items they are and whether the joined names are wide, then of each item the kinds and lengths of its name and its error.
   * Calls `copy` with all names that are joined, then the other texts in the order of the items, a name before its error. What is
   * joined stands in the place of its first text.
   */
  return (tests, errors, first, most, mostUnits, named) => {
    const pieces = bareArray();
    pieces[0] = '';
    let names = '';
    let group = '';
    let groupFrom = first;
    let units = 0;
    let at = 2;
    let index = first;
    const end = min(first + most, errors.length);
    for (; index < end && units < mostUnits; index++, at += 2) {
      const test = named ? tests[index] : '';
      const error = errors[index];
      const alone = typeof error === 'string' ? error.length > shortUnits : error !== null;
      if (alone || test.length > shortUnits || group.length >= groupUnits) {
        endGroup(pieces, group, errors, first, groupFrom, index);
        group = '';
        groupFrom = index;
      }
      if (test.length > shortUnits) {
        packOne(pieces, at, test);
      } else {
        numbers[at] = test.length;
        names += test;
      }
      if (alone) {
        packOne(pieces, at + 1, error);
        units += unitsOf(at + 1, error);
        groupFrom = index + 1;
      } else if (error === null) {
        numbers[at + 1] = noneKind << kindShift;
      } else {
        numbers[at + 1] = error.length;
        group += error;
        units += error.length;
      }
    }
    endGroup(pieces, group, errors, first, groupFrom, index);
    numbers[0] = index - first;
    numbers[1] = isWide(names) ? 1 : 0;
    pieces[0] = names;
    apply(copy, undefined, pieces);
  };
};
