using System.Diagnostics;
using StreamSense.Stress.Fuzzing;

namespace StreamSense.Core.Tests.Fuzzing;

/// <summary>The first inputs of the stress project's fuzzer, about half a minute for all decoders together.</summary>
/// <remarks>The seed is fixed, so that a failure here is one everywhere; the stress project goes on where this stops.</remarks>
public class FuzzTests
{
    private const ulong Seed = 1;
    private const int Fewest = 16;

    // A faster machine shall not come to inputs that nobody has looked at.
    private const int Most = 2_000;
    private static readonly TimeSpan _each = TimeSpan.FromMilliseconds(900);

    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(target => target.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Decoder_GivenInputsOfTheFuzzer_HoldsItsPromises(string name)
    {
        using var fuzzer = new Fuzzer(FuzzTargets.All.Single(target => target.Name == name), Seed);
        long start = Stopwatch.GetTimestamp();
        for (long index = 0; index < Fewest || (index < Most && Stopwatch.GetElapsedTime(start) < _each); index++)
        {
            FuzzFailure? failure = fuzzer.Try(index);
            Assert.True(failure is null, failure?.ToString());
        }
    }

    [Fact]
    public void Make_OfTheSamePlace_IsTheSameInput()
    {
        foreach (FuzzTarget target in FuzzTargets.All)
        {
            using var first = new Fuzzer(target, Seed);
            using var second = new Fuzzer(target, Seed);
            second.Make(0);
            FuzzInput input = first.Make(7);
            Assert.Equal(input.Bytes, second.Make(7).Bytes);
            Assert.Equal(input.Cuts, second.Make(7).Cuts);
        }
    }

    [Fact]
    public void Try_OfDecoderThatThrows_ReportsTheLeastInput()
    {
        var target = new FuzzTarget("broken", ["aaaaXaaaa"u8.ToArray()], (_, text) => text.Add("bbXbb"), _ => new Throwing());
        using var fuzzer = new Fuzzer(target, Seed);
        FuzzFailure? failure = fuzzer.Try(2);
        Assert.NotNull(failure);
        Assert.Equal("X"u8.ToArray(), failure.Input.Bytes);
        Assert.Contains("FormatException", failure.What, StringComparison.Ordinal);
    }

    private sealed class Throwing : IFuzzSubject
    {
        public FuzzReading Read(FuzzInput input, bool isCut, GuardedBytes memory) =>
            input.Bytes.Contains((byte)'X') ? throw new FormatException("X") : new FuzzReading(1, 0, null);

        public void Dispose()
        {
        }
    }
}
