using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Sessions;
using StreamSense.Ml.Features;
using StreamSense.Ml.Features.Rules;
using StreamSense.Ml.Tests.Scenes;

namespace StreamSense.Ml.Tests.Features;

/// <summary>Rules that match what a viewer took with a candidate, a moment or a device.</summary>
public sealed class FeatureTasteTests
{
    private const double Day = 86_400;

    private static readonly EventSelector Plays = new(FeatureSignal.ViewStarted);
    private static readonly string[][] Genres = [["a"], ["a", "b"], ["b", "c"], ["c"], ["d", "a", "c"], []];

    [Fact]
    public void AffinityAndSimilarity_RandomPlays_EqualNaiveComputation()
    {
        using var world = new FeatureWorld(new FeatureSetBuilder()
            .Add("affinity", FeatureScope.Viewer, new AffinityRule(FeatureAttribute.Genre, Plays, TimeSpan.FromDays(5)))
            .Add("similarity", FeatureScope.Viewer, new SimilarityRule(FeatureAttribute.Genre, Plays) { Last = 3 })
            .Build());
        for (int i = 0; i < Genres.Length; i++)
        {
            world.AddTitle(i, $"\"genres\":[{string.Join(',', Genres[i].Select(genre => $"\"{genre}\""))}]");
        }

        var random = new Random(5);
        var plays = new List<(int Title, double Time)>();
        for (int i = 0; i < 60; i++)
        {
            (int title, double time) = (random.Next(Genres.Length), Math.Round(random.NextDouble() * 20 * Day));
            plays.Add((title, time));
            world.Take(world.Play(title, 1, time));
        }

        double now = 25 * Day;
        float[] found = world.Read(world.Query(1, now), 0, 1, 2, 3, 4, 5);
        int[] last = [.. plays.GroupBy(play => play.Title).OrderByDescending(group => group.Max(play => play.Time))
            .Take(3).Select(group => group.Key)];
        for (int i = 0; i < 5; i++)
        {
            double Weight((int Title, double Time) play) => Math.Pow(2, -(now - play.Time) / (5 * Day));
            List<(int Title, double Time)> described = plays.FindAll(play => Genres[play.Title].Length > 0);
            double all = described.Sum(Weight);
            double mine = described.Sum(play =>
                Weight(play) * Genres[play.Title].Intersect(Genres[i]).Count() / Genres[play.Title].Length);
            Assert.Equal(mine / all, found[i], 1e-6);
            int[] known = [.. last.Where(title => Genres[title].Length > 0)];
            double alike = known.Average(title => (double)Genres[title].Intersect(Genres[i]).Count() / Genres[i].Length);
            Assert.Equal(alike, found[6 + i], 1e-6);
        }

        Assert.True(float.IsNaN(found[5]));
        Assert.True(float.IsNaN(found[11]));
    }

    [Fact]
    public void Affinity_TitleWithoutARow_IsReadFromTheCatalogue()
    {
        using var world = new FeatureWorld(
            new FeatureSetBuilder()
                .Add("affinity", FeatureScope.Viewer, new AffinityRule(FeatureAttribute.Genre, Plays, TimeSpan.FromDays(5)))
                .Add("minutes", FeatureScope.Title, new CatalogueRule(CatalogueMeasure.DurationMinutes))
                .Build(),
            new FeatureEngineOptions { MaxTitles = 1 });
        world.AddTitle(1, "\"genres\":[\"a\"]", TimeSpan.FromMinutes(90));
        world.AddTitle(2, "\"genres\":[\"a\",\"b\"]", TimeSpan.FromMinutes(50));
        world.Take(world.Play(1, 1, 0));

        float[] found = world.Read(world.Query(1, 10), 1, 2, 3);

        Assert.Equal([1f, 1f, float.NaN, 90f, 50f, float.NaN], found);
        Assert.Equal(2, world.Engine.CountEvicted(FeatureScope.Title) + world.Engine.CountRows(FeatureScope.Title) - 1);
    }

    [Fact]
    public void ProfileAndPreference_Plays_TellHowUsualMomentAndDeviceAre()
    {
        using var world = new FeatureWorld(new FeatureSetBuilder()
            .Add("hour", FeatureScope.Viewer, new ProfileRule(Plays, ProfilePeriod.HourOfDay, TimeSpan.FromDays(3660)))
            .Add("day", FeatureScope.Viewer, new ProfileRule(Plays, ProfilePeriod.DayOfWeek, TimeSpan.FromDays(3660)))
            .Add("local", FeatureScope.Viewer, new ProfileRule(Plays, ProfilePeriod.HourOfDay, TimeSpan.FromDays(3660))
            {
                UtcOffset = TimeSpan.FromHours(-2),
            })
            .Add("device", FeatureScope.Viewer, new PreferenceRule(FeatureDimension.DeviceKind, Plays, TimeSpan.FromDays(3660)))
            .Build());

        // The scene begins on a Sunday at 20:00.
        world.Take(
            world.Play(1, 1, 0, world.Context(deviceKind: "tv")),
            world.Play(1, 1, 600, world.Context(deviceKind: "tv")),
            world.Play(1, 1, 3600, world.Context(deviceKind: "phone")),
            world.Play(1, 1, Day, world.Context(deviceKind: "tv")));

        Assert.Equal(24 * 0.75, world.ReadOne(world.Query(1, 1200), 1, "hour"), 1e-2);
        Assert.Equal(24 * 0.25, world.ReadOne(world.Query(1, 3900), 1, "local"), 1e-2);
        Assert.Equal(7 * 0.75, world.ReadOne(world.Query(1, 1200), 1, "day"), 1e-2);
        Assert.Equal(0, world.ReadOne(world.Query(1, 2 * Day), 1, "day"));
        Assert.Equal(0.75, world.ReadOne(world.Query(1, Day, deviceKind: "tv"), 1, "device"), 1e-3);
        Assert.Equal(0, world.ReadOne(world.Query(1, Day, deviceKind: "watch"), 1, "device"));
        Assert.True(float.IsNaN(world.ReadOne(world.Query(1, Day), 1, "device")));
        Assert.True(float.IsNaN(world.ReadOne(world.Query(2, Day, deviceKind: "tv"), 1, "device")));
    }

    [Fact]
    public void Binge_Episodes_CountsThoseThatContinue()
    {
        using var world = new FeatureWorld(new FeatureSetBuilder()
            .Add("binge", FeatureScope.Viewer, new BingeRule(TimeSpan.FromDays(3660))).Build());
        for (int i = 1; i <= 4; i++)
        {
            world.AddTitle(i, type: TitleType.Episode, season: 1, episode: i, series: "s");
        }

        world.AddTitle(5, type: TitleType.Episode, season: 2, episode: 1, series: "s");
        world.AddTitle(6);
        Assert.True(float.IsNaN(world.ReadOne(world.Query(1, 0), 1, "binge")));

        // Begins; continues; a film in between is none; skips one; the next season; too late.
        (int Title, double Time)[] plays = [(1, 0), (2, 3600), (6, 5000), (4, 7200), (5, 9000), (1, 3 * Day), (2, 5 * Day)];
        foreach ((int title, double time) in plays)
        {
            world.Take(world.Play(title, 1, time));
        }

        Assert.Equal(2.0 / 6, world.ReadOne(world.Query(1, 5 * Day), 1, "binge"), 2e-3);
    }

    [Fact]
    public void Visit_Signals_TellLengthCountAndRecency()
    {
        var clicks = new EventSelector(EventKind.Click);
        using var world = new FeatureWorld(new FeatureSetBuilder()
            .Add("seconds", FeatureScope.Viewer, new VisitRule(VisitMeasure.Seconds, clicks))
            .Add("signals", FeatureScope.Viewer, new VisitRule(VisitMeasure.Signals, clicks))
            .Add("since", FeatureScope.Viewer, new VisitRule(VisitMeasure.SecondsSinceLast, clicks))
            .Add("visits", FeatureScope.Viewer, new VisitRule(VisitMeasure.Visits, clicks))
            .Build());
        foreach (double time in (double[])[0, 100, 50, 10_000, 10_060])
        {
            world.Take(world.Event(EventKind.Click, 1, 1, time));
        }

        Assert.Equal([90f, 2f, 30f, 2f], world.Read(world.Query(1, 10_090), 1));
        Assert.Equal([float.NaN, float.NaN, float.NaN, 2f], world.Read(world.Query(1, 20_000), 1));
        Assert.Equal([float.NaN, float.NaN, float.NaN, 0f], world.Read(world.Query(2, 20_000), 1));
    }

    [Fact]
    public void Vector_MeanOfRecentTitles_GivesCosine()
    {
        var vectors = new Dictionary<string, IVectorSource>(StringComparer.Ordinal) { ["text"] = new TwoNumbers() };
        using var world = new FeatureWorld(
            new FeatureSetBuilder().Add("cosine", FeatureScope.Viewer, new VectorRule("text", Plays)).Build(), vectors: vectors);
        world.Take(world.Play(1, 1, 0), world.Play(2, 1, 10));

        float[] found = world.Read(world.Query(1, 20), 1, 2, 3, 4);

        Assert.Equal(Math.Sqrt(0.5), found[0], 1e-6);
        Assert.Equal(Math.Sqrt(0.5), found[1], 1e-6);
        Assert.Equal(-1, found[2], 1e-6);
        Assert.True(float.IsNaN(found[3]));
        Assert.Throws<FeatureSetException>(() => new FeatureWorld(world.Engine.Features));
    }

    [Fact]
    public void WatchRatio_TitlesOfOneLength_IsRelativeToTheirMean()
    {
        using var world = new FeatureWorld(new FeatureSetBuilder()
            .Add("ratio", FeatureScope.Title, new WatchRatioRule(TimeSpan.FromDays(3660))
            {
                PriorWeight = 0, Of = new EventSelector([FeatureSignal.ViewEnded], SignalValue.WatchedShare, []),
            })
            .Build());
        world.AddTitle(1, duration: TimeSpan.FromMinutes(100));
        world.AddTitle(2, duration: TimeSpan.FromMinutes(100));
        world.AddTitle(3, duration: TimeSpan.FromMinutes(10));
        world.AddTitle(4);
        world.Take(
            World.Fact(ViewFactKind.Ended, "m1", 1, 10, playhead: 4800, watch: 4800),
            World.Fact(ViewFactKind.Ended, "m2", 1, 10, playhead: 2400, watch: 2400),
            World.Fact(ViewFactKind.Ended, "m3", 1, 10, playhead: 60, watch: 60));

        float[] found = world.Read(world.Query(1, 20), 1, 2, 3, 4);

        Assert.Equal(0.2, found[0], 1e-5);
        Assert.Equal(-0.2, found[1], 1e-5);
        Assert.Equal(0, found[2], 1e-5);
        Assert.True(float.IsNaN(found[3]));
    }

    [Fact]
    public void Disliked_ViewLeftByAStall_SaysNothingOfTheTitle()
    {
        EventSelector judged = new([FeatureSignal.ViewEnded], SignalValue.One, [SignalCondition.AtLeast(SignalValue.Disliked, 0)]);
        EventSelector stalled = new([FeatureSignal.ViewEnded], SignalValue.LeftByStall, []);
        using var world = new FeatureWorld(new FeatureSetBuilder()
            .Add("judged", FeatureScope.Title, new TotalRule(judged))
            .Add("stalled", FeatureScope.Title, new TotalRule(stalled))
            .Build());
        for (ulong view = 1; view <= 4; view++)
        {
            StreamEvent stall = world.Event(EventKind.BufferStart, 1, 1, 5) with { View = new ViewId(view) };
            stall.PayloadAs<BufferPayload>() = new BufferPayload
            {
                Reason = view == 3 ? BufferReason.Seek : BufferReason.Connection, DurationMicroseconds = Absent.Time,
            };
            world.Take(stall);

            // The first leaves while it is stalled, the second soon after, the third had no stall, the fourth goes on for long.
            double end = view == 1 ? 8 : view == 4 ? 60 : 12;
            if (view != 1)
            {
                world.Take(world.Event(EventKind.BufferEnd, 1, 1, 7) with { View = new ViewId(view) });
            }

            world.Take(World.Fact(ViewFactKind.Ended, "m1", 1, end, watch: end) with { View = new ViewId(view) });
        }

        Assert.Equal([2f, 2f], world.Read(world.Query(1, 100), 1));
    }

    [Fact]
    public void Request_MomentAndPosition_AreToldToAllCandidates()
    {
        using var world = new FeatureWorld(new FeatureSetBuilder()
            .Add("position", FeatureScope.Request, new RequestRule(RequestMeasure.Position))
            .Add("hour", FeatureScope.Request, new RequestRule(RequestMeasure.HourOfDay))
            .Add("day", FeatureScope.Request, new RequestRule(RequestMeasure.DayOfWeek))
            .Add("home", FeatureScope.Request, new RequestIsRule(FeatureDimension.Country, "DE"))
            .Build());

        Assert.Equal([3f, 3f, 20.5f, 20.5f, 0f, 0f, 1f, 1f], world.Read(world.Query(1, 1800, "DE") with { Position = 3 }, 1, 2));
        Assert.Equal([float.NaN, 20f, 0f, 0f], world.Read(world.Query(1, 0, "AT"), 1));
        Assert.True(float.IsNaN(world.ReadOne(world.Query(1, 0), 1, "home")));
    }

    private sealed class TwoNumbers : IVectorSource
    {
        private static readonly Dictionary<TitleId, float[]> Vectors = new()
        {
            [FeatureWorld.Title(1)] = [1, 0],
            [FeatureWorld.Title(2)] = [0, 1],
            [FeatureWorld.Title(3)] = [-2, -2],
        };

        public int Dimensions => 2;

        public ReadOnlySpan<float> VectorOf(TitleId title) => Vectors.GetValueOrDefault(title);
    }
}
