using System.Buffers;
using System.Text.Json;
using StreamSense.Core.Metrics.Engagement;
using StreamSense.Core.Metrics.Engagement.Retention;

namespace StreamSense.Core.Tests.Metrics.Engagement;

public sealed class EngagementDocumentTests
{
    private static readonly string[] Frames =
        ["totals", "titles", "title", "metrics", "share", "plays", "rate", "fromSeconds", "toSeconds", "other", "edit", "bucket",
            "positionSeconds", "exits", "reach", "hazard"];

    [Fact]
    public void Members_OfTheReports_EachHaveAnEntryInTheDocument()
    {
        ClosedSession[] sessions =
            [.. new RandomSessions(3).Take(60), .. Enumerable.Repeat(ClosedSession.Play(100, [(0, 20)], title: 9, edit: 1), 30)];
        var engagement = new EngagementRecorder(new EngagementOptions { MaxTitles = 3 });
        var retention = new RetentionRecorder(new EngagementOptions { MinimumRankedViews = 1 });
        foreach (ClosedSession session in sessions)
        {
            session.AddTo(engagement);
            session.AddTo(retention);
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        Read(names, writer => EngagementWriter.Write(writer, EngagementMetrics.Of(engagement.Snapshot(), vocabulary: null)));
        Read(names, writer => RetentionWriter.Write(writer, RetentionMetrics.Of(retention.Snapshot(), vocabulary: null)));
        string document = File.ReadAllText(Path.Combine(Root(), "docs", "concepts", "metrics", "engagement.md"));

        Assert.Contains("edits", names);
        Assert.Contains("other", names);
        Assert.All(names.Except(Frames), name => Assert.Contains($"### `{name}`\n", document, StringComparison.Ordinal));
    }

    private static string Root()
    {
        DirectoryInfo at = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "StreamSense.sln")))
        {
            at = at.Parent ?? throw new DirectoryNotFoundException("The tests do not lie in the repository.");
        }

        return at.FullName;
    }

    private static void Read(HashSet<string> names, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                names.Add(reader.GetString()!);
            }
        }
    }
}
