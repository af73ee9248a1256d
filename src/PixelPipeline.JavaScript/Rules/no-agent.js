const readAgent = () => ({});
