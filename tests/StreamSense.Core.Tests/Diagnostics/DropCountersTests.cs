using System.Diagnostics.Metrics;
using StreamSense.Core.Diagnostics;

namespace StreamSense.Core.Tests.Diagnostics;

public sealed class DropCountersTests
{
    [Fact]
    public void Add_FromSeveralThreads_LosesNothing()
    {
        var drops = new DropCounters();
        Parallel.For(0, 1000, _ => drops.Add(DropReason.Shed, 2));
        Assert.Equal(2000, drops[DropReason.Shed]);
        Assert.Equal(2000, drops.Total);
    }

    [Fact]
    public void Total_CopiesLostBesideAWrittenEvent_AreNotAmongIt()
    {
        var drops = new DropCounters();
        drops.Add(DropReason.BroadcastCopy);
        drops.Add(DropReason.LaneFull);
        Assert.Equal(1, drops.Total);
    }

    [Fact]
    public void Watch_Counters_AreSeenByAListenerByReason()
    {
        var drops = new DropCounters();
        StreamSenseDiagnostics.Watch(drops);
        drops.Add(DropReason.AnnexTooLong, 1_000_000_007);
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "StreamSense")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (instrument.Name == "streamsense.events.dropped")
            {
                seen[(string)tags[0].Value!] = value;
            }
        });
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.True(seen["annex_too_long"] >= 1_000_000_007);
        Assert.Equal(Enum.GetValues<DropReason>().Length, seen.Count);
        GC.KeepAlive(drops);
    }
}
