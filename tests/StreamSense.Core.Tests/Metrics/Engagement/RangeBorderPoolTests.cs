using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Metrics.Engagement;

namespace StreamSense.Core.Tests.Metrics.Engagement;

public sealed class RangeBorderPoolTests
{
    private const int Lists = 3;

    [Fact]
    public void TryChange_OfSeveralLists_IsAsASortedMapEachUntilThereIsNoRoom() => Prop.ForAll<PositiveInt>(seed =>
    {
        var random = new Random(seed.Get);
        var pool = new RangeBorderPool(maxBorders: 40);
        var models = new SortedDictionary<long, int>[Lists];
        int[] firsts = [-1, -1, -1];
        int[] counts = new int[Lists];
        for (int list = 0; list < Lists; list++)
        {
            models[list] = [];
        }

        for (int step = 0; step < 400; step++)
        {
            int list = random.Next(Lists);
            if (random.Next(50) == 0)
            {
                pool.Clear(ref firsts[list], ref counts[list]);
                models[list].Clear();
                continue;
            }

            long position = random.Next(25);
            int change = random.Next(2) == 0 ? 1 : -1;
            bool hadRoom = models.Sum(model => model.Count) < 40 || models[list].ContainsKey(position);
            if (pool.TryChange(ref firsts[list], ref counts[list], position, change) != hadRoom)
            {
                return false;
            }

            if (hadRoom)
            {
                Change(models[list], position, change);
            }
        }

        RangeBorder[] borders = pool.Copy();
        return Enumerable.Range(0, Lists).All(list =>
            counts[list] == models[list].Count && Read(borders, firsts[list]).SequenceEqual(models[list]));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    private static void Change(SortedDictionary<long, int> model, long position, int change)
    {
        int sum = model.GetValueOrDefault(position) + change;
        if (sum == 0)
        {
            model.Remove(position);
        }
        else
        {
            model[position] = sum;
        }
    }

    private static IEnumerable<KeyValuePair<long, int>> Read(RangeBorder[] borders, int first)
    {
        for (int at = first; at >= 0; at = borders[at].Next)
        {
            yield return KeyValuePair.Create(borders[at].Position, borders[at].Change);
        }
    }
}
