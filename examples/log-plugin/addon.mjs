// The one place that knows where the addon is. In a project of your own: export * from 'known-failures'

export { classify, classifyAll, loadRules } from '../../index.js';
