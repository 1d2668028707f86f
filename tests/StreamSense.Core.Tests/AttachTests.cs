using System.Text;
using StreamSense.Core.Buffering;
using StreamSense.Core.Sessions;
using StreamSense.Testing.Clock;
using StreamSense.Testing.Simulation;

namespace StreamSense.Core.Tests;

/// <summary>Followers that are made from the pipeline which they follow.</summary>
public sealed class AttachTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(3, true)]
    public async Task Attach_AFollower_GetsAllAndIsDisposedOfBehindTheLastEvent(int shards, bool threaded)
    {
        Follower? follower = null;
        StreamSensePipeline? given = null;
        StreamSensePipeline pipeline = Builder(shards)
            .Attach(unstarted =>
            {
                given = unstarted;
                return follower = new Follower();
            })
            .Build();
        Assert.Same(pipeline, given);
        if (threaded)
        {
            pipeline.Start();
        }
        else
        {
            pipeline.StartPassive();
        }

        string[] lines = [.. new ViewerSimulation(new ViewerSimulationOptions { Viewers = 20 }).Lines()];
        using (NdjsonDoor door = pipeline.RentNdjson())
        {
            door.Ingest.Begin();
            door.Ingest.Feed(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
            door.Ingest.Complete();
        }

        // Not drained: what is in the lanes when the pipeline is disposed of is applied first, too.
        Assert.False(follower!.IsDisposed);
        await pipeline.DisposeAsync();

        Assert.True(follower.IsDisposed);
        Assert.Equal(0, follower.AfterDisposal);
        Assert.True(follower.Events >= pipeline.Totals.Admitted.Accepted, $"{follower.Events} events");
        Assert.True(follower.Facts > 0 && follower.Sessions > 0, $"{follower.Facts} facts, {follower.Sessions} sessions");
    }

    [Fact]
    public async Task Attach_Several_FollowInTheirOrderBehindTheOthers()
    {
        List<string> calls = [];
        await using StreamSensePipeline pipeline = Builder(shards: 1)
            .Attach(_ => new Follower { OnEvents = () => calls.Add("first") })
            .Attach(_ => new Follower { OnEvents = () => calls.Add("second") })
            .FollowWith(_ => new Follower { OnEvents = () => calls.Add("other") })
            .Build();
        pipeline.StartPassive();
        using (NdjsonDoor door = pipeline.RentNdjson())
        {
            door.Ingest.Begin();
            door.Ingest.Feed("{\"kind\":\"pause\",\"time\":1767225600000,\"view\":\"v\"}\n"u8);
            door.Ingest.Complete();
        }

        await pipeline.DrainAsync();

        Assert.Equal(["other", "first", "second"], calls);
    }

    [Fact]
    public void Build_WhenAFollowerCannotBeMade_DisposesOfThoseBefore()
    {
        var first = new Follower();
        StreamSensePipelineBuilder builder = Builder(shards: 1)
            .Attach(_ => first)
            .Attach<Follower>(_ => throw new InvalidOperationException("no such model"));

        Assert.Equal("no such model", Assert.Throws<InvalidOperationException>(builder.Build).Message);
        Assert.True(first.IsDisposed);
    }

    private static StreamSensePipelineBuilder Builder(int shards) => StreamSensePipeline.CreateBuilder()
        .UseTime(new FakeTimeProvider())
        .Configure(options =>
        {
            options.Shards = shards;
            options.Ndjson.TrustReceived = true;

            // A passive pipeline is fed whole before it is pumped.
            options.Lanes.SlotCount = 1 << 18;
        });

    private sealed class Follower : IEventConsumer, IViewFactConsumer, IPlaybackSessionConsumer, IDisposable
    {
        private int _events;
        private int _facts;
        private int _sessions;
        private int _afterDisposal;
        private volatile bool _isDisposed;

        public Action? OnEvents { get; init; }

        public bool IsDisposed => _isDisposed;

        public int Events => _events;

        public int Facts => _facts;

        public int Sessions => _sessions;

        public int AfterDisposal => _afterDisposal;

        public void Consume(in EventBatch batch)
        {
            Count(ref _events, batch.Events.Length);
            OnEvents?.Invoke();
        }

        public void Consume(ReadOnlySpan<ViewFact> facts) => Count(ref _facts, facts.Length);

        public void Add(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Count(ref _sessions, 1);

        public void Retract(in PlaybackSession session, ReadOnlySpan<WatchedRange> watched) => Count(ref _sessions, -1);

        public void Dispose() => _isDisposed = true;

        private void Count(ref int counter, int count)
        {
            Interlocked.Add(ref counter, count);
            if (_isDisposed)
            {
                Interlocked.Increment(ref _afterDisposal);
            }
        }
    }
}
