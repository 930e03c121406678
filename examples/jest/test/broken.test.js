require('./missing-helper');
