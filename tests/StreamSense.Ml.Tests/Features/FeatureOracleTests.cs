using StreamSense.Core.Events;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Tests.Features;

/// <summary>What the engine reads is what a naive computation from the list of all events gives.</summary>
public sealed class FeatureOracleTests
{
    private static readonly EventSelector Plays = new(FeatureSignal.ViewStarted);
    private static readonly EventSelector Impressions = new(EventKind.Impression);
    private static readonly EventSelector Ratings = new([EventKind.Rating], SignalValue.Rating, []);
    private static readonly EventSelector GoodRatings =
        new([EventKind.Rating], SignalValue.One, [SignalCondition.AtLeast(SignalValue.Rating, 0.6)]);

    public static TheoryData<FeatureScope, FeatureDimension> Scopes => new()
    {
        { FeatureScope.Title, FeatureDimension.None },
        { FeatureScope.Viewer, FeatureDimension.None },
        { FeatureScope.ViewerTitle, FeatureDimension.None },
        { FeatureScope.TitleSegment, FeatureDimension.Country },
        { FeatureScope.Dimension, FeatureDimension.DeviceKind },
        { FeatureScope.Global, FeatureDimension.None },
    };

    [Theory]
    [MemberData(nameof(Scopes))]
    public void Fill_RandomEventsOutOfOrder_EqualsNaiveComputation(FeatureScope scope, FeatureDimension dimension)
    {
        for (int seed = 0; seed < 3; seed++)
        {
            using var world = new FeatureWorld(SetOf(scope, dimension));
            var random = new Random(seed);
            var all = new List<Happening>();
            for (int round = 0; round < 4; round++)
            {
                for (int i = 0; i < 300; i++)
                {
                    Happening happening = Happening.Make(random, round * 3 * 86_400.0);
                    all.Add(happening);
                    Tell(world, happening);
                }

                double now = ((round + 1) * 3 * 86_400.0) + (random.NextDouble() * 86_400);
                CompareAll(world, scope, dimension, all, now);
            }

            // Nothing happens any more: windows empty, sums fade, without any event.
            CompareAll(world, scope, dimension, all, 60 * 86_400.0);
        }
    }

    private static void CompareAll(
        FeatureWorld world, FeatureScope scope, FeatureDimension dimension, List<Happening> all, double now)
    {
        int[] titles = [.. Enumerable.Range(0, 21)];
        foreach (ulong viewer in (ulong[])[0, 3])
        {
            (string country, string deviceKind) = ("c1", "d2");
            float[] columns = world.Read(world.Query(viewer, now, country, deviceKind), titles);
            for (int i = 0; i < titles.Length; i++)
            {
                int title = titles[i];
                List<Happening> mine = all.FindAll(happening => scope switch
                {
                    FeatureScope.Title => happening.Title == title,
                    FeatureScope.Viewer => happening.Viewer == viewer,
                    FeatureScope.ViewerTitle => happening.Viewer == viewer && happening.Title == title,
                    FeatureScope.TitleSegment => happening.Title == title && happening.Country == country,
                    FeatureScope.Dimension => happening.DeviceKind == deviceKind,
                    _ => true,
                });
                double[] expected = Expected(mine, all, now);
                for (int feature = 0; feature < expected.Length; feature++)
                {
                    float found = columns[(feature * titles.Length) + i];
                    bool same = double.IsNaN(expected[feature])
                        ? float.IsNaN(found)
                        : Math.Abs(found - expected[feature]) <= 2e-6 * Math.Max(1e-3, Math.Abs(expected[feature]));
                    Assert.True(same, $"{scope} {dimension} {world.Engine.Layout.Features[feature].Name} of m{title} at {now}: "
                        + $"{found}, not {expected[feature]}");
                }
            }
        }
    }

    private static double[] Expected(List<Happening> mine, List<Happening> all, double now)
    {
        double day = 86_400;
        double z = 1.96;
        double plays = Fading(mine, Happening.Play, 3 * day, now, _ => 1);
        double shown = Fading(mine, Happening.Impression, 3 * day, now, _ => 1);
        double allPlays = Fading(all, Happening.Play, 3 * day, now, _ => 1);
        double allShown = Fading(all, Happening.Impression, 3 * day, now, _ => 1);
        double share = shown > 0 ? Math.Clamp(plays / shown, 0, 1) : 0;
        double spread = Math.Sqrt((share * (1 - share) / shown) + (z * z / (4 * shown * shown)));
        double wilson = shown > 0 ? Math.Max(0, (share + (z * z / (2 * shown)) - (z * spread)) / (1 + (z * z / shown))) : 0;
        double alpha = 10 + plays;
        double beta = (10 * allShown / allPlays) + shown;
        double mean = Math.Clamp(alpha / beta, 0, 1);
        double stars = Fading(mine, Happening.Rating, 3 * day, now, rating => rating.Stars / 5);
        double rated = Fading(mine, Happening.Rating, 3 * day, now, _ => 1);
        double allStars = Fading(all, Happening.Rating, 3 * day, now, rating => rating.Stars / 5);
        double allRated = Fading(all, Happening.Rating, 3 * day, now, _ => 1);
        return
        [
            Window(mine, Happening.Play, 3600, 24, now),
            Window(mine, Happening.Play, 7 * day, 24, now),
            Window(mine, Happening.Play, 2 * day, 24, now),
            Fading(mine, Happening.Play, day, now, _ => 1),
            plays,
            mine.Where(Happening.IsRating).Sum(rating => Math.Round(rating.Stars / 5 * 1e6) / 1e6),
            mine.Count(rating => rating.Kind == Happening.Rating && rating.Stars / 5 >= 0.6),
            Recency(mine, Happening.Play, now),
            mine.Exists(Happening.IsPlay) ? Math.Max(0, now - mine.Where(Happening.IsPlay).Min(play => play.Time)) / 3600 : double.NaN,
            alpha / beta,
            wilson,
            Math.Min(1, mean + (z * Math.Sqrt(mean * (1 - mean) / (beta + 1)))),
            ((5 * allStars / allRated) + stars) / (5 + rated),
            mine.Exists(Happening.IsPlay) && now - mine.Where(Happening.IsPlay).Max(play => play.Time) <= 2 * day ? plays : -1,
        ];
    }

    private static double Window(List<Happening> mine, int kind, double window, int buckets, double now)
    {
        // A bucket is cut from the epoch on.
        long length = (long)(window * 1e6) / buckets;
        long last = FeatureWorld.At(now).UnixMicroseconds / length;
        return mine.Count(happening => happening.Kind == kind
            && FeatureWorld.At(happening.Time).UnixMicroseconds / length is var bucket && bucket <= last && bucket > last - buckets);
    }

    private static double Fading(List<Happening> mine, int kind, double halfLife, double now, Func<Happening, double> weight) =>
        mine.Where(happening => happening.Kind == kind)
            .Sum(happening => weight(happening) * Math.Pow(2, -(now - happening.Time) / halfLife));

    private static double Recency(List<Happening> mine, int kind, double now) =>
        mine.Exists(happening => happening.Kind == kind)
            ? Math.Max(0, now - mine.Where(happening => happening.Kind == kind).Max(happening => happening.Time)) / 3600
            : double.NaN;

    private static FeatureSet SetOf(FeatureScope scope, FeatureDimension dimension)
    {
        var builder = new FeatureSetBuilder();
        TimeSpan halfLife = TimeSpan.FromDays(3);
        (string Name, FeatureRule Rule)[] rules =
        [
            ("hour", new WindowRule(Plays, TimeSpan.FromHours(1))),
            ("week", new WindowRule(Plays, TimeSpan.FromDays(7))),
            ("two_days", new WindowRule(Plays, TimeSpan.FromDays(2))),
            ("decay1", new DecayRule(Plays, TimeSpan.FromDays(1))),
            ("decay3", new DecayRule(Plays, halfLife)),
            ("stars", new TotalRule(Ratings)),
            ("good", new TotalRule(GoodRatings)),
            ("recency", new RecencyRule(Plays)),
            ("age", new RecencyRule(Plays) { First = true }),
            ("rate", new RateRule(Plays, Impressions, halfLife)),
            ("wilson", new RateRule(Plays, Impressions, halfLife) { Bound = RateBound.WilsonLower }),
            ("beta", new RateRule(Plays, Impressions, halfLife) { Bound = RateBound.BetaUpper }),
            ("mean", new MeanRule(Ratings, halfLife)),
        ];
        foreach ((string name, FeatureRule rule) in rules)
        {
            builder.Add(new FeatureDefinition(name, scope) { Rule = rule, Dimension = dimension });
        }

        builder.Add(new FeatureDefinition("ttl", scope)
        {
            Rule = new DecayRule(Plays, halfLife), Dimension = dimension, Ttl = TimeSpan.FromDays(2), Default = -1,
        });
        return builder.Build();
    }

    private static void Tell(FeatureWorld world, Happening happening)
    {
        ContextId context = world.Context(happening.Country, happening.DeviceKind);
        switch (happening.Kind)
        {
            case Happening.Play:
                world.Take(world.Play(happening.Title, happening.Viewer, happening.Time, context));
                break;
            case Happening.Impression:
                world.Take(world.Event(EventKind.Impression, happening.Title, happening.Viewer, happening.Time, context));
                break;
            default:
                world.Take(world.Rating(happening.Title, happening.Viewer, happening.Time, happening.Stars, context));
                break;
        }
    }

    private sealed record Happening(int Kind, double Time, int Title, ulong Viewer, string Country, string DeviceKind, double Stars)
    {
        public const int Play = 0;
        public const int Impression = 1;
        public const int Rating = 2;

        public static bool IsPlay(Happening happening) => happening.Kind == Play;

        public static bool IsRating(Happening happening) => happening.Kind == Rating;

        public static Happening Make(Random random, double start) => new(
            random.Next(3),
            Math.Round(start + (random.NextDouble() * 3 * 86_400), 3),
            random.Next(20),
            (ulong)random.Next(6),
            $"c{random.Next(3)}",
            $"d{random.Next(4)}",
            Math.Round(random.NextDouble() * 5, 2));
    }
}
