// No classification: what the storm itself takes.

export const start = async () => ({ classify: async () => null });
