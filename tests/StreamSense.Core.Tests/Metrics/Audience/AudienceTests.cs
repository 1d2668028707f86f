using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Metrics.Audience;
using StreamSense.Core.Sessions;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core.Tests.Metrics.Audience;

public sealed class AudienceTests
{
    private readonly Vocabulary _vocabulary = new();
    private readonly TitleTable _catalogue;

    public AudienceTests()
    {
        _catalogue = new TitleTable(_vocabulary);
        for (int title = 1; title <= 40; title++)
        {
            StreamEvent row = Sections.Event(EventKind.Title, 0, title, title: title);
            row.PayloadAs<TitlePayload>() = new TitlePayload
            {
                DurationMicroseconds = 40 * Sections.Minute,
                Series = new TitleId(title <= 20 ? 100UL : 200UL),
                Type = TitleType.Episode,
            };
            _catalogue.Add(row, default);
        }
    }

    [Fact]
    public void Averages_OfAWindow_AreTimesOverItsLength()
    {
        PlaybackSession first = Sections.Play(1, 0, 30 * Sections.Minute, viewer: 1, title: 1);
        first.Times.Playing = 20 * Sections.Minute;
        first.DurationMicroseconds = 40 * Sections.Minute;
        PlaybackSession second = Sections.Play(2, Sections.Hour, 30 * Sections.Minute, viewer: 2, title: 1);
        second.Times.Playing = 30 * Sections.Minute;
        AudienceMetrics metrics = Measure(2 * Sections.Hour, first, second);

        Assert.Equal(0.5, metrics.AverageConcurrentPlays);
        Assert.Equal(50 / 120.0, metrics.AverageMinuteAudience);
        Assert.Equal(0.5, metrics.Titles[0].TitleAverageMinuteAudience);
        Assert.Equal((2, TimeSpan.FromMinutes(50)), (metrics.Titles[0].Plays, metrics.Titles[0].Play));
    }

    [Fact]
    public void Averages_WhileAPlayIsOpen_CountItAsFarAsItHasCome()
    {
        Script script = new Script().Play(0).Beat(10).Beat(20).At(40, "search", "'query':'q'", view: "s");

        AudienceMetrics metrics = script.Measure(close: false).Snapshot.Audience;

        Assert.Equal((0.5, 0.5), (metrics.AverageConcurrentPlays, metrics.AverageMinuteAudience));
        Assert.Equal(("t", 1), (metrics.Titles.Single().Title!, metrics.Titles.Single().Plays));
    }

    [Fact]
    public void Averages_OfNoWindow_AreNull()
    {
        AudienceMetrics metrics = Measure(0, Array.Empty<Input>());

        Assert.Null(metrics.AverageConcurrentPlays);
        Assert.Null(metrics.AverageMinuteAudience);
        Assert.Null(metrics.ViewsPerVisit);
        Assert.Null(metrics.EpisodesPerBinge);
        Assert.Null(metrics.Retention.D1);
    }

    [Fact]
    public void Periods_OfPlays_AreDaysIsoWeeksAndMonths()
    {
        // 2026-01-01 is the Thursday of week 1; the 5th the Monday of week 2; the 1st of February lies in week 5.
        AudienceMetrics metrics = Measure(
            40 * Sections.Day,
            Sections.Play(1, 0, 1, viewer: 1),
            Sections.Play(2, 1, 1, viewer: 1),
            Sections.Play(3, Sections.Day - 1, 1, viewer: 2, device: 9),
            Sections.Play(4, 4 * Sections.Day, 1, viewer: 1), Sections.Play(5, 31 * Sections.Day, 1, viewer: 3));

        Assert.Equal(
            [("2026-01-01", 2L, 2L, 0L), ("2026-01-05", 1L, 0L, 1L), ("2026-02-01", 1L, 1L, 0L)],
            metrics.Days.Select(day => (day.Name, day.Viewers, day.NewViewers!.Value, day.ReturningViewers!.Value)));
        Assert.Equal([("2026-W01", 2L), ("2026-W02", 1L), ("2026-W05", 1L)], metrics.Weeks.Select(week => (week.Name, week.Viewers)));
        Assert.Equal([("2026-01", 2L), ("2026-02", 1L)], metrics.Months.Select(month => (month.Name, month.Viewers)));
        Assert.Equal(1, metrics.Days[0].Devices);
    }

    [Fact]
    public void Periods_MoreThanAreKept_AreTheLatest()
    {
        var options = new AudienceOptions { MaxDays = 2 };
        AudienceMetrics metrics = Measure(
            options,
            9 * Sections.Day,
            [.. new[] { 3, 1, 5, 4, 2 }.Select(day => (Input)Sections.Play(day, day * Sections.Day, 1, viewer: day))]);

        Assert.Equal(["2026-01-05", "2026-01-06"], metrics.Days.Select(day => day.Name));
        Assert.Equal(1, metrics.MissedPeriods);
    }

    [Fact]
    public void UtcOffset_OfTheOptions_MovesTheDay()
    {
        var options = new AudienceOptions { UtcOffset = TimeSpan.FromHours(2) };

        Assert.Equal("2026-01-02", Measure(options, Sections.Day, Sections.Play(1, 22 * Sections.Hour, 1, viewer: 1)).Days[0].Name);
    }

    [Fact]
    public void Visits_WithALateEventBetween_BecomeOne()
    {
        Input[] apart = [Act(0), Act(50), Sections.Play(1, 50 * Sections.Minute, 20 * Sections.Minute, viewer: 1)];

        AudienceMetrics two = Measure(Sections.Day, apart);
        AudienceMetrics one = Measure(Sections.Day, [.. apart, Act(25)]);

        Assert.Equal((2, 1, 0.5, 0.5), (two.Visits, two.ReturnVisits, two.ReturnVisitShare, two.ViewsPerVisit));
        Assert.Equal(600, two.AverageVisitSeconds);
        Assert.Equal((1, 0, 1.0, 4_200.0), (one.Visits, one.ReturnVisits, one.ViewsPerVisit, one.AverageVisitSeconds));
    }

    [Fact]
    public void Visits_MoreThanThereIsRoomFor_StayCounted() =>
        Assert.Equal(50, Measure(9 * Sections.Day, [.. Enumerable.Range(0, 50).Select(i => Act(i * 31))]).Visits);

    [Theory]
    [InlineData(2, 0.9, 10, 0)]
    [InlineData(3, 0.9, 10, 1)]
    [InlineData(3, 0.9, 31, 0)]
    [InlineData(3, 0.6, 10, 0)]
    [InlineData(30, 0.9, 10, 1)]
    public void BingeSessions_OfEpisodesInARow_NeedEnoughOfThemWatchedFarAndSoon(
        int episodes, double watched, int gapMinutes, int expected)
    {
        AudienceMetrics metrics = Measure(
            9 * Sections.Day,
            [.. Enumerable.Range(0, episodes).Select(i => (Input)EpisodeAt(i + 1, i * (40 + gapMinutes), title: (i % 20) + 1, watched))]);

        Assert.Equal(expected, metrics.BingeSessions);
    }

    [Fact]
    public void BingeSessions_OfOneEpisodeAgainAndAgain_AreNone()
    {
        Input[] again = [.. Enumerable.Range(0, 4).Select(i => (Input)EpisodeAt(i, i * 50, title: 1))];

        Assert.Equal(0, Measure(Sections.Day, again).BingeSessions);
    }

    [Fact]
    public void BingeSessions_OfTwoSeriesInTurn_AreTwo()
    {
        AudienceMetrics metrics = Measure(
            Sections.Day,
            [.. Enumerable.Range(0, 8).Select(i => (Input)EpisodeAt(i, i * 20, title: (i % 2 * 20) + 1 + (i / 2), minutes: 15))]);

        Assert.Equal((2L, 4.0), (metrics.BingeSessions, metrics.EpisodesPerBinge));
    }

    [Fact]
    public void Retention_OfViewersWhoseDayHasNotCome_LeavesThemOut()
    {
        AudienceMetrics metrics = Measure(
            10 * Sections.Day,
            Sections.Play(1, 0, 1, viewer: 1),
            Sections.Play(2, Sections.Day, 1, viewer: 1),
            Sections.Play(3, 7 * Sections.Day, 1, viewer: 1),
            Sections.Play(4, 0, 1, viewer: 2),
            Sections.Play(5, 9 * Sections.Day, 1, viewer: 3));

        Retention all = metrics.Retention;
        Assert.Equal((3L, 1 / 3.0, 0.5, null), (all.Viewers, all.D1, all.D7, all.D28));
        Assert.Equal(
            [("2026-01-01", 0.5, 0.5), ("2026-01-10", 0.0, null)],
            metrics.Cohorts.Select(cohort => (cohort.Name!, cohort.D1!.Value, cohort.D7)));
    }

    [Fact]
    public void Metrics_OfAnyAudience_AreThoseOfANaiveCount() => Prop.ForAll<PositiveInt>(seed =>
    {
        List<Input> inputs = RandomInputs(seed.Get);
        AudienceMetrics metrics = Measure(60 * Sections.Day, [.. inputs]);
        PlaybackSession[] plays = [.. inputs.Where(input => input.IsSession).Select(input => input.Session)];
        const double Window = 60.0 * Sections.Day;
        double open = plays.Sum(play => (play.Ended - play.FirstFrame).TotalMicroseconds);
        Assert.Equal(open / Window, metrics.AverageConcurrentPlays!.Value, 12);
        Assert.Equal(plays.Sum(play => play.Times.Playing) / Window, metrics.AverageMinuteAudience!.Value, 12);
        var firstDays = plays.GroupBy(play => play.Viewer).ToDictionary(p => p.Key, p => NameOf(p.MinBy(play => play.FirstFrame)));
        foreach (PeriodAudience day in metrics.Days)
        {
            var there = plays.Where(play => NameOf(play) == day.Name).ToList();
            Assert.Equal(there.Select(play => play.Viewer).Distinct().Count(), day.Viewers);
            Assert.Equal(there.Select(play => play.Viewer).Distinct().Count(viewer => firstDays[viewer] == day.Name), day.NewViewers);
            Assert.Equal(day.Viewers, day.NewViewers + day.ReturningViewers);
        }

        int[][] days = [.. plays.GroupBy(play => play.Viewer).Select(viewer => viewer.Select(DayOf).Distinct().Order().ToArray())];
        Assert.All(days, d => Assert.True(d[0] + 7 <= 60));
        Assert.Equal(days.Count(d => d.Contains(d[0] + 7)) / (double)days.Length, metrics.Retention.D7!.Value, 12);
        (long visits, double seconds) = NaiveVisits(inputs);
        Assert.Equal(visits, metrics.Visits);
        Assert.Equal(seconds / visits, metrics.AverageVisitSeconds!.Value, 6);
        Assert.Equal(NaiveBinges(plays), metrics.BingeSessions);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Merge_OfShardsInAnyOrder_IsOneReport() => Prop.ForAll<PositiveInt>(seed => Sections.IsOneWhateverTheOrder(
        seed.Get,
        RandomInputs(seed.Get),
        inputs => Record(new AudienceOptions(), inputs),
        (a, b) => a.Merge(b),
        AudiencePartial.Empty,
        TextOf))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    [Fact]
    public void Retract_ThenAddAgain_ChangesNothing() => Prop.ForAll<PositiveInt>(seed =>
    {
        List<Input> inputs = RandomInputs(seed.Get);
        var recorder = new AudienceRecorder(_catalogue, new AudienceOptions());
        inputs.ForEach(input => Apply(recorder, input));
        string before = TextOf(recorder.Copy());
        foreach (Input input in inputs.Where(input => input.IsSession))
        {
            recorder.Retract(input.Session, default);
            recorder.Add(input.Session, default);
        }

        return before == TextOf(recorder.Copy());
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Retract_OfASession_TakesItsTimesViewsAndEpisodesBack()
    {
        PlaybackSession[] plays = [EpisodeAt(1, 0, 1), EpisodeAt(2, 50, 2), EpisodeAt(3, 100, 3)];
        var recorder = new AudienceRecorder(_catalogue, new AudienceOptions());
        foreach (PlaybackSession play in plays)
        {
            recorder.Add(play, default);
        }

        recorder.Retract(plays[1], default);
        AudienceMetrics metrics =
            AudienceMetrics.Of(recorder.Copy(), _vocabulary, Sections.Start, Sections.At(Sections.Day), new AudienceOptions());

        Assert.Equal(0, metrics.BingeSessions);
        Assert.Equal(80 / 1_440.0, metrics.AverageConcurrentPlays!.Value, 12);
        Assert.Equal(2, metrics.Titles.Count);
        Assert.Equal(2.0, metrics.ViewsPerVisit * metrics.Visits);
    }

    [Fact]
    public void Add_OfKnownViewersAndTitles_AllocatesNothing()
    {
        var recorder = new AudienceRecorder(_catalogue, new AudienceOptions());
        Input[] inputs = [.. RandomInputs(7)];
        Assert.Equal(0, Sections.LeastAllocated(() =>
        {
            foreach (Input input in inputs)
            {
                Apply(recorder, input);
            }
        }));
    }

    private static int DayOf(PlaybackSession play) =>
        (int)Math.Floor((play.FirstFrame.UnixMicroseconds - Sections.Start.UnixMicroseconds) / (double)Sections.Day);

    private static string NameOf(PlaybackSession play) => play.FirstFrame.ToString()[..10];

    private static (long Visits, double Seconds) NaiveVisits(List<Input> inputs)
    {
        long visits = 0;
        double seconds = 0;
        foreach (var viewer in inputs.GroupBy(input => input.Viewer))
        {
            EventTime? start = null;
            EventTime end = default;
            foreach (Input input in viewer.OrderBy(input => input.From))
            {
                if (start is null || input.From - end > TimeSpan.FromMinutes(30))
                {
                    seconds += start is null ? 0 : (end - start.Value).TotalSeconds;
                    visits++;
                    start = input.From;
                    end = input.To;
                }

                end = input.To > end ? input.To : end;
            }

            seconds += (end - start!.Value).TotalSeconds;
        }

        return (visits, seconds);
    }

    private static long NaiveBinges(PlaybackSession[] plays)
    {
        long binges = 0;
        foreach (var series in plays.Where(play => play.WatchedContentMicroseconds >= 28 * Sections.Minute)
                     .GroupBy(play => (play.Viewer, play.Title.Value <= 20)))
        {
            var run = new HashSet<TitleId>();
            EventTime end = default;
            foreach (PlaybackSession play in series.OrderBy(play => play.FirstFrame))
            {
                if (run.Count > 0 && play.FirstFrame - end > TimeSpan.FromMinutes(30))
                {
                    binges += run.Count >= 3 ? 1 : 0;
                    run.Clear();
                    end = default;
                }

                run.Add(play.Title);
                end = play.Ended > end ? play.Ended : end;
            }

            binges += run.Count >= 3 ? 1 : 0;
        }

        return binges;
    }

    // So few of each viewer that nothing is settled: what is settled is told apart by the tests of single cases.
    private List<Input> RandomInputs(int seed)
    {
        var random = new Random(seed);
        var inputs = new List<Input>();
        for (int viewer = 1; viewer <= 12; viewer++)
        {
            int day = random.Next(30);
            for (int i = 0; i < 8; i++)
            {
                day += random.Next(3) == 0 ? random.Next(1, 9) : 0;
                long minute = (day * 1_440) + (i * 60) + random.Next(60);
                if (random.Next(4) == 0)
                {
                    inputs.Add(Act(minute, viewer));
                }
                else
                {
                    inputs.Add(EpisodeAt(
                        (viewer * 100) + i, minute, random.Next(1, 23), random.Next(4) == 0 ? 0.5 : 1, random.Next(10, 50), viewer));
                }
            }
        }

        return inputs;
    }

    private AudienceMetrics Measure(long windowMicroseconds, params Input[] inputs) =>
        Measure(new AudienceOptions(), windowMicroseconds, inputs);

    private AudienceMetrics Measure(long windowMicroseconds, params PlaybackSession[] sessions) =>
        Measure(new AudienceOptions(), windowMicroseconds, [.. sessions.Select(session => (Input)session)]);

    private AudienceMetrics Measure(AudienceOptions options, long windowMicroseconds, params Input[] inputs) =>
        AudienceMetrics.Of(Record(options, inputs), _vocabulary, Sections.Start, Sections.At(windowMicroseconds), options);

    private AudiencePartial Record(AudienceOptions options, IEnumerable<Input> inputs)
    {
        var recorder = new AudienceRecorder(_catalogue, options);
        foreach (Input input in inputs)
        {
            Apply(recorder, input);
        }

        return recorder.Copy();
    }

    private static void Apply(AudienceRecorder recorder, Input input)
    {
        if (input.IsSession)
        {
            recorder.Add(input.Session, default);
        }
        else
        {
            recorder.Apply(input.Event);
        }
    }

    private string TextOf(AudiencePartial partial) => Sections.TextOf(writer => AudienceWriter.Write(
        writer, AudienceMetrics.Of(partial, _vocabulary, Sections.Start, Sections.At(60 * Sections.Day), new AudienceOptions())));

    private static Input Act(long minute, int viewer = 1) =>
        new(Sections.Event(EventKind.Search, minute * Sections.Minute, 1, viewer), default);

    private static PlaybackSession EpisodeAt(int view, long minute, int title, double watched = 1, int minutes = 40, int viewer = 1)
    {
        PlaybackSession session = Sections.Play(view, minute * Sections.Minute, minutes * Sections.Minute, viewer, title);
        session.DurationMicroseconds = 40 * Sections.Minute;
        session.WatchedContentMicroseconds = (long)(40 * Sections.Minute * watched);
        session.Times.Playing = minutes * Sections.Minute;
        return session;
    }

    private sealed record Input(StreamEvent Event, PlaybackSession Session)
    {
        public bool IsSession => Event.Kind == EventKind.None;

        public ViewerId Viewer => IsSession ? Session.Viewer : Event.Viewer;

        public EventTime From => IsSession ? Session.Attempted : Event.Time;

        public EventTime To => IsSession ? Session.Ended : Event.Time;

        public static implicit operator Input(PlaybackSession session) => new(default, session);
    }
}
