using System.Text;
using StreamSense.Core.Ingest.Failures;

namespace StreamSense.Core.Tests.Fuzzing;

/// <summary>What the fuzzer, or the thought that went into it, found: each stays found.</summary>
public class FoundByFuzzingTests
{
    [Theory]
    [InlineData("Malformed", true)]
    [InlineData("77", false)]
    [InlineData("1", false)]
    [InlineData("Malformed, TooLarge", false)]
    [InlineData("", false)]
    public void Read_OfReasonThatDoesNotExist_IsUnreadable(string reason, bool isReadable)
    {
        string line =
            $$"""{"reason":"{{reason}}","stage":"Decode","format":"x","batch":"b","index":1,"path":"","rule":"r","processor":"1","truncated":false,"recoverable":true}""";
        Assert.Equal(isReadable, FailedEventLine.Read(Encoding.UTF8.GetBytes(line), "1-1", seal: null) is not null);
    }
}
