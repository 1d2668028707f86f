using StreamSense.Core.Events;
using StreamSense.Ml.Features;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Decisions;
using StreamSense.Testing.Clock;

namespace StreamSense.Ml.Tests.Ranking.Decisions;

public sealed class FileDecisionLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryAppend_Rankings_ComeBackBitForBit()
    {
        const int Count = 300;
        using (FileDecisionLog log = Open())
        {
            for (int i = 0; i < Count; i++)
            {
                Assert.True(log.TryAppend(Rankings.Of(i, candidates: i % 23)));
            }

            log.Flush();
            DecisionLogTotals totals = log.Totals;
            Assert.Equal((Count, 0L, Count, 0L, 0L), (totals.Offered, totals.Refused, totals.Written, totals.Lost, totals.Pending));
        }

        using DecisionLogReader reader = DecisionLogReader.OpenFolder(_folder.Path);
        for (int i = 0; i < Count; i++)
        {
            Assert.True(reader.TryRead());
            RankingRecord read = reader.Current;
            Rankings.AssertSame(Rankings.Of(i, candidates: i % 23), read);
            Assert.Equal(Rankings.Layout.Hash, read.Layout!.Hash);
            Assert.Equal(Rankings.Layout.Features.AsEnumerable(), read.Layout.Features);
        }

        Assert.False(reader.TryRead());
        Assert.Equal(new DecisionReadCounts(Files: 1, Rankings: Count, Damaged: 0, SkippedBytes: 0, TornTails: 0), reader.Counts);
    }

    [Fact]
    public void TryAppend_Dimensions_ComeBackInAnotherVocabulary()
    {
        var here = new Vocabulary();
        here.Countries.Intern("FR");
        var dimensions = new EventContext
        {
            Country = here.Countries.Intern("DE"),
            DeviceKind = here.DeviceKinds.Intern("tv"),
            Isp = Symbol.Other,
        };
        Symbol surface = here.Surfaces.Intern("home");
        using (var log = new FileDecisionLog(_folder.Path, _time, vocabulary: here))
        {
            RankingRecord plain = Rankings.Of(1);
            Assert.True(log.TryAppend(new RankingRecord
            {
                Request = plain.Request,
                Surface = plain.Surface,
                Time = plain.Time,
                Model = plain.Model,
                Dimensions = dimensions,
                SurfaceName = surface,
            }));
            Assert.True(log.TryAppend(plain));
        }

        var there = new Vocabulary();
        using DecisionLogReader reader = DecisionLogReader.OpenFolder(_folder.Path, there);
        Assert.True(reader.TryRead());
        EventContext read = reader.Current.Dimensions;
        Assert.Equal("DE", there.Countries.NameOf(read.Country));
        Assert.Equal("tv", there.DeviceKinds.NameOf(read.DeviceKind));
        Assert.Equal(Symbol.Other, read.Isp);
        Assert.Equal("home", there.Surfaces.NameOf(reader.Current.SurfaceName));
        Assert.True(reader.Current.Query.Dimensions == read);
        Assert.True(reader.TryRead());
        Assert.Equal(default, reader.Current.Dimensions);

        using DecisionLogReader without = DecisionLogReader.OpenFolder(_folder.Path);
        Assert.True(without.TryRead());
        Assert.Equal(default, without.Current.Dimensions);
    }

    [Fact]
    public void TryAppend_FullBuffer_RefusesAndCounts()
    {
        var options = new DecisionLogOptions { BufferBytes = 64 * 1024, FlushInterval = TimeSpan.FromMinutes(1) };
        using var log = new FileDecisionLog(_folder.Path, _time, options);

        Assert.False(log.TryAppend(Rankings.Of(1, candidates: 1000)));

        Assert.Equal(1, log.Totals.Refused);
        Assert.Equal(0, log.Totals.Pending);
    }

    [Fact]
    public void TryAppend_AfterTheEnd_IsRefused()
    {
        FileDecisionLog log = Open();
        Assert.True(log.TryAppend(Rankings.Of(1)));
        log.Dispose();

        Assert.False(log.TryAppend(Rankings.Of(2)));

        Assert.Equal((2L, 1L, 1L, 0L), (log.Totals.Offered, log.Totals.Refused, log.Totals.Written, log.Totals.Pending));
    }

    [Fact]
    public void TryAppend_ArraysThatDoNotGoTogether_Throws()
    {
        using FileDecisionLog log = Open();
        Assert.Throws<ArgumentException>(() => log.TryAppend(new RankingRecord
        {
            Request = new RequestId(1),
            Surface = 1,
            Time = default,
            Model = Rankings.Model,
            Candidates = new TitleId[2],
            Features = new float[3],
        }));
        Assert.Equal(0, log.Totals.Offered);
    }

    [Fact]
    public void TryAppend_Warm_AllocatesNothing()
    {
        var log = new MemoryDecisionLog(1 << 26);
        FeatureLayout layout = Rankings.Layout;
        using FileDecisionLog file = Open();
        Assert.True(file.TryAppend(Rankings.Of(1, layout: layout)));
        RankingRecord record = Rankings.Of(1, layout: layout);
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                file.TryAppend(record);
                log.TryAppend(record);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void TryAppend_ManyThreads_EachRankingOnceAndInTheOrderOfItsThread()
    {
        const int Threads = 4;
        const int Each = 2000;
        long taken = 0;
        using (FileDecisionLog log = Open(new DecisionLogOptions { BufferBytes = 256 * 1024, MaxFileBytes = 1 << 20, MaxFiles = 1000 }))
        {
            var threads = new Thread[Threads];
            for (int t = 0; t < Threads; t++)
            {
                int first = t * 100_000;
                threads[t] = new Thread(() =>
                {
                    for (int i = 0; i < Each; i++)
                    {
                        if (log.TryAppend(Rankings.Of(first + i, candidates: (first + i) % 40)))
                        {
                            Interlocked.Increment(ref taken);
                        }
                    }
                });
                threads[t].Start();
            }

            Array.ForEach(threads, thread => thread.Join());
            log.Flush();
            DecisionLogTotals totals = log.Totals;
            Assert.Equal(Threads * Each, totals.Offered);
            Assert.Equal((0L, 0L, taken), (totals.Pending, totals.Lost, totals.Written));
        }

        using DecisionLogReader reader = DecisionLogReader.OpenFolder(_folder.Path);
        var latest = new Dictionary<ulong, ulong>();
        long read = 0;
        while (reader.TryRead())
        {
            RankingRecord record = reader.Current;
            int number = (int)record.Request.Value - 1;
            Rankings.AssertSame(Rankings.Of(number, candidates: number % 40), record);
            ulong thread = (record.Request.Value - 1) / 100_000;
            Assert.True(!latest.TryGetValue(thread, out ulong before) || before < record.Request.Value);
            latest[thread] = record.Request.Value;
            read++;
        }

        Assert.Equal(0, reader.Counts.Damaged);
        Assert.Equal(taken, read);
    }

    [Fact]
    public void Roll_SmallFiles_KeepsTheNewestAndEachExplainsItself()
    {
        var options = new DecisionLogOptions { MaxFileBytes = 8192, MaxFiles = 3, MaxTotalBytes = 1 << 20 };
        using (FileDecisionLog log = Open(options))
        {
            for (int i = 0; i < 500; i++)
            {
                Assert.True(log.TryAppend(Rankings.Of(i)));
                if (i % 20 == 0)
                {
                    log.Flush();
                }
            }

            log.Flush();
            Assert.Equal(log.Totals.FilesBegun - 3, log.Totals.FilesDeleted);
        }

        Assert.Equal(3, _folder.Files.Length);
        foreach (string file in _folder.Files)
        {
            using DecisionLogReader one = DecisionLogReader.OpenFile(file);
            Assert.True(one.TryRead());
            Assert.Equal(Rankings.Model, one.Current.Model);
            Assert.NotNull(one.Current.Layout);
        }

        using DecisionLogReader reader = DecisionLogReader.OpenFolder(_folder.Path);
        ulong last = 0;
        while (reader.TryRead())
        {
            Assert.True(last == 0 || reader.Current.Request.Value == last + 1);
            last = reader.Current.Request.Value;
        }

        Assert.Equal(500UL, last);
    }

    [Fact]
    public void Open_FolderWithFiles_GoesOnBehindThem()
    {
        for (int run = 0; run < 3; run++)
        {
            using FileDecisionLog log = Open();
            Assert.True(log.TryAppend(Rankings.Of(run)));
        }

        Assert.Equal(3, _folder.Files.Length);
        using DecisionLogReader reader = DecisionLogReader.OpenFolder(_folder.Path);
        for (int run = 0; run < 3; run++)
        {
            Assert.True(reader.TryRead());
            Rankings.AssertSame(Rankings.Of(run), reader.Current);
        }
    }

    [Fact]
    public void Write_ManyModels_BeginsAnotherFileInsteadOfGrowingTables()
    {
        using (FileDecisionLog log = Open())
        {
            for (int i = 0; i < 200; i++)
            {
                Assert.True(log.TryAppend(Rankings.Of(i, model: new ModelInfo("m", $"{i}", Rankings.Layout.Hash))));
            }
        }

        Assert.Equal(4, _folder.Files.Length);
        using DecisionLogReader reader = DecisionLogReader.OpenFolder(_folder.Path);
        for (int i = 0; i < 200; i++)
        {
            Assert.True(reader.TryRead());
            Assert.Equal($"m@{i}", reader.Current.Model.ToString());
        }
    }

    [Fact]
    public void Write_FolderTakenAway_CountsTheLossAndGoesOn()
    {
        string folder = Path.Combine(_folder.Path, "log");
        using var log = new FileDecisionLog(folder, _time);
        Directory.Delete(folder);
        File.WriteAllText(folder, "in the way");
        Assert.True(log.TryAppend(Rankings.Of(1)));
        log.Flush();
        Assert.Equal((0L, 1L), (log.Totals.Written, log.Totals.Lost));
        Assert.IsAssignableFrom<IOException>(log.LastFailure);

        File.Delete(folder);
        Assert.True(log.TryAppend(Rankings.Of(2)));
        log.Flush();
        Assert.Equal((1L, 1L, 0L), (log.Totals.Written, log.Totals.Lost, log.Totals.Pending));
    }

    [Fact]
    public void FlushInterval_Passes_WritesWhatWaits()
    {
        using FileDecisionLog log = Open();
        Assert.True(log.TryAppend(Rankings.Of(1)));
        Assert.Equal(1, _time.PendingTimers);

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.True(SpinWait.SpinUntil(() => log.Totals.Written == 1, TimeSpan.FromSeconds(20)));
    }

    [Theory]
    [InlineData(nameof(DecisionLogOptions.BufferBytes))]
    [InlineData(nameof(DecisionLogOptions.MaxFileBytes))]
    [InlineData(nameof(DecisionLogOptions.MaxFiles))]
    [InlineData(nameof(DecisionLogOptions.MaxTotalBytes))]
    [InlineData(nameof(DecisionLogOptions.FlushInterval))]
    public void Validate_OutOfRange_NamesTheOption(string option)
    {
        var options = new DecisionLogOptions();
        options.Validate();
        switch (option)
        {
            case nameof(DecisionLogOptions.BufferBytes):
                options.BufferBytes = 100_000;
                break;
            case nameof(DecisionLogOptions.MaxFileBytes):
                options.MaxFileBytes = 1;
                break;
            case nameof(DecisionLogOptions.MaxFiles):
                options.MaxFiles = 1;
                break;
            case nameof(DecisionLogOptions.MaxTotalBytes):
                options.MaxTotalBytes = options.MaxFileBytes - 1;
                break;
            default:
                options.FlushInterval = TimeSpan.Zero;
                break;
        }

        Assert.Equal(option, Assert.Throws<ArgumentOutOfRangeException>(options.Validate).ParamName);
    }

    private FileDecisionLog Open(DecisionLogOptions? options = null) => new(_folder.Path, _time, options, layouts: [Rankings.Layout]);
}
