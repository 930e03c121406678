import './missing-helper.js';
