using System.Globalization;
using StreamSense.Contracts;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Training.Boosting;
using StreamSense.Ml.Training.Interactions;
using Xunit.Abstractions;

namespace StreamSense.Ml.Tests.Pipelines;

/// <summary>The choice, end to end: ratings as events through mapping, ring and recommender, judged by what was rated next.</summary>
/// <remarks>
/// The last fifth of each user's ratings is kept back, the rest goes in in order of time, and each user is ranked for at the moment of
/// the last rating that went in. Sources by events know the past of that moment only; models are fitted to all that goes in, as
/// popularity is counted over it. The tree ranker learns from a run of its own over the earlier part of what goes in.
/// </remarks>
public sealed class MovieLensPipelineTests(ITestOutputHelper output)
{
    private const int Slots = 10;

    [SkippableFact]
    public async Task Rank_RatingsAsEvents_CollaborativeSourcesBeatPopularity()
    {
        MovieLensRatings all = MovieLensRatings.Read(SharedData.Require("movielens-latest-small/ratings.csv"));
        (MovieLensRatings train, ILookup<int, TitleId> test) = all.KeepLastFifth();
        (BoostedTrees trees, ItemNeighbours alike) = await LearnAsync(train);
        var figures = new Dictionary<string, Figures>(StringComparer.Ordinal);
        Add(figures, "all-time popularity", new PopularityTrainer(), train, test);
        Add(figures, "decayed popularity", new TrendingTrainer(), train, test);

        await using var pipeline = new RatingPipeline(FittedModels.Fit(train), trees, alike: alike);
        string[] surfaces = [.. RatingPipeline.Sources, RatingPipeline.Home];
        int titles = await pipeline.PlayAsync(train, asOf =>
        {
            foreach (string surface in surfaces)
            {
                FiguresOf(figures, surface).Add(pipeline.Rank(surface, asOf, Slots), [.. test[asOf.User]]);
            }
        });

        Print(figures, train, test, titles);
        Assert.Equal(train.Lines.Length + titles, pipeline.Totals.Admitted.Accepted);
        Assert.Equal(0, pipeline.Failures);
        double floor = Math.Max(figures["all-time popularity"].Ndcg, figures["popular so far"].Ndcg);
        foreach (string source in (string[])["item-kNN", "EASE", "iALS factors", RatingPipeline.Home])
        {
            Assert.True(figures[source].Ndcg > 1.1 * floor, $"{source}: {figures[source].Ndcg} beside {floor}");
        }
    }

    // What was rated in the last fifth of what goes in tells which of the titles ranked before it were wanted.
    private async Task<(BoostedTrees Trees, ItemNeighbours Alike)> LearnAsync(MovieLensRatings train)
    {
        (MovieLensRatings earlier, ILookup<int, TitleId> later) = train.KeepLastFifth();
        Dictionary<ViewerId, HashSet<TitleId>> wanted = earlier.Lines
            .DistinctBy(line => line.User)
            .ToDictionary(line => RatingPipeline.ViewerOf(line.UserId), line => later[line.User].ToHashSet());
        var sample = new RankingSample(viewer => wanted[viewer]);
        await using var pipeline = new RatingPipeline(FittedModels.Fit(earlier), log: sample);
        await pipeline.PlayAsync(earlier, asOf => pipeline.Rank(RatingPipeline.Home, asOf, Slots));
        (BoostingData data, BoostingData validation) = sample.Split(0.85);
        var options = new BoostingOptions { Objective = BoostingObjective.LambdaMart, Trees = 150 };
        BoostedTrees trees = new BoostingTrainer(options).Train(data, validation);
        output.WriteLine($"LambdaMART: {trees.Ensemble.Trees.Length} trees from {sample.Groups} rankings, {sample.Rows} rows");
        var gains = trees.Gains.Select((gain, i) => (Gain: gain, Name: data.FeatureNames[i])).OrderByDescending(pair => pair.Gain).Take(8);
        output.WriteLine("  goes by " + string.Join(", ", gains.Select(pair => $"{pair.Name} {pair.Gain:0}")));
        return (trees, pipeline.Alike!);
    }

    private static void Add(
        Dictionary<string, Figures> figures, string name, IInteractionTrainer trainer, MovieLensRatings train, ILookup<int, TitleId> test)
    {
        float[] scores = [.. ((PopularityModel)trainer.Train(train.ToMatrix())).Scores];
        TitleId[] best = [.. Enumerable.Range(0, scores.Length).OrderByDescending(item => scores[item]).Select(item => train.Titles[item])];
        foreach (IGrouping<int, RatingLine> user in train.Lines.GroupBy(line => line.User))
        {
            HashSet<TitleId> rated = [.. user.Select(line => train.Titles[line.Item])];
            FiguresOf(figures, name).Add([.. best.Where(title => !rated.Contains(title)).Take(Slots)], [.. test[user.Key]]);
        }
    }

    private static Figures FiguresOf(Dictionary<string, Figures> figures, string name)
    {
        if (!figures.TryGetValue(name, out Figures? found))
        {
            figures.Add(name, found = new Figures());
        }

        return found;
    }

    private void Print(Dictionary<string, Figures> figures, MovieLensRatings train, ILookup<int, TitleId> test, int titles)
    {
        output.WriteLine(
            $"{train.Users} users, {titles} titles, {train.Lines.Length} ratings in, {test.Sum(user => user.Count())} kept back");
        output.WriteLine("source or ranker      hr@10   ndcg@10");
        foreach ((string name, Figures of) in figures)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-20}  {of.HitRate:0.0000}  {of.Ndcg:0.0000}"));
        }
    }

    // The mean over the users with something kept back.
    private sealed class Figures
    {
        private int _users;
        private int _hits;
        private double _ndcg;

        public double HitRate => (double)_hits / _users;

        public double Ndcg => _ndcg / _users;

        public void Add(ReadOnlySpan<TitleId> slate, HashSet<TitleId> wanted)
        {
            if (wanted.Count == 0)
            {
                return;
            }

            double gain = 0;
            double ideal = 0;
            for (int place = 0; place < Slots; place++)
            {
                double discount = 1 / Math.Log2(place + 2);
                gain += place < slate.Length && wanted.Contains(slate[place]) ? discount : 0;
                ideal += place < wanted.Count ? discount : 0;
            }

            _users++;
            _hits += gain > 0 ? 1 : 0;
            _ndcg += gain / ideal;
        }
    }
}
