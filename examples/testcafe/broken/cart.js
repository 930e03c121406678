import './missing-helper';
