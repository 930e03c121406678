describe('Cart', () => {
  it('adds an item', () => {});

  it('pays by card', () => {
    throw new Error('backend 503 says no');
  });

  it('asks the backend', () => {
    throw new Error('backend 503 says no');
  });

  it('shows the total', () => {
    expect(41).toBe(42);
  });

  it('keeps the session', () => {
    throw new Error('step failed', { cause: new Error('no such session: 1f0e9d8c') });
  });

  it('sends the receipt', () => new Promise(() => {}), 100);

  it.skip('pays by invoice', () => {});

  it.todo('wraps a gift');

  describe('returns', () => {
    afterEach(() => {
      throw new Error('the warehouse is closed');
    });
    it('ships back', () => {
      throw new Error('nobody knows this parcel');
    });
  });

  describe('stock', () => {
    beforeAll(() => {
      throw new Error('the warehouse is closed');
    });
    it('counts', () => {});
  });

  describe('archive', () => {
    afterAll(() => {
      throw new Error('the warehouse is closed');
    });
    it('keeps orders', () => {});
  });
});
