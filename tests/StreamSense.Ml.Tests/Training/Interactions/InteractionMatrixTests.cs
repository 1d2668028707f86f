using FsCheck;
using FsCheck.Fluent;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Training.Interactions;

public sealed class InteractionMatrixTests
{
    [Fact]
    public void Matrix_AnyInteractions_HoldsTheLastOfEachPairInBothDirections() => Prop.ForAll<byte[]>(bytes =>
    {
        const int Users = 5;
        const int Items = 7;
        List<Interaction> given =
        [
            .. bytes.Select((value, i) => new Interaction(value % Users, value / 5 % Items, i, Tastes.Time(value / 64))),
        ];
        var expected = new SortedDictionary<(int User, int Item), Interaction>();
        foreach (Interaction interaction in given)
        {
            bool isLater = !expected.TryGetValue((interaction.User, interaction.Item), out Interaction before)
                || interaction.Time >= before.Time;
            if (isLater)
            {
                expected[(interaction.User, interaction.Item)] = interaction;
            }
        }

        var matrix = new InteractionMatrix(Users, Items, given);
        var byUser = new List<Interaction>();
        for (int user = 0; user < Users; user++)
        {
            for (int i = 0; i < matrix.ItemsOf(user).Length; i++)
            {
                byUser.Add(new Interaction(
                    user, matrix.ItemsOf(user)[i], matrix.ValuesOf(user)[i], new(matrix.TimesOf(user)[i])));
            }
        }

        var byItem = new List<Interaction>();
        for (int item = 0; item < Items; item++)
        {
            for (int i = 0; i < matrix.UsersOf(item).Length; i++)
            {
                byItem.Add(new Interaction(
                    matrix.UsersOf(item)[i], item, matrix.ValuesOfItem(item)[i], new(matrix.TimesOfItem(item)[i])));
            }
        }

        return matrix.Count == expected.Count
            && byUser.SequenceEqual(expected.Values)
            && byItem.SequenceEqual(expected.Values.OrderBy(value => value.Item).ThenBy(value => value.User));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-1, 0, 1)]
    [InlineData(2, 0, 1)]
    [InlineData(0, 3, 1)]
    [InlineData(0, 0, float.NaN)]
    public void Matrix_WhatDoesNotFit_IsRefused(int user, int item, float value) =>
        Assert.Throws<ArgumentException>(
            () => new InteractionMatrix(2, 3, [new Interaction(user, item, value, Tastes.Time(0))]));

    [Fact]
    public void HoldOut_Data_CutsOnlyWhatItSays()
    {
        InteractionMatrix data = Tastes.Make(100, 60, 12);
        var held = new HoldOut(data, 50, seed: 7);
        var again = new HoldOut(data, 50, seed: 7);

        Assert.InRange(held.Asked, 20, 80);
        Assert.Equal(again.Train.Count, held.Train.Count);
        for (int user = 0; user < data.Users; user++)
        {
            Assert.Subset(data.ItemsOf(user).ToArray().ToHashSet(), held.Train.ItemsOf(user).ToArray().ToHashSet());
            Assert.NotEmpty(held.Train.ItemsOf(user).ToArray());
        }
    }

    [Fact]
    public void HoldOut_AModelThatKnows_IsPerfect()
    {
        InteractionMatrix data = Tastes.Make(50, 60, 12);
        var held = new HoldOut(data, 100, seed: 7);

        Assert.Equal(1, held.Quality(new Knowing(data), 2, default), 1e-12);
        Assert.InRange(held.Quality(new PopularityTrainer().Train(held.Train), 2, default), 0, 0.9);
    }

    private sealed class Knowing(InteractionMatrix data) : IInteractionModel
    {
        public string Name => "knowing";

        public int Items => data.Items;

        public int ScratchBytes => 0;

        public void Score(int user, ReadOnlySpan<int> history, ReadOnlySpan<float> values, Span<float> scores, Span<byte> scratch)
        {
            scores.Clear();
            foreach (int item in data.ItemsOf(user))
            {
                scores[item] = 1;
            }
        }
    }
}
