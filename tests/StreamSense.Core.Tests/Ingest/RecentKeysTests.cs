using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Ingest;

namespace StreamSense.Core.Tests.Ingest;

public sealed class RecentKeysTests
{
    [Fact]
    public void Touch_AnyKeys_RemembersThoseUsedLast() => Prop.ForAll<byte[]>(keys =>
    {
        const int Capacity = 5;
        var table = new RecentKeys<int>(Capacity);
        var model = new List<(ulong Key, int Uses)>();
        foreach (ulong key in keys.Select(key => (ulong)key % 11))
        {
            int place = model.FindIndex(entry => entry.Key == key);
            int uses = place < 0 ? 0 : model[place].Uses;
            if (place >= 0 || model.Count == Capacity)
            {
                model.RemoveAt(Math.Max(place, 0));
            }

            model.Add((key, uses + 1));
            if (++table.Touch(key, out bool isNew) != uses + 1 || isNew != place < 0)
            {
                return false;
            }
        }

        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Clear_FullTable_KnowsNothingAndTakesAsManyAgain()
    {
        var table = new RecentKeys<int>(300);
        for (int round = 0; round < 2; round++)
        {
            for (ulong key = 0; key < 400; key++)
            {
                table.Touch(key, out bool isNew) = 1;
                Assert.True(isNew);
            }

            table.Touch(100, out bool isKnown);
            Assert.False(isKnown);
            table.Clear();
        }
    }
}
