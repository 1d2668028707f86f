using System.Globalization;
using System.Text;
using StreamSense.Core.Admission;
using StreamSense.Core.Admission.Identity;
using StreamSense.Core.Buffering;
using StreamSense.Core.Delivery;
using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Privacy;
using StreamSense.Core.Sessions;
using StreamSense.Testing.Clock;

namespace StreamSense.Core.Tests.Admission.Identity;

/// <summary>Whose events are, through a whole pipeline and through a closed set.</summary>
public sealed class IdentityTests
{
    private static readonly PseudonymKey Key = PseudonymKey.FromSecret("a secret of the test, long enough"u8);

    private static readonly string[] LivingRoom =
    [
        Play(10, "v0", "tv"),
        Login(20, "ann", "tv"), Play(30, "v1", "tv"),
        Login(40, "ben", "tv"), Play(50, "v2", "tv"), Play(55, "v3", "phone"),
        """{"kind":"logout","time":1772600060000,"viewer":"ann","device":"tv"}""", Play(65, "v4", "tv"),
        """{"kind":"logout","time":1772600070000,"viewer":"ben","device":"tv"}""", Play(80, "v5", "tv"),
        Login(90, "ann", "tv"), Play(95, "v6", "tv"), Play(96, "v7", "tv", "\"viewer\":\"cy\","),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Pipeline_FromLogin_GivesEachProfileItsOwnIntervals(int shards)
    {
        Dictionary<string, string> owners = Owners(await Run(LivingRoom, IdentityPolicy.FromLogin, shards));
        Assert.Equal("v0:- v1:ann v2:ben v3:- v4:ben v5:- v6:ann v7:cy", Text(owners));
    }

    [Fact]
    public async Task Pipeline_Never_LeavesEventsAsTheyAre()
    {
        Dictionary<string, string> owners = Owners(await Run(LivingRoom, IdentityPolicy.Never));
        Assert.Equal("v0:- v1:- v2:- v3:- v4:- v5:- v6:- v7:cy", Text(owners));
    }

    [Fact]
    public async Task Pipeline_AnyArrivalWithinTheHorizon_GivesTheSameEvents()
    {
        string expected = Text(Owners(await Run(LivingRoom, IdentityPolicy.FromLogin)));
        for (int seed = 0; seed < 20; seed++)
        {
            string[] shuffled = [.. LivingRoom];
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(expected, Text(Owners(await Run(shuffled, IdentityPolicy.FromLogin))));
        }
    }

    [Fact]
    public async Task ClosedSet_SameEvents_GivesWhatThePipelineGives()
    {
        string live = Text(Owners(await Run(LivingRoom, IdentityPolicy.FromLogin)));
        string[] shuffled = [.. LivingRoom];
        new Random(7).Shuffle(shuffled);
        Assert.Equal(live, Text(Owners(RunClosed(shuffled, IdentityPolicy.FromLogin))));
        Assert.Equal("v0:- v1:- v2:- v3:- v4:- v5:- v6:- v7:cy", Text(Owners(RunClosed(LivingRoom, null))));
    }

    [Fact]
    public async Task Pipeline_Replayed_GivesTheSameEventsAndJoins()
    {
        var follower = new Follower();
        StreamSensePipeline? first = null;
        var recorded = new RecordedLines(() => first!.Vocabulary);
        first = Build(IdentityPolicy.WithHistory(TimeSpan.FromSeconds(15)), 1, follower, recorded, null);
        await Feed(first, LivingRoom);
        await first.DisposeAsync();

        // Another policy: what was decided stays decided.
        var again = new Follower();
        await using StreamSensePipeline second = Build(IdentityPolicy.Never, 1, again, null, recorded);
        Assert.Equal(Text(Owners(follower.Events)), Text(Owners(again.Events)));
        Assert.Equal(Joins(follower), Joins(again));
        Assert.Equal(3, Joins(again).Count(since => since > 0));
    }

    [Fact]
    public async Task Pipeline_WithHistory_LoginSaysSinceWhenAndTellsItAsAFact()
    {
        string[] lines = [Play(10, "v0", "tv"), Play(25, "v1", "tv"), Login(30, "ann", "tv"), Play(28, "v2", "tv"), Play(35, "v3", "tv")];
        var follower = new Follower();
        await using StreamSensePipeline pipeline = Build(IdentityPolicy.WithHistory(TimeSpan.FromSeconds(10)), 1, follower, null, null);
        foreach (string line in lines)
        {
            await Feed(pipeline, [line]);
        }

        Assert.Equal("v0:- v1:- v2:ann v3:ann", Text(Owners(follower.Events)));
        ViewFact join = Assert.Single(follower.Facts, fact => fact.Kind == ViewFactKind.Joined);
        Assert.Equal(1_772_600_020_000_000, join.JoinsSince.UnixMicroseconds);
        Assert.Equal((pipeline.Pseudonymizer.Viewer("ann"u8), pipeline.Pseudonymizer.Device("tv"u8)), (join.Viewer, join.Device));
        Assert.Equal((1, 2, 0), (pipeline.Identity.Devices, pipeline.Identity.EventsJoined, pipeline.Identity.DevicesEvicted));
    }

    [Theory]
    [InlineData("\"consent\":[\"measurement\"],", "", "")]
    [InlineData("", "\"consent\":[\"measurement\"],", "")]
    [InlineData("", "", """{"kind":"consent_change","time":1772600005000,"viewer":"ann","consent":["measurement"]}""")]
    public async Task Pipeline_WithoutPersonalisation_NothingJoins(string ofLogin, string ofEvent, string change)
    {
        string[] lines = [change, Login(10, "ann", "tv", ofLogin), Play(20, "v0", "tv", ofEvent)];
        var follower = new Follower();
        await using StreamSensePipeline pipeline = Build(IdentityPolicy.WithHistory(TimeSpan.FromDays(1)), 1, follower, null, null);
        await Feed(pipeline, lines);
        Assert.Equal("v0:-", Text(Owners(follower.Events)));
        Assert.Equal(ofEvent.Length > 0 ? 1 : 0, follower.Facts.Count(fact => fact.Kind == ViewFactKind.Joined));
    }

    [Fact]
    public async Task Pipeline_ProfileRows_GiveTheHouseholdOfTheTime()
    {
        string[] lines =
        [
            """{"kind":"profile","time":1772600000000,"viewer":"ann","household":"h1"}""",
            """{"kind":"profile","time":1772600100000,"viewer":"ann","household":"h2"}""",
            Login(10, "ann", "tv"), Play(20, "v0", "tv"), Play(120, "v1", "tv"), Play(130, "v2", "tv", "\"household\":\"h9\","),
        ];
        foreach (int shards in (int[])[1, 3])
        {
            Follower run = await Run(lines, IdentityPolicy.FromLogin, shards);
            Assert.Equal(["h1", "h2", "h9"], run.Events.Where(e => e.Kind == EventKind.PlaybackStart)
                .OrderBy(e => e.Time).Select(e => NameOf(e.Household.Value, Households)));
        }
    }

    [Fact]
    public async Task Pipeline_MoreDevicesThanItHolds_ForgetsAndCounts()
    {
        var follower = new Follower();
        await using StreamSensePipeline pipeline = Build(IdentityPolicy.FromLogin, 1, follower, null, null, maxDevices: 2);
        await Feed(pipeline, [Login(1, "ann", "d1"), Login(2, "ann", "d2"), Login(3, "ann", "d3"), Play(9, "v0", "d1"), Play(9, "v1", "d3")]);
        Assert.Equal("v0:- v1:ann", Text(Owners(follower.Events)));
        Assert.Equal((2, 1), (pipeline.Identity.Devices, pipeline.Identity.DevicesEvicted));
    }

    [Fact]
    public void Resolve_KnownDevice_AllocatesNothing()
    {
        var contexts = new ContextTable();
        ContextId personal = contexts.Intern(new EventContext { Consent = ConsentPurposes.All, Version = 1 });
        using var stage = new IdentityStage(contexts, new IdentityOptions { MaxDevices = 16, MaxViewers = 16 }, null);
        StreamEvent login = TestEvents.Unnumbered(0, 1, 0) with
        {
            Kind = EventKind.Login, Context = personal, Viewer = new ViewerId(1), Device = new DeviceId(2),
        };
        stage.Note(login);
        StreamEvent e = TestEvents.Unnumbered(3, 4, 5) with { Context = personal, Device = new DeviceId(2) };
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                StreamEvent copy = e;
                stage.Resolve(ref copy);
                Assert.True(copy.Viewer == login.Viewer);
                stage.Note(login);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    private static readonly string[] Viewers = ["ann", "ben", "cy"];
    private static readonly string[] Households = ["h1", "h2", "h9"];
    private static readonly Pseudonymizer Pseudonyms = new(Key);

    private static string Login(int at, string viewer, string device, string member = "") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"kind":"login","time":{{1_772_600_000 + at}}000,{{member}}"viewer":"{{viewer}}","device":"{{device}}"}""");

    private static string Play(int at, string view, string device, string member = "") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"kind":"playback_start","time":{{1_772_600_000 + at}}000,{{member}}"view":"{{view}}","device":"{{device}}"}""");

    private static string Text(Dictionary<string, string> owners) =>
        string.Join(' ', owners.OrderBy(owner => owner.Key, StringComparer.Ordinal).Select(owner => $"{owner.Key}:{owner.Value}"));

    private static Dictionary<string, string> Owners(Follower follower) => Owners(follower.Events);

    private static Dictionary<string, string> Owners(IEnumerable<StreamEvent> events) => events
        .Where(e => e.Kind == EventKind.PlaybackStart)
        .ToDictionary(
            e => Enumerable.Range(0, 8).Select(i => $"v{i}").Single(name => Pseudonyms.View(Encoding.UTF8.GetBytes(name)) == e.View),
            e => e.Viewer.IsNone ? "-" : Viewers.Single(name => Pseudonyms.Viewer(Encoding.UTF8.GetBytes(name)) == e.Viewer));

    private static string NameOf(ulong household, string[] names) =>
        names.Single(name => Pseudonyms.Household(Encoding.UTF8.GetBytes(name)).Value == household);

    private static List<long> Joins(Follower follower) => [.. follower.Events.Where(e => e.Kind == EventKind.Login)
        .OrderBy(e => e.Time).Select(e => e.ReadPayload<LoginPayload>().JoinsSinceMicroseconds)];

    private static async Task<Follower> Run(string[] lines, IdentityPolicy policy, int shards = 1)
    {
        var follower = new Follower();
        await using StreamSensePipeline pipeline = Build(policy, shards, follower, null, null);
        await Feed(pipeline, lines);
        Assert.Equal((lines.Length, 0), (pipeline.Totals.Admitted.Accepted, pipeline.Totals.Pending));
        return follower;
    }

    private static Follower RunClosed(string[] lines, IdentityPolicy? policy)
    {
        var vocabulary = new Vocabulary();
        var set = new ClosedSet(
            vocabulary, new ClosedSetOptions { Identity = policy is { } known ? new IdentityOptions { Policy = known } : null });
        var ingest = new NdjsonIngest(new NdjsonDecoder(vocabulary, Pseudonyms), set);
        ingest.Begin();
        ingest.Feed(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        ingest.Complete();
        var follower = new Follower();
        set.Deliver(follower);
        return follower;
    }

    private static StreamSensePipeline Build(
        IdentityPolicy policy, int shards, Follower follower, IBatchSink? sink, IReplaySource? source, int maxDevices = 1000)
    {
        StreamSensePipelineBuilder builder = StreamSensePipeline.CreateBuilder()
            .UseTime(new FakeTimeProvider())
            .PseudonymiseWith(Key)
            .FollowWith(_ => follower)
            .ObserveViews(follower)
            .Configure(options =>
            {
                options.Shards = shards;
                options.Identity = new IdentityOptions { Policy = policy, MaxDevices = maxDevices };
            });
        builder = sink is null ? builder : builder.DeliverTo(sink);
        builder = source is null ? builder : builder.ReplayFrom(source);
        StreamSensePipeline pipeline = builder.Build();
        pipeline.StartPassive();
        return pipeline;
    }

    private static async Task Feed(StreamSensePipeline pipeline, string[] lines)
    {
        using (NdjsonDoor door = pipeline.RentNdjson())
        {
            door.Ingest.Begin();
            door.Ingest.Feed(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
            Assert.Equal(0, door.Ingest.Complete().Rejected);
        }

        await pipeline.DrainAsync();
    }

    private sealed class Follower : IEventConsumer, IViewFactConsumer
    {
        public List<StreamEvent> Events { get; } = [];

        public List<ViewFact> Facts { get; } = [];

        public void Consume(in EventBatch batch)
        {
            foreach (ref readonly StreamEvent e in batch.Events)
            {
                Assert.True((e.Flags & EventFlags.Broadcast) == 0 || e.Kind == EventKind.PlaybackRequest);
                Events.Add(e);
            }
        }

        public void Consume(ReadOnlySpan<ViewFact> facts) => Facts.AddRange(facts);
    }
}
