//! Unicode data as ECMAScript sees it.
