/**
 * One line for a piece of work that is quiet when it goes well: what it is, and the seconds that it took.
 * @template Result
 * @param {string} title
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export const step = async (title, work) => {
  const started = performance.now();
  process.stderr.write(`${title}… `);
  try {
    const result = await work();
    process.stderr.write(`${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    return result;
  } catch (error) {
    process.stderr.write("failed\n");
    throw error;
  }
};
