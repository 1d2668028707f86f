using System.Runtime.CompilerServices;
using StreamSense.Core.Events;
using StreamSense.Ml.Ranking.Decisions;
using StreamSense.Testing.Clock;

namespace StreamSense.Ml.Tests.Ranking.Decisions;

/// <summary>The bytes of version 1 stay readable: what is written today is what was written when the version was made.</summary>
public sealed class RankingFormatTests
{
    // A file of one ranking with two candidates, put together byte by byte from the description of the format.
    private const string Kept =
        "09PksQEBAAAQAAAAV6CtHAEAAAAAAAAAAEAgRkhHBgDT0+SxAQIAADcAAAAC9hUQgYCVeg4JuWQDAAAAAAEAAAAHAHRpdGxlLmEBAwAAAAgAdm"
        + "lld2VyLmICAQAAAAcAYm90aC7DttPT5LEBAwAAJwAAABDjvd4AAAAAIwAAAABmsa77SwYAgYCVeg4JuWQKAGhvbWUtdHJlZXMBADfT0+SxAQUA"
        + "AMAAAAAlIXZgAAAAAAYAAAAAAAAATQAAAAAAAABAe5jq+0sGAAYAAAAAAAAAAgAAAAAAAAADAAAAAAAAAAQAAAAAAAAAMgAAAAAAAAAAAAAAAA"
        + "AAAAAAAAAAAAAABQAAAAAAAAAAAAAADwMCAAAAAwAAAAEAAAABAAAABQAAAAAAAAAAAAAAAAAAAAAAiRMAAAAAAACKEwAAAAAAAAAAAAAFAMB/"
        + "AAAAgJIkqUDbtq1AJUmyQAUAwH8AAAAAAAAAPwEAAAAAAIA/";

    [Fact]
    public void Write_OneRanking_IsTheBytesOfVersionOne()
    {
        using var folder = new TemporaryFolder();
        using (var log = new FileDecisionLog(folder.Path, new FakeTimeProvider(), layouts: [Rankings.Layout]))
        {
            Assert.True(log.TryAppend(Rankings.Of(5, candidates: 2)));
        }

        byte[] bytes = File.ReadAllBytes(folder.Files.Single());

        Assert.Equal(Kept, Convert.ToBase64String(bytes));
    }

    [Fact]
    public void Read_BytesOfVersionOne_GivesTheRanking()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "old");
        File.WriteAllBytes(path, Convert.FromBase64String(Kept));

        using DecisionLogReader reader = DecisionLogReader.OpenFile(path);

        Assert.True(reader.TryRead());
        Rankings.AssertSame(Rankings.Of(5, candidates: 2), reader.Current);
        Assert.Equal(Rankings.Layout.Hash, reader.Current.Layout!.Hash);
        Assert.False(reader.TryRead());
        Assert.Equal(0, reader.Counts.Damaged);
    }

    [Fact]
    public void Head_Struct_HasTheSizeThatFilesHave()
    {
        Assert.Equal(RankingCodec.HeadBytes, Unsafe.SizeOf<RankingCodec.Head>());
        Assert.Equal(16, Unsafe.SizeOf<EventContext>());
    }
}
