using System.Globalization;
using StreamSense.Core.Admission;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest;
using StreamSense.Core.Metrics;
using StreamSense.Core.Privacy;
using StreamSense.Testing.Clock;
using Xunit.Abstractions;

namespace StreamSense.Core.Tests.DirtyData;

/// <summary>An evening of dirty events through the whole live pipeline gives the numbers of the clean one.</summary>
/// <remarks>
/// Recoverable, and compared: everything but the records that are broken or later than allowed, which the clean stream lacks too. Not
/// recoverable, and not injected: an event of a view that comes after the patience over its gap has ended. It is applied where its
/// view has got to by then, which keeps counts and distorts durations. 100,000 events; <c>STREAMSENSE_DIRTY_EVENTS</c> sets another number.
/// </remarks>
public sealed class DirtyDataTests(ITestOutputHelper output)
{
    private static readonly int Events =
        int.TryParse(Environment.GetEnvironmentVariable("STREAMSENSE_DIRTY_EVENTS"), CultureInfo.InvariantCulture, out int events)
            ? events
            : 100_000;

    [Fact]
    public async Task Metrics_OfADirtyStream_AreThoseOfTheCleanOne()
    {
        var dirty = new DirtyStream(Events, isDirty: true);
        var clean = new DirtyStream(Events, isDirty: false);
        await using StreamSensePipeline dirtied = Passive();
        await using StreamSensePipeline reference = Passive();
        await Feed(dirtied, dirty);
        await Feed(reference, clean);
        PipelineTotals totals = dirtied.Totals;
        Check(dirty, totals, dirtied.FailedEvents);
        Assert.Equal(clean.Clean, reference.Totals.Admitted.Accepted + reference.Totals.Admitted.Duplicates);

        QualityMetrics actual = (await dirtied.ReadMetricsAsync()).Totals;
        QualityMetrics expected = (await reference.ReadMetricsAsync()).Totals;
        var off = new List<string>();
        foreach ((string name, double want, double have) in Pairs(expected, actual))
        {
            double error = Math.Abs(have - want) / Math.Max(1, want);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {want} {have} {error:P3}"));
            if (error > 0.001 && Math.Abs(have - want) > 2)
            {
                off.Add($"{name}: {want} became {have}");
            }
        }

        Assert.Empty(off);
        await CheckScorecard(dirtied, totals);
    }

    private void Check(DirtyStream dirty, PipelineTotals totals, FailedEvents failed)
    {
        AdmissionTotals admitted = totals.Admitted;
        long rejected = totals.Rejected.Values.Sum();
        output.WriteLine($"{admitted}, rejected {rejected}; injected {dirty.Duplicates} duplicates, {dirty.TooLate} late");
        Assert.Equal((0L, 0L), (totals.Pending, totals.Dropped));
        Assert.Equal(totals.Offered, admitted.Accepted + admitted.Duplicates + admitted.Late + rejected);
        Assert.Equal(dirty.Broken[0], totals.Rejected[RejectReason.Malformed]);
        Assert.Equal(dirty.Broken[1], totals.Rejected[RejectReason.InvalidValue]);
        Assert.Equal(dirty.Broken[2], totals.Rejected[RejectReason.UnknownKind]);
        Assert.Equal(dirty.Broken[3], totals.Rejected[RejectReason.InvalidUtf8]);
        Assert.Equal(dirty.Clean + dirty.TooLate + dirty.Duplicates, admitted.Accepted + admitted.Duplicates + admitted.Late);
        Assert.Equal(dirty.Duplicates, admitted.Duplicates);

        // Of a device far behind that neither says when it sent nor sends on within a minute, nothing proves that it is its clock:
        // it browses for some seconds and then watches, and the events outside of views stay where they were, late and kept.
        Assert.InRange(admitted.Late, dirty.TooLate, dirty.TooLate + (dirty.SkewedWithoutSent / 20));
        Assert.Equal(admitted.Late, failed.CountOf(RejectReason.Late));
    }

    private static async Task CheckScorecard(StreamSensePipeline pipeline, PipelineTotals totals)
    {
        Scorecard card = await pipeline.ReadScorecardAsync();
        Assert.Equal(totals.Admitted.Accepted, card.Sources.Sum(source => source.Accepted));
        Assert.Equal(totals.Admitted.Duplicates, card.Sources.Sum(source => source.Duplicates));
        Assert.Equal(totals.Admitted.Late, card.Sources.Sum(source => source.Late));
        Assert.Equal(totals.Rejected.Values.Sum(), Assert.Single(card.Doors).Rejected.Values.Sum());
        Assert.Equal("app", card.Sources[0].Source);
        Assert.InRange(card.Sources[0].SkewedShare!.Value, 0.05, 0.15);
        Assert.InRange(card.Sources[0].ClockSkew.Max!.Value, TimeSpan.FromHours(2.5), TimeSpan.FromHours(3.1));
        Assert.True(card.Sources[0].Missing > 0);
    }

    private static IEnumerable<(string Name, double Want, double Have)> Pairs(QualityMetrics want, QualityMetrics have)
    {
        yield return ("attempts", want.Attempts, have.Attempts);
        yield return ("plays", want.Plays, have.Plays);
        yield return ("exitsBeforeStart", want.ExitsBeforeStart, have.ExitsBeforeStart);
        yield return ("exitsInPreroll", want.ExitsInPreroll, have.ExitsInPreroll);
        yield return ("startFailures", want.StartFailures, have.StartFailures);
        yield return ("startDenials", want.StartDenials, have.StartDenials);
        yield return ("playbackFailures", want.PlaybackFailures, have.PlaybackFailures);
        yield return ("watchSeconds", want.Watch.TotalSeconds, have.Watch.TotalSeconds);
        yield return ("playSeconds", want.Play.TotalSeconds, have.Play.TotalSeconds);
        yield return ("stallSeconds", want.Stall.TotalSeconds, have.Stall.TotalSeconds);
        yield return ("adSeconds", want.Ad.TotalSeconds, have.Ad.TotalSeconds);
        yield return ("stalls", want.Stalls, have.Stalls);
        yield return ("bitrateSwitches", want.BitrateSwitches, have.BitrateSwitches);
        yield return ("averageBitrateKbps", want.AverageBitrateKbps!.Value, have.AverageBitrateKbps!.Value);
        yield return ("startupP50", want.Startup.P50!.Value.TotalMilliseconds, have.Startup.P50!.Value.TotalMilliseconds);
        yield return ("peakConcurrentPlays", want.PeakConcurrentPlays, have.PeakConcurrentPlays);
    }

    private static StreamSensePipeline Passive()
    {
        StreamSensePipeline pipeline = StreamSensePipeline.CreateBuilder()
            .UseTime(new FakeTimeProvider())
            .PseudonymiseWith(PseudonymKey.FromSecret("a secret of the test, long enough"u8))
            .Build();
        pipeline.StartPassive();
        return pipeline;
    }

    // The host's clock goes with what it receives.
    private static async Task Feed(StreamSensePipeline pipeline, DirtyStream stream)
    {
        var clock = (FakeTimeProvider)pipeline.Time;
        using NdjsonDoor door = pipeline.RentNdjson();
        EventTime now = default;
        foreach ((EventTime receivedAt, byte[] body) in stream.Bodies())
        {
            clock.Advance(now == default || receivedAt < now ? TimeSpan.Zero : receivedAt - now);
            now = receivedAt;
            door.Ingest.Begin(receivedAt);
            door.Ingest.Feed(body);
            door.Ingest.Complete();
            pipeline.Pump();
        }

        await pipeline.DrainAsync();
    }
}
