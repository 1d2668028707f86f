using System.Text;
using System.Text.Json;
using StreamSense.Contracts;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.Mapping;
using StreamSense.Core.Tests.Ingest.Json;

namespace StreamSense.Core.Tests.Ingest.Mapping;

public sealed class ShippedMappingTests
{
    private static readonly JsonElement _schema =
        JsonDocument.Parse(File.ReadAllText(Mapped.PathOf("samples/mappings/mapping.schema.json"))).RootElement;

    public static IEnumerable<string> Names => Directory.GetFiles(Mapped.PathOf("samples/mappings"), "*.json")
        .Select(file => Path.GetFileNameWithoutExtension(file)!)
        .Where(name => name is not "mapping.schema")
        .Order(StringComparer.Ordinal);

    public static TheoryData<string> Files => [.. Names];

    [Theory]
    [MemberData(nameof(Files))]
    public void Mapping_OfTheSamples_ConformsToTheSchemaAndLoads(string name)
    {
        string path = Mapped.PathOf($"samples/mappings/{name}.json");

        Assert.Null(new JsonSchemaCheck(_schema).Fault(JsonDocument.Parse(File.ReadAllText(path)).RootElement));
        Assert.Equal(name, SourceMapping.Load(path).Name);
    }

    [Fact]
    public void Schema_Members_AreThoseOfTheLoader()
    {
        JsonElement definitions = _schema.GetProperty("$defs");
        Assert.Equal(MappingMembers.Root.Order(), MembersOf(_schema));
        Assert.Equal(MappingMembers.Delimited.Order(), MembersOf(definitions.GetProperty("delimited")));
        Assert.Equal(MappingMembers.Json.Order(), MembersOf(definitions.GetProperty("json")));
        Assert.Equal(MappingMembers.Event.Order(), MembersOf(definitions.GetProperty("event")));
        Assert.Equal(MappingMembers.Drop.Order(), MembersOf(definitions.GetProperty("drop")));
        Assert.Equal(MappingMembers.Field.Order(), MembersOf(definitions.GetProperty("field")));
        Assert.Equal(MappingMembers.Kind.Order(), MembersOf(definitions.GetProperty("kind")));
        Assert.Equal(MappingMembers.Condition.Order(), MembersOf(definitions.GetProperty("condition")));
        Assert.Equal(
            UnitFactor.Names.Order(), Texts(definitions.GetProperty("field").GetProperty("properties").GetProperty("unit").GetProperty("enum")));
        Assert.Equal(
            Enumerable.Range(1, EventKindNames.Count - 1).Select(kind => EventKindNames.NameOf((EventKind)kind)).Order(),
            Texts(definitions.GetProperty("kindName").GetProperty("enum")));
    }

    [SkippableFact]
    public void MovieLens_EveryRow_IsARatingOfItsValue()
    {
        byte[] body = Data("movielens-latest-small/ratings.csv");
        string[] rows = Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];

        (CollectingReceiver receiver, IngestResult result, NdjsonFixture fixture) = Read("movielens", body);

        Assert.Equal((rows.Length, rows.Length, 0), ((int)result.Offered, (int)result.Written, (int)result.Rejected));
        var ratings = receiver.Events.Select(e => (e.Event, Rating: e.Event.ReadPayload<RatingPayload>())).ToArray();
        Assert.All(ratings, e => Assert.Equal((EventKind.Rating, RatingScale.Range), (e.Event.Kind, e.Rating.Scale)));
        Assert.All(ratings, e => Assert.Equal((0.5, 5d), (e.Rating.Minimum, e.Rating.Maximum)));
        Assert.Equal(
            rows.Select(row => double.Parse(row.Split(',')[2])).CountBy(value => value).OrderBy(pair => pair.Key),
            ratings.CountBy(e => e.Rating.Value).OrderBy(pair => pair.Key));
        Assert.Equal(rows.Sum(row => long.Parse(row.Split(',')[3])), ratings.Sum(e => e.Event.Time.UnixMicroseconds / 1_000_000));
        Assert.Equal(rows.Select(row => row.Split(',')[1]).Distinct().Count(), ratings.Select(e => e.Event.Title).Distinct().Count());
        Assert.Equal(rows.Select(row => row.Split(',')[0]).Distinct().Count(), ratings.Select(e => e.Event.Viewer).Distinct().Count());
        Assert.All(rows.Take(50).Zip(ratings), pair => Assert.Equal(NameTable.IdOf(pair.First.Split(',')[1]), pair.Second.Event.Title));
        Assert.Equal("movielens", Encoding.UTF8.GetString(fixture.Vocabulary.Sources.Utf8NameOf(fixture.ContextOf(ratings[0].Event).Source)));
    }

    [SkippableTheory]
    [InlineData("movielens-movies", "movielens-latest-small/movies.csv", 1)]
    [InlineData("movietweetings-movies", "movietweetings-100k/movies.dat", 0)]
    public void Movies_EveryRow_IsATitleWithNameAndYear(string mapping, string file, int headers)
    {
        byte[] body = Data(file);
        int rows = Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - headers;

        (CollectingReceiver receiver, IngestResult result, _) = Read(mapping, body);

        Assert.Equal((rows, rows, 0), ((int)result.Offered, (int)result.Written, (int)result.Rejected));
        Assert.All(receiver.Events, e => Assert.Equal(EventKind.Title, e.Event.Kind));
        int dated = receiver.Events.Count(e => e.Event.ReadPayload<TitlePayload>().PublishedMicroseconds != Absent.Time);
        Assert.InRange(dated, rows * 0.99, rows);
        Assert.All(receiver.Events, e => Assert.DoesNotMatch(@"""name"":""[^""]*\(\d{4}\)""", e.Annex));
        Assert.DoesNotContain(receiver.Events, e => e.Annex.Contains("no genres listed", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void MovieTweetings_EveryRow_IsARating()
    {
        byte[] body = Data("movietweetings-100k/ratings.dat");
        string[] rows = Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        (CollectingReceiver receiver, IngestResult result, _) = Read("movietweetings", body);

        Assert.Equal((rows.Length, rows.Length), ((int)result.Offered, (int)result.Written));
        Assert.Equal(
            rows.Sum(row => int.Parse(row.Split("::")[2])), receiver.Events.Sum(e => e.Event.ReadPayload<RatingPayload>().Value));
    }

    [SkippableFact]
    public void Cdnow_Sums_AreExact()
    {
        byte[] body = Data("cdnow-cohort/CDNOW_sample.txt");
        string[][] rows = [.. Encoding.UTF8.GetString(body).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

        (CollectingReceiver receiver, IngestResult result, _) = Read("cdnow", body);

        Assert.Equal((rows.Length, rows.Length), ((int)result.Offered, (int)result.Written));
        JsonElement[] purchases = [.. receiver.Events.Select(e => JsonDocument.Parse($"{{{e.Annex}}}").RootElement.GetProperty("fields"))];
        Assert.Equal(rows.Sum(row => decimal.Parse(row[4])), purchases.Sum(fields => fields.GetProperty("amount").GetDecimal()));
        Assert.Equal(rows.Sum(row => int.Parse(row[3])), purchases.Sum(fields => fields.GetProperty("quantity").GetInt32()));
        Assert.Equal(rows.Select(row => row[0]).Distinct().Count(), receiver.Events.Select(e => e.Event.Viewer).Distinct().Count());
    }

    [Fact]
    public void Akamai_Line_IsAMediaRequestWithItsCmcd()
    {
        const string Line = """
            {"version":"1","reqId":"1f2e","reqTimeSec":"1700000000.125","bytes":"4995","cliIP":"192.0.2.7","statusCode":"206","UA":"Some%20Browser","reqMethod":"GET","cacheStatus":"1","timeToFirstByte":"12","downloadTime":"85","country":"SE","asn":"64500","city":"-","cmcd":"cmcd=\/\/1.0@V/bl=21600,br=2300,bs,cid=%22film-1%22,d=4004,mtp=25400,ot=v,sid=%22s-1%22,su"}
            {"reqId":"1f2f","reqTimeSec":"1700000001","reqMethod":"OPTIONS"}
            {"reqId":"1f30","reqTimeSec":"1700000002","statusCode":"000","bytes":"^","cacheStatus":"7","country":"^","cmcd":"-"}
            """;

        (CollectingReceiver receiver, IngestResult result, NdjsonFixture fixture) = Read("akamai-datastream2", Encoding.UTF8.GetBytes(Line));

        Assert.Equal((3, 2, 1), (result.Offered, result.Written, result.Rejected));
        Assert.Equal((RejectReason.Excluded, "no request for media: method"), (result.Errors[0].Reason, result.Errors[0].Message));
        StreamEvent request = receiver.Events[0].Event;
        MediaRequestPayload payload = request.ReadPayload<MediaRequestPayload>();
        Assert.Equal((206, 4995, 12, 85), ((int)payload.Status, (int)payload.Bytes, payload.TtfbMilliseconds, payload.TtlbMilliseconds));
        Assert.Equal((2300, 21600, 4004), (payload.BitrateKbps, payload.BufferMilliseconds, payload.DurationMilliseconds));
        Assert.Equal(25400, payload.ThroughputKbps);
        Assert.Equal(1 | 16 | 32, payload.CacheAndMarks);
        Assert.Equal(NameTable.IdOf("film-1"), request.Title);
        Assert.Equal(fixture.Pseudonyms.View("s-1"u8), request.View);
        Assert.Equal(1_700_000_000_125_000, request.Time.UnixMicroseconds);
        Assert.Equal(0, receiver.Events[1].Event.ReadPayload<MediaRequestPayload>().Status);
        Assert.All(receiver.Events, e => Assert.DoesNotMatch("Browser|192[.]0", e.Annex));
    }

    [Fact]
    public void Fastly_Line_IsAMediaRequest()
    {
        const string Line = """
            {"timestamp":"2023-11-14T22:13:20+0000","request_id":"a1","request_method":"GET","response_status":200,"response_body_size":1000,"time_elapsed":2500,"time_to_first_byte":"0.002","fastly_info_state":"HIT-CLUSTER","geo_country":"se","geo_asn":64500,"cmcd_session":"sid=%22s-1%22","cmcd_object":"br=800,ot=a"}
            """;

        (CollectingReceiver receiver, IngestResult result, _) = Read("fastly", Encoding.UTF8.GetBytes(Line));

        Assert.Equal((1, 1), (result.Offered, result.Written));
        MediaRequestPayload payload = receiver.Events[0].Event.ReadPayload<MediaRequestPayload>();
        Assert.Equal((200, 1000, 2, 800), ((int)payload.Status, (int)payload.Bytes, payload.TtfbMilliseconds, payload.BitrateKbps));
        Assert.Equal(3, payload.TtlbMilliseconds);
        Assert.Equal(1_700_000_000_000_000, receiver.Events[0].Event.Time.UnixMicroseconds);
    }

    [Fact]
    public void Mux_View_BecomesTheEventsOfAPlayback()
    {
        string[] types = ["viewinit", "viewstart", "playing", "renditionchange", "rebufferstart", "rebufferend", "hb", "seeking", "seeked", "error", "viewend"];
        string body = string.Join('\n', types.Select((type, i) =>
            $$"""
            {"type":"{{type}}","view_id":"w","video_id":"m","viewer_id":"p","sequence_number":{{i}},"viewer_time":{{1_700_000_000_000 + i}},
             "playhead_time":{{i * 1000}},"video_source_bitrate":2500000,"player_error_code":3}
            """));

        (CollectingReceiver receiver, IngestResult result, _) = Read("mux-events", Encoding.UTF8.GetBytes(body));

        Assert.Equal((11, 10, 1), (result.Offered, result.Written, result.Rejected));
        Assert.Equal(
            [
                EventKind.PlaybackRequest, EventKind.PlaybackStart, EventKind.Resume, EventKind.BitrateChange, EventKind.BufferStart,
                EventKind.BufferEnd, EventKind.Heartbeat, EventKind.SeekStart, EventKind.SeekEnd, EventKind.Error, EventKind.PlaybackEnd,
            ],
            receiver.Events.Select(e => e.Event.Kind));
        Assert.Equal(2500, receiver.Events[3].Event.ReadPayload<BitratePayload>().BitrateKbps);
        Assert.Equal(11, receiver.Events.Select(e => e.Event.Id).Distinct().Count());
    }

    [Fact]
    public void Rows_OfCatalogueAndProfiles_AreRead()
    {
        (CollectingReceiver titles, IngestResult result, _) = Read(
            "catalogue",
            "title,type,name,genres,durationMin,released\nt1,Film,\"Two\nlines\",drama|comedy,90.5,1999-05-01\nt2,odd,-,,n/a,\n"u8.ToArray());
        (CollectingReceiver viewers, _, _) = Read("profiles", "viewer,household,plan,since,kids\nv1,h1,gold,2020-02-03,yes\n,h2,gold,,no\n"u8.ToArray());

        Assert.Equal((2, 2), (result.Offered, result.Written));
        TitlePayload title = titles.Events[0].Event.ReadPayload<TitlePayload>();
        Assert.Equal((TitleType.Movie, 5_430_000_000), (title.Type, title.DurationMicroseconds));
        Assert.Equal(925_516_800_000_000, title.PublishedMicroseconds);
        Assert.Contains("\"genres\":[\"drama\",\"comedy\"]", titles.Events[0].Annex);
        ProfilePayload profile = Assert.Single(viewers.Events).Event.ReadPayload<ProfilePayload>();
        Assert.True(profile.Kids);
        Assert.Equal(1_580_688_000_000_000, profile.SinceMicroseconds);
    }

    [Fact]
    public void Social_Document_GivesItsMentionsWithoutTheirAuthors()
    {
        const string Document = """
            {"resultsTotal":3,"results":[
              {"guid":"p1","titleId":"m1","contentSource":"Reddit","date":"2023-11-14T22:13:20.000+0000","sentiment":"positive","snippet":"loved it","author":"someone","likeCount":3},
              {"guid":"p2","date":"2023-11-14T22:13:20.000+0000","contentSource":"x"},
              {"resourceId":"p3","titleId":"m1","pageType":"blog","date":"2023-11-14T22:13:21.000+0000","engagement":{"likes":7}}]}
            """;

        (CollectingReceiver receiver, IngestResult result, _) = Read("social-mentions", Encoding.UTF8.GetBytes(Document));

        Assert.Equal((3, 2, 1), (result.Offered, result.Written, result.Rejected));
        Assert.Equal([1f, float.NaN], receiver.Events.Select(e => e.Event.ReadPayload<SocialPayload>().Polarity));
        Assert.Equal([3, 7], receiver.Events.Select(e => e.Event.ReadPayload<SocialPayload>().Likes));
        Assert.DoesNotContain("someone", receiver.Events[0].Annex);
    }

    private static (CollectingReceiver Receiver, IngestResult Result, NdjsonFixture Fixture) Read(string mapping, byte[] body) =>
        Mapped.Ingest(SourceMapping.Load(Mapped.PathOf($"samples/mappings/{mapping}.json")), body);

    private static byte[] Data(string file)
    {
        string path = SharedData.Require(file);
        return File.ReadAllBytes(path);
    }

    private static IEnumerable<string> MembersOf(JsonElement schema) =>
        schema.GetProperty("properties").EnumerateObject().Select(member => member.Name).Order();

    private static IEnumerable<string> Texts(JsonElement array) => array.EnumerateArray().Select(text => text.GetString()!).Order();
}
