using FsCheck;
using FsCheck.Fluent;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Training.Interactions;

public sealed class BoundedBestTests
{
    [Fact]
    public void Drain_AnyOffers_GivesWhatSortingGives() => Prop.ForAll<byte[]>(weights =>
    {
        var best = new BoundedBest(5);
        for (int item = 0; item < weights.Length; item++)
        {
            best.Offer(item, weights[item] / 16);
        }

        var items = new int[5];
        var found = new float[5];
        int count = best.Drain(items, found);
        int[] expected = [.. Enumerable.Range(0, weights.Length).OrderByDescending(i => weights[i] / 16).ThenBy(i => i).Take(5)];
        return items[..count].SequenceEqual(expected) && best.Count == 0;
    }).QuickCheckThrowOnFailure();
}
