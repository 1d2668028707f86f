using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Ml.Evaluation.Splits;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Evaluation.Splits;

public sealed class InteractionSplitsTests
{
    private static readonly Interaction[] Data =
    [
        Of(0, 5, 30), Of(0, 1, 10), Of(0, 2, 20), Of(0, 9, 30), Of(0, 3, 5),
        Of(1, 1, 40), Of(1, 2, 1),
        Of(2, 7, 50),
    ];

    [Fact]
    public void At_AnInstant_CutsAllAlike()
    {
        InteractionSplit split = InteractionSplits.At(Data, new EventTime(30));

        Assert.Equal([5, 9, 1, 7], split.Test.Select(interaction => interaction.Item));
        Assert.All(split.Train, interaction => Assert.True(interaction.Time < new EventTime(30)));
    }

    [Fact]
    public void LastShare_OfAll_TakesTheLatest()
    {
        InteractionSplit split = InteractionSplits.LastShare(Data, 0.25);

        Assert.Equal([1, 7], split.Test.Select(interaction => interaction.Item));
    }

    [Fact]
    public void LastShareOfUser_Floor_TakesTheLatestOfEachByTimeThenItem()
    {
        InteractionSplit split = InteractionSplits.LastShareOfUser(Data, 0.5);

        // Of five two, of two one, of one none.
        Assert.Equal([5, 9, 1], split.Test.Select(interaction => interaction.Item));
    }

    [Fact]
    public void LeaveLast_One_KeepsUsersOfOneInteractionForTraining()
    {
        InteractionSplit split = InteractionSplits.LeaveLast(Data);

        Assert.Equal([(0, 9), (1, 1)], split.Test.Select(interaction => (interaction.User, interaction.Item)));
    }

    [Fact]
    public void ByHash_ShareAndSeed_FollowTheHashOfUserAndItem()
    {
        InteractionSplit split = InteractionSplits.ByHash(Data, 0.5, "s");

        Assert.All(split.Test, interaction => Assert.True(SplitHash.Of("s", $"{interaction.User}:{interaction.Item}") < 0.5));
        Assert.All(split.Train, interaction => Assert.True(SplitHash.Of("s", $"{interaction.User}:{interaction.Item}") >= 0.5));
    }

    [Fact]
    public void ByItem_Share_RoundsToEvenWithinEachItem()
    {
        Interaction[] data = [.. Enumerable.Range(0, 60).Select(i => Of(i, i % 6, i))];

        InteractionSplit split = InteractionSplits.ByItem(data, 0.25, seed: 3);

        // A quarter of ten is 2.5.
        Assert.All(split.Test.GroupBy(interaction => interaction.Item), item => Assert.Equal(2, item.Count()));
        Assert.Equal(12, split.Test.Length);
        Assert.Equal(split.Test.ToArray(), InteractionSplits.ByItem(data, 0.25, seed: 3).Test.ToArray());
        Assert.NotEqual(split.Test.ToArray(), InteractionSplits.ByItem(data, 0.25, seed: 4).Test.ToArray());
    }

    [Fact]
    public void Folds_Together_AreEverythingOnce()
    {
        var splits = InteractionSplits.Folds(Data, 3, seed: 1);

        Assert.Equal(Data.OrderBy(At), splits.SelectMany(split => split.Test).OrderBy(At));
        Assert.All(splits, split => Assert.InRange(split.Test.Length, 2, 3));
    }

    [Fact]
    public void Splits_AnyInteractions_LoseAndDoubleNothing() => Prop.ForAll<(byte User, byte Item, short Time)[]>(rows =>
    {
        Interaction[] data = [.. rows.Select(row => Of(row.User & 7, row.Item & 15, row.Time))];
        InteractionSplit[] splits =
        [
            InteractionSplits.At(data, new EventTime(0)),
            InteractionSplits.LastShare(data, 0.3),
            InteractionSplits.LastShareOfUser(data, 0.3),
            InteractionSplits.LeaveLast(data, 2),
            InteractionSplits.ByHash(data, 0.3, "x"),
            InteractionSplits.ByItem(data, 0.3, 1),
        ];
        int[] all = [.. data.Select(interaction => interaction.GetHashCode()).Order()];
        return splits.All(split =>
            all.AsSpan().SequenceEqual([.. split.Train.Concat(split.Test).Select(interaction => interaction.GetHashCode()).Order()]));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void LastShare_NoShare_Refuses(double share) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => InteractionSplits.LastShare(Data, share));

    private static Interaction Of(int user, int item, long time) => new(user, item, 1, new EventTime(time));

    private static (int User, int Item) At(Interaction interaction) => (interaction.User, interaction.Item);
}
