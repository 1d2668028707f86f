using StreamSense.Ml.Ranking.Decisions;
using StreamSense.Testing.Clock;

namespace StreamSense.Ml.Tests.Ranking.Decisions;

public sealed class DecisionLogReaderTests : IDisposable
{
    private const int Count = 12;

    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _whole;

    public DecisionLogReaderTests()
    {
        using (var log = new FileDecisionLog(_folder.Path, new FakeTimeProvider(), layouts: [Rankings.Layout]))
        {
            for (int i = 0; i < Count; i++)
            {
                Assert.True(log.TryAppend(Rankings.Of(i, candidates: 3)));
            }
        }

        _whole = File.ReadAllBytes(_folder.Files.Single());
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TryRead_CutAnywhere_GivesEverythingBeforeTheCut()
    {
        int before = 0;
        for (int length = 40; length <= _whole.Length; length++)
        {
            (List<int> read, DecisionReadCounts counts) = Read(_whole.AsSpan(0, length));
            Assert.Equal(Enumerable.Range(0, read.Count), read);
            Assert.InRange(read.Count, before, before + 1);
            Assert.InRange(counts.TornTails, 0, 1);
            Assert.Equal(0, counts.Damaged);
            before = read.Count;
        }

        Assert.Equal(Count, before);
    }

    [Fact]
    public void TryRead_AnyByteFlipped_LosesOneRankingAtMostOrItsFilesNames()
    {
        // Past the records of file, layout and model, one ranking at most is concerned; within them the rankings that need them are.
        int rankings = IndexOfFirstRanking();
        for (int at = rankings; at < _whole.Length; at += 3)
        {
            byte[] damaged = [.. _whole];
            damaged[at] ^= 0x10;
            (List<int> read, DecisionReadCounts counts) = Read(damaged);
            Assert.True(read.Count == Count - 1, $"byte {at}: {read.Count} rankings");
            Assert.Equal(1, counts.Damaged + counts.TornTails);
            Assert.Equal(read.Order(), read);
        }

        for (int at = 40; at < rankings; at++)
        {
            byte[] damaged = [.. _whole];
            damaged[at] ^= 0x10;
            (List<int> read, DecisionReadCounts counts) = Read(damaged);
            Assert.True(read.Count is 0 or Count, $"byte {at}: {read.Count} rankings");
            Assert.True(counts.Damaged > 0);
        }
    }

    [Fact]
    public void TryRead_GarbageBetweenRecords_IsSkippedAndCounted()
    {
        int at = IndexOfFirstRanking();
        byte[] garbage = new byte[1_000_003];
        new Random(5).NextBytes(garbage);

        (List<int> read, DecisionReadCounts counts) = Read([.. _whole.AsSpan(0, at), .. garbage, .. _whole.AsSpan(at)]);

        Assert.Equal(Enumerable.Range(0, Count), read);
        Assert.Equal((1L, (long)garbage.Length), (counts.Damaged, counts.SkippedBytes));
    }

    [Fact]
    public void TryRead_AnyDamage_GivesWholeRankingsOnlyAndEnds()
    {
        var random = new Random(11);
        for (int round = 0; round < 300; round++)
        {
            var bytes = new List<byte>(_whole);
            for (int wound = random.Next(1, 6); wound > 0; wound--)
            {
                int at = random.Next(40, bytes.Count);
                int length = Math.Min(random.Next(1, 300), bytes.Count - at);
                switch (random.Next(3))
                {
                    case 0:
                        bytes.RemoveRange(at, Math.Min(length, bytes.Count - at - 1));
                        break;
                    case 1:
                        bytes.InsertRange(at, bytes.GetRange(at, length));
                        break;
                    default:
                        bytes[at] = (byte)random.Next(256);
                        break;
                }
            }

            // What is given is compared with what was written: nothing else may come out. A record that was copied whole comes twice.
            (List<int> read, DecisionReadCounts counts) = Read([.. bytes]);
            Assert.Equal(read.Count, counts.Rankings);
        }
    }

    [Fact]
    public void TryRead_AnotherFile_SaysSo()
    {
        InvalidDataException failure = Assert.Throws<InvalidDataException>(() => Read("{\"kind\":\"heartbeat\",\"time\":1}\n"u8));
        Assert.Contains("is not a file of a decision log", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_EmptyFile_GivesNothing() => Assert.Equal(new DecisionReadCounts(1, 0, 0, 0, 0), Read([]).Counts);

    [Fact]
    public void Current_NothingRead_Throws()
    {
        using DecisionLogReader reader = DecisionLogReader.OpenFolder(_folder.Path);
        Assert.Throws<InvalidOperationException>(() => reader.Current.Time);
    }

    [Fact]
    public void OpenFolder_ForeignFiles_AreLeftAlone()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "notes.txt"), "hello");
        File.WriteAllText(Path.Combine(_folder.Path, "decisions-x.sslog"), "hello");
        using DecisionLogReader reader = DecisionLogReader.OpenFolder(_folder.Path);
        while (reader.TryRead())
        {
        }

        Assert.Equal((1L, (long)Count), (reader.Counts.Files, reader.Counts.Rankings));
    }

    [Fact]
    public void Open_NotThere_SaysWhat()
    {
        string missing = Path.Combine(_folder.Path, "missing");
        Exception folder = Assert.Throws<DirectoryNotFoundException>(() => DecisionLogReader.OpenFolder(missing));
        Exception file = Assert.Throws<FileNotFoundException>(() => DecisionLogReader.OpenFile(missing));
        Assert.Contains(missing, folder.Message, StringComparison.Ordinal);
        Assert.Contains(missing, file.Message, StringComparison.Ordinal);
    }

    private (List<int> Read, DecisionReadCounts Counts) Read(ReadOnlySpan<byte> bytes)
    {
        string path = Path.Combine(_folder.Path, "copy");
        File.WriteAllBytes(path, bytes);
        using DecisionLogReader reader = DecisionLogReader.OpenFile(path);
        var read = new List<int>();
        while (reader.TryRead())
        {
            int number = (int)reader.Current.Request.Value - 1;
            Rankings.AssertSame(Rankings.Of(number, candidates: 3), reader.Current);
            read.Add(number);
        }

        return (read, reader.Counts);
    }

    // Each record begins with its mark; the first three are file, layout and model.
    private int IndexOfFirstRanking()
    {
        int at = 0;
        for (int record = 0; record < 3; record++)
        {
            at += DecisionFrame.HeadBytes + BitConverter.ToInt32(_whole, at + 8);
        }

        Assert.Equal((byte)DecisionFrameKind.Ranking, _whole[at + 5]);
        return at;
    }
}
