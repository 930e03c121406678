console.error('known, but not the reason');
await import('./not-there.mjs');
