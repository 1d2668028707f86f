using System.Runtime.CompilerServices;
using StreamSense.Contracts;
using StreamSense.Core.Events;
using StreamSense.Core.Metrics.Cubes;
using StreamSense.Core.Sessions;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core.Tests.Metrics.Cubes;

public sealed class MetricCubeTests
{
    private static readonly CubeGrouping CountryByCdn = new(CubeDimension.Country, CubeDimension.Cdn);

    private readonly Vocabulary _vocabulary = new();

    [Theory]
    [InlineData(CubeLevel.TenSeconds, 10)]
    [InlineData(CubeLevel.Minute, 60)]
    [InlineData(CubeLevel.Hour, 3_600)]
    [InlineData(CubeLevel.Day, 86_400)]
    public void Query_EveryLevelAndDimension_IsWhatTheSessionsSay(CubeLevel level, int seconds)
    {
        List<PlaybackSession> sessions = new RandomSessions(_vocabulary, 1).Take(1_500);
        CubeSnapshot snapshot = CubeOf(sessions).Snapshot();
        var window = TimeSpan.FromSeconds(seconds);
        EventTime from = RandomSessions.Begin + TimeSpan.FromMinutes(20);
        EventTime to = RandomSessions.Begin + TimeSpan.FromMinutes(90);

        AssertEqual(SlowCube.Measure(sessions, _ => "", window), snapshot.Query(new CubeQuery { Level = level }));
        AssertEqual(
            SlowCube.Measure(sessions, session => Name(_vocabulary.Countries.NameOf(session.Country)), window, from, to),
            snapshot.Query(new CubeQuery { Level = level, By = [CubeDimension.Country], From = from, To = to }));
        AssertEqual(
            SlowCube.Measure(sessions, session => Name(_vocabulary.Titles.NameOf(session.Title)), window),
            snapshot.Query(new CubeQuery { Level = level, By = [CubeDimension.Title] }));
        AssertEqual(
            SlowCube.Measure(sessions, CdnAndCountry, window),
            snapshot.Query(new CubeQuery { Level = level, By = [CubeDimension.Cdn, CubeDimension.Country] }));
    }

    [Fact]
    public void Query_PerWindow_GivesTheWindowsOfEachGroupInOrder()
    {
        List<PlaybackSession> sessions = new RandomSessions(_vocabulary, 2).Take(800);
        CubeSnapshot snapshot = CubeOf(sessions).Snapshot();

        IReadOnlyList<CubeRow> rows = snapshot.Query(
            new CubeQuery { Level = CubeLevel.Hour, By = [CubeDimension.Cdn], PerWindow = true, OrderBy = CubeMetric.Plays });

        foreach (IGrouping<EventTime, CubeRow> window in rows.GroupBy(row => row.From!.Value))
        {
            Assert.All(window, row => Assert.Equal(window.Key + TimeSpan.FromHours(1), row.To));
            AssertEqual(
                SlowCube.Measure(
                    sessions,
                    session => _vocabulary.Cdns.NameOf(session.Cdn)!,
                    TimeSpan.FromHours(1),
                    window.Key,
                    window.Key + TimeSpan.FromHours(1)),
                [.. window]);
        }

        Assert.Equal(rows.Select(row => row.Values[0].Name).Distinct().Count(), CountRuns(rows));
    }

    [Fact]
    public void Query_FiltersAndTop_TakeTheRowsThatAreAsked()
    {
        List<PlaybackSession> sessions = new RandomSessions(_vocabulary, 3).Take(800);
        CubeSnapshot snapshot = CubeOf(sessions).Snapshot();

        IReadOnlyList<CubeRow> ofTwo = snapshot.Query(new CubeQuery
        {
            Level = CubeLevel.Day,
            By = [CubeDimension.Country],
            Where =
            [
                new CubeFilter(CubeDimension.Cdn, "cdn1"),
                new CubeFilter(CubeDimension.Country, "c1"),
                new CubeFilter(CubeDimension.Country, null),
            ],
        });
        IReadOnlyList<CubeRow> top = snapshot.Query(
            new CubeQuery { Level = CubeLevel.Day, By = [CubeDimension.Title], OrderBy = CubeMetric.Stalls, Top = 3 });

        List<PlaybackSession> asked = sessions.FindAll(session => _vocabulary.Cdns.NameOf(session.Cdn) == "cdn1"
            && _vocabulary.Countries.NameOf(session.Country) is "c1" or null);
        asked = asked.FindAll(session => _vocabulary.Cdns.NameOf(session.Cdn) == "cdn1");
        AssertEqual(SlowCube.Measure(asked, session => Name(_vocabulary.Countries.NameOf(session.Country)), TimeSpan.FromDays(1)), ofTwo);
        Assert.Equal(
            sessions.GroupBy(session => session.Title)
                .Select(group => (long)group.Sum(session => session.Stalls))
                .OrderDescending()
                .Take(3),
            top.Select(row => row.Metrics.Stalls));
    }

    [Fact]
    public void Query_ACombinationThatIsNotKept_SaysWhatIs()
    {
        CubeSnapshot snapshot = CubeOf([]).Snapshot();

        ArgumentException e = Assert.Throws<ArgumentException>(
            () => snapshot.Query(new CubeQuery { By = [CubeDimension.Title, CubeDimension.Cdn] }));
        Assert.Contains("Country × Cdn", e.Message, StringComparison.Ordinal);
        Assert.Single(snapshot.Query(new CubeQuery()));
        Assert.Empty(snapshot.Query(new CubeQuery { By = [CubeDimension.Title] }));
    }

    [Fact]
    public void Retract_EverySession_LeavesNothing()
    {
        List<PlaybackSession> sessions = new RandomSessions(_vocabulary, 4).Take(500);
        MetricCube cube = CubeOf(sessions);
        PlaybackSession kept = sessions[250];
        foreach (PlaybackSession session in sessions.Where(session => session.View != kept.View))
        {
            cube.Retract(session, []);
        }

        CubeRow row = cube.Snapshot().Query(new CubeQuery { Level = CubeLevel.Day })[0];
        Assert.Equal(SlowCube.Measure([kept], _ => "", TimeSpan.FromDays(1))[""], SlowCube.Say(row));
        Assert.Equal(0, cube.TooOld);
    }

    [Fact]
    public void Add_MoreValuesThanFit_GoesToOtherAndIsCounted()
    {
        var titles = new CubeGrouping(CubeDimension.Title) { MaxValues = 4 };
        List<PlaybackSession> sessions = new RandomSessions(_vocabulary, 5).Take(300);
        using var cube = new MetricCube(_vocabulary, new TitleTable(_vocabulary), new CubeOptions { Groupings = [titles] });
        sessions.ForEach(session => cube.Add(session, []));

        CubeSnapshot full = cube.Snapshot();
        IReadOnlyList<CubeRow> rows = full.Query(new CubeQuery { Level = CubeLevel.Day, By = [CubeDimension.Title] });
        CubeRow other = Assert.Single(rows, row => row.Values[0].IsOther);
        Assert.Equal("other", other.Values[0].Name);
        Assert.Equal(sessions.Count, rows.Sum(row => row.Metrics.Attempts));
        Assert.True(cube.OverflowedOf(titles) > 0);

        // What was put there is taken from there, whatever has room by then.
        sessions.ForEach(session => cube.Retract(session, []));
        Assert.All(
            cube.Snapshot().Query(new CubeQuery { Level = CubeLevel.Hour, By = [CubeDimension.Title], PerWindow = true }),
            row => Assert.Equal(default, row.Sums));
    }

    [Fact]
    public void OverflowedOf_ASessionInSeveralWindowsOfEachLevel_CountsItOnce()
    {
        var titles = new CubeGrouping(CubeDimension.Title) { MaxValues = 1 };
        using var cube = new MetricCube(_vocabulary, new TitleTable(_vocabulary), new CubeOptions { Groupings = [titles] });
        PlaybackSession first = new RandomSessions(_vocabulary, 7).Take(200).First(session => session.IsPlay);
        first.FirstFrame = first.Attempted + TimeSpan.FromHours(2);
        first.Ended = first.FirstFrame + TimeSpan.FromHours(2);
        first.Title = new TitleId(1);
        PlaybackSession second = first;
        second.View = new ViewId(first.View.Value + 1);
        second.Title = new TitleId(2);
        cube.Add(first, []);
        Assert.Equal(0, cube.OverflowedOf(titles));

        cube.Add(second, []);
        Assert.Equal(1, cube.OverflowedOf(titles));

        // Amended, it is the same session.
        cube.Retract(second, []);
        cube.Add(second, []);
        Assert.Equal(1, cube.OverflowedOf(titles));
    }

    [Fact]
    public void Add_BehindTheRetention_IsCountedForTheLevelThatForgot()
    {
        var options = new CubeOptions { TenSecondRetention = TimeSpan.FromMinutes(10) };
        using var cube = new MetricCube(_vocabulary, new TitleTable(_vocabulary), options);
        PlaybackSession late = new RandomSessions(_vocabulary, 6).Next();
        PlaybackSession now = late;
        now.Attempted = now.FirstFrame = now.Ended = late.Ended + TimeSpan.FromHours(2);
        cube.Add(late, []);
        cube.Add(now, []);
        cube.Add(late, []);

        long AttemptsOf(CubeLevel level) => cube.Snapshot().Query(new CubeQuery { Level = level })[0].Metrics.Attempts;
        Assert.Equal((1, 3, 3), (AttemptsOf(CubeLevel.TenSeconds), AttemptsOf(CubeLevel.Minute), AttemptsOf(CubeLevel.Day)));
        Assert.True(cube.TooOld > 0);
    }

    [Fact]
    public void Add_MoreCellsThanALevelMayHave_ExpiresItsOldestWindows()
    {
        var options = new CubeOptions { MaxCellsPerLevel = 1_024, TenSecondRetention = TimeSpan.FromHours(6) };
        using var cube = new MetricCube(_vocabulary, new TitleTable(_vocabulary), options);
        var random = new RandomSessions(_vocabulary, 7) { Titles = 300 };
        foreach (PlaybackSession session in random.Take(4_000).OrderBy(session => session.Ended.UnixMicroseconds))
        {
            cube.Add(session, []);
            Assert.InRange(cube.Cells, 0, 4 * 1_100);
        }

        Assert.True(cube.WindowsExpiredEarly > 0);
        CubeSnapshot snapshot = cube.Snapshot();
        CubeInvariant.Check(snapshot, [CubeDimension.Title, CubeDimension.Country, CubeDimension.Cdn, CubeDimension.DeviceKind]);
    }

    [Fact]
    public void Snapshot_WhileMoreIsAdded_StaysAsItWas()
    {
        var random = new RandomSessions(_vocabulary, 8);
        List<PlaybackSession> first = random.Take(400);
        MetricCube cube = CubeOf(first);
        CubeSnapshot before = cube.Snapshot();
        string[] said = Say(before);
        List<PlaybackSession> more = random.Take(400);
        more.ForEach(session => cube.Add(session, []));
        CubeSnapshot between = cube.Snapshot();
        string[] saidBetween = Say(between);
        first.ForEach(session => cube.Retract(session, []));

        Assert.Equal(said, Say(before));
        Assert.Equal(saidBetween, Say(between));
        Assert.Equal(
            SlowCube.Measure([.. first, .. more], CdnAndCountry, TimeSpan.FromHours(1))
                .OrderBy(entry => entry.Key)
                .Select(entry => entry.Value),
            between.Query(new CubeQuery { Level = CubeLevel.Hour, By = [CubeDimension.Cdn, CubeDimension.Country] })
                .OrderBy(row => KeyOf(row)).Select(SlowCube.Say));
    }

    [Fact]
    public void Merge_OfShards_IsTheCubeOfAll()
    {
        List<PlaybackSession> sessions = new RandomSessions(_vocabulary, 9).Take(900);
        CubeSnapshot[] shards =
            [.. Enumerable.Range(0, 3).Select(shard => CubeOf([.. sessions.Where((_, i) => i % 3 == shard)]).Snapshot())];
        string[] whole = Say(CubeOf(sessions).Snapshot());

        Assert.Equal(whole, Say(CubeSnapshot.Merge(shards)));
        Assert.Equal(whole, Say(CubeSnapshot.Merge([shards[2], CubeOf([]).Snapshot(), CubeSnapshot.Merge([shards[1], shards[0]])])));
        using var other = new MetricCube(_vocabulary, new TitleTable(_vocabulary));
        Assert.Throws<ArgumentException>(() => CubeSnapshot.Merge([shards[0], other.Snapshot()]));
    }

    [Fact]
    public void Add_SessionsOfKnownWindowsAndValues_AllocatesNothing()
    {
        List<PlaybackSession> sessions = new RandomSessions(_vocabulary, 10).Take(200);
        MetricCube cube = CubeOf(sessions);

        Assert.Equal(0, Allocations.Least(() =>
        {
            foreach (PlaybackSession session in sessions)
            {
                cube.Add(session, []);
            }
        }));
    }

    [Fact]
    public void Cell_InMemory_IsAsLargeAsDocumented()
    {
        Assert.Equal(288, Unsafe.SizeOf<CubeCell>());
        List<PlaybackSession> sessions = new RandomSessions(_vocabulary, 11) { Titles = 4_000 }.Take(4_000);
        var options = new CubeOptions { Groupings = [new CubeGrouping(CubeDimension.Title) { MaxValues = 5_000 }] };
        // Other tests allocate and free at the same time, so that a single look may be far off either way.
        long[] perCell = [.. Enumerable.Range(0, 9).Select(_ => BytesPerCell(sessions, options)).Order()];

        Assert.InRange(perCell[perCell.Length / 2], 288, 700);
    }

    private long BytesPerCell(List<PlaybackSession> sessions, CubeOptions options)
    {
        using var cube = new MetricCube(_vocabulary, new TitleTable(_vocabulary), options);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        sessions.ForEach(session => cube.Add(session, []));
        return (GC.GetTotalMemory(forceFullCollection: true) - before) / cube.Cells;
    }

    private static int CountRuns(IReadOnlyList<CubeRow> rows) =>
        rows.Where((row, i) => i == 0 || rows[i - 1].Values[0] != row.Values[0]).Count();

    private static string[] Say(CubeSnapshot snapshot) =>
    [
        .. new[] { CubeLevel.TenSeconds, CubeLevel.Minute, CubeLevel.Day }.SelectMany(level => snapshot.Query(
            new CubeQuery { Level = level, By = [CubeDimension.Title], PerWindow = true }).Select(row =>
                $"{row.From} {KeyOf(row)} {SlowCube.Say(row)} {row.Metrics.Startup}")),
    ];

    private static string Name(string? name) => name ?? "-";

    private static string KeyOf(CubeRow row) => string.Join('/', row.Values.Select(value => Name(value.Name)));

    private static void AssertEqual(Dictionary<string, string> expected, IReadOnlyList<CubeRow> rows)
    {
        Assert.Equal(expected.Count, rows.Count);
        foreach (CubeRow row in rows)
        {
            Assert.Equal(expected[KeyOf(row)], SlowCube.Say(row));
        }
    }

    private string CdnAndCountry(PlaybackSession session) =>
        $"{Name(_vocabulary.Cdns.NameOf(session.Cdn))}/{Name(_vocabulary.Countries.NameOf(session.Country))}";

    private MetricCube CubeOf(List<PlaybackSession> sessions)
    {
        var cube = new MetricCube(_vocabulary, new TitleTable(_vocabulary), new CubeOptions
        {
            Groupings =
            [
                new CubeGrouping(CubeDimension.Title),
                new CubeGrouping(CubeDimension.Country),
                new CubeGrouping(CubeDimension.Cdn),
                CountryByCdn,
            ],
            TenSecondRetention = TimeSpan.FromHours(12),
        });
        sessions.ForEach(session => cube.Add(session, []));
        return cube;
    }
}
