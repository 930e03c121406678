// What becomes of the tests of both suites.

const LINK = 'https://bugs.example/browse/';

/** Issue and link of each failure, by the test's title. Null: unknown. */
export const expected = {
  'pays by card': { issue: 'SHOP-1432', url: `${LINK}SHOP-1432` },
  'pays by <b>invoice</b>': { issue: 'SHOP-7 <b>', url: `${LINK}SHOP-7%20%3Cb%3E` },
  'adds up': null,
  'shows a timeout elsewhere': null,
};
