// Nobody asks what is known: the least that the storm itself takes.

export const start = async () => ({ classify: async () => null });
