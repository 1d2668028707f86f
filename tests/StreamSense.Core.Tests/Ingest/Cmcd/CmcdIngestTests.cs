using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Cmcd;

namespace StreamSense.Core.Tests.Ingest.Cmcd;

public sealed class CmcdIngestTests
{
    [Theory]
    [InlineData("dsp", "PlaybackRequest PlaybackRequest PlaybackStart")]
    [InlineData("srp", "PlaybackRequest BufferStart BufferEnd PlaybackStart")]
    [InlineData("sprp", "PlaybackRequest PlaybackStart BufferStart BufferEnd")]
    [InlineData("spkrp", "PlaybackRequest PlaybackStart SeekStart BufferStart BufferEnd SeekEnd")]
    [InlineData("spkp", "PlaybackRequest PlaybackStart SeekStart SeekEnd")]
    [InlineData("spap", "PlaybackRequest PlaybackStart Pause Resume")]
    [InlineData("spakap", "PlaybackRequest PlaybackStart Pause SeekStart SeekEnd Resume")]
    [InlineData("sparp", "PlaybackRequest PlaybackStart Pause BufferStart BufferEnd Resume")]
    [InlineData("spe", "PlaybackRequest PlaybackStart PlaybackEnd")]
    [InlineData("spre", "PlaybackRequest PlaybackStart BufferStart BufferEnd PlaybackEnd")]
    [InlineData("spq", "PlaybackRequest PlaybackStart PlaybackEnd")]
    [InlineData("sf", "PlaybackRequest PlaybackEnd")]
    [InlineData("spp", "PlaybackRequest PlaybackStart Heartbeat")]
    public void Read_StatesOfAPlayer_BecomeChanges(string states, string expected)
    {
        var fixture = new CmcdFixture();

        fixture.Play(states);

        Assert.Equal(expected, string.Join(' ', fixture.Kinds));
        Assert.Equal(Enumerable.Range(0, fixture.Events.Count).Select(i => (uint)i), fixture.Events.Select(e => e.Sequence));
        Assert.Equal(states.Length, fixture.Events.Count(e => (e.Flags & EventFlags.Derived) == 0));
        Assert.Equal(states.Length, fixture.Ingest.Counters.Written);
    }

    [Theory]
    [InlineData("srp", BufferReason.Initial)]
    [InlineData("spkrp", BufferReason.Seek)]
    [InlineData("spkwp", BufferReason.Seek)]
    [InlineData("sparp", BufferReason.Unknown)]
    [InlineData("sprp", BufferReason.Connection)]
    public void Read_Waiting_HasTheReasonOfWhatCameBefore(string states, BufferReason expected)
    {
        var fixture = new CmcdFixture();

        fixture.Play(states);

        Assert.All(
            fixture.Events.Where(e => e.Kind is EventKind.BufferStart or EventKind.BufferEnd),
            e => Assert.Equal(expected, e.ReadPayload<BufferPayload>().Reason));
    }

    [Fact]
    public void Read_RecordsOutOfOrder_GiveTheEventsOfTheirOrder()
    {
        string[] records =
        [
            CmcdFixture.Record(0, 0, "e=t,sta=s"), CmcdFixture.Record(1, 5, "e=ps,sta=p"), CmcdFixture.Record(2, 1000, "e=ps,sta=k"),
            CmcdFixture.Record(3, 1000, "e=ps,sta=r"), CmcdFixture.Record(4, 1001, "e=ps,sta=p"), CmcdFixture.Record(5, 2000, "e=ps,sta=e"),
        ];
        var inOrder = new CmcdFixture();
        _ = records.Select(record => inOrder.Read(record)).ToList();
        var random = new Random(7);
        for (int round = 0; round < 200; round++)
        {
            var shuffled = new CmcdFixture();
            foreach (string record in records.OrderBy(_ => random.Next()))
            {
                shuffled.Read(record);
            }

            Assert.Equal(0, shuffled.Sessions.Held);
            Assert.True(BytesOf(inOrder).SequenceEqual(BytesOf(shuffled)));
            Assert.Equal(records.Length, shuffled.Ingest.Counters.Written);
        }
    }

    [Fact]
    public void Read_RecordsSentAgain_HaveIdsThatAreKnown()
    {
        var fixture = new CmcdFixture();
        string[] records =
        [
            CmcdFixture.Record(0, 0, "e=ps,sta=s"), CmcdFixture.Record(1, 9, "e=ps,sta=p"), CmcdFixture.Record(2, 50, "e=ps,sta=a"),
        ];
        fixture.Read(string.Join('\n', records));
        var known = fixture.Events.Select(e => e.Id).ToHashSet();

        fixture.Read(string.Join('\n', records));
        fixture.Read(records[1]);

        Assert.Equal(3, known.Count);
        Assert.Equal(7, fixture.Events.Count);
        Assert.All(fixture.Events, e => Assert.Contains(e.Id, known));
    }

    [Fact]
    public void Read_RetryOfARecordThatWaits_ComesAfterIt()
    {
        var fixture = new CmcdFixture();
        fixture.Read(CmcdFixture.Record(0, 0, "e=ps,sta=s"));
        fixture.Read(CmcdFixture.Record(2, 20, "e=ps,sta=a"));
        fixture.Read(CmcdFixture.Record(2, 20, "e=ps,sta=a"));
        Assert.Equal(2, fixture.Ingest.Counters.Held);

        fixture.Read(CmcdFixture.Record(1, 10, "e=ps,sta=p"));

        Assert.Equal([EventKind.PlaybackRequest, EventKind.PlaybackStart, EventKind.Pause, EventKind.Heartbeat], fixture.Kinds);
        Assert.Equal(fixture.Events[2].Id, fixture.Events[3].Id);
        Assert.Equal(0, fixture.Ingest.Counters.Held);
        Assert.Equal(4, fixture.Ingest.Counters.Written);
    }

    [Fact]
    public void ReleaseOverdue_RecordNeverCame_GoesOnWithoutIt()
    {
        var fixture = new CmcdFixture();
        fixture.Read(CmcdFixture.Record(0, 0, "e=ps,sta=s"));
        fixture.Read(CmcdFixture.Record(2, 20, "e=ps,sta=p"));

        fixture.Ingest.ReleaseOverdue(new EventTime((CmcdFixture.Start + 1999) * 1000));
        Assert.Single(fixture.Events);
        fixture.Ingest.ReleaseOverdue(new EventTime((CmcdFixture.Start + 2000) * 1000));

        Assert.Equal([EventKind.PlaybackRequest, EventKind.PlaybackStart], fixture.Kinds);
        fixture.Read(CmcdFixture.Record(1, 10, "e=ps,sta=d"), 2100);
        Assert.Equal(EventKind.Heartbeat, fixture.Kinds[^1]);
    }

    [Fact]
    public void Read_PlayerCountsAnewUnderItsSid_IsAnotherView()
    {
        var fixture = new CmcdFixture();
        fixture.Play("spe");

        fixture.Read(CmcdFixture.Record(0, 60_000, "e=ps,sta=s"), 60_000);
        fixture.Read(CmcdFixture.Record(1, 61_000, "e=ps,sta=p"), 61_000);

        Assert.Equal([EventKind.PlaybackRequest, EventKind.PlaybackStart], fixture.Kinds.Skip(3));
        Assert.Equal(2, fixture.Events.Select(e => e.View).Distinct().Count());
        Assert.Equal(fixture.Events.Count, fixture.Events.Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public void Read_Heartbeat_CarriesTheNumbers()
    {
        var fixture = new CmcdFixture();
        fixture.Play("sp");

        fixture.Read(CmcdFixture.Record(2, 30_000, "e=t,sta=p,pt=29188,bl=(6000;v 4000;a),pb=(4200;v 256;a),dfa=3,ltc=1500"), 30_010);

        ref readonly HeartbeatPayload heartbeat = ref fixture.Receiver.Events.ToArray()[^1].Event.ReadPayload<HeartbeatPayload>();
        Assert.Equal(29_188_000, heartbeat.PlayheadMicroseconds);
        Assert.Equal(PlayerState.Playing, heartbeat.State);
        Assert.Equal(4456, heartbeat.BitrateKbps);
        Assert.Equal(4000, heartbeat.BufferMilliseconds);
        Assert.Equal(3, heartbeat.DroppedFrames);
        Assert.Equal(1500, heartbeat.LiveLatencyMilliseconds);
        Assert.Equal(Absent.Time, heartbeat.IntervalMicroseconds);
        Assert.Equal(10, fixture.Events[^1].ReceivedAfterMilliseconds);
    }

    [Fact]
    public void Read_BitrateReport_IsOneEventForEachMedia()
    {
        var fixture = new CmcdFixture();

        fixture.Read(CmcdFixture.Record(0, 0, "br=(4200;v 256;a),e=bc"));
        fixture.Read(CmcdFixture.Record(1, 0, "br=(999.6),e=bc,ot=av"));

        var bitrates = fixture.Events.Select(e => (e.ReadPayload<BitratePayload>().BitrateKbps, e.ReadPayload<BitratePayload>().MediaType));
        Assert.Equal([(4200, MediaType.Video), (256, MediaType.Audio), (1000, MediaType.AudioVideo)], bitrates);
        Assert.Equal(EventFlags.Derived, fixture.Events[1].Flags & EventFlags.Derived);
    }

    [Theory]
    [InlineData("e=e,ec=(\"MEDIA_ERR\" \"X\")", "\"code\":\"MEDIA_ERR\"", ErrorSeverity.Warning)]
    [InlineData("e=e,ec=27", "\"code\":\"27\"", ErrorSeverity.Warning)]
    [InlineData("e=e", "\"code\":\"unknown\"", ErrorSeverity.Warning)]
    [InlineData("e=e,sta=f,ec=(\"a\\\"b\")", "\"code\":\"a\\\"b\"", ErrorSeverity.Fatal)]
    [InlineData("e=ps,sta=f,ec=(\"gone\")", "\"code\":\"gone\"", ErrorSeverity.Fatal)]
    public void Read_ErrorReport_KeepsItsCode(string report, string annex, ErrorSeverity severity)
    {
        var fixture = new CmcdFixture();

        fixture.Read(CmcdFixture.Record(0, 0, report));

        (StreamEvent error, string text) = Assert.Single(fixture.Receiver.Events);
        Assert.Equal(EventKind.Error, error.Kind);
        Assert.Equal(annex, text);
        Assert.Equal(severity, error.ReadPayload<ErrorPayload>().Severity);
    }

    [Theory]
    [InlineData("e=pr,pr=1.5", EventKind.RateChange)]
    [InlineData("bg,e=b", EventKind.Visibility)]
    [InlineData("e=as", EventKind.AdStart)]
    [InlineData("e=ae", EventKind.AdComplete)]
    [InlineData("e=sk", EventKind.AdSkip)]
    [InlineData("e=abs", EventKind.AdBreakStart)]
    [InlineData("e=abe", EventKind.AdBreakEnd)]
    [InlineData("e=h,h=\"cdn.example\"", EventKind.CdnChange)]
    [InlineData("e=rr,url=\"x\",rc=200,ttfb=12,ttlb=80,ot=v,sta=p", EventKind.MediaRequest)]
    [InlineData("e=pe", EventKind.Custom)]
    [InlineData("e=ce,cen=\"lights-out\"", EventKind.Custom)]
    [InlineData("e=ps,nr,sta=p", EventKind.Heartbeat)]
    public void Read_OtherReports_BecomeTheirKind(string report, EventKind kind)
    {
        var fixture = new CmcdFixture();

        Assert.Empty(fixture.Read(CmcdFixture.Record(0, 0, report)).Errors);

        Assert.Equal(kind, Assert.Single(fixture.Kinds));
    }

    [Theory]
    [InlineData("e=t,sid=\"S\",ts=1772600767000,v=3", RejectReason.UnsupportedVersion)]
    [InlineData("e=t,sid=\"S\",v=2", RejectReason.MissingField)]
    [InlineData("e=t,ts=1772600767000,v=2", RejectReason.MissingField)]
    [InlineData("sid=\"S\",ts=1772600767000,v=2", RejectReason.MissingField)]
    [InlineData("e=t,sid=\"S\",ts=1000,v=2", RejectReason.TimeOutOfRange)]
    [InlineData("e=t,sid=\"S\",ts=4102444800000,v=2", RejectReason.TimeOutOfRange)]
    [InlineData("br=(3000;v,e=t,sid=\"S\",ts=1772600767000,v=2", RejectReason.Malformed)]
    [InlineData("{\"br\":1}", RejectReason.Malformed)]
    public void Read_BadRecord_IsRefusedAndItsNeighboursCount(string bad, RejectReason reason)
    {
        var fixture = new CmcdFixture();

        IngestResult result = fixture.Read(
            CmcdFixture.Record(0, 0, "e=ps,sta=s") + "\r\n" + bad + "\n\n" + CmcdFixture.Record(1, 1, "e=ps,sta=p") + "\n");

        Assert.Equal((3, 2, 1), (result.Offered, result.Written, result.Rejected));
        Assert.Equal(reason, Assert.Single(result.Errors).Reason);
        Assert.Equal(reason, Assert.Single(fixture.Failed.Newest()).Reason);
    }

    [Fact]
    public void Read_NoRoom_RemembersNothingSoThatTheRecordMayComeAgain()
    {
        var fixture = new CmcdFixture(capacity: 1);

        IngestResult result = fixture.Read(CmcdFixture.Record(0, 0, "e=ps,sta=s") + "\n" + CmcdFixture.Record(1, 1, "e=ps,sta=p") + "\n");
        Assert.True(result.IsFull);
        Assert.Equal((2, 1, 1, 1), (result.Offered, result.Written, result.Taken, result.Rejected));

        var again = new CmcdIngest(fixture.Sessions, fixture.Receiver = new CollectingReceiver());
        again.Begin(new IngestOrigin());
        again.Feed(System.Text.Encoding.UTF8.GetBytes(CmcdFixture.Record(1, 1, "e=ps,sta=p")));
        again.Complete();
        Assert.Equal(EventKind.PlaybackStart, Assert.Single(fixture.Kinds));
    }

    [Fact]
    public void Read_MoreSessionsThanTheTableHolds_ForgetsTheOldest()
    {
        var fixture = new CmcdFixture(new CmcdOptions { MaxSessions = 4, MaxHeldRecords = 8 });

        for (int i = 0; i < 100; i++)
        {
            fixture.Read($"e=ps,sid=\"s{i}\",sn={i % 3},sta=s,ts={CmcdFixture.Start},v=2");
        }

        fixture.Ingest.ReleaseAll();
        Assert.Equal(4, fixture.Sessions.Count);
        Assert.Equal(96, fixture.Sessions.Forgotten);
        Assert.Equal(100, fixture.Events.Count);
        Assert.Equal(0, fixture.Ingest.Counters.Held);
    }

    private static byte[] BytesOf(CmcdFixture fixture) => MemoryMarshal.AsBytes(fixture.Events.ToArray().AsSpan()).ToArray();
}
