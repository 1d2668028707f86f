using System.Globalization;

namespace StreamSense.Stress.Fuzzing;

/// <summary>An input that broke a promise.</summary>
/// <param name="Target">The decoder.</param>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Index">The place of the input in the run.</param>
/// <param name="What">The promise.</param>
/// <param name="Input">The input, as small as it could be made.</param>
internal sealed record FuzzFailure(string Target, ulong Seed, long Index, string What, FuzzInput Input)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        FAILED {Target}: {What}
          again:  fuzz --only {Target} --seed {Seed} --at {Index}
          bytes:  {Input.Bytes.Length}, cut at [{string.Join(' ', Input.Cuts.Take(20))}], receiver {Input.Receiver}
          base64: {Convert.ToBase64String(Input.Bytes)}
        """);
}
