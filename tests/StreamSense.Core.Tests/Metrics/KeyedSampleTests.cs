using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Metrics;

namespace StreamSense.Core.Tests.Metrics;

public sealed class KeyedSampleTests
{
    [Fact]
    public void TryGetOrAdd_OfFewerKeysThanFit_KeepsAll()
    {
        KeyedSample<CountRow> sample = Of(Enumerable.Range(0, 64), 64);

        Assert.Equal(0, sample.Level);
        Assert.Equal(64, sample.Copy().Rows.Length);
        Assert.Equal(0, sample.LeftOut);
    }

    [Fact]
    public void TryGetOrAdd_OfMoreKeysThanFit_KeepsTheSameInAnyOrderAndWithinTheBound() => Prop.ForAll<PositiveInt>(seed =>
    {
        int[] keys = [.. Enumerable.Range(seed.Get, 1_000)];
        string one = TextOf(Of(keys, 64).Copy());
        new Random(seed.Get).Shuffle(keys);
        KeyedSample<CountRow> sample = Of(keys, 64);
        SampledRows<CountRow> copy = sample.Copy();
        return one == TextOf(copy) && copy.Rows.Length is > 0 and <= 64 && sample.Level > 0;
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Scale_OfManyKeys_EstimatesTheirNumber()
    {
        KeyedSample<CountRow> sample = Of(Enumerable.Range(0, 200_000), 4_096);

        // Three and a half standard errors of at least 2,048 rows.
        SampledRows<CountRow> copy = sample.Copy();
        Assert.InRange(copy.Rows.Length * copy.Scale, 200_000 * 0.9, 200_000 * 1.1);
        Assert.Equal(1, copy.Rows[0].Row.Count);
    }

    [Fact]
    public void Join_OfParts_IsAssociativeCommutativeAndHasAnIdentity() => Prop.ForAll<PositiveInt>(seed =>
    {
        var random = new Random(seed.Get);
        SampledRows<CountRow>[] parts =
            [.. Enumerable.Range(0, 3).Select(i => Of(Enumerable.Range(0, 100 * (i + 1)).Select(_ => random.Next(400)), 64).Copy())];
        string one = TextOf(parts[0].Join(parts[1]).Join(parts[2]));
        return one == TextOf(parts[2].Join(parts[0].Join(parts[1])))
            && one == TextOf(parts[1].Join(parts[2]).Join(parts[0]))
            && TextOf(parts[0]) == TextOf(parts[0].Join(SampledRows<CountRow>.Empty))
            && TextOf(parts[0]) == TextOf(SampledRows<CountRow>.Empty.Join(parts[0]));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    private static KeyedSample<CountRow> Of(IEnumerable<int> keys, int most)
    {
        var sample = new KeyedSample<CountRow>(most);
        foreach (int key in keys)
        {
            if (sample.TryGetOrAdd((ulong)key, out int row, out _))
            {
                sample[row].Count++;
            }
        }

        return sample;
    }

    private static string TextOf(SampledRows<CountRow> rows) =>
        rows.Level + ":" + string.Join(',', rows.Rows.ToArray().OrderBy(row => row.Key).Select(row => row.Key + "=" + row.Row.Count));

    private struct CountRow : IKeyedState<CountRow>
    {
        public int Count;

        public void Join(in CountRow other) => Count += other.Count;
    }
}
