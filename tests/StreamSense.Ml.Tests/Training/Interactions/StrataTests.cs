using StreamSense.Ml.Training;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Tests.Training.Interactions;

public sealed class StrataTests
{
    // 6 blocks: enough interactions for that.
    private static readonly InteractionMatrix Data = Tastes.Make(900, 400, 90);

    [Fact]
    public void Walk_AnEpoch_MeetsEachInteractionOnce()
    {
        var strata = new Strata(Data, seed: 3);
        Assert.InRange(strata.Blocks, 4, 16);
        for (int epoch = 0; epoch < 2; epoch++)
        {
            var met = new HashSet<(int, int)>();
            strata.Deal(epoch, 2, default);
            double sum = strata.Walk(
                epoch,
                1,
                (Span<Strata.Cell> cells, int _, ref SplitMix random) =>
                {
                    for (int i = 0; i < cells.Length; i++)
                    {
                        Strata.Cell cell = Strata.Draw(cells, i, ref random);
                        int place = Data.ItemsOf(cell.User).BinarySearch(cell.Item);
                        Assert.Equal(Data.ValuesOf(cell.User)[place], cell.Value);
                        Assert.True(met.Add((cell.User, cell.Item)));
                    }

                    return cells.Length;
                },
                default);

            Assert.Equal(Data.Count, met.Count);
            Assert.Equal(Data.Count, sum);
        }
    }

    [Fact]
    public void Walk_ARound_NeverMeetsAUserOrItemInTwoPairs()
    {
        var strata = new Strata(Data, seed: 3);
        strata.Deal(0, 1, default);
        var pairs = new List<(HashSet<int> Users, HashSet<int> Items)>();
        strata.Walk(
            0,
            1,
            (Span<Strata.Cell> cells, int block, ref SplitMix _) =>
            {
                HashSet<int> known = [.. strata.ItemsOf(block).ToArray()];
                Assert.All(cells.ToArray(), cell => Assert.Contains(cell.Item, known));
                pairs.Add(([.. cells.ToArray().Select(cell => cell.User)], [.. cells.ToArray().Select(cell => cell.Item)]));
                return 0;
            },
            default);

        Assert.Equal(strata.Blocks * strata.Blocks, pairs.Count);
        foreach ((HashSet<int> Users, HashSet<int> Items)[] round in pairs.Chunk(strata.Blocks))
        {
            Assert.Equal(round.Sum(pair => pair.Users.Count), round.SelectMany(pair => pair.Users).Distinct().Count());
            Assert.Equal(round.Sum(pair => pair.Items.Count), round.SelectMany(pair => pair.Items).Distinct().Count());
        }
    }

    [Fact]
    public void Deal_Blocks_HaveAboutAsManyInteractions()
    {
        var strata = new Strata(Data, seed: 3);
        var lengths = new List<int>();
        strata.Deal(0, 1, default);
        strata.Walk(
            0,
            1,
            (Span<Strata.Cell> cells, int _, ref SplitMix _) =>
            {
                lengths.Add(cells.Length);
                return 0;
            },
            default);

        Assert.InRange(lengths.Max(), 1, 2 * lengths.Average());
    }

    [Theory]
    [InlineData("bpr")]
    [InlineData("mf")]
    public void Train_SeveralBlocks_GivesTheSameBitsOnAnyNumberOfThreads(string name)
    {
        IInteractionModel one = Train(name, threads: 1);
        IInteractionModel three = Train(name, threads: 3);
        for (int user = 0; user < Data.Users; user += 37)
        {
            Assert.Equal(Tastes.ScoresOf(one, Data, user), Tastes.ScoresOf(three, Data, user));
        }

        Assert.InRange(Tastes.Understanding(one, Data), 0.95, 1);
    }

    [Theory]
    [InlineData(TakenItems.MaxBits)]
    [InlineData(0)]
    public void TakenItems_ByBitOrBySearch_KnowsWhatWasTaken(long maxBits)
    {
        InteractionMatrix data = Tastes.Make(30, 130, 20);
        var taken = new TakenItems(data, maxBits);
        for (int user = 0; user < data.Users; user++)
        {
            for (int item = 0; item < data.Items; item++)
            {
                Assert.Equal(data.ItemsOf(user).Contains(item), taken.Has(user, item));
            }
        }
    }

    private static IInteractionModel Train(string name, int threads) => name == "bpr"
        ? new BprTrainer(new BprOptions { Threads = threads, Dimensions = 20, Epochs = 5, Regularisation = 0.02 }).Train(Data)
        : new BiasedMfTrainer(new BiasedMfOptions { Threads = threads, Dimensions = 20, Epochs = 20, Regularisation = 0.1 }).Train(Data);
}
