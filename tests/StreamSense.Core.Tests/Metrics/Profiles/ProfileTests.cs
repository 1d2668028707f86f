using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using StreamSense.Core.Metrics.Profiles;
using StreamSense.Core.Sessions;
using StreamSense.Core.Tests.Metrics.Engagement;

namespace StreamSense.Core.Tests.Metrics.Profiles;

public sealed class ProfileTests
{
    [Fact]
    public void Cta2066_SixtySecondsWithStallAndPause_HasSeventyWatched()
    {
        ProfileMetrics metrics = Measure(new Script().Play()
            .At(20, "buffer_start").At(30, "buffer_end").At(40, "pause").At(70, "resume").End(100, "completed"));

        Assert.Equal(70, ValueOf(metrics, MetricProfile.Cta2066, MetricConcept.AverageWatchSeconds));
        Assert.Equal(1d / 7, ValueOf(metrics, MetricProfile.Cta2066, MetricConcept.StalledTimeShare));
        Assert.Equal(1, ValueOf(metrics, MetricProfile.Cta2066, MetricConcept.StallsPerView));
    }

    [Fact]
    public void Cta2066_SixtySecondsAtHalfSpeed_HasOneHundredAndTwentyWatched()
    {
        ProfileMetrics metrics = Measure(new Script().Play().At(0, "rate_change", "'rate':0.5")
            .At(0, "bitrate_change", "'bitrateKbps':1000").End(120, "completed"));

        Assert.Equal(120, ValueOf(metrics, MetricProfile.Cta2066, MetricConcept.AverageWatchSeconds));
        Assert.Equal(60, metrics.Totals[ProfileTerm.MediaTime]);
        Assert.Equal(1000, ValueOf(metrics, MetricProfile.Cta2066, MetricConcept.AverageBitrateKbps));
    }

    // 4 s startup, 100 s play, 10 s stall, 6 s seek.
    [Fact]
    public void Profiles_OnOneView_DifferByTheirDenominators()
    {
        ProfileMetrics metrics = Measure(OneOfEverything());

        Assert.Equal(10d / 120, ValueOf(metrics, MetricProfile.Cta2066, MetricConcept.StalledTimeShare));
        Assert.Equal(10d / 116, ValueOf(metrics, MetricProfile.Mux, MetricConcept.StalledTimeShare));
        Assert.Equal(10d / 120, ValueOf(metrics, MetricProfile.ExoPlayer, MetricConcept.StalledTimeShare));
        Assert.Equal(16d / 116, ValueOf(metrics, MetricProfile.Conviva, MetricConcept.StalledTimeShare));
        Assert.Equal(10d / 110, ValueOf(metrics, MetricProfile.Conviva, MetricConcept.ConnectionStalledTimeShare));
        Assert.Equal(20d / 120, ValueOf(metrics, MetricProfile.ExoPlayer, MetricConcept.WaitTimeShare));
        Assert.Equal(4d / 120, ValueOf(metrics, MetricProfile.ExoPlayer, MetricConcept.JoinTimeShare));
        Assert.Equal(6d / 120, ValueOf(metrics, MetricProfile.ExoPlayer, MetricConcept.SeekTimeShare));
        Assert.Equal(36, ValueOf(metrics, MetricProfile.ExoPlayer, MetricConcept.StallsPerHour)!.Value, 9);
        Assert.Equal(3600d / 116, ValueOf(metrics, MetricProfile.Mux, MetricConcept.StallsPerHour)!.Value, 9);
        Assert.Equal(4000, ValueOf(metrics, MetricProfile.Mux, MetricConcept.AverageStartupMs));
        Assert.Equal(4000, ValueOf(metrics, MetricProfile.ExoPlayer, MetricConcept.AverageContentStartupMs));
        Assert.Equal(8d / 12 * 100, ValueOf(metrics, MetricProfile.Mux, MetricConcept.StartupScore)!.Value, 6);
        Assert.Equal(1, ValueOf(metrics, MetricProfile.ExoPlayer, MetricConcept.EndedShare));
        Assert.Equal(0, ValueOf(metrics, MetricProfile.Conviva, MetricConcept.StallFreeViewsShare));
        Assert.Equal(6000, ValueOf(metrics, MetricProfile.Mux, MetricConcept.AverageSeekMs));
    }

    [Fact]
    public void Startup_WithAPreroll_IsToTheAdForMuxAndToTheContentForExoPlayer()
    {
        ProfileMetrics metrics = Measure(new Script().Request(0).At(1, "ad_break_start", "'break':'b'").At(2, "ad_start", "'ad':'a'")
            .At(12, "ad_complete", "'ad':'a'").At(12, "ad_break_end", "'break':'b'").At(15, "playback_start").End(60));

        Assert.Equal(2000, ValueOf(metrics, MetricProfile.Mux, MetricConcept.AverageStartupMs));
        Assert.Equal(2000, ValueOf(metrics, MetricProfile.Cta2066, MetricConcept.AverageStartupMs));
        Assert.Equal(4000, ValueOf(metrics, MetricProfile.ExoPlayer, MetricConcept.AverageContentStartupMs));
        Assert.Equal(2, metrics.Totals[ProfileTerm.StartupAfterAd]);
    }

    [Fact]
    public void Outcomes_OfEachKind_AreCountedAsEachProfileDoes()
    {
        ProfileMetrics metrics = Measure(new Script()
            .Request(0, view: "a").End(5, view: "a")
            .Request(0, view: "b").End(0.5, view: "b")
            .Request(0, view: "c").At(1, "error", "'code':'x','severity':'fatal'", "c")
            .Request(0, view: "d").At(1, "error", "'code':'x','severity':'fatal','category':'business'", "d")
            .Request(0, view: "e").At(1, "ad_start", "'ad':'a'", "e").End(3, view: "e")
            .Play(view: "f").At(9, "error", "'code':'x','severity':'fatal'", "f")
            .Play(view: "g").End(50, view: "g")
            .Play(view: "h").End(50, view: "h"));

        Assert.Equal(3d / 8, ValueOf(metrics, MetricProfile.Cta2066, MetricConcept.FailedViewsShare));
        Assert.Equal(2d / 8, ValueOf(metrics, MetricProfile.Mux, MetricConcept.ExitsBeforeStartShare));
        Assert.Equal(3d / 8, ValueOf(metrics, MetricProfile.Conviva, MetricConcept.ExitsBeforeStartShare));
        Assert.Equal(5d / 8, ValueOf(metrics, MetricProfile.ExoPlayer, MetricConcept.ExitsBeforeStartShare));
        Assert.Equal(1d / 8, ValueOf(metrics, MetricProfile.Conviva, MetricConcept.StartFailuresShare));
        Assert.Equal(1d / 8, ValueOf(metrics, MetricProfile.Conviva, MetricConcept.StartDenialsShare));
        Assert.Equal(1d / 3, ValueOf(metrics, MetricProfile.Conviva, MetricConcept.PlaybackFailuresShare));
        Assert.Equal(1d / 8, ValueOf(metrics, MetricProfile.Mux, MetricConcept.PlaybackFailuresShare));

        // 100 for two plays and the exit in an ad, 50 for the long exit, 0 for two failures; the quick exit and the denial have none.
        Assert.Equal(350d / 6, ValueOf(metrics, MetricProfile.Mux, MetricConcept.PlaybackSuccessScore));
    }

    [Theory]
    [InlineData(400, 95)]
    [InlineData(2000, 80)]
    [InlineData(8000, 50)]
    [InlineData(20_000, 29)]
    public void StartupScore_OfMuxsExamples_IsTheirs(int milliseconds, int score) =>
        Assert.Equal(score, Math.Round(MuxScores.Startup(milliseconds * 1000L) / 1e9));

    [Theory]
    [InlineData(1200, 4, 60, 44.7, 60.7)]
    [InlineData(300, 1, 5, 89.4, 84.6)]
    public void SmoothnessScore_IsTheMeanOfCountAndRatio(int watch, int stalls, int stalled, double byCount, double byRatio)
    {
        var session = new PlaybackSession
        {
            Times = new ViewTimes { Playing = (watch - stalled) * 1_000_000L, Rebuffering = stalled * 1_000_000L },
            Stalls = stalls,
        };

        Assert.Equal((byCount + byRatio) / 2, MuxScores.Smoothness(session) / 1e9, 0.06);
    }

    [Fact]
    public void Compare_OfCtaAndMux_NamesTheStartupThatOneLeavesOut()
    {
        ProfileComparison comparison = Measure(OneOfEverything()).Compare(MetricProfile.Cta2066, MetricProfile.Mux);
        ConceptComparison stalled = comparison.Concepts.Single(concept => concept.Concept == MetricConcept.StalledTimeShare);
        TermDifference[] terms = [.. stalled.Terms.Where(term => term.Amount != 0)];

        TermDifference term = Assert.Single(terms);
        Assert.Equal((ProfileTerm.StartingOfPlays, TermSide.Denominator, 1, 0, -4d),
            (term.Term, term.Side, term.FirstWeight, term.SecondWeight, term.Amount));
        Assert.Equal(stalled.Difference!.Value, term.Effect!.Value, 15);
        Assert.Contains(comparison.OnlyInSecond, value => value.Formula.Concept == MetricConcept.SmoothnessScore);
    }

    [Fact]
    public void Compare_OfAnyTwoProfiles_NamesTermsThatAddUpToTheDifference() => Prop.ForAll<PositiveInt>(seed =>
    {
        ProfileMetrics metrics = Measure(new RandomSessions(seed.Get).Take(30));
        return MetricProfile.All.All(first => MetricProfile.All.All(second =>
            metrics.Compare(first, second).Concepts.All(concept => AddsUp(metrics, concept))));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Compare_OfAProfileWithItself_HasNoDifference()
    {
        ProfileComparison comparison = Measure(OneOfEverything()).Compare(MetricProfile.Mux, MetricProfile.Mux);

        Assert.All(comparison.Concepts, concept => Assert.True(concept is { Difference: 0 or null, Terms.Count: 0 }));
        Assert.Equal(MetricProfile.Mux.Formulas.Length, comparison.Concepts.Count);
        Assert.Empty(comparison.OnlyInFirst);
    }

    [Fact]
    public void ReportOf_Nothing_IsNullWhereThereIsADenominator() => Assert.All(
        MetricProfile.All.SelectMany(profile => Measure([]).ReportOf(profile).Values),
        value => Assert.Equal(value.Formula.Denominator.IsEmpty ? 0 : null, value.Value));

    [Fact]
    public void Profiles_HaveEachConceptAndNameOnceAndASource() => Assert.All(MetricProfile.All, profile =>
    {
        Assert.Equal(profile.Formulas.Length, profile.Formulas.DistinctBy(formula => formula.Concept).Count());
        Assert.Equal(profile.Formulas.Length, profile.Formulas.DistinctBy(formula => formula.Name).Count());
        Assert.All(profile.Formulas, formula => Assert.NotEmpty(formula.Source));
        Assert.True(MetricProfile.TryGet(profile.Name.ToUpperInvariant(), out MetricProfile? found));
        Assert.Same(profile, found);
    });

    [Fact]
    public void WriteText_SaysWhichTermStandsWhere()
    {
        var text = new StringWriter(CultureInfo.InvariantCulture);
        ProfileWriter.WriteText(text, Measure(OneOfEverything()).Compare(MetricProfile.ExoPlayer, MetricProfile.Conviva));

        Assert.Contains("seeking 6 s is in the numerator of conviva, not of exoplayer", text.ToString(), StringComparison.Ordinal);
        Assert.Contains(
            "startingOfPlays 4 s is in the denominator of exoplayer, not of conviva", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OfReportAndComparison_IsJsonWithValuesAndFormulas()
    {
        ProfileMetrics metrics = Measure(OneOfEverything());
        using JsonDocument report = Json(writer => ProfileWriter.Write(writer, metrics.ReportOf(MetricProfile.ExoPlayer)));
        using JsonDocument comparison = Json(writer =>
            ProfileWriter.Write(writer, metrics.Compare(MetricProfile.Cta2066, MetricProfile.Mux)));

        Assert.Equal(10d / 120, report.RootElement.GetProperty("metrics").GetProperty("rebufferTimeRatio").GetDouble());
        JsonElement formula = report.RootElement.GetProperty("formulas").EnumerateArray()
            .Single(element => element.GetProperty("name").GetString() == "seekTimeRatio");
        Assert.Equal("seeking", formula.GetProperty("numerator").GetString());
        Assert.Equal(
            "startingOfPlays + startingInVain + playing + rebuffering + seeking", formula.GetProperty("denominator").GetString());
        JsonElement stalled = comparison.RootElement.GetProperty("concepts").EnumerateArray()
            .Single(element => element.GetProperty("concept").GetString() == "stalledTimeShare");
        Assert.Equal(10d / 116, stalled.GetProperty("second").GetProperty("value").GetDouble());
    }

    private static Script OneOfEverything() => new Script().Request(0).At(4, "playback_start")
        .At(24, "buffer_start").At(34, "buffer_end").At(40, "seek_start").At(46, "seek_end").End(120, "completed");

    private static bool AddsUp(ProfileMetrics metrics, ConceptComparison concept)
    {
        double numerators = Sum(metrics, concept.Second.Formula.Numerator) - Sum(metrics, concept.First.Formula.Numerator);
        double denominators = Sum(metrics, concept.Second.Formula.Denominator) - Sum(metrics, concept.First.Formula.Denominator);
        double effects = concept.Terms.Sum(term => term.Effect ?? 0);
        return IsNear(numerators, concept.Terms.Where(term => term.Side == TermSide.Numerator).Sum(term => term.Amount))
            && IsNear(denominators, concept.Terms.Where(term => term.Side == TermSide.Denominator).Sum(term => term.Amount))
            && (concept.Difference is not { } difference
                || concept.Terms.Any(term => term.Effect is null)
                || IsNear(difference, effects));
    }

    private static double Sum(ProfileMetrics metrics, IEnumerable<WeightedTerm> terms) =>
        terms.Sum(term => term.Weight * metrics.Totals[term.Term]);

    private static bool IsNear(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Abs(a));

    private static double? ValueOf(ProfileMetrics metrics, MetricProfile profile, MetricConcept concept) =>
        metrics.ReportOf(profile).Values.Single(value => value.Formula.Concept == concept).Value;

    private static ProfileMetrics Measure(Script script) => script.Measure().Snapshot.Profiles;

    private static ProfileMetrics Measure(IEnumerable<ClosedSession> sessions)
    {
        var recorder = new ProfileRecorder();
        foreach (ClosedSession session in sessions)
        {
            session.AddTo(recorder);
        }

        return ProfileMetrics.Of(recorder.Snapshot());
    }

    private static JsonDocument Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        return JsonDocument.Parse(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
