using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Cmcd;
using StreamSense.Core.Privacy;

namespace StreamSense.Core.Tests.Ingest.Cmcd;

public sealed class CmcdRequestIngestTests
{
    private const string Query =
        "/s.m4s?CMCD=bl%3D21300%2Cbr%3D3200%2Cbs%2Ccid%3D%22t1%22%2Cd%3D4004%2Cmtp%3D25400%2Cot%3Dav%2Csid%3D%22s1%22%2Csu";

    private readonly Vocabulary _vocabulary = new();
    private readonly Pseudonymizer _pseudonyms = new(PseudonymKey.FromSecret("a secret of sixteen bytes or more"u8));
    private readonly CollectingReceiver _receiver = new();
    private readonly FailedEvents _failed = new();

    [Fact]
    public void Feed_AQuery_BecomesAMediaRequest()
    {
        IngestResult result = Read(CmcdForm.Query, Query + "\n");

        StreamEvent e = Assert.Single(_receiver.Events).Event;
        MediaRequestPayload request = e.ReadPayload<MediaRequestPayload>();
        Assert.Equal((1, 1, 0), (result.Offered, result.Written, result.Rejected));
        Assert.Equal((EventKind.MediaRequest, EventFlags.None), (e.Kind, e.Flags));
        Assert.Equal(_pseudonyms.View("s1"u8), e.View);
        Assert.Equal("t1", _vocabulary.Titles.NameOf(e.Title));
        Assert.Equal(
            (21300, 3200, 4004, 25400),
            (request.BufferMilliseconds, request.BitrateKbps, request.DurationMilliseconds, request.ThroughputKbps));
        Assert.Equal(((byte)'x', (byte)(16 + 32)), (request.ObjectType, request.CacheAndMarks));
        Assert.Equal((0, Absent.Time, Absent.Number), (request.Status, request.Bytes, request.TtfbMilliseconds));
    }

    [Fact]
    public void Feed_Headers_BecomeTheSameMediaRequestAsTheQuery()
    {
        Read(CmcdForm.Query, Query);
        Read(
            CmcdForm.Headers,
            "GET /s.m4s?CMCD=br%3D9 HTTP/1.1\nCMCD-Object: br=3200,d=4004,ot=av\nCMCD-Request: bl=21300,mtp=25400,su\n"
            + "CMCD-Session: cid=\"t1\",sid=\"s1\"\nCMCD-Status: bs\n\n");

        Assert.Equal(2, _receiver.Events.Count);
        Assert.Equal(
            _receiver.Events[0].Event.ReadPayload<MediaRequestPayload>(), _receiver.Events[1].Event.ReadPayload<MediaRequestPayload>());
        Assert.Equal(_receiver.Events[0].Event.View, _receiver.Events[1].Event.View);
        Assert.NotEqual(_receiver.Events[0].Event.Context, _receiver.Events[1].Event.Context);
    }

    [Fact]
    public void Feed_WithoutNumberOrTime_TakesItsPlaceAsOrderAndIsNoDuplicate()
    {
        Read(CmcdForm.Query, $"{Query}\n{Query}\n");
        Read(CmcdForm.Query, Query, new IngestOrigin { Epoch = new EventTime(1_000_000_000_000_000) });
        Read(CmcdForm.Query, Query, new IngestOrigin { ReceivedAt = new EventTime(1_700_000_000_000_000) });

        Assert.Equal(4, _receiver.Events.Select(pair => pair.Event.Id).Distinct().Count());
        Assert.Equal(
            [
                EventTime.Earliest, EventTime.Earliest + TimeSpan.FromMicroseconds(1), new EventTime(1_000_000_000_000_000),
                new EventTime(1_700_000_000_000_000),
            ],
            _receiver.Events.Select(pair => pair.Event.Time));
    }

    [Theory]
    [InlineData(CmcdForm.Query, "br=1\nbr=1\n")]
    [InlineData(CmcdForm.Headers, "CMCD-Object: br=1\n\nCMCD-Object: br=1\n\n")]
    public void Feed_TheSameFilesInTheSameOrder_GivesTheSameEvents(CmcdForm form, string file)
    {
        string other = file.Replace("=1", "=2", StringComparison.Ordinal);
        foreach (string[] files in (string[][])[[file, file, other], [file, file, other], [other]])
        {
            CmcdRequestIngest ingest = Open(form);
            foreach (string body in files)
            {
                ingest.Begin(new IngestOrigin());
                ingest.Feed(Encoding.UTF8.GetBytes(body));
                ingest.Complete();
            }
        }

        EventId[] ids = [.. _receiver.Events.Select(pair => pair.Event.Id)];
        Assert.Equal(14, ids.Length);
        Assert.Equal(6, ids[..6].Distinct().Count());
        Assert.Equal(ids[..6], ids[6..12]);
        Assert.DoesNotContain(ids[12], ids[..4]);
    }

    [Fact]
    public void Feed_TwoBodiesOfOneInstantThatSayTheSame_AreNoDuplicates()
    {
        var origin = new IngestOrigin { ReceivedAt = new EventTime(1_700_000_000_000_000) };
        Read(CmcdForm.Query, "br=1\n", origin);
        Read(CmcdForm.Query, "br=1\n", origin);

        Assert.NotEqual(_receiver.Events[0].Event.Id, _receiver.Events[1].Event.Id);
    }

    [Fact]
    public void Feed_WithNumberAndTime_IsKnownAgain()
    {
        const string Line = "sid=\"s1\",sn=7,ts=1764752400000,v=2\n";
        Read(CmcdForm.Query, Line);
        Read(CmcdForm.Query, Line);

        StreamEvent e = _receiver.Events[0].Event;
        Assert.Equal(e.Id, _receiver.Events[1].Event.Id);
        Assert.Equal((7u, EventFlags.HasSequence), (e.Sequence, e.Flags));
        Assert.Equal(new EventTime(1_764_752_400_000_000), e.Time);
    }

    [Fact]
    public void Feed_ATimeThatCannotBe_IsPassedOver()
    {
        var received = new EventTime(1_700_000_000_000_000);
        Read(CmcdForm.Query, "br=1,ts=17\nbr=1,ts=1800000000000\n", new IngestOrigin { ReceivedAt = received });

        Assert.Equal([received, received], _receiver.Events.Select(pair => pair.Event.Time));
    }

    [Fact]
    public void Feed_WhatCannotBeTaken_IsCountedWithItsReason()
    {
        IngestResult queries = Read(CmcdForm.Query, "Player 1.0\nhttps://h/x\nCMCD=br%3D\nCMCD=v%3D3\nCMCD=cid%3D%22%FF%22\nCMCD=br%3D1\n");
        IngestResult headers = Read(CmcdForm.Headers, "Player 1.0\nHost: x\n\nCMCD-Object: br=\n\nCMCD-Object: br=1\n");

        Assert.Equal((6, 1, 5), (queries.Offered, queries.Written, queries.Rejected));
        Assert.Equal(
            [
                RejectReason.Malformed, RejectReason.MissingField, RejectReason.Malformed, RejectReason.UnsupportedVersion,
                RejectReason.InvalidUtf8,
            ],
            queries.Errors.Select(error => error.Reason));
        Assert.Equal((4, 1, 3), (headers.Offered, headers.Written, headers.Rejected));
        Assert.Equal([(1L, RejectReason.Malformed), (2, RejectReason.MissingField), (4, RejectReason.Malformed)],
            headers.Errors.Select(error => (error.Line, error.Reason)));
        Assert.Equal("CMCD-Object: br=\n", Encoding.UTF8.GetString(_failed.Newest(1)[0].Raw.Span));
    }

    [Fact]
    public void Feed_WithoutMeasurement_IsRefused()
    {
        IngestResult result = Read(CmcdForm.Query, Query, new IngestOrigin { Consent = ConsentPurposes.None });

        Assert.Equal(RejectReason.NoConsent, Assert.Single(result.Errors).Reason);
    }

    [Fact]
    public void Feed_Strict_RefusesWhatRfc8941Forbids()
    {
        var options = new CmcdOptions { Strict = true };

        Assert.Equal(1, Read(CmcdForm.Query, "br=1.23456\n", options: options).Rejected);
        Assert.Equal(1, Read(CmcdForm.Query, "br=1.23456\n").Written);
    }

    [Fact]
    public void Begin_WithAResponse_GivesItToTheEvent()
    {
        CmcdRequestIngest ingest = Open(CmcdForm.Query);
        ingest.Begin(new IngestOrigin(), new CmcdResponse(206, 1234, 5, 60));
        ingest.Feed("br=1"u8);
        ingest.Complete();

        MediaRequestPayload request = _receiver.Events[0].Event.ReadPayload<MediaRequestPayload>();
        Assert.Equal((206, 1234L, 5, 60), (request.Status, request.Bytes, request.TtfbMilliseconds, request.TtlbMilliseconds));
    }

    [Fact]
    public void Feed_AnyBytes_AddsUp()
    {
        var random = new Random(3);
        byte[] seed = Encoding.UTF8.GetBytes($"{Query}\nCMCD-Object: br=1,d=4\nCMCD-Request: su\n\n{{CMCD-Status: 'bs'}}\nsid=\"x\",sn=4,v=2\n");
        foreach (CmcdForm form in new[] { CmcdForm.Query, CmcdForm.Headers })
        {
            CmcdRequestIngest ingest = Open(form);
            for (int round = 0; round < 3_000; round++)
            {
                byte[] body = [.. seed];
                for (int change = random.Next(1, 8); change > 0; change--)
                {
                    body[random.Next(body.Length)] = (byte)random.Next(256);
                }

                ingest.Begin(new IngestOrigin());
                ingest.Feed(body);
                IngestResult result = ingest.Complete();
                Assert.Equal(result.Offered, result.Written + result.Rejected);
            }
        }
    }

    [Fact]
    public void DecodeQuery_Warm_AllocatesNothing()
    {
        var decoder = new CmcdRequestDecoder(_vocabulary, _pseudonyms);
        byte[] query = Encoding.UTF8.GetBytes(Query);
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 10_000; i++)
            {
                decoder.DecodeQuery(query, out _);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private CmcdRequestIngest Open(CmcdForm form, CmcdOptions? options = null) =>
        new(form, _vocabulary, _pseudonyms, _receiver, options, failed: _failed);

    private IngestResult Read(CmcdForm form, string body, IngestOrigin? origin = null, CmcdOptions? options = null)
    {
        CmcdRequestIngest ingest = Open(form, options);
        ingest.Begin(origin ?? new IngestOrigin());
        byte[] bytes = Encoding.Latin1.GetBytes(body);
        ingest.Feed(bytes.AsSpan(0, bytes.Length / 2));
        ingest.Feed(bytes.AsSpan(bytes.Length / 2));
        return ingest.Complete();
    }
}
