using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Tests.Features.State;

public sealed class RowIndexTests
{
    [Fact]
    public void Guess_HashesOfFewLines_FindsWhatAWalkFinds()
    {
        // Few lines for many hashes: lines overflow into those behind them, also around the end, and removals shift entries back.
        for (int seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var index = new RowIndex();
            var rows = new Dictionary<uint, int>();
            int lines = random.Next(1, 12);
            for (int i = 0; i < 600; i++)
            {
                if (rows.Count > 0 && random.Next(3) == 0)
                {
                    (uint gone, int row) = rows.ElementAt(random.Next(rows.Count));
                    index.Remove(gone, row);
                    rows.Remove(gone);
                }
                else
                {
                    uint hash = ((uint)random.Next(1 << 20) << 11) | (uint)((-4 + random.Next(lines)) & 0xff) << 3 | (uint)random.Next(8);
                    if (rows.TryAdd(hash, i))
                    {
                        index.Add(hash, i);
                    }
                }

                Compare(index, rows, (uint)random.Next());
            }
        }
    }

    [Fact]
    public void Walk_EqualHashes_FindsAllTheirRows()
    {
        var index = new RowIndex();
        for (int row = 0; row < 40; row++)
        {
            index.Add(77, row);
        }

        Assert.Equal(Enumerable.Range(0, 40), RowsOf(index, 77).Order());
        Assert.InRange(index.Open().Guess(77), 0, 39);
        for (int row = 0; row < 40; row += 2)
        {
            index.Remove(77, row);
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => (2 * i) + 1), RowsOf(index, 77).Order());
        Assert.Throws<InvalidOperationException>(() => index.Remove(77, 0));
        index.Clear();
        Assert.Empty(RowsOf(index, 77));
        Assert.Equal(-1, index.Open().Guess(77));
    }

    [Fact]
    public void Guess_HashOfNothing_IsNoRow() => Assert.Equal(-1, new RowIndex().Open().Guess(0));

    private static void Compare(RowIndex index, Dictionary<uint, int> rows, uint other)
    {
        RowIndex.Lines lines = index.Open();
        foreach ((uint hash, int row) in rows)
        {
            Assert.Equal(row, lines.Guess(hash));
            Assert.Equal([row], RowsOf(index, hash));
        }

        if (!rows.ContainsKey(other))
        {
            Assert.Equal(-1, lines.Guess(other));
            Assert.Empty(RowsOf(index, other));
        }
    }

    private static List<int> RowsOf(RowIndex index, uint hash)
    {
        var found = new List<int>();
        RowIndex.Walk walk = index.Start(hash);
        for (int row = walk.Next(); row >= 0; row = walk.Next())
        {
            found.Add(row);
        }

        Assert.True(index.IsConclusive(in walk));
        return found;
    }
}
