using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest;

namespace StreamSense.Core.Tests.Ingest.Mapping;

public sealed class EventMappingTests
{
    private const string Player = """
        { "name": "t", "source": { "format": "json" },
          "fields": { "time": "at", "view": "v", "seq": "n", "title": "t" },
          "drop": [ { "rule": "from a test", "when": { "from": "app", "matches": "^test" } } ],
          "events": [
            { "kind": { "from": "e", "map": { "go": "playback_request", "wait": "buffer_start", "noise": null } },
              "when": { "not": { "from": "e", "in": ["stop", "other"] } } },
            { "kind": "playback_end", "when": { "from": "e", "equals": "stop" }, "fields": { "reason": { "value": "quit" }, "title": null } },
            { "kind": "error", "when": { "all": [ { "from": "code", "exists": true }, { "from": "code", "atLeast": 400, "atMost": 599 } ] },
              "fields": { "code": "code", "severity": { "value": "fatal" } } }
          ] }
        """;

    [Theory]
    [InlineData("go", "", "playback_request")]
    [InlineData("wait", "", "buffer_start")]
    [InlineData("stop", "", "playback_end")]
    [InlineData("stop", ",\"code\":404", "playback_end error")]
    [InlineData("stop", ",\"code\":\"200\"", "playback_end")]
    [InlineData("noise", "", "Excluded: the mapping has no event for this kind of record")]
    [InlineData("other", "", "UnknownKind: no event of the mapping applies")]
    [InlineData("odd", "", "UnknownKind: kind: 'e' is not in the map, found \"odd\"")]
    [InlineData("go", ",\"app\":\"test 1\"", "Excluded: from a test")]
    public void Translate_Record_BecomesTheEventsThatApply(string kind, string more, string expected)
    {
        string outcome = Assert.Single(Mapped.Read(Player, $$"""{"e":"{{kind}}","at":1,"v":"w","n":3,"t":"m"{{more}}}"""));

        string[] kinds = [.. outcome.Split(" + ").Select(e => e.StartsWith('{') ? e.Split('"')[3] : e)];
        Assert.Equal(expected, string.Join(' ', kinds));
    }

    [Fact]
    public void Translate_SharedFieldSetToNull_IsLeftOut()
    {
        Assert.DoesNotContain("title", Mapped.ReadOne(Player, """{"e":"stop","at":1,"v":"w","t":"m"}"""));
        Assert.Contains("title", Mapped.ReadOne(Player, """{"e":"go","at":1,"v":"w","t":"m"}"""));
    }

    [Fact]
    public void Translate_NothingApplies_IsExcludedWhereTheMappingSaysSo() =>
        Assert.Equal(
            "Excluded: no event of the mapping applies",
            Mapped.ReadOne(Player.Replace("\"fields\": { \"time\"", "\"otherwise\": \"exclude\", \"fields\": { \"time\"", StringComparison.Ordinal),
                """{"e":"other","at":1,"v":"w"}"""));

    [Theory]
    [InlineData("\"n\":3")]
    [InlineData("\"x\":3")]
    public void Ingest_RecordOfTwoEvents_GivesThemIdsOfTheirOwn(string sequence)
    {
        byte[] body = Encoding.UTF8.GetBytes($$"""{"e":"stop","at":631152000000,"v":"w",{{sequence}},"code":404}""");

        (CollectingReceiver receiver, IngestResult result, _) = Mapped.Ingest(Mapped.Load(Player), body);

        Assert.Equal((1, 1), (result.Offered, result.Written));
        Assert.Equal([EventKind.PlaybackEnd, EventKind.Error], receiver.Events.Select(e => e.Event.Kind));
        Assert.NotEqual(receiver.Events[0].Event.Id, receiver.Events[1].Event.Id);
        Assert.Equal(receiver.Events[0].Event.Sequence, receiver.Events[1].Event.Sequence);
    }

    [Fact]
    public void Translate_WhatTheHostKnows_StandsInForTheRecord()
    {
        var translator = new Core.Ingest.Mapping.MappingTranslator(Mapped.Load(Mapped.Custom("\"viewer\": \"a\", \"country\": \"c\"")));
        var output = new CanonicalRecords();
        translator.Begin(new IngestOrigin { Viewer = "host", Country = "DE", Source = "feed", Consent = ConsentPurposes.Measurement });

        translator.Translate("""{"a":"own"}"""u8, output);

        string text = Encoding.UTF8.GetString(output.EventAt(0));
        Assert.Contains("\"viewer\":\"own\"", text);
        Assert.Contains("\"source\":\"feed\",\"country\":\"DE\",\"consent\":[\"measurement\"]", text);
    }

    [Theory]
    [InlineData("\"stars5\"", "4", RatingScale.Stars5, 1, 5)]
    [InlineData("\"stars10\"", "8", RatingScale.Stars10, 1, 10)]
    [InlineData("\"percent\"", "75", RatingScale.Percent, 0, 100)]
    [InlineData("[0.5, 5]", "0.5", RatingScale.Range, 0.5, 5)]
    public void Ingest_RatingOnAnyScale_KeepsTheOriginal(string scale, string value, RatingScale expected, double least, double most)
    {
        string mapping = Mapped.Rating("\"columns\": [\"t\", \"v\"]", "\"title\": \"t\", \"value\": \"v\"")
            .Replace("\"stars5\"", scale, StringComparison.Ordinal)
            .Replace("\"time\": 0", "\"time\": \"2020-01-01T00:00:00Z\"", StringComparison.Ordinal)
            .Replace("\"2020-01-01T00:00:00Z\"", "{ \"value\": \"2020-01-01T00:00:00Z\" }", StringComparison.Ordinal);

        (CollectingReceiver receiver, IngestResult result, _) = Mapped.Ingest(Mapped.Load(mapping), Encoding.UTF8.GetBytes($"m1,{value}\nm1,1000\n"));

        Assert.Equal((2, 1, 1), (result.Offered, result.Written, result.Rejected));
        RatingPayload rating = receiver.Events[0].Event.ReadPayload<RatingPayload>();
        Assert.Equal((expected, least, most), (rating.Scale, rating.Minimum, rating.Maximum));
        Assert.Equal(double.Parse(value), rating.Value);
    }

    [Fact]
    public void Ingest_Thumbs_AreZeroAndOne()
    {
        string mapping = Mapped.Rating("\"columns\": [\"t\", \"v\"]", "\"title\": \"t\", \"value\": { \"from\": \"v\", \"map\": { \"up\": 1, \"down\": 0 } }")
            .Replace("\"stars5\"", "\"thumbs\"", StringComparison.Ordinal)
            .Replace("\"time\": 0", "\"time\": 946684800000", StringComparison.Ordinal);

        (CollectingReceiver receiver, IngestResult result, _) = Mapped.Ingest(Mapped.Load(mapping), "m,up\nm,down\nm,flat\n"u8.ToArray());

        Assert.Equal([1, 0], receiver.Events.Select(e => e.Event.ReadPayload<RatingPayload>().Value));
        Assert.Equal("value: column 'v' is not in the map, found \"flat\"", Assert.Single(result.Errors).Message);
    }
}
