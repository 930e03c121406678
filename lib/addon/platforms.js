// The platforms that there are binaries for. `napi.targets` of package.json has the same as Rust names them.
'use strict';

const PLATFORMS = [
  'linux-x64-gnu',
  'linux-x64-musl',
  'linux-arm64-gnu',
  'linux-arm64-musl',
  'darwin-x64',
  'darwin-arm64',
  'win32-x64-msvc',
  'win32-arm64-msvc',
];

/** The package that has the binary of a platform. `napi.packageName` of package.json is its first part. */
const packageOf = (platform) => `@known-failures/native-${platform}`;

module.exports = { PLATFORMS, packageOf };
